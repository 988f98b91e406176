/** Short forms for the tests of rules: a person with what registries say of her, and what a rule finds. */
import { assert } from 'vitest'
import type { Delivered } from '../../reconciliation/delivered.ts'
import type { Dossier, DossierRecord } from '../../reconciliation/dossier.ts'
import type { Draft } from '../../reconciliation/finding.ts'
import { groupKeys } from '../../reconciliation/groups.ts'
import type { Law } from '../../reconciliation/law/law.ts'
import type { GroupRule, PersonRule } from '../../reconciliation/rule.ts'
import type { SourceRecord } from '../../schemas/contract.ts'
import { makeName } from '../../schemas/values/name.ts'

type Facts = Partial<Omit<SourceRecord, 'registry' | 'names'>> & {
  readonly name?: string
  readonly absent?: boolean
  readonly version?: number
}

/** One record of a registry. Its id is the registry's with the source id; two of one registry need source ids of their own. */
export const held = (registry: string, { name, absent = false, version = 1, ...facts }: Facts): DossierRecord => {
  const { stream = 'member', sourceId = '1' } = facts
  const names = [makeName(name ?? 'Asha Mwangi')].filter((one) => one !== undefined)
  const record: SourceRecord = {
    identifiers: [],
    enrolments: [],
    contributions: [],
    benefits: [],
    quality: [],
    ...facts,
    registry,
    stream,
    sourceId,
    names,
  }
  return { id: `${registry}/${sourceId}`, version, registry, absent, record }
}

export const person = (id: string, ...records: readonly DossierRecord[]): Dossier => ({ person: id, records })

type Given = {
  readonly asOf: string
  readonly law: Law
  readonly parameters?: Readonly<Record<string, number | boolean | string>>
  /** Months whose lists have come; all of them unless told otherwise. */
  readonly delivered?: Delivered
  /** Everything that is held for her, where the rule sees a part. */
  readonly whole?: Dossier
}

/** What a finding is about tells it from the others of its rule and subject. */
const onceEach = (drafts: readonly Draft[]): readonly Draft[] => {
  const abouts = drafts.map(({ about }) => about)
  assert.deepEqual([...new Set(abouts)], abouts, 'findings about the same')
  return drafts
}

/** What a rule finds among people, with its usual settings. Every finding has evidence, and figures for all that its text names. */
export const findings = (
  rule: PersonRule | GroupRule,
  people: readonly Dossier[],
  { asOf, law, parameters, delivered = () => true, whole }: Given,
): readonly Draft[] => {
  const usual = Object.fromEntries(Object.entries(rule.parameters).map(([name, { value }]) => [name, value]))
  const context = { asOf, law, delivered, parameters: { ...usual, ...parameters } }
  const drafts =
    rule.subject === 'person'
      ? people.flatMap((one) => onceEach(rule.find(one, context, whole ?? one)))
      : [...new Set(people.flatMap(groupKeys[rule.subject]))].sort().flatMap((key) => {
          const group = people.filter((one) => groupKeys[rule.subject](one).includes(key))
          if (group.length < rule.least) return []
          const fold = rule.begin(key, context)
          for (const one of group) fold.add(one, whole ?? one)
          return onceEach(fold.end())
        })
  const named = [...rule.message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  for (const { evidence, facts, about } of drafts) {
    assert.isNotEmpty(evidence, `${rule.id} ${about}: evidence`)
    assert.containsAllKeys(facts, named, `${rule.id} ${about}: the message's figures`)
  }
  return drafts
}
