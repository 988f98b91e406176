/** The rules and the law that a hub goes by, and its settings of them. */
import { createHash } from 'node:crypto'
import type { Law } from '../../reconciliation/law/law.ts'
import type { Rule } from '../../reconciliation/rule.ts'
import { changedRules, describeRules } from '../../reconciliation/settings.ts'

export type RuleBook = { readonly rules: readonly Rule[]; readonly law: Law }

/** Changed settings of rules by their ids; see reconciliation/settings.ts. */
export type RuleSettings = { readonly rules?: Readonly<Record<string, Readonly<Record<string, unknown>>>> }

/** The hub's own settings, and upon them those of a trial. */
export const overlaid = (own: RuleSettings = {}, tried: RuleSettings = {}): RuleSettings => {
  const rules = Object.entries(tried.rules ?? {}).map(([id, changes]) => [id, { ...own.rules?.[id], ...changes }])
  return { rules: { ...own.rules, ...Object.fromEntries(rules) } }
}

/** What else a run goes by: how records are told to be one person's, and whose laws count. */
type Hub = { readonly model: string; readonly registries: readonly string[] }

/** Names rules, law, settings and hub together: two runs with one name say the same of the same facts. Throws `bad_config` as changedRules. */
export const fingerprintOf = ({ rules, law }: RuleBook, settings: unknown, { model, registries }: Hub): string =>
  createHash('sha256')
    .update(JSON.stringify([describeRules(changedRules(rules, settings), law), model, [...registries].sort()]))
    .digest('hex')
    .slice(0, 16)
