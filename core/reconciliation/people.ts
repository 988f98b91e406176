/** A slice of the people: each one's dossier goes through the rules about persons, and what she shares with others is noted. */
import type { Dossier } from '../../reconciliation/dossier.ts'
import { groupKeys } from '../../reconciliation/groups.ts'
import { personsKnown } from '../../store/reconciliation/dossiers.ts'
import { groupHash, type Member, putMembers } from '../../store/reconciliation/members.ts'
import { putRunFindings, type RunFinding } from '../../store/reconciliation/run-findings.ts'
import type { Slice } from '../../store/reconciliation/slices.ts'
import { confirmedParts } from './confirmed.ts'
import { readDossiers } from './dossier.ts'
import { Faults } from './faults.ts'
import { ofPart, regionsOf, type Subject, toFindings } from './findings-of.ts'
import type { ActiveGroupRule, Nightly } from './nightly.ts'
import type { PeopleCounts, SliceWork } from './slice-work.ts'

/** Records read at once, more or less: some people have one, and some one for each month of twenty years. */
const recordsAtOnce = 1_500
const peopleAtOnce = { fewest: 10, usual: 200, most: 400 }

export async function lookAtPeople(nightly: Nightly, slice: Slice, signal: AbortSignal): Promise<SliceWork> {
  const { needs, run, knownAt } = nightly
  const [lower, upper] = [toUuid(slice.lower), slice.upper && toUuid(slice.upper)]
  const found: RunFinding[] = []
  const members: Member[] = []
  const faults = new Faults()
  const counts = { subjects: 0, records: 0 }
  let limit = peopleAtOnce.usual
  for (let after: string | null = null; ; ) {
    signal.throwIfAborted()
    const persons = await personsKnown(needs.db, knownAt, { after, lower, upper, limit })
    let records = 0
    for (const read of await readDossiers(needs.db, needs.keys, knownAt, persons)) {
      records += read.records
      if (!read.dossier) {
        faults.note('unreadable', undefined)
        continue
      }
      try {
        const parts = confirmedParts(needs.model, read.dossier, nightly.ruled)
        members.push(...membersOf(nightly, read.dossier, parts.length === 1))
        found.push(...findingsOf(nightly, read.dossier, parts, faults))
        counts.subjects += 1
      } catch (reason) {
        // What cannot be taken apart costs its own person, who shares nothing with anybody then.
        faults.note('unreadable', reason)
      }
    }
    counts.records += records
    after = persons.at(-1) ?? null
    if (persons.length < limit) break
    const fitting = Math.round((recordsAtOnce * persons.length) / Math.max(1, records))
    limit = Math.min(peopleAtOnce.most, Math.max(peopleAtOnce.fewest, fitting))
  }
  const told: PeopleCounts = { records: counts.records, members: members.length, faults: faults.tell(needs, run) }
  return {
    subjects: counts.subjects,
    found: found.length,
    async write(tx) {
      await putRunFindings(tx, needs.keys, { run, phase: 'people', seq: slice.seq }, found)
      await putMembers(tx, run, slice.seq, members)
      return told
    },
  }
}

function findingsOf(nightly: Nightly, dossier: Dossier, parts: readonly Dossier[], faults: Faults) {
  const found: RunFinding[] = []
  const subject: Subject = { kind: 'person', id: dossier.person, regions: regionsOf(dossier) }
  for (const { rule, context } of nightly.personRules) {
    try {
      const seen = rule.evidence === 'confirmed' ? parts : [dossier]
      const drafts = seen.flatMap((part) => {
        const shown = rule.find(part, context, dossier)
        return seen.length > 1 ? shown.map((draft) => ofPart(part, draft)) : shown
      })
      if (drafts.length > 0) found.push(...toFindings(nightly, rule, subject, drafts))
    } catch (reason) {
      faults.note(rule.id, reason)
    }
  }
  return found
}

const membersOf = ({ needs, groupRules }: Nightly, dossier: Dossier, confirmed: boolean): Member[] =>
  [...groupRules].flatMap(([kind, rules]) => {
    const keys = groupKeys[kind](dossier)
    const concerned = keys.length > 0 && rules.some((active) => concerns(active, dossier))
    return keys.map((key) => {
      return { kind, key: groupHash(needs.keys, kind, key), person: dossier.person, confirmed, concerned }
    })
  })

/** A rule that fails here fails again on the group, and is counted there. */
function concerns({ rule, context }: ActiveGroupRule, dossier: Dossier): boolean {
  try {
    return rule.concerns?.(dossier, context) ?? true
  } catch {
    return true
  }
}

function toUuid(bytes: Buffer): string {
  const hex = bytes.toString('hex').padEnd(32, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
