import { expect, test } from 'vitest'
import { whyRejected } from '../../cli/sync.ts'
import type { Rejection } from '../../schemas/contract.ts'

const rejection = (origin: string, ...rules: string[]): Rejection => ({
  id: '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f',
  registry: 'ke-nssf',
  stream: 'member',
  origin,
  reasons: rules.map((rule) => ({ pointer: '', rule, message: `Mend the ${rule}.` })),
  firstSeen: '2026-11-23T09:04:06.249Z',
  state: 'open',
})

test('the commonest reasons of rejections come first, with their number and the first place; five at most', () => {
  const rules = ['name', 'date', 'sex', 'phone', 'month']
  const rejections = [
    rejection('a.csv row 2', 'number'),
    rejection('a.csv row 3', 'number', 'name'),
    ...rules.map((rule) => rejection('b.csv row 7', rule)),
  ]
  const told = whyRejected({ rejections, isAll: true })
  expect(told).toHaveLength(6)
  expect(told.slice(0, 4)).toEqual([
    'open rejections: 7',
    '  2 by number: Mend the number. First: a.csv row 2',
    '  2 by name: Mend the name. First: a.csv row 3',
    '  1 by date: Mend the date. First: b.csv row 7',
  ])
  expect(whyRejected({ rejections, isAll: false })[0]).toBe('open rejections: more than 7')
})

test('where no rejection stands open any more, nothing is told', () => {
  expect(whyRejected({ rejections: [], isAll: true })).toEqual([])
})
