import type { Part } from './compare.ts'
import type { Model } from './model.ts'
import type { Condition, Guard } from './model-data.ts'

export type Outcome = 'link' | 'review' | 'distinct'

export type Decision = {
  readonly outcome: Outcome
  /** The prior's weight and all parts' weights, in bits. */
  readonly weight: number
  /** The chance that the pair is one person, from the weight alone. */
  readonly probability: number
  readonly parts: readonly Part[]
  /** Version of the model. */
  readonly model: string
  /** Guards that changed the outcome, by name. */
  readonly guards: readonly string[]
}

const rank: { readonly [outcome in Outcome]: number } = { distinct: 0, review: 1, link: 2 }

/** Decides about a pair from its parts: the weight says how likely, the guards say what a machine may not decide alone. */
export function decide(model: Model, parts: readonly Part[]): Decision {
  let weight = model.priorWeight
  for (const part of parts) weight += part.weight
  const probability = 1 / (1 + 2 ** -weight)
  let outcome: Outcome =
    probability >= model.thresholds.link ? 'link' : probability >= model.thresholds.review ? 'review' : 'distinct'
  const guards: string[] = []
  for (const guard of model.guards) {
    if (!applies(guard, parts) || !isBeyond(outcome, guard)) continue
    outcome = guard.outcome
    guards.push(guard.name)
  }
  return { outcome, weight, probability, parts, model: model.version, guards }
}

const isBeyond = (outcome: Outcome, guard: Guard): boolean =>
  guard.bound === 'at-most' ? rank[outcome] > rank[guard.outcome] : rank[outcome] < rank[guard.outcome]

const applies = ({ when, unless }: Guard, parts: readonly Part[]): boolean =>
  when.every((condition) => holds(condition, parts)) &&
  !unless.some((group) => group.every((condition) => holds(condition, parts)))

const holds = (condition: Condition, parts: readonly Part[]): boolean =>
  parts.some(
    ({ on, level }) => (on === condition.on || on.startsWith(`${condition.on}:`)) && condition.in.includes(level),
  )
