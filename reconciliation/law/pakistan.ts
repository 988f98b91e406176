/** Pakistan. `mem-sure` and `mem-unsure` as in kenya.ts: nobody looked them up, so an operator confirms them first. */
import type { CountryLaw, SchemeLaw } from './law.ts'

export const pakistaniSchemes: Readonly<Record<string, SchemeLaw>> = {
  'pk-eobi/old-age': {
    country: 'pk',
    registry: 'pk-eobi',
    title: 'Employees’ Old-Age Benefits Institution',
    branches: ['old-age', 'survivors', 'invalidity'],
    financing: 'contributory',
    mandatory: true,
    returns: true,
    arrears: { dueDay: 15, source: 'By the 15th (eobilogin.com 2023/07)' },
  },
  'pk-bisp/kafaalat': {
    country: 'pk',
    registry: 'pk-bisp',
    title: 'BISP Kafaalat',
    branches: ['social-assistance'],
    financing: 'means-tested',
    eligible: [
      {
        from: '2025-01',
        figure: { sex: 'female', everMarried: true, poverty: 32 },
        source: 'Ever-married women, score of 32 at most (8171bispupdate.com, pserpunjab.pk: both unofficial)',
      },
    ],
    tariff: [
      {
        from: '2025-01',
        figure: { amount: 450_000, currency: 'PKR' },
        source: 'Rs 13,500 a quarter from January 2025 (8171bispupdate.com, pserpunjab.pk: both unofficial)',
      },
    ],
  },
}

/** Six per cent (employer 5, worker 1) of a wage in whole rupees, whatever the pay. Courts differ on which wage. */
const sixPercentOf = (rupees: number) => () => rupees * 6

const dispute = 'High courts differ: 6 % of the minimum wage, or of Rs 3,000 (Dawn, 25 July 2025)'

export const pakistan: CountryLaw = {
  pensionAge: [{ from: '1976-07', figure: { male: 60, female: 55 }, source: 'EOB Act 1976 (mem-sure)' }],
  workingAge: [
    {
      from: '1991-01',
      figure: { general: 14, hazardous: 18 },
      source: '14, 15 or 16 by province (mem-unsure); C138, C182',
    },
  ],
  dependantUntil: [],
  rates: {
    'pk-eobi/old-age#federal-wage': [{ from: '2025-07', figure: sixPercentOf(37_000), source: dispute }],
    'pk-eobi/old-age#provincial-wage': [{ from: '2025-07', figure: sixPercentOf(40_000), source: dispute }],
    'pk-eobi/old-age#rs-3000': [{ from: '2025-07', figure: sixPercentOf(3_000), source: dispute }],
  },
  maternity: {},
}
