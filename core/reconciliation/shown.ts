/** Findings as they are answered: from rows and rules to the contract's words. */
import type { Rule } from '../../reconciliation/rule.ts'
import { isAdverse, type State, unsettled } from '../../reconciliation/state.ts'
import type { Finding, FindingEvent, Money } from '../../schemas/contract.ts'
import type { Basis, FindingEvent as EventRow, FindingBody, FindingRow } from '../../store/reconciliation/findings.ts'

export type RuleOf = (id: string) => Rule | undefined

/** What the database checks to be one of them. */
export const stateOf = ({ state }: Pick<FindingRow, 'state'>): State => state as State

export const adverse = (row: FindingRow, rule: Rule | undefined): boolean =>
  isAdverse({ action: row.action, money: row.amount !== null }, rule?.aim)

export const moneyOf = ({ amount, currency }: { amount: number | null; currency: string | null }): Money | undefined =>
  amount === null || currency === null ? undefined : { amount, currency: currency as Money['currency'] }

export const dayOf = (instant: Date): string => instant.toISOString().slice(0, 10)

/** Without whom it is about and what it rests on: a list of these names nobody. Money is a figure: `figures` says whether they are told. */
export function toFinding(row: FindingRow, rule: Rule | undefined, now: Date, figures: boolean): Finding {
  const money = figures ? moneyOf(row) : undefined
  return {
    id: row.id,
    rule: row.rule,
    title: rule?.title ?? row.rule,
    subjectKind: row.subject_kind as Finding['subjectKind'],
    registry: row.owner,
    severity: row.severity,
    action: row.action,
    adverse: adverse(row, rule),
    state: stateOf(row),
    version: row.version,
    openedAt: row.opened_at.toISOString(),
    stateSince: row.state_since.toISOString(),
    dueOn: row.due_on,
    overdue: row.due_on < dayOf(now) && unsettled.includes(stateOf(row)),
    firstRun: row.first_run,
    ...(row.earliest_decision && { earliestDecision: row.earliest_decision.toISOString() }),
    ...(row.assignee !== null && { assignee: row.assignee }),
    ...(row.region !== null && { region: row.region }),
    ...(money && { money }),
    ...(row.gone_run !== null && { goneRun: row.gone_run }),
  }
}

/** The rule's message with the figures in it. */
export const toMessage = ({ message }: Pick<Rule, 'message'>, facts: FindingBody['facts']): string =>
  message.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''))

/** What the finding said when it was moved; without its figures where `figures` says that they are not told. */
function toBasis(basis: Basis, rule: Rule | undefined, figures: boolean): NonNullable<FindingEvent['basis']> {
  const money = figures ? moneyOf(basis) : undefined
  return {
    registry: basis.owner,
    severity: basis.severity,
    message: !rule ? 'The rule is known no more.' : figures ? toMessage(rule, basis.facts) : rule.says,
    ...(money && { money }),
  }
}

export const toEvent = (event: EventRow, rule: Rule | undefined, shows: (basis: Basis) => boolean): FindingEvent => ({
  at: event.at.toISOString(),
  kind: event.kind,
  ...(event.from_state !== null && { from: event.from_state as State }),
  ...(event.to_state !== null && { to: event.to_state as State }),
  ...(event.run !== null && { run: event.run }),
  ...(event.agency !== null && { agency: event.agency }),
  ...(event.officer !== null && { officer: event.officer }),
  ...(event.text !== null && { text: event.text }),
  ...(event.basis !== null && { basis: toBasis(event.basis, rule, shows(event.basis)) }),
})
