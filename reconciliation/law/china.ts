/** China. `mem-sure` and `mem-unsure` as in kenya.ts: nobody looked them up, so an operator confirms them first. */
import type { CountryLaw, Incompatibility, SchemeLaw } from './law.ts'

export const chineseSchemes: Readonly<Record<string, SchemeLaw>> = {
  'cn-pilot/injury': {
    country: 'cn',
    registry: 'cn-pilot',
    title: 'Occupational-injury pilot for platform workers',
    branches: ['employment-injury'],
    financing: 'contributory',
    from: '2022-07-01',
    // Ten provinces followed in July 2025; no source that was read names them, so nothing is concluded there.
    insuresOrders: [
      {
        from: '2022-07-01',
        figure: {
          regions: ['CN-BJ', 'CN-SH', 'CN-JS', 'CN-GD', 'CN-HI', 'CN-CQ', 'CN-SC'],
          services: ['ride', 'delivery', 'freight'],
        },
        source: 'Pilot of 1 July 2022: seven provinces; ride, instant delivery, freight (gmteight.com, itiger.com)',
      },
    ],
  },
  'cn-social/employee-pension': {
    country: 'cn',
    registry: 'cn-social',
    title: 'Basic pension of urban employees',
    branches: ['old-age', 'survivors', 'invalidity'],
    financing: 'contributory',
    mandatory: true,
  },
  'cn-social/resident-pension': {
    country: 'cn',
    registry: 'cn-social',
    title: 'Basic pension of urban and rural residents',
    branches: ['old-age'],
    financing: 'contributory',
  },
}

export const chineseIncompatibilities: readonly Incompatibility[] = [
  {
    schemes: ['cn-social/employee-pension', 'cn-social/resident-pension'],
    unit: 'person',
    holds: 'cn-social/resident-pension',
    source: 'Nobody draws both basic pensions (mem-sure)',
  },
]

export const china: CountryLaw = {
  // From 2025 the ages rise by months, to 63 for men and 55 or 58 for women: until the table is entered, the old ages stand.
  pensionAge: [
    { from: '1978-06', figure: { male: 60, female: 55, early: 50 }, source: 'Men 60, women 55 or 50 (mem-sure)' },
  ],
  workingAge: [
    { from: '1995-01', figure: { general: 16, hazardous: 18 }, source: 'Labour Law; C138, C182 (mem-sure)' },
  ],
  dependantUntil: [],
  // Rates are shares of a base between 60 and 300 % of the local average wage, which no list here holds.
  rates: {},
  maternity: {},
}
