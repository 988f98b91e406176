/**
 * A registry's report of a run: what was found, where, how it moves, what is at stake, and what became of it. Pure: the same facts give the
 * same report. It names nobody: subjects are ids, and for the public there are counts alone.
 */
import type { Money } from '../../schemas/contract.ts'
import type { Action, Severity } from '../finding.ts'
import type { Rule } from '../rule.ts'
import { type Cell, hiddenCells, type Sum } from './suppress.ts'

/** owner: the registry itself. public: it leaves the agency, so counts about few people are hidden. */
export type Audience = 'owner' | 'public'
export type Found = 'new' | 'persisting' | 'reopened'
export type Change = Found | 'resolved'
/** null: hidden, because it is about too few people or would give such a count away. */
export type Figure = number | null

/** Days since findings were opened that still wait for somebody: from, and to (open end: null). */
export const ages = [
  { from: 0, to: 7 },
  { from: 8, to: 30 },
  { from: 31, to: 90 },
  { from: 91, to: null },
] as const

export type ReportRun = {
  readonly id: string
  readonly kind: 'live' | 'as-of' | 'trial'
  readonly asOf: string
  readonly knownAt: string
  readonly finishedAt: string
  /** Fingerprint of rules, law and settings. */
  readonly rules: string
  /** The day of the earlier night that it is compared with; null for the first. */
  readonly comparedWith: string | null
}

/** What the store counts. A null name means over all; a region '' is not known. */
export type ReportFacts = {
  readonly registry: { readonly id: string; readonly title: string }
  readonly run: ReportRun
  readonly cells: readonly (Cell & {
    readonly rule: string | null
    readonly region: string | null
    readonly change: Change | null
  })[]
  readonly money: readonly (Money & { readonly rule: string | null })[]
  /** Findings that wait for somebody, as of the run: `age` is the place in `ages`. */
  readonly waiting: readonly (Cell & {
    readonly rule: string | null
    readonly age: number | null
    readonly overdue: number
  })[]
  /** Findings that officers decided, by their last word. */
  readonly decided: readonly { readonly rule: string | null; readonly upheld: number; readonly dismissed: number }[]
  readonly trend: readonly { readonly asOf: string; readonly findings: number }[]
  readonly urgent: readonly ListedFinding[]
}

export type ListedFinding = {
  /** Its id in this hub; null where a trial or a past night made it. */
  readonly id: string | null
  readonly rule: string
  readonly title: string
  readonly severity: Severity
  readonly action: Action
  readonly change: Found
  readonly state: string | null
  readonly subjectKind: string
  readonly subject: string
  readonly region: string | null
  readonly money: Money | null
  readonly openedOn: string | null
  readonly dueOn: string | null
  readonly overdue: boolean
  readonly people: number
  readonly message: string
}

export type Counts = {
  readonly findings: Figure
  readonly people: Figure
  readonly changes: Readonly<Record<Change, Figure>>
}
export type RuleLine = Counts & {
  readonly rule: string
  readonly title: string
  readonly severity: Severity | null
  readonly action: Action | null
  readonly aim: Rule['aim'] | null
  readonly money: readonly { readonly currency: Money['currency']; readonly amount: Figure }[]
  readonly waiting: Figure
  readonly overdue: Figure
  readonly upheld: Figure
  readonly dismissed: Figure
  /** Share of the decided findings that were dismissed; null before any decision, or hidden. */
  readonly falsePositives: Figure
}
export type Report = {
  readonly audience: Audience
  readonly registry: ReportFacts['registry']
  readonly run: ReportRun
  readonly totals: Omit<RuleLine, 'rule' | 'title' | 'severity' | 'action' | 'aim'>
  readonly rules: readonly RuleLine[]
  readonly regions: readonly {
    readonly region: string | null
    readonly findings: Figure
    readonly people: Figure
    readonly rules: readonly { readonly rule: string; readonly findings: Figure; readonly people: Figure }[]
  }[]
  readonly ages: readonly {
    readonly from: number
    readonly to: number | null
    readonly findings: Figure
    readonly overdue: Figure
  }[]
  readonly trend: readonly { readonly asOf: string; readonly findings: Figure }[]
  readonly findings: readonly ListedFinding[]
}

const found: readonly Found[] = ['new', 'persisting', 'reopened']
const changes: readonly Change[] = [...found, 'resolved']
const all = '*'
const nameOf = (rule: string | null, of: string): string => `${rule ?? all}|${of}`
const inRegion = (region: string): string => `in ${region}`
const inMoney = (currency: string): string => `in money ${currency}`

/** The report for an audience. `rules` gives titles; what an unknown rule found is shown under its id. */
export function makeReport(facts: ReportFacts, rules: readonly Rule[], audience: Audience): Report {
  const cells = cellsOf(facts)
  const ids = namesIn([...facts.cells, ...facts.waiting, ...facts.decided].map(({ rule }) => rule))
  const regions = namesIn(facts.cells.map(({ region }) => region))
  const currencies = namesIn(facts.money.map(({ currency }) => currency))
  const hidden = audience === 'owner' ? new Set<string>() : hiddenIn(cells, ids, regions, currencies)
  const shown = (name: string, of: 'findings' | 'people'): Figure =>
    hidden.has(name) ? null : (cells.get(name)?.[of] ?? 0)
  const counts = (rule: string | null): Counts => ({
    findings: shown(nameOf(rule, all), 'findings'),
    people: shown(nameOf(rule, all), 'people'),
    changes: Object.fromEntries(
      changes.map((change) => [change, shown(nameOf(rule, change), 'findings')]),
    ) as Counts['changes'],
  })
  const rest = (rule: string | null) => {
    const isHidden = hidden.has(nameOf(rule, 'waiting'))
    const waiting = facts.waiting.find((one) => one.rule === rule && one.age === null)
    return {
      money: currencies.flatMap((currency) => {
        const sum = facts.money.find((one) => one.rule === rule && one.currency === currency)
        return sum
          ? [{ currency: sum.currency, amount: hidden.has(nameOf(rule, inMoney(currency))) ? null : sum.amount }]
          : []
      }),
      waiting: isHidden ? null : (waiting?.findings ?? 0),
      overdue: isHidden ? null : hideFew(waiting?.overdue ?? 0, audience),
      ...decisions(facts, rule, audience),
    }
  }
  const totals = { ...counts(null), ...rest(null) }
  return {
    audience,
    registry: facts.registry,
    run: facts.run,
    totals,
    rules: ids.map((id) => ({ ...aboutRule(rules, id), ...counts(id), ...rest(id) })),
    regions: regions.map((region) => ({
      region: region === '' ? null : region,
      findings: shown(nameOf(null, inRegion(region)), 'findings'),
      people: shown(nameOf(null, inRegion(region)), 'people'),
      rules: ids.flatMap((rule) => {
        const name = nameOf(rule, inRegion(region))
        return cells.has(name) ? [{ rule, findings: shown(name, 'findings'), people: shown(name, 'people') }] : []
      }),
    })),
    ages: ages.map(({ from, to }, age) => {
      const isHidden = hidden.has(nameOf(null, `age ${age}`))
      const waiting = facts.waiting.find((one) => one.rule === null && one.age === age)
      return {
        from,
        to,
        findings: isHidden ? null : (waiting?.findings ?? 0),
        overdue: isHidden ? null : hideFew(waiting?.overdue ?? 0, audience),
      }
    }),
    trend: facts.trend.map(({ asOf, findings }) => ({
      asOf,
      findings: audience === 'owner' ? findings : asOf === facts.run.asOf ? totals.findings : roughly(findings),
    })),
    findings: audience === 'owner' ? facts.urgent : [],
  }
}

const namesIn = (names: readonly (string | null)[]): string[] =>
  [...new Set(names.filter((name) => name !== null))].sort()

const aboutRule = (rules: readonly Rule[], id: string) => {
  const rule = rules.find((one) => one.id === id)
  return {
    rule: id,
    title: rule?.title ?? id,
    severity: rule?.severity ?? null,
    action: rule?.action ?? null,
    aim: rule?.aim ?? null,
  }
}

/** Counts that stand in no sum here; those about a few findings are hidden by themselves. */
const hideFew = (count: number, audience: Audience): Figure =>
  audience === 'public' && count > 0 && count < 5 ? null : count

/** Earlier nights, for the public: the difference of two exact nights would tell what is hidden among the new ones. */
const roughly = (count: number): number => Math.round(count / 10) * 10

const decisions = (facts: ReportFacts, rule: string | null, audience: Audience) => {
  const { upheld = 0, dismissed = 0 } = facts.decided.find((one) => one.rule === rule) ?? {}
  const [shownUpheld, shownDismissed] = [hideFew(upheld, audience), hideFew(dismissed, audience)]
  const isKnown = upheld + dismissed > 0 && shownUpheld !== null && shownDismissed !== null
  return {
    upheld: shownUpheld,
    dismissed: shownDismissed,
    falsePositives: isKnown ? Math.round((dismissed / (upheld + dismissed)) * 1000) / 1000 : null,
  }
}

/** Every count under its name: a rule or all, and what of it. */
function cellsOf({ cells, money, waiting }: ReportFacts): Map<string, Cell> {
  const named = new Map<string, Cell>()
  for (const { rule, region, change, findings, people } of cells) {
    const of = change ?? (region === null ? all : inRegion(region))
    named.set(nameOf(rule, of), { findings, people })
  }
  for (const { rule, currency } of money)
    named.set(nameOf(rule, inMoney(currency)), named.get(nameOf(rule, all)) ?? { findings: 0, people: 0 })
  for (const { rule, age, findings, people } of waiting)
    named.set(nameOf(rule, age === null ? 'waiting' : `age ${age}`), { findings, people })
  return named
}

/** The sums that a reader could take differences of, and what goes with what. */
function hiddenIn(
  cells: ReadonlyMap<string, Cell>,
  rules: readonly string[],
  regions: readonly string[],
  currencies: readonly string[],
): ReadonlySet<string> {
  const rows = [...rules, null]
  const down = (of: string): Sum => ({ parts: rules.map((rule) => nameOf(rule, of)), total: nameOf(null, of) })
  const across = (rule: string | null, parts: readonly string[]): Sum => ({
    parts: parts.map((part) => nameOf(rule, part)),
    total: nameOf(rule, all),
  })
  const sums: Sum[] = [
    ...rows.flatMap((rule) => [across(rule, found), across(rule, regions.map(inRegion))]),
    ...[all, 'waiting', ...changes, ...regions.map(inRegion), ...currencies.map(inMoney)].map(down),
    { parts: ages.map((_, age) => nameOf(null, `age ${age}`)), total: nameOf(null, 'waiting') },
  ]
  const alike = rows.flatMap((rule) =>
    currencies.map((currency) => [nameOf(rule, all), nameOf(rule, inMoney(currency))]),
  )
  return hiddenCells(
    cells,
    sums,
    alike.filter((names) => names.every((name) => cells.has(name))),
  )
}
