/** All rules, in the order of their ids. Their texts, settings and predicates stand in rules/, one file a rule. */
import type { Rule } from './rule.ts'
import { contributionGaps } from './rules/contribution-gaps.ts'
import { deadHereAliveThere } from './rules/dead-here-alive-there.ts'
import { incompatibleSchemes } from './rules/incompatible-schemes.ts'
import { oneSidedContributions } from './rules/one-sided-contributions.ts'
import { paidAfterDeath } from './rules/paid-after-death.ts'
import { pensionWithoutHealth } from './rules/pension-without-health.ts'
import { twiceInRegistry } from './rules/twice-in-registry.ts'

export const rules: readonly Rule[] = [
  incompatibleSchemes,
  paidAfterDeath,
  deadHereAliveThere,
  pensionWithoutHealth,
  oneSidedContributions,
  contributionGaps,
  twiceInRegistry,
]
