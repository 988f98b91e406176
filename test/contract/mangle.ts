/** Ways in which a raw record arrives broken: for every adapter's normalise, which must never throw on any of them. */
import fc from 'fast-check'
import type { RawRecord } from '../../adapters/contract.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Texts that stand for somebody's data: none of them may come back in a reason or a note. */
export const markers = ['Zqxjkwanjiku', '8675309421', 'Q8675309Z', '31/13/8675', '-8675.3094', 'ຊຽງຂວາງທົດລອງ'] as const

const hostile: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  5e-324,
  2 ** 53,
  1.23457e13,
  101.5,
  '',
  ' ',
  '\u0000\u0007\u001b[31m',
  '\ud800',
  '\u202egnp.exe',
  'x'.repeat(5000),
  '9'.repeat(500),
  ' ,'.repeat(3000),
  '1.23457E+13',
  '=HYPERLINK("http://x")',
  "'; drop table person; --",
  '__proto__',
  'constructor',
  '2026-02-30',
  '00/00/0000',
  'NaN',
  '1,2,3.4.5',
  [],
  {},
  [[[[[[]]]]]],
  { toString: 'x', valueOf: null },
  JSON.parse('{"__proto__":{"polluted":true}}'),
  ...markers,
]

/** The places of a record: every key at every depth, as a path. */
export const placesOf = (value: unknown, path: readonly string[] = []): string[][] => {
  if (typeof value !== 'object' || value === null) return [[...path]]
  const inner = Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]))
  return path.length === 0 ? inner : [[...path], ...inner]
}

type Change = (parent: { [key: string]: Json }, key: string) => void

const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.constant<Change>((parent, key) => {
    delete parent[key]
  }),
  fc.constantFrom(...hostile).map(
    (value): Change =>
      (parent, key) => {
        define(parent, key, structuredClone(value))
      },
  ),
  fc.string({ unit: 'binary', maxLength: 60 }).map(
    (text): Change =>
      (parent, key) => {
        define(parent, key, text)
      },
  ),
  fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty', '', 'x'.repeat(400), 'ID NO', 'a/b~c').map(
    (added): Change =>
      (parent, key) => {
        define(parent, added, parent[key] ?? null)
      },
  ),
  fc.constant<Change>((parent, key) => {
    const value = parent[key]
    define(
      parent,
      key,
      typeof value === 'number' ? String(value) : typeof value === 'string' ? Number(value) || [value] : 'text',
    )
  }),
)

/** `parent.__proto__ = x` would set the prototype; JSON.parse does not, and neither do we. */
const define = (parent: { [key: string]: Json }, key: string, value: Json): void => {
  Object.defineProperty(parent, key, { value, writable: true, enumerable: true, configurable: true })
}

/** Sets the value at a path of a copy; a path that another change has taken away is passed over. */
const changed = (raw: RawRecord, path: readonly string[], change: Change): RawRecord => {
  const copy = structuredClone(raw)
  let parent: unknown = copy
  for (const key of path.slice(0, -1))
    parent = typeof parent === 'object' && parent !== null ? Reflect.get(parent, key) : undefined
  const last = path.at(-1)
  if (typeof parent === 'object' && parent !== null && last !== undefined)
    change(parent as { [key: string]: Json }, last)
  return copy
}

export const replacedAt = (raw: RawRecord, path: readonly string[], value: Json): RawRecord =>
  changed(raw, path, (parent, key) => define(parent, key, value))

/** One of the fixtures' raw records with one to four things wrong. */
export const mangled = (raws: readonly RawRecord[]): fc.Arbitrary<RawRecord> =>
  fc
    .constantFrom(...raws)
    .chain((raw) =>
      fc
        .array(fc.tuple(fc.constantFrom(...placesOf(raw)), changes), { minLength: 1, maxLength: 4 })
        .map((steps) => steps.reduce((broken, [path, change]) => changed(broken, path, change), raw)),
    )
