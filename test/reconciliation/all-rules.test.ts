import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Dossier } from '../../reconciliation/dossier.ts'
import type { Draft } from '../../reconciliation/finding.ts'
import { law } from '../../reconciliation/law/countries.ts'
import { rules } from '../../reconciliation/rules.ts'
import { findings } from '../kit/dossiers.ts'
import { personal, troubledPeople } from '../kit/troubled.ts'

const asOf = '2026-11-22'
const aboutPeople = rules.flatMap((rule) => (rule.subject === 'registry' ? [] : [rule]))
const all = (people: readonly Dossier[]): [string, Draft][] =>
  aboutPeople.flatMap((rule) => findings(rule, people, { asOf, law }).map((draft): [string, Draft] => [rule.id, draft]))

test('the troubled people break every rule up to R13 but one of names and households', () => {
  const broken = new Set(all(troubledPeople).map(([rule]) => rule))
  const early = aboutPeople.map(({ id }) => id).filter((id) => id < 'R14')
  expect(early.filter((id) => !broken.has(id))).toEqual([])
})

test('no finding holds a name, a number, a telephone, an account or a birth date', () => {
  for (const [rule, draft] of all(troubledPeople)) {
    const { persons, ...told } = draft
    const text = JSON.stringify({
      ...told,
      evidence: draft.evidence.map(({ registry, pointer }) => [registry, pointer]),
    })
    expect(
      personal.filter((one) => text.includes(one)),
      rule,
    ).toEqual([])
    expect(persons?.every((one) => one.startsWith('person-')) ?? true).toBe(true)
  }
})

test('every finding refers to facts that stand in the records', () => {
  const records = new Map(troubledPeople.flatMap((one) => one.records.map((held) => [held.id, held])))
  for (const [rule, { evidence }] of all(troubledPeople))
    for (const { record, registry, version, pointer } of evidence) {
      const held = records.get(record)
      expect(held, rule).toMatchObject({ registry, version })
      const fact = pointer
        .split('/')
        .slice(1)
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], held?.record)
      expect(fact, `${rule} ${pointer}`).toBeDefined()
    }
})

/** A finding without the order of its evidence. */
const unordered = ([rule, { evidence, persons = [], ...draft }]: [string, Draft]): string =>
  JSON.stringify([rule, draft, [...persons].sort(), evidence.map((ref) => JSON.stringify(ref)).sort()])

test('the order of a person’s records changes no finding', () => {
  const usual = all(troubledPeople).map(unordered).sort()
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat()), (stream) => {
      const shuffled = troubledPeople.map(({ person, records }) => ({
        person,
        records: records
          .map((held) => ({ held, at: stream.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ held }) => held),
      }))
      expect(all(shuffled).map(unordered).sort()).toEqual(usual)
    }),
    { numRuns: 40 },
  )
})

test('the same facts give the same findings, byte for byte', () => {
  expect(JSON.stringify(all(structuredClone(troubledPeople)))).toBe(JSON.stringify(all(troubledPeople)))
})

test('people without records, and records that are listed no more, break nothing', () => {
  const gone = troubledPeople.map(({ person, records }) => ({
    person,
    records: records.map((held) => ({ ...held, absent: true })),
  }))
  expect(all(gone)).toEqual([])
  expect(all([{ person: 'person-d', records: [] }])).toEqual([])
})
