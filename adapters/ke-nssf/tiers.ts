/** NSSF Act 2013, Third Schedule: what is due on a month's pay. Employee and employer each pay the same. */

/** Lower and upper earnings limit in whole shillings, from 1 February of each year. The year from 2027-02 awaits its notice. */
const limits = [
  { from: '2023-02', lower: 6_000, upper: 18_000 },
  { from: '2024-02', lower: 7_000, upper: 36_000 },
  { from: '2025-02', lower: 8_000, upper: 72_000 },
  { from: '2026-02', lower: 9_000, upper: 108_000 },
]
const knownUntil = '2027-02'

/** Percent of pay that each side owes. */
const rate = 6

/**
 * Each side's share in cents, for a month's pay in cents. Undefined for months whose limits are not known here.
 * Tier II may be contracted out to another scheme: then the fund gets Tier I only, and nothing is missing.
 */
export const tiers = (pay: number, month: string): { readonly tier1: number; readonly tier2: number } | undefined => {
  const year = month < knownUntil ? limits.findLast(({ from }) => from <= month) : undefined
  if (!year) return undefined
  const [lower, upper] = [year.lower * 100, year.upper * 100]
  const share = (amount: number) => Math.round((amount * rate) / 100)
  return { tier1: share(Math.min(pay, lower)), tier2: share(Math.max(0, Math.min(pay, upper) - lower)) }
}
