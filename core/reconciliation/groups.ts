/** A slice of the groups: people who share something are read again, in the order of their ids, and folded together. */
import type { Dossier } from '../../reconciliation/dossier.ts'
import { groupKeys } from '../../reconciliation/groups.ts'
import type { Fold, GroupKind } from '../../reconciliation/rule.ts'
import { type GroupPlace, groupHash, groupsIn, membersIn, membersOfAll } from '../../store/reconciliation/members.ts'
import { putRunFindings, type RunFinding } from '../../store/reconciliation/run-findings.ts'
import type { Slice } from '../../store/reconciliation/slices.ts'
import { confirmedParts } from './confirmed.ts'
import { readDossiers } from './dossier.ts'
import { Faults } from './faults.ts'
import { type Regions, regionsOf, toFindings } from './findings-of.ts'
import type { ActiveGroupRule, Nightly } from './nightly.ts'
import { lookAtRegistries } from './registries.ts'
import type { GroupCounts, SliceWork } from './slice-work.ts'

/** People of small groups read at once, and of one large group. */
const peopleAtOnce = 200

export async function lookAtGroups(nightly: Nightly, slice: Slice, signal: AbortSignal): Promise<SliceWork> {
  const { needs, run } = nightly
  const found: RunFinding[] = []
  const faults = new Faults()
  // The registries are few, and go with the first slice.
  if (slice.seq === 0) found.push(...(await lookAtRegistries(nightly, faults)))
  const groups = await groupsIn(needs.db, run, slice, nightly.least)
  let people = 0
  for (const batch of batches(groups)) {
    signal.throwIfAborted()
    people += batch.reduce((sum, group) => sum + group.people, 0)
    const [only] = batch
    const folded =
      batch.length === 1 && only
        ? [await foldLarge(nightly, only, faults, signal)]
        : await foldSmall(nightly, batch, faults)
    for (const one of folded) found.push(...one.end())
  }
  const counts: GroupCounts = { people, faults: faults.tell(needs, run) }
  return {
    subjects: groups.length,
    found: found.length,
    async write(tx) {
      await putRunFindings(tx, needs.keys, { run, phase: 'groups', seq: slice.seq }, found)
      return counts
    },
  }
}

type Group = GroupPlace & { people: number }

/** As many small groups as are read at once; a large one by itself. */
function* batches(groups: readonly Group[]): Generator<Group[]> {
  let batch: Group[] = []
  let people = 0
  for (const group of groups) {
    if (batch.length > 0 && people + group.people > peopleAtOnce) {
      yield batch
      batch = []
      people = 0
    }
    batch.push(group)
    people += group.people
  }
  if (batch.length > 0) yield batch
}

async function foldSmall(nightly: Nightly, groups: readonly Group[], faults: Faults): Promise<GroupFold[]> {
  const { needs, run, knownAt } = nightly
  const members = await membersOfAll(needs.db, run, groups)
  const persons = [...new Set(members.map(({ person }) => person))]
  const dossiers = new Map<string, Dossier>()
  for (const { person, dossier } of await readDossiers(needs.db, needs.keys, knownAt, persons))
    if (dossier) dossiers.set(person, dossier)
  const folds = new Map(groups.map((group) => [nameOf(group), new GroupFold(nightly, group, faults)]))
  for (const member of members) {
    const dossier = dossiers.get(member.person)
    if (dossier) folds.get(nameOf(member))?.add(dossier, member.confirmed)
  }
  return [...folds.values()]
}

const nameOf = ({ kind, key }: GroupPlace) => `${kind} ${key.toString('hex')}`

async function foldLarge(nightly: Nightly, group: Group, faults: Faults, signal: AbortSignal): Promise<GroupFold> {
  const { needs, run, knownAt } = nightly
  const fold = new GroupFold(nightly, group, faults)
  for (let after: string | null = null; ; ) {
    signal.throwIfAborted()
    const members = await membersIn(needs.db, run, group, { after, limit: peopleAtOnce })
    const confirmed = new Map(members.map((member) => [member.person, member.confirmed]))
    for (const { person, dossier } of await readDossiers(needs.db, needs.keys, knownAt, [...confirmed.keys()]))
      if (dossier) fold.add(dossier, confirmed.get(person) ?? false)
    after = members.at(-1)?.person ?? null
    if (members.length < peopleAtOnce) return fold
  }
}

type Begun = { readonly active: ActiveGroupRule; readonly fold: Fold }

/** One group on its way through the rules about its kind. */
class GroupFold {
  private readonly nightly: Nightly
  private readonly kind: GroupKind
  private readonly hash: Buffer
  private readonly people: number
  private readonly faults: Faults
  private key: string | undefined
  private begun: Begun[] | undefined
  private regions: Regions = new Map()

  constructor(nightly: Nightly, { kind, key, people }: Group, faults: Faults) {
    this.nightly = nightly
    this.kind = kind as GroupKind
    this.hash = key
    this.people = people
    this.faults = faults
  }

  /** `confirmed`: all of her records are known to be one person's. */
  add(dossier: Dossier, confirmed: boolean): void {
    const { needs, ruled } = this.nightly
    this.regions = new Map([...regionsOf(dossier), ...this.regions])
    this.key ??= this.keyAmong(groupKeys[this.kind](dossier))
    const { key } = this
    if (key === undefined) return
    this.begun ??= this.begin(key)
    const holds = (part: Dossier) => groupKeys[this.kind](part).includes(key)
    let parts: readonly Dossier[] | undefined = confirmed ? [dossier] : undefined
    for (const one of this.begun) {
      const { rule } = one.active
      this.attempt(one, () => {
        if (rule.evidence === 'confirmed') parts ??= confirmedParts(needs.model, dossier, ruled).filter(holds)
        for (const part of rule.evidence === 'confirmed' ? (parts ?? []) : [dossier]) one.fold.add(part, dossier)
      })
    }
  }

  end(): RunFinding[] {
    const subject = { kind: this.kind, id: this.hash.toString('hex'), regions: this.regions }
    const found: RunFinding[] = []
    for (const one of this.begun ?? [])
      this.attempt(one, () => {
        const drafts = one.fold.end()
        found.push(...toFindings(this.nightly, one.active.rule, subject, drafts))
      })
    return found
  }

  private begin(key: string): Begun[] {
    const rules = this.nightly.groupRules.get(this.kind) ?? []
    return rules.flatMap((active) => {
      if (active.rule.least > this.people) return []
      try {
        return [{ active, fold: active.rule.begin(key, active.context) }]
      } catch (reason) {
        this.faults.note(active.rule.id, reason)
        return []
      }
    })
  }

  /** A rule that fails on a group says nothing about it. */
  private attempt(one: Begun, step: () => void): void {
    try {
      step()
    } catch (reason) {
      this.faults.note(one.active.rule.id, reason)
      this.begun = this.begun?.filter((other) => other !== one)
    }
  }

  /** The key in plain, from what the first of the people holds. */
  private keyAmong(keys: readonly string[]): string | undefined {
    return keys.find((key) => groupHash(this.nightly.needs.keys, this.kind, key).equals(this.hash))
  }
}
