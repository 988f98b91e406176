import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partedKeys } from '../../linkage/blocking.ts'
import { compare } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import { type Prepared, prepare } from '../../linkage/features.ts'
import { defaultModel } from '../../linkage/model.ts'
import { type Glimpse, mayBeOne, previewBytes, previewOf, readPreview } from '../../linkage/preview.ts'
import type { IdentifierType } from '../../schemas/contract.ts'
import { people } from './people.ts'
import { linkRecord, type Person } from './person.ts'

const prepared = (person: Person) => prepare(linkRecord('x', person))

function glimpseOf(one: Prepared): Glimpse {
  const bytes = previewOf(one)
  const read = bytes && readPreview(new DataView(bytes.buffer))
  if (!read) throw new Error('a person of the tests has no preview')
  return read
}

const isDistinct = (one: Prepared, other: Prepared) =>
  decide(defaultModel, compare(defaultModel, one, other)).outcome === 'distinct'
/** As who looks for candidates tells it: by the keys that they meet by. Who meets by none is never asked about. */
function mayCall(one: Prepared, other: Prepared): boolean {
  const held = new Set(partedKeys(one).map(({ key }) => key))
  const shared = partedKeys(other).filter(({ key }) => held.has(key))
  return shared.length === 0 || shared.some((key) => key.mayCall)
}
const mayBeSame = (one: Prepared, other: Prepared) =>
  mayBeOne(defaultModel, glimpseOf(one), glimpseOf(other), mayCall(one, other))
const mayBe = (one: Person, other: Person) => mayBeSame(prepared(one), prepared(other))

/** A person and a second telling of the same: each field as it was, gone, or somebody else's. */
const pairs = fc
  .record({ one: people, other: people, kept: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }) })
  .map(({ one, other, kept }) => {
    const fields = ['name', 'born', 'sex', 'numbers', 'phone', 'county', 'district', 'village', 'relatives'] as const
    const same = fields.flatMap((field, at) => (kept[at] ? [[field, one[field]] as const] : []))
    return [one, { ...other, ...Object.fromEntries(same.filter(([, value]) => value !== undefined)) }] as const
  })

const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 11 }).map((each) => each.join(''))
const slips = fc
  .record({ number: digits, at: fc.nat(10), kind: fc.constantFrom('swap', 'drop', 'wrong', 'none'), digit: fc.nat(9) })
  .map(({ number, at, kind, digit }) => {
    const place = at % (number.length - 1)
    const [before, first, second, after] = [
      number.slice(0, place),
      number[place],
      number[place + 1],
      number.slice(place + 2),
    ]
    if (kind === 'swap') return [number, `${before}${second}${first}${after}`] as const
    if (kind === 'drop') return [number, `${before}${second}${after}`] as const
    return [number, kind === 'wrong' ? `${before}${digit}${second}${after}` : number] as const
  })

/** A word, and the same word as another office may have it. */
const spoilt = fc
  .record({
    word: fc.constantFrom(
      ...'Wanjiku Mary Elizabeth Muthoni Odhiambo Abdirahman Somsack Zzyzx Kim Nurlanbek'.split(' '),
    ),
    kind: fc.constantFrom('none', 'swap', 'drop', 'double', 'wrong', 'two wrong', 'initial', 'split', 'other'),
    at: fc.nat(12),
    letter: fc.constantFrom('a', 'k', 'z', 'q'),
  })
  .map(({ word, kind, at, letter }): readonly [string, string] => {
    const place = at % (word.length - 1)
    const [before, first, second, after] = [
      word.slice(0, place),
      word.charAt(place),
      word.charAt(place + 1),
      word.slice(place + 2),
    ]
    const retold: { readonly [kind: string]: string } = {
      swap: `${before}${second}${first}${after}`,
      drop: `${before}${second}${after}`,
      double: `${before}${first}${first}${second}${after}`,
      wrong: `${before}${letter}${second}${after}`,
      'two wrong': `${before}${letter}${second}${after.slice(0, -1)}${letter}`,
      initial: word.charAt(0),
      split: `${before}${first} ${second}${after}`,
      other: 'Achieng',
    }
    return [word, retold[kind] ?? word]
  })

describe('the preview of a record', () => {
  it('never tells two records apart that comparing them links or leaves to a steward', () => {
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        expect(isDistinct(prepared(one), prepared(other)) || mayBe(one, other)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })

  it('never tells two records apart whose numbers are one slip apart, whatever else they say, when the rest agrees', () => {
    const types = fc.constantFrom('national-id' as const, 'nssf-number' as const, 'passport' as const)
    const numbered = (person: Person, type: IdentifierType, value: string) =>
      prepare({ ...linkRecord('x', person), identifiers: [{ type, issuer: 'ke', value }] })
    fc.assert(
      fc.property(slips, types, types, people, people, ([number, mistyped], type, typed, left, right) => {
        const [one, other] = [numbered(left, type, number), numbered({ ...left, ...right }, typed, mistyped)]
        expect(isDistinct(one, other) || mayBeSame(one, other)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })

  it('never tells two records apart whose names are slips, spellings or halves of each other, when the rest agrees', () => {
    fc.assert(
      fc.property(people, fc.array(spoilt, { minLength: 1, maxLength: 4 }), fc.boolean(), (person, words, turned) => {
        const born = { born: '1987-08-15', sex: 'female' as const }
        const one = prepared({ ...person, ...born, name: words.map(([word]) => word).join(' ') })
        const retold = words.map(([, word]) => word)
        const other = prepared({ ...person, ...born, name: (turned ? retold.toReversed() : retold).join(' ') })
        expect(isDistinct(one, other) || mayBeSame(one, other)).toBe(true)
      }),
      { numRuns: 5_000 },
    )
  })

  it('tells strangers of one birthday and one given name apart by the rest of their names', () => {
    const one: Person = { name: 'Mary Wanjiku Kamau', born: '1987-08-15', sex: 'female' }
    expect(mayBe(one, { ...one, name: 'Mary Achieng Odhiambo' })).toBe(false)
    expect(mayBe(one, { ...one, name: 'Mary Wanijku Kamau' })).toBe(true)
    expect(mayBe(one, { ...one, name: 'Kamau Mary' })).toBe(true)
    expect(mayBe(one, { ...one, name: 'Mary W. Kamau' })).toBe(true)
  })

  it('leaves a slip in a number open for a common employer, and not where one names none', () => {
    const one: Person = {
      name: 'John Kamau',
      born: '1961',
      sex: 'male',
      county: 'Kiambu',
      district: 'Thika',
      village: 'Githunguri',
      stream: 'return',
      employer: 'Mlima Textiles',
      numbers: { 'national-id': '99013245' },
    }
    const other: Person = {
      name: 'John Kamau',
      born: '1987',
      sex: 'female',
      county: 'Nairobi',
      district: 'Langata',
      village: 'Karen',
      employer: 'Mlima Textiles',
      numbers: { 'national-id': '99012345' },
    }
    const { employer, ...jobless } = other
    expect(isDistinct(prepared(one), prepared(other))).toBe(false)
    expect(mayBe(one, other)).toBe(true)
    expect(mayBe(one, jobless)).toBe(false)
    expect(mayBe(jobless, { ...one, employer: employer ?? '' })).toBe(false)
  })

  it('does not change with the telephone', () => {
    const one: Person = { name: 'Mary Wanjiku', born: '1987-08-15', phone: '+254712000001' }
    expect(previewOf(prepared({ ...one, phone: '+254712000002' }))).toEqual(previewOf(prepared(one)))
  })

  it('says the same in either order', () => {
    fc.assert(
      fc.property(people, people, (one, other) => {
        expect(mayBe(one, other)).toBe(mayBe(other, one))
      }),
    )
  })

  it('tells apart who shares a name and a year and nothing else', () => {
    const one: Person = {
      name: 'Mary Wanjiku',
      born: '1987-08-15',
      sex: 'female',
      numbers: { 'national-id': '27182818' },
      phone: '+254712000001',
      county: 'Kiambu',
    }
    const other: Person = {
      ...one,
      born: '1987-03-02',
      numbers: { 'national-id': '31415926' },
      phone: '+254712000002',
      county: 'Nairobi',
    }
    expect(mayBe(one, other)).toBe(false)
    expect(mayBe(one, { ...other, numbers: { 'national-id': '27182818' } })).toBe(true)
  })

  it('is not made of more numbers than it has room for, nor of a date of another age: such records are always opened', () => {
    const crowded = linkRecord('x', { numbers: { 'national-id': '27182818' } })
    const numbers = ['1', '2', '3', '4'].map((value) => ({ type: 'passport' as const, issuer: 'ke' as const, value }))
    expect(previewOf(prepare({ ...crowded, identifiers: numbers.slice(1) }))).toBeDefined()
    expect(previewOf(prepare({ ...crowded, identifiers: numbers }))).toBeUndefined()
    expect(previewOf(prepared({ born: '1803-01-02' }))).toBeUndefined()
  })

  it('tells nothing when it is of another layout', () => {
    expect(readPreview(new DataView(new ArrayBuffer(previewBytes)))).toBeUndefined()
  })
})
