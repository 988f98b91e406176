/** The use cases on a database of their own, with registries on paper. */
import type { Adapter } from '../../adapters/contract.ts'
import { type Core, makeCore } from '../../core/core.ts'
import type { Needs, Wake } from '../../core/needs.ts'
import { applySettings, type Settings } from '../../core/settings.ts'
import { defaultModel } from '../../linkage/model.ts'
import { law } from '../../reconciliation/law/countries.ts'
import { rules } from '../../reconciliation/rules.ts'
import { openAuditLog } from '../../store/audit.ts'
import { type Db, openPool } from '../../store/pool.ts'
import { testDatabase } from './database.ts'
import { testKeys } from './keys.ts'

export const allFields = [
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
] as const

const registry = (id: string, country: string, trust: Settings['registries'][string]['trust'] = {}) => ({
  adapter: id,
  title: id,
  country,
  timeZone: country === 'ke' ? 'Africa/Nairobi' : 'Asia/Vientiane',
  schemes: [`${id}/act-2013`],
  missing: { share: 0.2, floor: 5 },
  trust,
})

/** Two Kenyan registries and a Lao one; a clinic with a wide, a narrow and an expired agreement; a Lao office. */
export const testSettings: Settings = {
  registries: {
    'ke-nssf': registry('ke-nssf', 'ke', { name: 2, birthDate: 2 }),
    'ke-sha': registry('ke-sha', 'ke', { name: 1, birthDate: 1 }),
    'la-lsso': registry('la-lsso', 'la'),
  },
  agencies: { clinic: { title: 'Clinic' }, 'lao-office': { title: 'Lao office' } },
  clients: {
    desk: { agency: 'clinic', title: 'Front desk', scopes: ['beneficiaries:read'], keys: [{ kty: 'EC' }] },
    feeder: {
      agency: 'clinic',
      title: 'Feeder of NSSF',
      scopes: ['registries:write'],
      registries: ['ke-nssf'],
      keys: [{ kty: 'EC' }],
    },
    counter: { agency: 'lao-office', title: 'Counter', scopes: ['beneficiaries:read'], keys: [{ kty: 'EC' }] },
  },
  purposes: {
    coverage: { title: 'Coverage', legalBasis: 'Test', needsOfficer: true },
    names: { title: 'Names only', legalBasis: 'Test', needsOfficer: false },
    old: { title: 'Expired', legalBasis: 'Test', needsOfficer: false },
    unagreed: { title: 'Nobody agreed', legalBasis: 'Test', needsOfficer: false },
  },
  agreements: [
    agreed('clinic', 'coverage', ['ke-nssf', 'ke-sha'], [...allFields], '2099-01-01T00:00:00Z'),
    agreed('clinic', 'names', ['ke-nssf'], ['name'], '2099-01-01T00:00:00Z'),
    agreed('clinic', 'old', ['ke-nssf', 'ke-sha'], [...allFields], '2025-01-01T00:00:00Z'),
    agreed('lao-office', 'coverage', ['la-lsso'], [...allFields], '2099-01-01T00:00:00Z'),
  ],
}

function agreed(
  agency: string,
  purpose: string,
  registries: string[],
  fields: Settings['agreements'][number]['fields'],
  until: string,
) {
  return { agency, purpose, registries, fields, from: '2024-01-01T00:00:00Z', until }
}

export type TestCore = {
  core: Core
  needs: Needs
  /** As the owner of the tables: for looking, and for breaking things. */
  owner: Db
  url: string
  wakes: Wake[]
  /** Starts a sync and carries it out at once. */
  sync: (registry: string) => Promise<{ status: string; problem?: string; run: string }>
  close: () => Promise<void>
}

export async function testCore(adapters: readonly Adapter[], overrides: Partial<Needs> = {}): Promise<TestCore> {
  const database = await testDatabase()
  const db = openPool(database.url, { role: 'pamoja_app', max: 6 })
  const wakes: Wake[] = []
  const needs: Needs = {
    db,
    keys: testKeys(),
    audit: openAuditLog(db),
    model: defaultModel,
    adapterOf: (id) => adapters.find((adapter) => adapter.registry === id),
    now: () => new Date(),
    wake: async (wake) => void wakes.push(wake),
    log: (event, details) => void (process.env.TEST_LOG && console.log(event, details)),
    events: { source: 'urn:pamoja:test', networks: [] },
    reconciliation: { at: '04:00', timeZone: 'Africa/Nairobi', book: { rules, law } },
    quietMs: 1_000,
    ...overrides,
  }
  await applySettings(db, testSettings, 'development')
  const core = makeCore(needs)
  return {
    core,
    needs,
    owner: database.db,
    url: database.url,
    wakes,
    async sync(id) {
      const run = await core.startSync(id)
      return { ...(await core.runSync(run.id, new AbortController().signal)), run: run.id }
    },
    async close() {
      await db.close()
      await database.drop()
    },
  }
}

/** A person at the clinic's front desk, asking about coverage. */
export const desk = {
  client: 'desk',
  purpose: 'coverage',
  officer: 'officer-7',
  operation: 'lookupBeneficiary',
  traceId: 'test',
}
