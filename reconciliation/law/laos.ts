/** Lao PDR. `mem-sure` and `mem-unsure` as in kenya.ts: nobody looked them up, so an operator confirms them first. */
import type { CountryLaw, Rate, SchemeLaw } from './law.ts'

export const laoSchemes: Readonly<Record<string, SchemeLaw>> = {
  'la-lsso/nssf': {
    country: 'la',
    registry: 'la-lsso',
    title: 'National Social Security Fund',
    branches: [
      'medical-care',
      'sickness',
      'unemployment',
      'old-age',
      'employment-injury',
      'maternity',
      'invalidity',
      'survivors',
    ],
    financing: 'contributory',
    mandatory: true,
    ledger: true,
    payouts: true,
  },
}

/** Insurable pay ends here: LAK 4,500,000 a month (mem-unsure). */
const ceiling = 4_500_000 * 100
const share =
  (perThousand: number): Rate =>
  (pay) =>
    Math.round((Math.min(pay, ceiling) * perThousand) / 1000)
const law2013 = 'Law on Social Security 2013'
/** The Law's year is known, and not its day. */
const since = '2014-01'

export const laos: CountryLaw = {
  pensionAge: [{ from: since, figure: { male: 60, female: 55 }, source: `${law2013} (atlashxm.com/countries/laos)` }],
  workingAge: [{ from: since, figure: { general: 14, hazardous: 18 }, source: 'Labour Law (mem-unsure); C138, C182' }],
  dependantUntil: [{ from: since, figure: { age: 18 }, source: `${law2013}: children to 18 (atlashxm.com)` }],
  rates: {
    'la-lsso/nssf#enterprise': [
      { from: since, figure: share(115), source: 'Employer 6 %, worker 5.5 % (ILO project page); ceiling mem-unsure' },
    ],
    'la-lsso/nssf#state': [{ from: since, figure: share(165), source: 'State 8.5 %, official 8 % (mem-sure)' }],
    'la-lsso/nssf#voluntary': [{ from: since, figure: share(90), source: '9 % of declared income (ILO project page)' }],
  },
  maternity: {
    'la-lsso/nssf': [
      {
        from: since,
        figure: { months: 6, within: 12 },
        source: `${law2013}: six months of the last twelve (mem-unsure)`,
      },
    ],
  },
}
