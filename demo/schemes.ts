/** What the schemes take, by law and month. Sources and years: docs of the registries; amounts in whole units. */

/** NSSF Act 2013, Third Schedule: lower and upper earnings limit from 1 February of each year. */
const nssfLimits = [
  { from: '2023-02', lower: 6_000, upper: 18_000 },
  { from: '2024-02', lower: 7_000, upper: 36_000 },
  { from: '2025-02', lower: 8_000, upper: 72_000 },
  { from: '2026-02', lower: 9_000, upper: 108_000 },
]

export type Share = { readonly tier1: number; readonly tier2: number }

/** One side's share of a month (the employer pays the same again). Throws for months before the Act's schedule. */
export const nssfShare = (pay: number, month: string): Share => {
  const limits = nssfLimits.findLast(({ from }) => from <= month)
  if (!limits) throw new Error('No NSSF limits are known for a month before February 2023.')
  const tier1 = Math.round(0.06 * Math.min(pay, limits.lower))
  const tier2 = Math.round(0.06 * Math.max(0, Math.min(pay, limits.upper) - limits.lower))
  return { tier1, tier2 }
}

/** Social health insurance: 2.75 % of gross, at least KES 300 a month. Two decimals, as payslips print it. */
export const shifAmount = (pay: number): number => Math.max(300, Math.round(pay * 2.75) / 100)

/** Lao enterprise workers and employers together pay 11.5 % of pay up to the ceiling; the self-employed pay 9 %. */
const lssoCeiling = 4_500_000
const lssoRates = { enterprise: 0.115, state: 0.165, voluntary: 0.09 }
export const lssoAmount = (pay: number, kind: keyof typeof lssoRates): number =>
  Math.round(Math.min(pay, lssoCeiling) * lssoRates[kind])
