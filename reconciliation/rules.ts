/** All rules, in the order of their ids. Their texts, settings and predicates stand in rules/, one file a rule. */
import type { Rule } from './rule.ts'
import { contributionGaps } from './rules/contribution-gaps.ts'
import { deadHereAliveThere } from './rules/dead-here-alive-there.ts'
import { dependantAgedOut } from './rules/dependant-aged-out.ts'
import { dependantOfTwo, namesTwoPrincipals } from './rules/dependant-of-two.ts'
import { incompatibleSchemes } from './rules/incompatible-schemes.ts'
import { notCollected } from './rules/not-collected.ts'
import { oneSidedContributions } from './rules/one-sided-contributions.ts'
import { overpaid } from './rules/overpaid.ts'
import { paidAfterDeath } from './rules/paid-after-death.ts'
import { pensionWithoutHealth } from './rules/pension-without-health.ts'
import { registryDrift } from './rules/registry-drift.ts'
import { staleRegistry } from './rules/stale-registry.ts'
import { twiceInRegistry } from './rules/twice-in-registry.ts'

export const rules: readonly Rule[] = [
  incompatibleSchemes,
  paidAfterDeath,
  deadHereAliveThere,
  pensionWithoutHealth,
  oneSidedContributions,
  contributionGaps,
  twiceInRegistry,
  dependantAgedOut,
  dependantOfTwo,
  namesTwoPrincipals,
  overpaid,
  notCollected,
  registryDrift,
  staleRegistry,
]
