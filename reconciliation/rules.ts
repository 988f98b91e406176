/** All rules, in the order of their ids. Their texts, settings and predicates stand in rules/, one file a rule. */
import type { Rule } from './rule.ts'
import { caregiverOfMany } from './rules/caregiver-of-many.ts'
import { childLabour } from './rules/child-labour.ts'
import { contributionGaps } from './rules/contribution-gaps.ts'
import { coverageLapsing } from './rules/coverage-lapsing.ts'
import { deadHereAliveThere } from './rules/dead-here-alive-there.ts'
import { declaredNotReceived } from './rules/declared-not-received.ts'
import { dependantAgedOut } from './rules/dependant-aged-out.ts'
import { dependantOfTwo, namesTwoPrincipals } from './rules/dependant-of-two.ts'
import { differsFromAuthority } from './rules/differs-from-authority.ts'
import { eligibleInHousehold, eligibleNotEnrolled } from './rules/eligible-not-enrolled.ts'
import { incompatibleInHousehold } from './rules/incompatible-in-household.ts'
import { incompatibleSchemes } from './rules/incompatible-schemes.ts'
import { injuryClaims } from './rules/injury-claims.ts'
import { lineWithoutCounterpart } from './rules/line-without-counterpart.ts'
import { maternityUnused } from './rules/maternity-unused.ts'
import { maternityWithoutContributions } from './rules/maternity-without-contributions.ts'
import { notCollected } from './rules/not-collected.ts'
import { numberSaysOtherwise } from './rules/number-says-otherwise.ts'
import { oneSidedContributions } from './rules/one-sided-contributions.ts'
import { overpaid } from './rules/overpaid.ts'
import { paidAfterDeath } from './rules/paid-after-death.ts'
import { pensionNotDrawn, pensionTooEarly } from './rules/pension-age.ts'
import { pensionWithoutHealth } from './rules/pension-without-health.ts'
import { platformWorkUncovered } from './rules/platform-work-uncovered.ts'
import { publicPayOnBenefit, publicSpouseOnBenefit } from './rules/public-pay-on-benefit.ts'
import { publicSpouseNamed } from './rules/public-spouse-named.ts'
import { registryDrift } from './rules/registry-drift.ts'
import { sharedAccount, sharedPhone } from './rules/shared-by-strangers.ts'
import { sharedIdentifier } from './rules/shared-identifier.ts'
import { staleRegistry } from './rules/stale-registry.ts'
import { suspenseMoney, suspenseUnnamed } from './rules/suspense-money.ts'
import { twiceInRegistry } from './rules/twice-in-registry.ts'
import { twoNumbers } from './rules/two-numbers.ts'
import { wrongRate } from './rules/wrong-rate.ts'

export const rules: readonly Rule[] = [
  incompatibleSchemes,
  incompatibleInHousehold,
  paidAfterDeath,
  deadHereAliveThere,
  pensionWithoutHealth,
  oneSidedContributions,
  contributionGaps,
  twiceInRegistry,
  sharedIdentifier,
  twoNumbers,
  differsFromAuthority,
  numberSaysOtherwise,
  declaredNotReceived,
  lineWithoutCounterpart,
  wrongRate,
  suspenseMoney,
  suspenseUnnamed,
  dependantAgedOut,
  dependantOfTwo,
  namesTwoPrincipals,
  maternityWithoutContributions,
  maternityUnused,
  platformWorkUncovered,
  injuryClaims,
  childLabour,
  pensionTooEarly,
  pensionNotDrawn,
  publicPayOnBenefit,
  publicSpouseOnBenefit,
  publicSpouseNamed,
  caregiverOfMany,
  overpaid,
  notCollected,
  sharedPhone,
  sharedAccount,
  eligibleNotEnrolled,
  eligibleInHousehold,
  coverageLapsing,
  registryDrift,
  staleRegistry,
]
