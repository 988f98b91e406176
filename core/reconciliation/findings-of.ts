/** From what rules say to rows: keys that are the same every night, and no draft that could not be kept. */
import { createHash } from 'node:crypto'
import type { Dossier } from '../../reconciliation/dossier.ts'
import type { Draft, SubjectKind } from '../../reconciliation/finding.ts'
import type { Rule } from '../../reconciliation/rule.ts'
import type { RunFinding } from '../../store/reconciliation/run-findings.ts'

/** ISO 3166-2 codes by the registry that knows an address there. */
export type Regions = ReadonlyMap<string, string>
export type Subject = { readonly kind: SubjectKind; readonly id: string; readonly regions: Regions }

/** The key of a finding: the same rule says the same about the same subject. */
export const findingKey = (rule: string, kind: string, subject: string, about: string): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([rule, kind, subject, about]))
    .digest()

/** The region of the first listed address that has one, of each registry by itself: nobody is told of another's. */
export function regionsOf({ records }: Dossier): Map<string, string> {
  const regions = new Map<string, string>()
  for (const { absent, registry, record } of records) {
    const code = record.addresses?.find(({ regionCode }) => regionCode)?.regionCode
    if (!absent && code && !regions.has(registry)) regions.set(registry, code)
  }
  return regions
}

/** A rule said something that cannot be kept; a fault of the rule's. */
export class DraftError extends Error {
  override readonly name = 'DraftError'
}

/**
 * The findings of one rule about one subject. Where two of its drafts are about the same, as when two parts of a person's records
 * each show it, the second is told apart by the record that shows it; a third of that record says nothing new.
 */
export function toFindings(
  rule: Rule,
  subject: Subject,
  drafts: readonly Draft[],
  registries: ReadonlySet<string>,
): RunFinding[] {
  const byKey = new Map<string, RunFinding>()
  for (const draft of drafts) {
    const first = toFinding(rule, subject, draft, draft.about, registries)
    const isTaken = byKey.has(first.key.toString('hex'))
    const finding = isTaken
      ? toFinding(rule, subject, draft, `${draft.about} ${draft.evidence[0]?.record}`, registries)
      : first
    const name = finding.key.toString('hex')
    if (!byKey.has(name)) byKey.set(name, finding)
  }
  return [...byKey.values()]
}

function toFinding(
  rule: Rule,
  { kind, id, regions }: Subject,
  draft: Draft,
  about: string,
  registries: ReadonlySet<string>,
): RunFinding {
  const { owner, evidence, money, facts, persons = [], severity = rule.severity } = draft
  if (!registries.has(owner)) throw new DraftError(`${rule.id}: the owner is no registry of this hub`)
  if (evidence.length === 0) throw new DraftError(`${rule.id}: no evidence`)
  if (money && !Number.isSafeInteger(money.amount)) throw new DraftError(`${rule.id}: money in parts of minor units`)
  return {
    key: findingKey(rule.id, kind, id, about),
    rule: rule.id,
    subject_kind: kind,
    subject: id,
    about,
    owner,
    severity,
    region: regions.get(owner) ?? null,
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
    persons: [...new Set([...(kind === 'person' ? [id] : []), ...persons])].sort(),
    body: JSON.stringify({ evidence, facts }),
  }
}
