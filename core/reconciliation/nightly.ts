/** All that a worker has to know of a run while it looks at slices of it. */
import { toDelivered } from '../../reconciliation/delivered.ts'
import { within } from '../../reconciliation/law/countries.ts'
import type { Context, GroupKind, GroupRule, PersonRule, RegistryRule, Rule } from '../../reconciliation/rule.ts'
import { changedRules } from '../../reconciliation/settings.ts'
import { deliveredBy } from '../../store/reconciliation/delivered.ts'
import { linkRulings } from '../../store/reconciliation/rulings.ts'
import type { ReconciliationRow } from '../../store/reconciliation/runs.ts'
import { listRegistries } from '../../store/registries.ts'
import type { Needs } from '../needs.ts'
import type { Ruled } from './confirmed.ts'
import { fingerprintOf } from './rule-book.ts'

/** A rule as the run uses it. */
type Active<Kind extends Rule> = { readonly rule: Kind; readonly context: Context }
export type ActiveGroupRule = Active<GroupRule>

export type Nightly = {
  readonly needs: Needs
  readonly run: string
  readonly kind: ReconciliationRow['kind']
  readonly asOf: string
  readonly knownAt: Date
  /** The run that it is compared with, unless it is the living one. */
  readonly before: string | null
  readonly personRules: readonly Active<PersonRule>[]
  readonly registryRules: readonly Active<RegistryRule>[]
  readonly groupRules: ReadonlyMap<GroupKind, readonly ActiveGroupRule[]>
  /** How many people the smallest group of each kind has that any rule asks for. */
  readonly least: Readonly<Record<string, number>>
  readonly ruled: Ruled
  /** Ids of all registries: whoever has to act is one of them. */
  readonly registries: ReadonlySet<string>
  readonly rules: ReadonlyMap<string, Rule>
}

/** The fingerprint of a run with these settings, by this worker's own book. */
export async function rulesNow({ db, model, reconciliation }: Needs, settings: unknown): Promise<string> {
  const registries = (await listRegistries(db)).map(({ id }) => id)
  return fingerprintOf(reconciliation.book, settings, { model: model.version, registries })
}

/** Reads what a run was asked for; `knownAt` is known by then. */
export async function makeNightly(needs: Needs, run: ReconciliationRow, knownAt: Date): Promise<Nightly> {
  const { rules, law } = needs.reconciliation.book
  const registries = new Set((await listRegistries(needs.db)).map(({ id }) => id))
  const known = within(law, registries)
  const given = {
    asOf: run.as_of,
    law: known,
    delivered: toDelivered(await deliveredBy(needs.db, knownAt), known),
  }
  const active = changedRules(rules, run.settings).map((rule) => ({ rule, context: contextOf(rule, given) }))
  const personRules = active.flatMap(({ rule, ...one }) => (rule.subject === 'person' ? [{ rule, ...one }] : []))
  const registryRules = active.flatMap(({ rule, ...one }) => (rule.subject === 'registry' ? [{ rule, ...one }] : []))
  const groupRules = new Map<GroupKind, ActiveGroupRule[]>()
  for (const { rule, ...one } of active) {
    if (rule.subject === 'person' || rule.subject === 'registry') continue
    groupRules.set(rule.subject, [...(groupRules.get(rule.subject) ?? []), { rule, ...one }])
  }
  return {
    needs,
    run: run.id,
    kind: run.kind,
    asOf: run.as_of,
    knownAt,
    before: run.before,
    personRules,
    registryRules,
    groupRules,
    least: Object.fromEntries(
      [...groupRules].map(([kind, all]) => [kind, Math.min(...all.map(({ rule }) => rule.least))]),
    ),
    ruled: await ruledPairs(needs, knownAt),
    registries,
    rules: new Map(rules.map((rule) => [rule.id, rule])),
  }
}

const contextOf = (rule: Rule, given: Omit<Context, 'parameters'>): Context => ({
  ...given,
  parameters: Object.fromEntries(Object.entries(rule.parameters).map(([name, { value }]) => [name, value])),
})

async function ruledPairs({ db }: Needs, knownAt: Date): Promise<Ruled> {
  const ruled = new Map<string, string[]>()
  for (const { one, other } of await linkRulings(db, knownAt)) {
    ruled.set(one, [...(ruled.get(one) ?? []), other])
    ruled.set(other, [...(ruled.get(other) ?? []), one])
  }
  return ruled
}
