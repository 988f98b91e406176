import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findCandidates } from '../../bench/quality/candidates.ts'
import { EvidenceTally, evidenceOf, scriptStandings } from '../../bench/quality/evidence.ts'
import { type Measured, measure } from '../../bench/quality/measure.ts'
import { formPersons, type Persons, statementsOf } from '../../bench/quality/persons.ts'
import { type CountryRecords, readCountry } from '../../bench/quality/registries.ts'
import { standings, toMarkdown } from '../../bench/quality/report.ts'
import { precisionOf, recallOf } from '../../bench/quality/score.ts'
import { senzingCsv } from '../../bench/quality/senzing.ts'
import { candidateLimit } from '../../core/persons/judge.ts'
import type { PartedKey } from '../../linkage/blocking.ts'
import { linkRecord, type Person } from '../linkage/person.ts'

describe('candidates', () => {
  const one = (size: number) => new Int32Array(size).fill(1)
  const pairsOf = (keys: readonly (readonly PartedKey[])[], copies = one(keys.length)) => {
    const { pairs } = findCandidates(keys, copies)
    return Array.from({ length: pairs.length / 2 }, (_, at) => `${pairs[at * 2]} ${pairs[at * 2 + 1]}`).sort()
  }
  const many = (size: number, key: (at: number) => PartedKey) => Array.from({ length: size }, (_, at) => [key(at)])

  test('share a key, and each pair stands once whatever they share', () => {
    const keys = [[{ key: 'x' }, { key: 'y' }], [{ key: 'y' }, { key: 'x' }], [{ key: 'z' }], [{ key: 'x' }]]
    expect(pairsOf(keys)).toEqual(['0 1', '0 3', '1 3'])
  })

  test('are all holders of a key while these are few, whatever their parts', () => {
    expect(pairsOf(many(32, (at) => ({ key: 'x', own: String(at), sought: [String(at)] })))).toHaveLength((32 * 31) / 2)
  })

  test('of a common key stand in the parts that are sought by either, or do not say where they stand', () => {
    const keys = [
      ...many(40, (at) => ({ key: 'x', own: String(at), sought: [String(at)] })),
      [{ key: 'x', own: 'p', sought: ['p', '3'] }],
      [{ key: 'x' }],
    ]
    const found = pairsOf(keys)
    expect(found).toContain('3 40')
    expect(found).not.toContain('4 40')
    expect(found).not.toContain('3 4')
    expect(found.filter((pair) => pair.endsWith(' 41'))).toHaveLength(41)
    expect(new Set(found).size).toBe(found.length)
  })

  test('of a key that is too common are nobody, and its holders are told', () => {
    const size = candidateLimit + 1
    const { pairs, truncated, areCandidates } = findCandidates(
      many(size, () => ({ key: 'x' })),
      one(size),
    )
    expect([pairs.length, truncated, areCandidates(0, 1)]).toEqual([0, size, false])
  })

  test('are counted with their copies, a few of each', () => {
    const keys = many(60, () => ({ key: 'x' }))
    expect(pairsOf(keys, new Int32Array(60).fill(3))).toHaveLength((60 * 59) / 2)
    expect(pairsOf(keys, new Int32Array(60).fill(50))).toEqual([])
    expect(
      pairsOf(
        many(candidateLimit / 3, () => ({ key: 'x' })),
        new Int32Array(66).fill(9),
      ),
    ).toHaveLength(33 * 65)
  })
})

test('records that say the same are one statement, whatever list they stand in', () => {
  const person = { name: 'Jane Achieng', born: '1990-06-07' }
  const records = [linkRecord('a', person), { ...linkRecord('b', person), stream: 'other' }, linkRecord('c', {})]
  const { of, records: together } = statementsOf(records)
  expect([...of]).toEqual([0, 0, 1])
  expect(together).toEqual([[0, 1], [2]])
})

describe('a small demo country', () => {
  let made: CountryRecords
  let found: Persons
  let measured: Measured
  beforeAll(async () => {
    made = await readCountry({ people: 120, seed: 5, asOf: '2026-11-22' })
    found = await formPersons(made.records, 1, () => undefined)
    measured = measure(made.country, { records: made.records, truth: made.persons, found })
  }, 120_000)

  test('is read whole: every record is of a person of the country, and every registry has its own', () => {
    expect(made.untrue).toBe(0)
    expect(made.records.length).toBeGreaterThan(200)
    const streams = new Set(made.records.map(({ registry, stream }) => `${registry} ${stream.split('/')[0]}`))
    expect([...streams].sort()).toEqual([
      'ke-nssf member',
      'ke-nssf return',
      'ke-sha by-product',
      'ke-sha client',
      'ke-sha nhif',
      'la-lsso insured',
      'la-lsso payment',
    ])
    expect(Math.max(...made.persons)).toBeLessThan(made.country.people.length)
  })

  test('is put together without a wrong person, and most of it is found', () => {
    for (const score of measured.scores.values()) {
      expect(precisionOf(score)).toBe(1)
      expect(recallOf(score)).toBeGreaterThan(0.95)
    }
  })

  test('scores by counting pairs: one person of everybody, and everybody alone', () => {
    const sides = (persons: Int32Array) => ({
      records: made.records,
      truth: made.persons,
      found: { ...found, persons },
    })
    const size = made.records.length
    const together = measure(made.country, sides(new Int32Array(size))).scores.get('all pairs')
    expect(together).toMatchObject({ foundPairs: (size * (size - 1)) / 2, correct: together?.truePairs })
    const alone = measure(made.country, sides(Int32Array.from(made.records.keys())))
    expect(alone.scores.get('all pairs')).toMatchObject({ foundPairs: 0, correct: 0, truePairs: together?.truePairs })
    expect(alone.missed.reduce((sum, { pairs }) => sum + pairs, 0)).toBe(
      alone.groups.filter(({ of }) => of === 'sex').reduce((sum, { hard }) => sum + hard.truePairs, 0),
    )
    expect(alone.wrong).toEqual([])
  })

  test('knows the answer to every question that stewards are asked', () => {
    const asked = (persons: Int32Array) =>
      measure(made.country, { records: made.records, truth: made.persons, found: { ...found, persons } }).asked
    const alone = asked(Int32Array.from(made.records.keys()))
    expect(found.questions.length).toBeGreaterThan(0)
    expect(alone.reduce((sum, { one, two }) => sum + one + two, 0)).toBe(found.questions.length)
    expect(asked(made.persons).every(({ one }) => one === 0)).toBe(true)
  })

  test('has each pair of different lists in one group of each kind', () => {
    const across = measured.scores.get('different lists')?.truePairs
    for (const kind of ['sex', 'age', 'region', 'own script', 'script of the pair'])
      expect(measured.groups.filter(({ of }) => of === kind).reduce((sum, { score }) => sum + score.truePairs, 0)).toBe(
        across,
      )
  })

  test('counts whom any list writes in another script under that one, and the others as Latin', () => {
    const own = measured.groups.filter(({ of }) => of === 'own script').map(({ group }) => group)
    expect(own).toEqual(['Laoo', 'Latn'])
    const latin = measured.groups.find(({ of, group }) => of === 'own script' && group === 'Latn')
    const all = measured.groups.find(({ of, group }) => of === 'script of the pair' && group === 'Latn')
    expect(latin?.score.truePairs).toBeLessThanOrEqual(all?.score.truePairs ?? 0)
  })

  test('is reported with its command, its groups, and small groups in brackets that count for no goal', () => {
    const facts = { people: 120, seed: 5, asOf: '2026-11-22', model: 'm', records: 1000, statements: 500, rejected: 0 }
    const demo = { ...facts, compared: found.compared, truncated: 0, reviews: 3, measured }
    const text = toMarkdown({
      date: '2026-11-22',
      labelled: undefined,
      demo: [
        { ...demo, namesakes: 'mild' },
        { ...demo, namesakes: 'hard' },
      ],
    })
    expect(text).toContain('npm run bench:quality -- --people 120 --seed 5 --namesakes mild`')
    expect(text).toContain('npm run bench:quality -- --people 120 --seed 5 --namesakes hard`')
    expect(text.split('### Recall by script at equal evidence')).toHaveLength(2)
    expect(text).toContain('3.00 questions for 1,000 records')
    expect(text).toContain('Not measured in this run')
    const small = measured.groups.find(({ of, score }) => of === 'region' && score.truePairs < 1000)
    expect(text).toContain(`(${small?.group})`)
    expect(standings(measured).find(({ of }) => of === 'region')).toBeUndefined()
  })
})

describe('evidence', () => {
  const evidence = (a: Person, b: Person) => evidenceOf(linkRecord('a', a), linkRecord('b', b))
  const lao = { country: 'la', name: 'ສົມສັກ ວົງສາ', born: '1987-08-15', village: 'ໂພນໄຊ' } as const

  test.each([
    [lao, { ...lao, name: 'Somsack Vongsa', village: 'Phonxay' }, 'no common number, birth date, two words, village'],
    [lao, { ...lao, name: 'Zzyzx Vongsa', born: '1990-02-03' }, 'no common number, birth date, two words, village'],
    [lao, { ...lao, born: '1987-01-01' }, 'no common number, year of birth, two words, village'],
    [lao, { name: 'ທ. ສົມສັກ', born: '1987-08' }, 'no common number, year of birth, one word of a name'],
    [
      { name: 'Mary Wanjiku Kamau', numbers: { 'national-id': '99012345' } },
      { name: 'MARY W. KAMAU', numbers: { 'national-id': '99012345' } },
      'a common number, no birth date, three words',
    ],
  ])('is what both records state, whatever their words are: %j, %j', (a, b, expected) => {
    expect(evidence(a, b)).toBe(expected)
    expect(evidence(b, a)).toBe(expected)
  })

  test('that is equal leaves no difference to the script when each of its kinds is found alike', () => {
    const tally = new EvidenceTally()
    const add = (script: string, kind: string, found: number, missed: number) => {
      for (let nth = 0; nth < found + missed; nth += 1)
        tally.add({ country: 'la', evidence: kind, script }, nth < found)
    }
    add('Laoo', 'number', 90, 0)
    add('Laoo', 'year', 0, 10)
    add('Latn', 'number', 5, 0)
    add('Latn', 'year', 0, 5)
    tally.add({ country: 'ke', evidence: 'number', script: 'Latn' }, true)
    expect(tally.scores().map(({ country }) => country)).not.toContain('ke')
    expect(scriptStandings(tally.scores())).toMatchObject([
      { script: 'Laoo', score: { truePairs: 100, correct: 90 }, expected: 0.9 },
      { script: 'Latn', score: { truePairs: 10, correct: 5 }, expected: 0.5 },
    ])
    add('Latn', 'number', 0, 5)
    const [lao, latin] = scriptStandings(tally.scores())
    expect([lao?.expected, latin?.expected]).toEqual([0.9 * 0.95, (10 * 0.95) / 15])
  })
})

describe('the Senzing features as columns', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-senzing-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('hold the people only, the first of each feature, the name in one cell, and who it is', () => {
    const write = (file: string, lines: readonly unknown[]) =>
      writeFileSync(path.join(folder, file), lines.map((one) => JSON.stringify(one)).join('\r\n'))
    write('customers.jsonl', [
      {
        DATA_SOURCE: 'CUSTOMERS',
        RECORD_ID: '1',
        FEATURES: [
          { RECORD_TYPE: 'PERSON' },
          { NAME_TYPE: 'AKA', NAME_FULL: 'Ace' },
          { NAME_LAST: 'Achieng', NAME_FIRST: 'Jane' },
          { ADDR_LINE1: '1 Lake Road, Kisumu', ADDR_CITY: 'Kisumu' },
          { PHONE_NUMBER: '1' },
          { PHONE_NUMBER: '2' },
        ],
      },
      { DATA_SOURCE: 'CUSTOMERS', RECORD_ID: '2', FEATURES: [{ RECORD_TYPE: 'ORGANIZATION' }] },
    ])
    write('reference.jsonl', [])
    write('watchlist.jsonl', [])
    writeFileSync(path.join(folder, 'actual_truthset_key.csv'), 'T,C,D,R\n9,77,CUSTOMERS,1\n')
    expect(senzingCsv(folder).trimEnd().split('\n')).toEqual([
      'id,address,city,state,postcode,birth_date,sex,phone,email,ssn,passport,licence,national_number,employer,name,person',
      'CUSTOMERS:1,"1 Lake Road, Kisumu",Kisumu,,,,,1,,,,,,,Jane Achieng,77',
    ])
  })
})
