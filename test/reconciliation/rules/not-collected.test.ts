import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { notCollected } from '../../../reconciliation/rules/not-collected.ts'
import type { Benefit, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'

const cycle = (month: string, state: Benefit['state'], scheme = 'ke-inua/older-persons'): Benefit => ({
  scheme,
  branch: 'social-assistance',
  kind: 'cash',
  state,
  month,
  amount: { amount: 400_000, currency: 'KES' },
})
const found = (benefits: Benefit[], more: Partial<SourceRecord> = {}) =>
  findings(notCollected, [person('p', held('ke-inua', { benefits, ...more }))], { asOf, law })

const threeBack = [cycle('2026-05', 'returned'), cycle('2026-07', 'returned'), cycle('2026-09', 'returned')]

test('three cycles in a row that came back are one finding, with the money that waits', () => {
  expect(found(threeBack)).toMatchObject([
    {
      about: 'ke-inua ke-inua/older-persons 2026-05',
      money: { amount: 1_200_000, currency: 'KES' },
      facts: { cycles: 3, first: '2026-05', last: '2026-09' },
    },
  ])
})

test.each<[string, Benefit[]]>([
  ['the order of the lines does not matter', threeBack.toReversed()],
  ['collected before that', [cycle('2026-03', 'paid'), ...threeBack]],
  ['the next one is still on its way', [...threeBack, cycle('2026-11', 'initiated')]],
])('found: %s', (_, benefits) => {
  expect(found(benefits)).toMatchObject([{ facts: { cycles: 3, first: '2026-05' } }])
})

test('a fourth cycle is the same finding', () => {
  const [finding] = found([...threeBack, cycle('2026-11', 'returned')])
  expect(finding).toMatchObject({ about: found(threeBack)[0]?.about, facts: { cycles: 4 } })
})

test.each<[string, Benefit[], Partial<SourceRecord>?]>([
  ['two cycles', threeBack.slice(1)],
  ['two, one collected, one more', [...threeBack.slice(0, 2), cycle('2026-08', 'paid'), cycle('2026-09', 'returned')]],
  ['collected since', [...threeBack, cycle('2026-11', 'paid')]],
  ['sent again within the cycle, and collected', [...threeBack, cycle('2026-09', 'paid')]],
  ['a bank that failed is nobody who did not come', threeBack.map(({ month = '' }) => cycle(month, 'failed'))],
  ['three cycles of different schemes', [...threeBack.slice(0, 2), cycle('2026-09', 'returned', 'ke-inua/orphans')]],
  ['seen alive since', threeBack, { events: [{ kind: 'proof-of-life', on: '2026-10-02' }] }],
  [
    'perhaps seen alive since: only the year is known',
    threeBack,
    { events: [{ kind: 'proof-of-life', on: '2026-10' }] },
  ],
  ['a death on paper', threeBack, { death: { status: 'registered', date: '2026-08-01' } }],
])('not found: %s', (_, benefits, more) => {
  expect(found(benefits, more)).toEqual([])
})

test.each<[string, Partial<SourceRecord>]>([
  ['seen alive before the first of them', { events: [{ kind: 'proof-of-life', on: '2026-04-30' }] }],
  ['a flag alone is no death', { death: { status: 'reported' } }],
])('found all the same: %s', (_, more) => {
  expect(found(threeBack, more)).toHaveLength(1)
})

test('seen alive, or dead on paper, in a record that is merely linked', () => {
  const part = person('p', held('ke-inua', { benefits: threeBack }))
  const seen = (facts: Partial<SourceRecord>) =>
    findings(notCollected, [part], { asOf, law, whole: person('p', ...part.records, held('ke-sha', facts)) })
  expect(seen({})).toHaveLength(1)
  expect(seen({ events: [{ kind: 'proof-of-life', on: '2026-10-02' }] })).toEqual([])
  expect(seen({ death: { status: 'registered', date: '2026-04-01' } })).toEqual([])
})
