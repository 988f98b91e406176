/** Kyrgyz Republic. `mem-sure` and `mem-unsure` as in kenya.ts: nobody looked them up, so an operator confirms them first. */
import type { CountryLaw, Rate, SchemeLaw } from './law.ts'

export const kyrgyzSchemes: Readonly<Record<string, SchemeLaw>> = {
  'kg-sf/insurance': {
    country: 'kg',
    registry: 'kg-sf',
    title: 'Social Fund',
    branches: ['old-age', 'survivors', 'invalidity', 'medical-care'],
    financing: 'contributory',
    mandatory: true,
    ledger: true,
  },
  'kg-mlsp/ubk': {
    country: 'kg',
    registry: 'kg-mlsp',
    title: 'Monthly benefit of families in need',
    branches: ['family', 'social-assistance'],
    financing: 'means-tested',
    unit: 'household',
  },
}

const share =
  (perTenThousand: number): Rate =>
  (pay) =>
    Math.round((pay * perTenThousand) / 10_000)

/** The Fund's page is undated, so its figures count from the month in which it was read. */
const read = '2026-11'
const tariff = 'socfond.kg, tariff of insurance contributions, undated'

export const kyrgyzstan: CountryLaw = {
  pensionAge: [{ from: read, figure: { male: 63, female: 58 }, source: 'Men 63, women 58 (mem-unsure)' }],
  workingAge: [{ from: read, figure: { general: 16, hazardous: 18 }, source: 'Labour Code; C138, C182 (mem-sure)' }],
  dependantUntil: [],
  rates: {
    'kg-sf/insurance#main': [{ from: read, figure: share(2725), source: `${tariff}: 17.25 and 10 %` }],
    'kg-sf/insurance#pensioner': [{ from: read, figure: share(2525), source: `${tariff}: working pensioners 25.25 %` }],
    'kg-sf/insurance#disability': [{ from: read, figure: share(1725), source: `${tariff}: disability, war 17.25 %` }],
  },
  maternity: {},
}
