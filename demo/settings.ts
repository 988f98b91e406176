/** The settings of the demo hub: its registries, three agencies, what they agreed. Made-up agencies, made-up people. */
import { stringify } from 'yaml'

export type DemoClients = { readonly [client: string]: { readonly publicKey: object } }
export type ShaAccess = {
  readonly url: string
  readonly key: string
  readonly username: string
  readonly password: string
}

type Further = { readonly title: string; readonly schemes: readonly string[]; readonly streams: readonly string[] }

/** Registries that write the hub's own schema, by id; they exist in a planted country. */
export const furtherRegistries: { readonly [registry: string]: Further } = {
  'ke-crvs': { title: 'Civil Registration Services (demo)', schemes: ['ke-crvs/civil-status'], streams: ['death'] },
  'ke-iprs': {
    title: 'Integrated Population Registration System (demo)',
    schemes: ['ke-iprs/identity'],
    streams: ['person', 'student'],
  },
  'ke-inua': {
    title: 'Inua Jamii cash transfers (demo)',
    schemes: ['ke-inua/older-persons', 'ke-inua/orphans', 'ke-inua/disability'],
    streams: ['beneficiary', 'assessed'],
  },
  'ke-payroll': {
    title: 'Payroll and pensions of the public service (demo)',
    schemes: ['ke-payroll/public-service', 'ke-payroll/public-pension'],
    streams: ['staff', 'pension', 'leave'],
  },
  'la-crvs': {
    title: 'Lao civil registration (demo)',
    schemes: ['la-crvs/civil-status'],
    streams: ['birth', 'death'],
  },
  'la-nhib': {
    title: 'Lao National Health Insurance Bureau (demo)',
    schemes: ['la-nhib/health'],
    streams: ['covered'],
  },
  'pk-eobi': {
    title: 'Employees’ Old-Age Benefits Institution, Pakistan (demo)',
    schemes: ['pk-eobi/old-age'],
    streams: ['insured', 'return'],
  },
  'pk-bisp': { title: 'BISP Kafaalat, Pakistan (demo)', schemes: ['pk-bisp/kafaalat'], streams: ['household'] },
  'kg-sf': { title: 'Social Fund of the Kyrgyz Republic (demo)', schemes: ['kg-sf/insurance'], streams: ['insured'] },
  'cn-pilot': {
    title: 'Occupational-injury pilot for platform workers, China (demo)',
    schemes: ['cn-pilot/injury'],
    streams: ['worker-day'],
  },
  'cn-social': {
    title: 'Social insurance, China (demo)',
    schemes: ['cn-social/employee-pension', 'cn-social/resident-pension', 'cn-social/injury'],
    streams: ['insured', 'pension', 'injury'],
  },
}

const zones: { readonly [country: string]: string } = {
  ke: 'Africa/Nairobi',
  la: 'Asia/Vientiane',
  pk: 'Asia/Karachi',
  kg: 'Asia/Bishkek',
  cn: 'Asia/Shanghai',
}

const further = Object.fromEntries(
  Object.entries(furtherRegistries).map(([id, { title, schemes, streams }]) => [
    id,
    {
      adapter: 'canonical',
      title,
      country: id.slice(0, 2),
      timeZone: zones[id.slice(0, 2)],
      schemes: [...schemes],
      nightly: '00:30',
      inbox: `demo/inbox/${id}`,
      options: { streams: [...streams] },
    },
  ]),
)

const allFields = [
  'name',
  'birthDate',
  'sex',
  'death',
  'identifiers',
  'phones',
  'addresses',
  'enrolments',
  'contributions',
  'benefits',
]

/** Lists nobody: it is asked about everybody whom the others know. */
export const asksAboutKnown = 'ke-sha'

/** In the order in which they are read. */
export const demoRegistries = ['ke-nssf', 'la-lsso', ...Object.keys(furtherRegistries), asksAboutKnown]

/** Clients of the demo, by id; each needs a key pair. */
export const demoClients = {
  demo: {
    agency: 'demo-clinic',
    title: 'Front desk of a demo clinic',
    scopes: ['beneficiaries:read', 'registries:read'],
  },
  'demo-lao': {
    agency: 'demo-lao-office',
    title: 'Counter of a demo social-security office',
    scopes: ['beneficiaries:read'],
  },
  'demo-operator': {
    agency: 'demo-ministry',
    title: 'Operator of the demo hub',
    scopes: ['registries:read', 'registries:write', 'beneficiaries:read'],
    registries: demoRegistries,
  },
  'demo-reconciler': {
    agency: 'demo-ministry',
    title: 'Reconciliation desk of the demo ministry',
    scopes: [
      'findings:read',
      'findings:write',
      'reconciliation:run',
      'subscriptions:write',
      'beneficiaries:read',
      'registries:read',
    ],
    registries: demoRegistries,
  },
  'demo-steward': {
    agency: 'demo-ministry',
    title: 'Desk of the demo data stewards',
    scopes: ['matching:read', 'matching:write', 'beneficiaries:read'],
  },
} as const

/** Text of hub.yaml for the demo country. Inboxes are relative to the hub's home. */
export const demoSettings = (clients: DemoClients, sha: ShaAccess, planted = true): string => {
  const registries = planted ? demoRegistries : demoRegistries.filter((id) => !Object.hasOwn(furtherRegistries, id))
  return `# Written by npm start for the demo country; anew at every start.\n${stringify({
    registries: {
      'ke-nssf': {
        adapter: 'ke-nssf',
        title: 'National Social Security Fund (demo)',
        country: 'ke',
        timeZone: 'Africa/Nairobi',
        schemes: ['ke-nssf/act-2013', 'ke-nssf/haba-haba'],
        nightly: '01:00',
        trust: { name: 2, birthDate: 2, sex: 2, identifiers: 2, enrolments: 1, contributions: 1 },
        inbox: 'demo/inbox/ke-nssf',
      },
      'ke-sha': {
        adapter: 'ke-sha',
        title: 'Social Health Authority (demo)',
        country: 'ke',
        timeZone: 'Africa/Nairobi',
        schemes: ['ke-sha/shif', 'ke-sha/nhif'],
        nightly: '02:00',
        trust: { name: 1, birthDate: 1, sex: 1, identifiers: 1, death: 2, enrolments: 1 },
        inbox: 'demo/inbox/ke-sha',
        options: {
          baseUrl: sha.url,
          consumerKey: sha.key,
          username: sha.username,
          password: sha.password,
          agent: 'pamoja-demo',
          perSecond: 1000,
          inFlight: 8,
        },
      },
      'la-lsso': {
        adapter: 'la-lsso',
        title: 'Lao Social Security Organization (demo)',
        country: 'la',
        timeZone: 'Asia/Vientiane',
        schemes: ['la-lsso/nssf'],
        nightly: '01:30',
        trust: { name: 1, birthDate: 1, sex: 1, identifiers: 1, enrolments: 1, contributions: 1 },
        inbox: 'demo/inbox/la-lsso',
      },
      ...(planted && further),
    },
    agencies: {
      'demo-clinic': { title: 'Demo clinic, Nairobi' },
      'demo-lao-office': { title: 'Demo social-security office, Vientiane' },
      'demo-ministry': { title: 'Demo ministry, operator of the hub' },
    },
    clients: Object.fromEntries(
      Object.entries(demoClients).map(([id, client]) => [
        id,
        {
          ...client,
          scopes: [...client.scopes],
          ...('registries' in client && { registries }),
          keys: [clients[id]?.publicKey],
          demo: true,
        },
      ]),
    ),
    purposes: {
      stewardship: {
        title: 'Deciding which records are one person',
        legalBasis: 'Demo only; a real hub names its law here',
        needsOfficer: true,
      },
      'coverage-check': {
        title: 'Is this person covered today, and by whom',
        legalBasis: 'Demo only; a real hub names its law here',
        needsOfficer: true,
      },
      reconciliation: {
        title: 'Comparison of registries by their owners',
        legalBasis: 'Demo only; a real hub names its law here',
        needsOfficer: false,
      },
    },
    agreements: [
      {
        agency: 'demo-ministry',
        purpose: 'stewardship',
        registries,
        fields: allFields,
        from: '2024-01-01T00:00:00Z',
        until: '2099-01-01T00:00:00Z',
      },
      {
        agency: 'demo-clinic',
        purpose: 'coverage-check',
        registries: ['ke-nssf', 'ke-sha'],
        fields: ['name', 'birthDate', 'sex', 'identifiers', 'enrolments', 'contributions'],
        from: '2024-01-01T00:00:00Z',
        until: '2099-01-01T00:00:00Z',
      },
      {
        agency: 'demo-clinic',
        purpose: 'reconciliation',
        registries: ['ke-nssf'],
        fields: ['name'],
        from: '2024-01-01T00:00:00Z',
        until: '2025-01-01T00:00:00Z',
      },
      {
        agency: 'demo-lao-office',
        purpose: 'coverage-check',
        registries: ['la-lsso'],
        fields: ['name', 'birthDate', 'sex', 'identifiers', 'addresses', 'enrolments', 'contributions'],
        from: '2024-01-01T00:00:00Z',
        until: '2099-01-01T00:00:00Z',
      },
      {
        agency: 'demo-ministry',
        purpose: 'reconciliation',
        registries,
        fields: allFields,
        from: '2024-01-01T00:00:00Z',
        until: '2099-01-01T00:00:00Z',
      },
    ],
  })}`
}
