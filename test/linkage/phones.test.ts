import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare, compareUnlessDistinct } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import { prepare } from '../../linkage/features.ts'
import { defaultModel } from '../../linkage/model.ts'
import { comparePhones } from '../../linkage/phones.ts'
import { people } from './people.ts'
import { linkRecord, type Person } from './person.ts'

const { weights } = defaultModel
const prepared = (person: Person) => prepare(linkRecord('x', person))
const judge = (a: Person, b: Person, holders?: number) =>
  decide(
    defaultModel,
    compare(defaultModel, prepared(a), prepared(b), () => holders),
  )
const rank = { distinct: 0, review: 1, link: 2 }

test('the more people hold a telephone, the less it weighs, and the less a pair that shares it is taken for one person', () => {
  const counts = fc.integer({ min: 1, max: 5_000 })
  fc.assert(
    fc.property(people, people, counts, counts, (a, b, one, other) => {
      const [few, many] = [judge(a, b, Math.min(one, other)), judge(a, b, Math.max(one, other))]
      expect(many.weight).toBeLessThanOrEqual(few.weight)
      expect(rank[many.outcome]).toBeLessThanOrEqual(rank[few.outcome])
    }),
    { numRuns: 2_000 },
  )
})

test('without a count a pair weighs as much as with the smallest, and agreement never counts against anybody', () => {
  fc.assert(
    fc.property(people, people, fc.integer({ min: 1, max: 1_000_000 }), (a, b, holders) => {
      expect(judge(a, b)).toEqual(judge(a, b, 1))
      const [shared, unknown] = [judge(a, b, holders), judge({ ...a, phone: '' }, b)]
      if (a.phone && a.phone === b.phone) expect(shared.weight).toBeGreaterThanOrEqual(unknown.weight)
      expect(judge(b, a, holders)).toEqual(shared)
    }),
    { numRuns: 2_000 },
  )
})

test('a pair that is told apart early is told apart by the whole comparison, however many hold its telephones', () => {
  fc.assert(
    fc.property(people, people, fc.integer({ min: 1, max: 5_000 }), (a, b, holders) => {
      const early = compareUnlessDistinct(defaultModel, prepared(a), prepared(b), () => holders)
      const { parts, outcome } = judge(a, b, holders)
      if (early) expect(early).toEqual(parts)
      else expect(outcome).toBe('distinct')
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  [undefined, 'same', weights.phone.same],
  [8, 'same', weights.phone.same],
  [16, 'shared', weights.phone.same - 1],
  [64, 'shared', weights.phone.same - 3],
  [100_000, 'shared', weights.phone.shared],
])('a telephone that %j people hold is %s and weighs %d bits', (holders, level, weight) => {
  const part = comparePhones(defaultModel, ['+254712000001'], ['+254712000001'], () => holders)
  expect(part?.level).toBe(level)
  expect(part?.weight).toBeCloseTo(weight)
})

test('of two telephones in common the one that fewer people hold counts', () => {
  const both = ['+254712000001', '+254712000002']
  const part = comparePhones(defaultModel, both, both, (phone) => (phone.endsWith('1') ? 500 : 2))
  expect(part).toEqual({ level: 'same', weight: weights.phone.same })
})

const customers = [
  { name: 'John Kamau', born: '1980-01-01', sex: 'male', phone: '+254712000001', county: 'Kiambu', district: 'Thika' },
  { name: 'John Kamau', born: '1980-05-06', sex: 'male', phone: '+254712000001', county: 'Kiambu', district: 'Thika' },
] as const

test.each([
  ['the telephone of one household', 2, 'link', []],
  ['the telephone of an agent in their district', 400, 'review', []],
  ['a telephone that nobody has counted', undefined, 'link', []],
])('two records of one name and year of birth with %s', (_, holders, outcome, guards) => {
  expect(judge(customers[0], customers[1], holders)).toMatchObject({ outcome, guards })
})

test('an agent’s telephone does not stand for the rest where nothing but name and birth date agrees', () => {
  const [a, b] = [
    { name: 'Jane Achieng Odhiambo', born: '1990-06-07', sex: 'female', phone: '+254712000001' } as const,
    { name: 'Jane Achieng Odhiambo', born: '1990-06-07', sex: 'female', phone: '+254712000001' } as const,
  ]
  expect(judge(a, b, 3)).toMatchObject({ outcome: 'link' })
  expect(judge(a, b, 300)).toMatchObject({ outcome: 'review', guards: ['name-and-birth-date-alone'] })
})
