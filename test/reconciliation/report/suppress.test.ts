import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exposedBy } from '../../../reconciliation/report/exposed.ts'
import { type Cell, fewestPeople, hiddenCells, type Sum } from '../../../reconciliation/report/suppress.ts'

/** A table with margins, as cells `r c`, `r *`, `* c` and `* *`. */
const tableOf = (people: readonly (readonly number[])[]) => {
  const rows = people.map((_, row) => `${row}`)
  const columns = (people[0] ?? []).map((_, column) => `${column}`)
  const names: [string, number][] = people.flatMap((line, row) =>
    line.map((count, column): [string, number] => [`${row} ${column}`, count]),
  )
  const sumOf = (of: (row: string, column: string) => boolean) =>
    names.reduce(
      (sum, [name, count]) => (of(name.split(' ')[0] ?? '', name.split(' ')[1] ?? '') ? sum + count : sum),
      0,
    )
  const margins: [string, number][] = [
    ...rows.map((row): [string, number] => [`${row} *`, sumOf((own) => own === row)]),
    ...columns.map((column): [string, number] => [`* ${column}`, sumOf((_, own) => own === column)]),
    ['* *', sumOf(() => true)],
  ]
  const cells = new Map<string, Cell>(
    [...names, ...margins].map(([name, count]) => [name, { findings: count, people: count }]),
  )
  const sums: Sum[] = [
    ...rows.map((row) => ({ parts: columns.map((column) => `${row} ${column}`), total: `${row} *` })),
    ...columns.map((column) => ({ parts: rows.map((row) => `${row} ${column}`), total: `* ${column}` })),
    { parts: rows.map((row) => `${row} *`), total: '* *' },
    { parts: columns.map((column) => `* ${column}`), total: '* *' },
  ]
  return { cells, sums }
}

const hidden = (people: readonly (readonly number[])[]) => {
  const { cells, sums } = tableOf(people)
  return [...hiddenCells(cells, sums)].sort()
}

test('a table about enough people everywhere is shown whole', () => {
  expect(
    hidden([
      [5, 9],
      [0, 12],
    ]),
  ).toEqual([])
})

test('a small cell takes another of its row and of its column with it, so that no total gives it away', () => {
  expect(
    hidden([
      [3, 20, 30],
      [40, 50, 60],
      [70, 80, 90],
    ]),
  ).toEqual(['0 0', '0 1', '1 0', '1 1'])
})

test('nobody is hidden by a nought: it takes another count', () => {
  expect(
    hidden([
      [3, 0],
      [0, 9],
    ]),
  ).toEqual(expect.arrayContaining(['0 0', '0 *', '* 0']))
})

test('two small cells of three people together take a third one', () => {
  const cells = new Map<string, Cell>(
    [
      ['a', 1],
      ['b', 2],
      ['c', 40],
      ['all', 43],
    ].map(([name, people]) => [`${name}`, { findings: Number(people), people: Number(people) }]),
  )
  expect([...hiddenCells(cells, [{ parts: ['a', 'b', 'c'], total: 'all' }])].sort()).toEqual(['a', 'b', 'c'])
})

test('cells that go together are hidden together', () => {
  const cells = new Map<string, Cell>([
    ['people', { findings: 2, people: 2 }],
    ['money', { findings: 9, people: 9 }],
  ])
  expect([...hiddenCells(cells, [], [['people', 'money']])].sort()).toEqual(['money', 'people'])
})

test('sums of sums expose what each sum by itself does not', () => {
  const { sums } = tableOf([
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ])
  // Two squares of hidden cells, and one cell that joins them: it follows from the rows of one square less their columns.
  const joined = ['0 0', '0 1', '1 0', '1 1', '1 2', '2 2']
  expect([...exposedBy(new Set(joined), sums)].sort()).toEqual(['1 2', '2 2'])
  expect(exposedBy(new Set(joined.slice(0, 4)), sums).size).toBe(0)
})

test('in no table is a small count shown, or does one follow from what is shown', () => {
  const counts = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 5, max: 60 }))
  const tables = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(counts, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    )
  fc.assert(
    fc.property(tables, (people) => {
      const { cells, sums } = tableOf(people)
      const away = hiddenCells(cells, sums)
      for (const [name, cell] of cells)
        if (cell.people > 0 && cell.people < fewestPeople) expect(away.has(name)).toBe(true)
      const known = [...exposedBy(away, sums)].filter((name) => (cells.get(name)?.people ?? 0) > 0)
      expect(known.filter((name) => (cells.get(name)?.people ?? 0) < fewestPeople)).toEqual([])
      for (const { parts, total } of sums) {
        const gone = parts.filter((name) => away.has(name))
        if (gone.length === 0 || away.has(total)) continue
        expect(gone.reduce((sum, name) => sum + (cells.get(name)?.people ?? 0), 0)).toBeGreaterThanOrEqual(fewestPeople)
      }
    }),
    { numRuns: 300 },
  )
})
