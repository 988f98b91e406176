import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { namePool } from '../../bench/linkage/names.ts'
import { header, line, population } from '../../bench/linkage/people.ts'
import { quality, readClusters } from '../../bench/linkage/quality.ts'
import { Random } from '../../demo/random.ts'

const size = 20_000
const made = population(size, 7)
const all = Array.from({ length: size }, (_, at) => made.record(at))
const copies = all.filter(({ isCopy }) => isCopy)
const firsts = all.filter(({ isCopy }) => !isCopy)
const shareOf = <T>(list: readonly T[], holds: (item: T) => boolean) => list.filter(holds).length / list.length

describe('the records', () => {
  test('are the same for a seed, whatever is asked for first, and others for another seed', () => {
    const again = population(size, 7)
    for (const at of [19_999, 4, 0, 12_345]) expect(again.record(at)).toEqual(all[at])
    expect(population(size, 8).record(0).record).not.toEqual(all[0]?.record)
  })

  test('hold every person once, and one record in five is a copy of one of them', () => {
    expect(copies).toHaveLength(size / 5)
    expect(new Set(firsts.map(({ person }) => person)).size).toBe(made.people)
    expect(Math.max(...all.map(({ person }) => person))).toBe(made.people - 1)
  })

  test('hold every person once where the count is no multiple of five', () => {
    for (const odd of [1, 7, 23, 104, 1013]) {
      const some = population(odd, 3)
      const persons = Array.from({ length: odd }, (_, at) => some.record(at)).filter(({ isCopy }) => !isCopy)
      expect(new Set(persons.map(({ person }) => person)).size).toBe(some.people)
    }
  })

  test('of first writing differ from the person in a lost id only', () => {
    for (const { person, record } of firsts) {
      const { nationalId, ...known } = made.original(person)
      expect(record).toMatchObject(known)
      expect(['', nationalId]).toContain(record.nationalId)
    }
  })

  test('never give two people one id', () => {
    const ids = Array.from({ length: made.people }, (_, person) => made.original(person).nationalId).filter(Boolean)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('stand in a CSV line as the header says, without a comma of their own', () => {
    for (const [at, { record, person }] of all.entries())
      expect(line(at, record, person).split(',')).toHaveLength(header.split(',').length)
    const first = all[0]
    if (!first) throw new Error('no record')
    expect(line(0, first.record, first.person).split(',').at(-1)).toBe(`${first.person}`)
  })
})

const original = ({ person }: { person: number }) => made.original(person)
test.each([
  ['national ids are missing', all, (of) => of.record.nationalId === '', 0.32, 0.38],
  ['people stand at 1 January', firsts, (of) => of.record.birthDate.endsWith('-01-01'), 0.055, 0.075],
  ['copies have another given name', copies, (of) => of.record.givenName !== original(of).givenName, 0.17, 0.27],
  ['copies have another family name', copies, (of) => of.record.familyName !== original(of).familyName, 0.17, 0.29],
  ['copies have another birth date', copies, (of) => of.record.birthDate !== original(of).birthDate, 0.11, 0.18],
  ['copies lack the birth date', copies, (of) => of.record.birthDate === '', 0.025, 0.055],
  ['copies have another phone', copies, (of) => of.record.phone !== original(of).phone, 0.3, 0.42],
  [
    'copies have swapped names',
    copies,
    (of) => of.record.givenName === original(of).familyName && of.record.familyName === original(of).givenName,
    0.02,
    0.05,
  ],
] as [string, typeof all, (of: (typeof all)[number]) => boolean, number, number][])(
  'as many %s as a register shows',
  (_, among, holds, least, most) => {
    const share = shareOf(among, holds)
    expect(share).toBeGreaterThan(least)
    expect(share).toBeLessThan(most)
  },
)

test('birth dates are dates, or missing', () => {
  for (const { record } of all)
    if (record.birthDate !== '')
      expect(new Date(`${record.birthDate}T00:00:00Z`).toISOString().slice(0, 10)).toBe(record.birthDate)
})

test('phones are shared by households of different people', () => {
  const holders = new Map<string, Set<number>>()
  for (const { person, record } of firsts)
    if (record.phone) holders.set(record.phone, (holders.get(record.phone) ?? new Set()).add(person))
  const sizes = [...holders.values()].map(({ size: people }) => people)
  expect(shareOf(sizes, (people) => people > 1)).toBeGreaterThan(0.1)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(5)
})

test('names fall off as names do: the first hundredth of a pool names more than a tenth of the people', () => {
  const pool = namePool(3000, 10, 1, 'given')
  const random = new Random(1)
  const first = new Set(pool.names.slice(0, 30))
  const drawn = Array.from({ length: 20_000 }, () => pool.draw(random))
  expect(shareOf(drawn, (name) => first.has(name))).toBeGreaterThan(0.15)
  expect(new Set(drawn).size).toBeGreaterThan(2000)
})

describe('quality', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-bench-test-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each([
    ['half of the pairs', [0, 0, 1, 1, 2], [0, 2, 3, 3, 4], { precision: 1, recall: 0.5, f1: 2 / 3 }],
    ['everybody together', [0, 0, 1, 1, 2], [0, 0, 0, 0, 0], { precision: 0.2, recall: 1, f1: 1 / 3 }],
    ['nobody together', [0, 0, 1, 1, 2], [0, 1, 2, 3, 4], { precision: 1, recall: 0, f1: 0 }],
    ['a cluster of three that is right', [0, 0, 0, 1, 2], [4, 4, 4, 1, 2], { precision: 1, recall: 1, f1: 1 }],
  ])('counts pairs within clusters: %s', (_, truth, clusters, expected) => {
    const { precision, recall, f1 } = quality(Int32Array.from(truth), Int32Array.from(clusters))
    expect(precision).toBeCloseTo(expected.precision)
    expect(recall).toBeCloseTo(expected.recall)
    expect(f1).toBeCloseTo(expected.f1)
  })

  test('clusters are read in any order, and a record that is missing or there twice is an error', async () => {
    const file = path.join(folder, 'clusters.csv')
    writeFileSync(file, 'id,cluster\n2,0\n0,0\n1,1\n')
    expect([...(await readClusters(file, 3))]).toEqual([0, 1, 0])
    await expect(readClusters(file, 4)).rejects.toThrow('lacks record 3')
    writeFileSync(file, 'id,cluster\n0,0\n0,0\n')
    await expect(readClusters(file, 1)).rejects.toThrow('second line')
  })
})
