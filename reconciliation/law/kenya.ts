/**
 * Kenya. `mem-sure` and `mem-unsure` mark figures from general knowledge that nobody looked up: an operator confirms them, or sets
 * them otherwise, before they count for anybody.
 */
import type { Money } from '../../schemas/contract.ts'
import type { CountryLaw, Dated, Incompatibility, Rate, SchemeLaw } from './law.ts'

const olderPersons = 'ke-inua/older-persons'
const orphans = 'ke-inua/orphans'
const disability = 'ke-inua/disability'
const publicPension = 'ke-payroll/public-pension'

/** The programmes' pages are undated, so their figures count from the first year in which all of them were told of. */
const read = '2025-01'
const transfer: Dated<Money> = {
  from: read,
  figure: { amount: 200_000, currency: 'KES' },
  source: 'KES 2,000 a month (beta.nation.co.ke 5116584; tengele.com 2381c62f)',
}

export const kenyanSchemes: Readonly<Record<string, SchemeLaw>> = {
  'ke-nssf/act-2013': {
    country: 'ke',
    registry: 'ke-nssf',
    title: 'National Social Security Fund, NSSF Act 2013',
    branches: ['old-age', 'survivors', 'invalidity'],
    financing: 'contributory',
    mandatory: true,
    returns: true,
    ledger: true,
    payouts: true,
    arrears: {
      dueDay: 9,
      penalty: 0.05,
      source: 'NSSF Act 2013: by the 9th, 5 % a month (mem-sure; older pages: 15th)',
    },
  },
  'ke-nssf/haba-haba': {
    country: 'ke',
    registry: 'ke-nssf',
    title: 'Haba Haba, voluntary savings of informal workers',
    branches: ['old-age', 'survivors', 'invalidity'],
    financing: 'contributory',
  },
  'ke-sha/shif': {
    country: 'ke',
    registry: 'ke-sha',
    title: 'Social Health Insurance Fund',
    branches: ['medical-care', 'maternity'],
    financing: 'contributory',
    mandatory: true,
    from: '2024-10-01',
    returns: true,
    arrears: {
      dueDay: 9,
      source: 'Social Health Insurance Regulations 2024: by the 9th (standardmedia.co.ke 2001510252)',
    },
  },
  'ke-sha/nhif': {
    country: 'ke',
    registry: 'ke-sha',
    title: 'National Hospital Insurance Fund, ended',
    branches: ['medical-care', 'maternity'],
    financing: 'contributory',
    mandatory: true,
    until: '2024-09-30',
  },
  [olderPersons]: {
    country: 'ke',
    registry: 'ke-inua',
    title: 'Inua Jamii, older persons',
    branches: ['old-age', 'social-assistance'],
    financing: 'means-tested',
    eligible: [
      {
        from: read,
        figure: { age: 70, isPoor: true },
        source: 'Age 70 and over, moving to the poor among them (tengele.com 2381c62f; peopledaily.digital)',
      },
    ],
    tariff: [transfer],
    caregiverHouseholds: [
      {
        from: read,
        figure: 1,
        source: 'One household for a caregiver at most (tengele.com 2381c62f; peopledaily.digital)',
      },
    ],
  },
  [orphans]: {
    country: 'ke',
    registry: 'ke-inua',
    title: 'Inua Jamii, orphans and vulnerable children',
    branches: ['family', 'social-assistance'],
    financing: 'means-tested',
    unit: 'household',
    tariff: [transfer],
  },
  [disability]: {
    country: 'ke',
    registry: 'ke-inua',
    title: 'Inua Jamii, persons with severe disability',
    branches: ['invalidity', 'social-assistance'],
    financing: 'means-tested',
    unit: 'household',
    eligible: [
      {
        from: read,
        figure: { disability: 4 },
        source: 'Severe disability, full-time care (mem-sure): the highest grade of the Washington Group’s four',
      },
    ],
    tariff: [transfer],
  },
  'ke-payroll/public-service': {
    country: 'ke',
    registry: 'ke-payroll',
    title: 'Pay of the public service',
    branches: [],
    financing: 'payroll',
  },
  [publicPension]: {
    country: 'ke',
    registry: 'ke-payroll',
    title: 'Pensions of the public service',
    branches: ['old-age'],
    financing: 'payroll',
  },
}

const oneProgramme = 'One household, one Inua Jamii programme: operation manuals of the programmes (mem-sure)'

export const kenyanIncompatibilities: readonly Incompatibility[] = [
  {
    schemes: [olderPersons, publicPension],
    unit: 'person',
    holds: olderPersons,
    source: 'Older persons’ cash transfer excludes public pensioners: rules of 2018 (mem-sure)',
  },
  { schemes: [olderPersons, orphans], unit: 'household', holds: orphans, source: oneProgramme },
  { schemes: [olderPersons, disability], unit: 'household', holds: olderPersons, source: oneProgramme },
  { schemes: [orphans, disability], unit: 'household', holds: orphans, source: oneProgramme },
]

/** NSSF Act 2013, Third Schedule: lower and upper earnings limits in shillings. The year from 2027-02 awaits its notice. */
const limits = [
  { from: '2023-02', lower: 6_000, upper: 18_000, source: 'NSSF Act 2013, Third Schedule, year 1 (zimele.co.ke/nssf)' },
  { from: '2024-02', lower: 7_000, upper: 36_000, source: 'Third Schedule, year 2 (ke.britam.com, zimele.co.ke/nssf)' },
  { from: '2025-02', lower: 8_000, upper: 72_000, source: 'Third Schedule, year 3 (joweni.com, zimele.co.ke/nssf)' },
  {
    from: '2026-02',
    lower: 9_000,
    upper: 108_000,
    source: 'Third Schedule, year 4 (lareninsurance.co.ke, keldinellp.com)',
  },
] as const

/** 6 % of the worker and 6 % of the employer, each rounded to the cent. */
const bothSides = (cents: number): number => 2 * Math.round((cents * 6) / 100)

/** After the last limits that are known, nothing can be checked. */
const unknownLimits = '2027-02'
const upTo = (list: readonly Dated<Rate>[]): readonly Dated<Rate | undefined>[] => [
  ...list,
  { from: unknownLimits, figure: undefined, source: 'Limits of the fifth year are not known yet (estimate only)' },
]

export const kenya: CountryLaw = {
  pensionAge: [
    {
      from: '2014-01-10',
      figure: { male: 60, female: 60, early: 50 },
      source: 'NSSF Act 2013: 60, early from 50 (mem-sure)',
    },
  ],
  workingAge: [
    {
      from: '2008-06-02',
      figure: { general: 16, hazardous: 18 },
      source: 'Employment Act 2007; C138, C182 (mem-sure)',
    },
  ],
  dependantUntil: [
    {
      from: '2024-10-01',
      figure: { age: 18, student: 25 },
      source: 'Social Health Insurance Act (mem-unsure for students)',
    },
  ],
  rates: {
    'ke-nssf/act-2013#tier-1': upTo(
      limits.map(({ from, lower, source }) => ({
        from,
        figure: (pay) => bothSides(Math.min(pay, lower * 100)),
        source,
      })),
    ),
    'ke-nssf/act-2013#tier-2': upTo(
      limits.map(({ from, lower, upper, source }) => ({
        from,
        figure: (pay) => bothSides(Math.max(0, Math.min(pay, upper * 100) - lower * 100)),
        source,
      })),
    ),
    'ke-sha/shif': [
      {
        from: '2024-10',
        figure: (pay) => Math.max(30_000, Math.round((pay * 275) / 10_000)),
        source:
          'Social Health Insurance Regulations 2024: 2.75 % of gross, at least KES 300 (standardmedia.co.ke 2001486313)',
      },
    ],
  },
  maternity: {},
}
