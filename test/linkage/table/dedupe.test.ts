import { beforeAll, describe, expect, test } from 'vitest'
import { dedupe, type Options } from '../../../linkage/table/dedupe.ts'
import type { Linked, Links } from '../../../linkage/table/linked.ts'
import { qualityOfClusters } from '../../../linkage/table/quality.ts'
import { columnsOf, type Fields, makePeople, makeRandom, tableOf } from './tables.ts'

const link = (fields: Fields, options: Partial<Options> = {}, source?: readonly string[]): Promise<Linked> =>
  dedupe(tableOf(fields, source), { threshold: 0.5, threads: 1, ...options })

const pairsOf = ({ a, b, weight }: Links): (readonly [number, number, number])[] =>
  Array.from(a, (row, i) => [row, b[i] ?? 0, weight[i] ?? 0] as const)

/** All that a run answers, but for the time it took. */
const answerOf = ({ model, scored, links, clusters, pairs, keys }: Linked) => ({
  model,
  scored: pairsOf(scored),
  links: pairsOf(links),
  clusters: [...clusters],
  pairs,
  keys,
})

const people = makePeople(1500, 450)
const fields = columnsOf(people.records)

describe('a table of people, some of them twice', () => {
  let linked: Linked
  beforeAll(async () => {
    linked = await link(fields)
  })

  test('is linked nearly without a mistake', () => {
    const { precision, recall } = qualityOfClusters(linked.clusters, Int32Array.from(people.truth))
    expect(precision).toBeGreaterThan(0.99)
    expect(recall).toBeGreaterThan(0.97)
  })

  test('comes out the same in a second run', async () => {
    expect(answerOf(await link(fields))).toEqual(answerOf(linked))
  })

  test('every row is in one cluster, which bears its lowest row', () => {
    expect(linked.clusters.length).toBe(people.records.length)
    for (const [row, root] of linked.clusters.entries()) {
      expect(root).toBeLessThanOrEqual(row)
      expect(linked.clusters[root]).toBe(root)
    }
  })

  test('links lie within clusters, are at or above the threshold, and are among the pairs scored', () => {
    const scored = new Map(pairsOf(linked.scored).map(([a, b, weight]) => [`${a}-${b}`, weight]))
    expect(linked.links.a.length).toBeGreaterThan(400)
    for (const [a, b, weight] of pairsOf(linked.links)) {
      expect(a).toBeLessThan(b)
      expect(weight).toBeGreaterThanOrEqual(0)
      expect(linked.clusters[a]).toBe(linked.clusters[b])
      expect(scored.get(`${a}-${b}`)).toBe(weight)
    }
  })

  test('pairs are told once each, by their rows', () => {
    const codes = pairsOf(linked.scored).map(([a, b]) => a * people.records.length + b)
    expect(codes).toEqual([...new Set(codes)].sort((x, y) => x - y))
  })

  test('each pair told was found by a key, and the keys’ fresh pairs add up to all', () => {
    for (const [a, b] of pairsOf(linked.scored).slice(0, 200)) expect(linked.sharedKeys(a, b).length).toBeGreaterThan(0)
    expect(linked.keys.reduce((sum, key) => sum + key.fresh, 0)).toBe(linked.scored.a.length)
    expect(linked.keys.reduce((sum, key) => sum + key.pairs, 0)).toBeGreaterThan(linked.pairs)
  })

  test('an explanation gives the weight that the pair was scored with', () => {
    for (const [a, b, weight] of pairsOf(linked.scored).slice(0, 300)) {
      const { prior, parts, related, weight: explained, probability } = linked.explain(a, b)
      expect(explained).toBeCloseTo(weight, 3)
      expect(parts.reduce((sum, part) => sum + part.weight, prior + related)).toBeCloseTo(explained, 6)
      expect(probability).toBeCloseTo(1 / (1 + 2 ** -explained), 9)
    }
  })

  test('a saved model gives the same links', async () => {
    const model = JSON.parse(JSON.stringify(linked.model))
    const again = await link(fields, { model })
    expect(answerOf(again)).toEqual(answerOf(linked))
  })

  test('a level set by hand stays, and the others are learnt', async () => {
    const comparisons = linked.model.comparisons.map((comparison) =>
      comparison.name === 'sex'
        ? {
            ...comparison,
            levels: comparison.levels.map((level, at) =>
              at === 1 ? { ...level, m: 0.3, u: 0.4, fixed: true } : level,
            ),
          }
        : comparison,
    )
    const { model } = await link(fields, { fixed: { ...linked.model, comparisons } })
    expect(model.comparisons.find(({ name }) => name === 'sex')?.levels[1]).toMatchObject({ m: 0.3, u: 0.4 })
    expect(model.comparisons.find(({ name }) => name === 'sex')?.levels[0]?.m).toBeCloseTo(0.7, 9)
    expect(model.version).not.toBe(linked.model.version)
  })

  test('a higher threshold gives fewer links, all of them among the others', async () => {
    const strict = await link(fields, { threshold: 0.999 })
    const all = new Set(pairsOf(linked.links).map(([a, b]) => `${a}-${b}`))
    expect(strict.links.a.length).toBeLessThanOrEqual(linked.links.a.length)
    for (const [a, b, weight] of pairsOf(strict.links)) {
      expect(all.has(`${a}-${b}`)).toBe(true)
      expect(weight).toBeGreaterThan(Math.log2(999) - 0.001)
    }
  })
})

describe('a table large enough for threads', () => {
  const many = makePeople(21_000, 4500, 1, 5)
  const table = columnsOf(many.records.map(({ postcode, phone, ...record }) => record))
  let alone: Linked
  beforeAll(async () => {
    alone = await link(table)
  })

  test.each([2, 3])('comes out the same with %i threads as with one', async (threads) => {
    expect(many.records.length).toBeGreaterThan(25_000)
    const linked = await link(table, { threads })
    expect(linked.model).toEqual(alone.model)
    expect(answerOf(linked)).toEqual(answerOf(alone))
  })

  test.each([1, 2])('ends with the reason of the signal that stops it, on %i threads', async (threads) => {
    const stop = new AbortController()
    const reason = new Error('The person at the desk has seen enough.')
    const run = link(table, {
      threads,
      signal: stop.signal,
      onProgress: (stage) => stage === 'block' && stop.abort(reason),
    })
    await expect(run).rejects.toBe(reason)
    await expect(link(table, { threads, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})

describe('people who are not one person though much agrees', () => {
  test('twins with other given names and other numbers are two people', async () => {
    const random = makeRandom(11)
    const numbers = people.records.map(() => String(Math.floor(random() * 9e7) + 1e7))
    const numbered = people.records.map((record, row) => ({
      ...record,
      nationalId: numbers[people.truth[row] ?? 0] ?? '',
    }))
    const twins = ['Wanjiru', 'Kamau'].map((givenName, i) => ({
      givenName,
      familyName: 'Odhiambo',
      birthDate: '1990-04-03',
      sex: 'f',
      phone: '712345678',
      postcode: '4010',
      nationalId: ['23456789', '98127364'][i] ?? '',
    }))
    const { clusters } = await link(columnsOf([...numbered, ...twins]))
    const [one, other] = [clusters.at(-2), clusters.at(-1)]
    expect(one).not.toBe(other)
  })

  test('twins whose first names alone tell them apart are two people, and others with a slip in the first name are one', async () => {
    const { records, truth } = makePeople(1500, 300)
    const short = records.map(({ givenName, familyName, birthDate, sex }) => ({
      givenName,
      familyName,
      birthDate,
      sex,
    }))
    const random = makeRandom(5)
    const firstNames = [...new Set(short.map(({ givenName }) => givenName))]
    const twins = short.slice(-20).map((one, at) => ({
      ...one,
      givenName: firstNames[(at * 37) % firstNames.length] ?? '',
      sex: random() < 0.6 ? one.sex : one.sex === 'm' ? 'f' : 'm',
    }))
    const { clusters } = await link(columnsOf([...short, ...twins]))
    const whole = Int32Array.from([...truth, ...twins.map((_, at) => 10_000 + at)])
    const { precision, recall } = qualityOfClusters(clusters, whole)
    expect(precision).toBeGreaterThan(0.96)
    expect(recall).toBeGreaterThan(0.97)
  })

  test('members of one household are several people', async () => {
    const { records, truth } = makePeople(1600, 400, 4)
    const { clusters } = await link(columnsOf(records))
    const { precision, recall } = qualityOfClusters(clusters, Int32Array.from(truth))
    expect(precision).toBeGreaterThan(0.97)
    expect(recall).toBeGreaterThan(0.9)
  })
})

test('things that are no people are linked by columns of any kind', async () => {
  const random = makeRandom(11)
  const words =
    'amber basalt cedar delta ember fjord garnet harbour indigo juniper kelp lagoon marble nectar opal'.split(' ')
  const phrase = (): string =>
    Array.from({ length: 5 }, () => words[Math.floor(random() * words.length)] ?? '').join(' ')
  const titles = Array.from({ length: 150 }, phrase)
  const years = titles.map(() => `${1990 + Math.floor(random() * 20)}`)
  // Every third stands twice, once without its last letter.
  const again = titles.flatMap((_, at) => (at % 3 === 0 ? [at] : []))
  const { clusters } = await link({
    'other:title': [...titles, ...again.map((at) => (titles[at] ?? '').slice(0, -1))],
    'other:year': [...years, ...again.map((at) => years[at] ?? '')],
  })
  const truth = Int32Array.from([...titles.keys(), ...again])
  expect(qualityOfClusters(clusters, truth).f1).toBeGreaterThan(0.95)
})

describe('two clean lists', () => {
  const source = people.truth.map((person, row) => (people.truth[row - 1] === person ? 'second' : 'first'))

  test.each(['one-to-one', 'one-to-many'] as const)('%s: links go across, as many as are allowed', async (linkOnly) => {
    const { clusters, scored, links } = await link(fields, { linkOnly }, source)
    for (const [a, b] of pairsOf(scored)) expect(source[a]).not.toBe(source[b])
    expect(links.a.length).toBeGreaterThan(400)
    const members = new Map<number, string[]>()
    for (const [row, root] of clusters.entries()) members.set(root, [...(members.get(root) ?? []), source[row] ?? ''])
    for (const lists of members.values()) {
      expect(lists.filter((list) => list === 'first').length).toBeLessThanOrEqual(1)
      if (linkOnly === 'one-to-one') expect(lists.length).toBeLessThanOrEqual(2)
    }
  })
})

describe('tables with hardly anything in them', () => {
  const grace = { givenName: 'Grace', familyName: 'Odhiambo', birthDate: '1990-04-03', phone: '712345678' }
  const empty = { givenName: '', familyName: '', birthDate: '', phone: '' }
  const of = (count: number, record: typeof grace) => columnsOf(Array.from({ length: count }, () => record))

  test.each([
    ['no row', { givenName: [], birthDate: [] }, []],
    ['one row', of(1, grace), [0]],
    ['two rows alike', of(2, grace), [0, 0]],
    ['rows with nothing in them', of(30, empty), Array.from({ length: 30 }, (_, row) => row)],
    ['one row and empty ones', columnsOf([grace, empty, empty]), [0, 1, 2]],
    [
      'two rows that say different things',
      { givenName: ['Grace', 'Peter'], birthDate: ['1990-04-03', '1971-12-17'] },
      [0, 1],
    ],
  ])('%s', async (_, table, clusters) => {
    const linked = await link(table)
    expect([...linked.clusters]).toEqual(clusters)
    const shares = linked.model.comparisons.flatMap(({ levels }) =>
      levels.flatMap(({ m, u, household }) => [m, u, household]),
    )
    for (const share of [linked.model.prior, linked.model.swap, ...shares]) expect(share > 0 && share < 1).toBe(true)
    for (const [, , weight] of pairsOf(linked.scored)) expect(Number.isFinite(weight)).toBe(true)
  })

  test('rows that are all the same are compared within bounds, and none is lost', async () => {
    const { clusters, links } = await link(of(3000, grace))
    expect(clusters.length).toBe(3000)
    for (const weight of links.weight) expect(Number.isFinite(weight)).toBe(true)
  })

  const half = columnsOf(people.records.slice(0, 900))

  test.each([
    ['the same of everybody', 'locality', 'Kisumu'],
    ['nothing', 'nationalId', ''],
  ])('a column that says %s changes no cluster', async (_, field, text) => {
    const { clusters } = await link({ ...half, [field]: people.records.slice(0, 900).map(() => text) })
    expect([...clusters]).toEqual([...(await link(half)).clusters])
  })
})

test('progress goes through the stages in their order, and scoring tells how far it is', async () => {
  const stages: string[] = []
  const steps: (readonly [number, number])[] = []
  await link(columnsOf(people.records.slice(0, 500)), {
    onProgress: (stage, done, total) => {
      if (stages.at(-1) !== stage) stages.push(stage)
      if (stage === 'score') steps.push([done, total])
    },
  })
  expect(stages).toEqual(['encode', 'block', 'train', 'score', 'cluster'])
  for (const [done, total] of steps) expect(done).toBeLessThanOrEqual(total)
})
