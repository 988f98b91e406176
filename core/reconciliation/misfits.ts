/** What fits the contract and not this hub's rules. The API tells it together with what does not fit the contract. */
import { HubError, type Reason } from '../../errors.ts'
import type { Rule } from '../../reconciliation/rule.ts'
import { checkSettings } from '../../reconciliation/settings.ts'

/** A question as it came: nothing of it is checked yet. */
export type Asked = { readonly query: { readonly rule?: unknown }; readonly body: unknown }
export type MisfitsOf = (asked: Asked) => Reason[]

/** By operation; an operation that none of the rules concerns has no entry. */
export function misfitsBy(rules: readonly Rule[]): ReadonlyMap<string, MisfitsOf> {
  const unknownRule: MisfitsOf = ({ query }) => unknownRules(rules, query.rule)
  return new Map([
    ['listFindings', unknownRule],
    ['listTrialDifferences', unknownRule],
    ['startTrial', ({ body }) => (isTrial(body) ? checkSettings(rules, { rules: body.rules }) : [])],
  ])
}

const isTrial = (body: unknown): body is { readonly rules: unknown } =>
  typeof body === 'object' && body !== null && 'rules' in body

/** Throws `invalid_request` for a rule that there is not: a filter that nothing can fit answers a question that nobody asked. */
export function mustBeRule(rules: readonly Rule[], rule: string | undefined): void {
  const reasons = unknownRules(rules, rule)
  if (reasons.length > 0) throw new HubError('invalid_request', { reasons })
}

function unknownRules(rules: readonly Rule[], rule: unknown): Reason[] {
  if (rule === undefined || rules.some(({ id }) => id === rule)) return []
  const message = 'There is no such rule. GET /v1/rules lists them.'
  return [{ pointer: 'query/rule', rule: 'known-rule', message }]
}
