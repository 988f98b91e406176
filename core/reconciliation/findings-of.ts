/** From what rules say to rows: keys that are the same every night, and no draft that could not be kept. */
import type { Dossier } from '../../reconciliation/dossier.ts'
import type { Draft, SubjectKind } from '../../reconciliation/finding.ts'
import type { Rule } from '../../reconciliation/rule.ts'
import type { Keys } from '../../store/keys.ts'
import type { RunFinding } from '../../store/reconciliation/run-findings.ts'
import { blind } from '../../store/seal.ts'
import type { Nightly } from './nightly.ts'

/** ISO 3166-2 codes by the registry that knows an address there. */
export type Regions = ReadonlyMap<string, string>
export type Subject = { readonly kind: SubjectKind; readonly id: string; readonly regions: Regions }

/** The key of a finding: the same rule says the same about the same subject. Keyed, as months and numbers could be tried out. */
export const findingKey = (keys: Keys, rule: string, kind: string, subject: string, about: string): Buffer =>
  blind(keys.findingKey, JSON.stringify([rule, kind, subject, about]))

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

/** Several parts of a person's records may each show the same: what a part shows is told apart by the oldest record of the part. */
export const ofPart = ({ records }: Dossier, draft: Draft): Draft => {
  const [oldest = ''] = records.map(({ id }) => id).sort()
  return { ...draft, about: `${draft.about} ${oldest}` }
}

/**
 * The findings of one rule about one subject. Where some of its drafts are about the same, each of them is told apart by the first
 * record that shows it, so that none takes another's place once that has gone; a second of one record says nothing new.
 */
export function toFindings(
  nightly: Pick<Nightly, 'needs' | 'registries'>,
  rule: Rule,
  subject: Subject,
  drafts: readonly Draft[],
): RunFinding[] {
  const byKey = new Map<string, RunFinding>()
  const alike = new Map<string, number>()
  for (const { about } of drafts) alike.set(about, (alike.get(about) ?? 0) + 1)
  for (const draft of drafts) {
    const about = alike.get(draft.about) === 1 ? draft.about : `${draft.about} ${draft.evidence[0]?.record}`
    const finding = toFinding(nightly, rule, subject, { ...draft, about })
    const name = finding.key.toString('hex')
    if (!byKey.has(name)) byKey.set(name, finding)
  }
  return [...byKey.values()]
}

function toFinding(
  { needs, registries }: Pick<Nightly, 'needs' | 'registries'>,
  rule: Rule,
  { kind, id, regions }: Subject,
  { about, owner, evidence, money, facts, occasion, persons = [], severity = rule.severity }: Draft,
): RunFinding {
  if (!registries.has(owner)) throw new DraftError(`${rule.id}: the owner is no registry of this hub`)
  if (evidence.length === 0) throw new DraftError(`${rule.id}: no evidence`)
  if (money && !Number.isSafeInteger(money.amount)) throw new DraftError(`${rule.id}: money in parts of minor units`)
  return {
    key: findingKey(needs.keys, rule.id, kind, id, about),
    rule: rule.id,
    subject_kind: kind,
    subject: id,
    owner,
    severity,
    region: regions.get(owner) ?? null,
    amount: money?.amount ?? null,
    currency: money?.currency ?? null,
    persons: [...new Set([...(kind === 'person' ? [id] : []), ...persons])].sort(),
    body: JSON.stringify({ about, evidence, facts, occasion }),
  }
}
