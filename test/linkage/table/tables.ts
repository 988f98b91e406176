/** Small tables, and synthetic people for larger ones. */
import { type Encoded, encode } from '../../../linkage/table/columns/encode.ts'
import { compareValues, levelsOf } from '../../../linkage/table/columns/features.ts'
import { sharedInts } from '../../../linkage/table/columns/shared.ts'
import type { FieldName, Table, TextColumn } from '../../../linkage/table/table.ts'

export function columnOf(texts: readonly string[]): TextColumn {
  const known = new Map([['', 0]])
  const codes = sharedInts(texts.length)
  for (const [row, text] of texts.entries()) {
    const code = known.get(text) ?? known.size
    known.set(text, code)
    codes[row] = code
  }
  return { codes, values: [...known.keys()] }
}

export type Fields = { readonly [field: string]: readonly string[] }

export function tableOf(fields: Fields, source?: readonly string[]): Table {
  const columns = Object.entries(fields)
  return {
    size: columns[0]?.[1].length ?? 0,
    fields: new Map(columns.map(([field, texts]) => [field as FieldName, [columnOf(texts)]])),
    ...(source && { source: columnOf(source) }),
  }
}

/** The columns of records as fields. */
export const columnsOf = (records: readonly { readonly [field: string]: string }[]): Fields =>
  Object.fromEntries(
    Object.keys(records[0] ?? {}).map((field) => [field, records.map((record) => record[field] ?? '')]),
  )

export function encodedOf(fields: Fields, field: string): Encoded {
  const encoded = encode(tableOf(fields)).find(({ name }) => name === field)
  if (!encoded) throw new RangeError(`There is no column ${field}.`)
  return encoded
}

/** The name of the level at which two rows of one column agree; `missing` when a side says nothing. */
export function levelBetween({ codes, features }: Encoded, a: number, b: number): string {
  const [x, y] = [codes[a] ?? 0, codes[b] ?? 0]
  if (x === 0 || y === 0) return 'missing'
  return levelsOf[features.kind][x === y ? 0 : compareValues(features, x, y)] ?? 'unknown level'
}

/** The level of two texts in a column that also holds `others`. */
export const levelOf = (field: string, one: string, other: string, others: readonly string[] = []): string =>
  levelBetween(encodedOf({ [field]: [one, other, ...others] }, field), 0, 1)

/** Numbers from 0 to 1 that look random and are the same each time. */
export function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let next = Math.imul(state ^ (state >>> 15), 1 | state)
    next = (next + Math.imul(next ^ (next >>> 7), 61 | next)) ^ next
    return ((next ^ (next >>> 14)) >>> 0) / 2 ** 32
  }
}

const syllables = 'ba be bi bo da de di do ga ka ki ko la le li lo ma me mi mo na ne ni no ra ri ro sa se ta te to wa'
  .split(' ')
  .map((text, index) => `${text}${index % 3 === 0 ? 'n' : ''}`)

export type Person = {
  readonly givenName: string
  readonly familyName: string
  readonly birthDate: string
  readonly sex: string
  readonly phone: string
  readonly postcode: string
}

/** Records of synthetic people, and of each record who it is. */
export type People = { readonly records: readonly Person[]; readonly truth: readonly number[] }

/** Some have a second record with a slip in it; `inHousehold` of them live together. */
export function makePeople(many: number, twins: number, inHousehold = 1, seed = 1): People {
  const random = makeRandom(seed)
  const below = (most: number): number => Math.floor(random() * most)
  const word = (parts: number, of: number): string =>
    Array.from({ length: parts }, () => syllables[below(of)] ?? '').join('')
  const digits = (length: number): string => Array.from({ length }, () => below(10)).join('')
  const two = (number: number): string => String(number).padStart(2, '0')
  const records: Person[] = []
  const truth: number[] = []
  let home = { familyName: '', phone: '', postcode: '' }
  for (let person = 0; person < many; person += 1) {
    if (person % inHousehold === 0)
      home = { familyName: word(3, 24), phone: `7${digits(8)}`, postcode: two(below(40)) + two(below(20)) }
    const one: Person = {
      givenName: word(2, 30),
      ...home,
      birthDate: `${1940 + below(70)}-${two(1 + below(12))}-${two(2 + below(27))}`,
      sex: random() < 0.5 ? 'm' : 'f',
    }
    records.push(one)
    truth.push(person)
    if (person >= twins) continue
    records.push(withSlip(one, random, digits))
    truth.push(person)
  }
  return { records, truth }
}

function withSlip(person: Person, random: () => number, digits: (length: number) => string): Person {
  const { givenName, familyName, birthDate, phone } = person
  const roll = random()
  if (roll < 0.2) return { ...person, givenName: `${givenName.slice(0, 2)}${givenName.slice(3)}` }
  if (roll < 0.4) return { ...person, phone: `7${digits(8)}` }
  if (roll < 0.5) return { ...person, birthDate: `${birthDate.slice(0, -1)}${(Number(birthDate.slice(-1)) + 1) % 10}` }
  if (roll < 0.55) return { ...person, givenName: familyName, familyName: givenName }
  if (roll < 0.65) return { ...person, phone: `${phone.slice(0, -2)}${phone.slice(-1)}${phone.slice(-2, -1)}` }
  return person
}
