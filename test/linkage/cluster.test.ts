import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Cluster, type ClusterRecord, cluster, type Edge } from '../../linkage/cluster.ts'

const record = (id: string, nationalId?: string, list = 'ke-a member'): ClusterRecord => {
  const [registry, stream] = list.split(' ')
  return {
    id,
    registry: registry ?? '',
    stream: stream ?? '',
    identifiers: nationalId ? [{ type: 'national-id', issuer: 'ke', value: nationalId }] : [],
  }
}
const link = (a: string, b: string, weight = 10, by: Edge['by'] = 'model'): Edge => ({
  a,
  b,
  weight,
  by,
  outcome: 'link',
})
const steward = (a: string, b: string, outcome: Edge['outcome']): Edge => ({ a, b, weight: 0, by: 'steward', outcome })
const persons = (clusters: readonly Cluster[]) => clusters.map(({ records }) => records.join(' '))
const refusals = (clusters: readonly Cluster[]) =>
  [...new Set(clusters.flatMap(({ refused }) => refused))].map(({ edge, reason, on }) => [edge.a, edge.b, reason, on])

test('records without a link are persons of their own', () => {
  expect(persons(cluster([record('b'), record('a')], []))).toEqual(['a', 'b'])
})

test('links join, through others too', () => {
  const clusters = cluster([record('a'), record('b'), record('c'), record('d')], [link('c', 'b'), link('a', 'b')])
  expect(persons(clusters)).toEqual(['a b c', 'd'])
  expect(clusters[0]?.edges).toHaveLength(2)
})

test('the weakest link is refused when it would put two different national ids into one person', () => {
  const clusters = cluster(
    [record('a', '99012345'), record('b'), record('c', '99078901')],
    [link('a', 'b', 20), link('b', 'c', 12)],
  )
  expect(persons(clusters)).toEqual(['a b', 'c'])
  expect(refusals(clusters)).toEqual([['b', 'c', 'identifiers-conflict', 'national-id']])
  expect(clusters.map(({ refused }) => refused.length)).toEqual([1, 1])
})

test("a steward's link joins two different national ids, and others may then follow", () => {
  const records = [record('a', '99012345'), record('b', '99078901'), record('c', '99078901'), record('d', '99055555')]
  const clusters = cluster(records, [steward('a', 'b', 'link'), link('a', 'c', 5), link('a', 'd', 50)])
  expect(persons(clusters)).toEqual(['a b c', 'd'])
  expect(refusals(clusters)).toEqual([['a', 'd', 'identifiers-conflict', 'national-id']])
})

test('a link between two numbers that differ by one slip stands; the same two numbers do not come together through a third record', () => {
  const [a, b, c] = [record('a', '99012345'), record('b', '99012346'), record('c')]
  expect(persons(cluster([a, b, c], [link('a', 'b')]))).toEqual(['a b', 'c'])
  expect(persons(cluster([a, b, c], [link('a', 'c', 20), link('c', 'b', 10)]))).toEqual(['a c', 'b'])
})

const member = (id: string, nssf: string): ClusterRecord => ({
  ...record(id),
  identifiers: [{ type: 'nssf-number', issuer: 'ke', value: nssf }],
})

test('who was enrolled twice is one person when the model links the two records, and then a link that was refused is refused no more', () => {
  const [a, b, c] = [member('a', '2099000001'), member('b', '2099345678'), record('c', '99012345')]
  const clusters = cluster([a, b, c], [link('a', 'c', 40), link('b', 'c', 30), link('a', 'b', 20)])
  expect(persons(clusters)).toEqual(['a b c'])
  expect(refusals(clusters)).toEqual([])
})

test('two numbers of one scheme do not come together through a third record alone', () => {
  const clusters = cluster(
    [member('a', '2099000001'), member('b', '2099345678'), record('c', '99012345')],
    [link('a', 'c', 40), link('b', 'c', 30)],
  )
  expect(persons(clusters)).toEqual(['a c', 'b'])
  expect(refusals(clusters)).toEqual([['b', 'c', 'identifiers-conflict', 'nssf-number']])
})

test("a steward's no keeps two records apart, also through others", () => {
  const records = [record('a'), record('b'), record('c')]
  const clusters = cluster(records, [link('a', 'b', 20), link('b', 'c', 10), steward('c', 'a', 'distinct')])
  expect(persons(clusters)).toEqual(['a b', 'c'])
  expect(refusals(clusters)).toEqual([['b', 'c', 'steward-distinct', undefined]])
})

test("a model's no is no reason against a link", () => {
  expect(
    persons(cluster([record('a'), record('b')], [link('a', 'b'), { ...link('a', 'b'), outcome: 'distinct' }])),
  ).toEqual(['a b'])
})

test('a list that promises each person once keeps two of its records apart', () => {
  const records = [
    record('a', undefined, 'ke-a member'),
    record('b', undefined, 'ke-b roll'),
    record('c', undefined, 'ke-a member'),
  ]
  const edges = [link('a', 'b', 20), link('b', 'c', 10)]
  expect(persons(cluster(records, edges))).toEqual(['a b c'])
  const clusters = cluster(records, edges, { oncePerPerson: new Set(['ke-a member']) })
  expect(persons(clusters)).toEqual(['a b', 'c'])
  expect(refusals(clusters)).toEqual([['b', 'c', 'one-per-person', 'ke-a member']])
})

test('an SHA number that lost its suffix is the same number', () => {
  const sha = (id: string, value: string): ClusterRecord => ({
    ...record(id),
    identifiers: [{ type: 'sha-cr-number', issuer: 'ke', value }],
  })
  expect(persons(cluster([sha('a', 'CR9900000000001-1'), sha('b', 'CR9900000000001')], [link('a', 'b')]))).toEqual([
    'a b',
  ])
})

test('an edge to a record that is not there is an error of the caller', () => {
  expect(() => cluster([record('a')], [link('a', 'z')])).toThrow(RangeError)
})

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const numbers = fc.constantFrom(undefined, '99012345', '99012346', '99078901')
const edges = fc.array(
  fc
    .tuple(fc.constantFrom(...ids), fc.constantFrom(...ids), fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.boolean())
    .filter(([a, b]) => a !== b)
    .map(
      ([a, b, weight, isSteward, isLink]): Edge => ({
        a,
        b,
        weight,
        by: isSteward ? 'steward' : 'model',
        outcome: isLink ? 'link' : 'distinct',
      }),
    ),
  { maxLength: 14 },
)

test('the order of records and edges does not matter', () => {
  fc.assert(
    fc.property(fc.tuple(...ids.map(() => numbers)), edges, fc.infiniteStream(fc.nat()), (values, some, shuffle) => {
      const records = ids.map((id, index) => record(id, values[index]))
      const shuffled = <T>(list: readonly T[]): T[] =>
        list
          .map((item): [number, T] => [shuffle.next().value ?? 0, item])
          .sort(([x], [y]) => x - y)
          .map(([, item]) => item)
      expect(persons(cluster(shuffled(records), shuffled(some)))).toEqual(persons(cluster(records, some)))
    }),
    { numRuns: 500 },
  )
})

test('every record stands in one person, and no person breaks a no of a steward or holds plainly different numbers without a steward', () => {
  fc.assert(
    fc.property(fc.tuple(...ids.map(() => numbers)), edges, (values, some) => {
      const clusters = cluster(
        ids.map((id, index) => record(id, values[index])),
        some,
      )
      expect(clusters.flatMap(({ records }) => records).sort()).toEqual(ids)
      for (const { records, edges: kept } of clusters) {
        const inside = new Set(records)
        for (const { a, b, by, outcome } of some)
          if (by === 'steward' && outcome === 'distinct') expect(inside.has(a) && inside.has(b)).toBe(false)
        const held = new Set(records.flatMap((id) => values[ids.indexOf(id)] ?? []))
        const isExcused = kept.some((edge) => edge.by === 'steward')
        if (!isExcused && held.has('99078901')) expect(held.size).toBe(1)
      }
    }),
    { numRuns: 500 },
  )
})
