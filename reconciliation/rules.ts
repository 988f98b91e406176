/** All rules, in the order of their ids. Their texts, settings and predicates stand in rules/, one file a rule. */
import type { Rule } from './rule.ts'

export const rules: readonly Rule[] = []
