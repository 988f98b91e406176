/** Counts patterns of levels: all that training needs to know of millions of pairs. */
import { groups } from '../roles.ts'
import { givenUp, type Scorer } from './scorer.ts'

export type Patterns = {
  /** What tells a pattern from the others, the same whoever counted it. */
  readonly keys: readonly (number | string)[]
  /** `width + 1` levels a pattern: -1 missing; the last says 1 when the names are swapped. */
  readonly levels: Int8Array
  readonly width: number
  /** One a group of fields and pattern: what agreeing on rare or common values adds, in whole bits. */
  readonly bits: Int32Array
  /** By pattern, how many pairs. */
  readonly count: Float64Array
  /** By comparison and level (`mostLevels` each): what the words agreed on were worth. */
  readonly worth: Worth
}

export const mostLevels = 8

/** The sum over pairs of two people of two to the power of the bits, over likely matches of two to minus the bits; and how many pairs these are. */
export type Worth = {
  readonly ofTwo: Float64Array
  readonly two: Float64Array
  readonly ofOne: Float64Array
  readonly one: Float64Array
}

export const noWorth = (width: number): Worth => {
  const sums = (): Float64Array => new Float64Array(width * mostLevels)
  return { ofTwo: sums(), two: sums(), ofOne: sums(), one: sums() }
}

function addTo(all: Float64Array, more: Float64Array): void {
  for (const [at, sum] of more.entries()) all[at] = (all[at] ?? 0) + sum
}

export type Counter = { readonly add: (a: number, b: number) => void; readonly patterns: () => Patterns }

/** Pairs from this weight on, all but one field counted, are likely one person, though they were drawn at random. */
const likelyOne = -3

/** `radix` is how many levels each comparison has. */
export function makeCounter(scorer: Scorer, radix: readonly number[]): Counter {
  const width = radix.length
  const into = new Int8Array(width + 1)
  const known = new Map<number | string, number>()
  const isNumeric =
    radix.reduce((product, one) => product * (one + 1), 2 * 64 ** groups.length) < Number.MAX_SAFE_INTEGER
  const all: Int8Array[] = []
  const bits: number[] = []
  const count: number[] = []
  const rarity = new Float64Array(groups.length)
  const whole = new Int32Array(groups.length)
  const worth = noWorth(width)
  const heard: { readonly comparison: number; readonly level: number; readonly bits: number }[] = []
  const hear = (comparison: number, level: number, bits: number): void => {
    heard.push({ comparison, level, bits })
  }
  /** Matches are told apart by all the other fields: one among random pairs agrees on words so rare that it would outweigh all the rest. */
  const addWorth = (a: number, b: number): void => {
    const weight = scorer.weigh(a, b, givenUp)
    for (const { comparison, level, bits } of heard) {
      const isTwo = weight - scorer.part(comparison, a, b, into[width] === 1) < likelyOne
      const [sums, pairs] = isTwo ? [worth.ofTwo, worth.two] : [worth.ofOne, worth.one]
      const at = comparison * mostLevels + level
      sums[at] = (sums[at] ?? 0) + 2 ** (isTwo ? bits : -bits)
      pairs[at] = (pairs[at] ?? 0) + 1
    }
    heard.length = 0
  }
  const keyOf = (): number | string => {
    if (!isNumeric) return `${into.join(' ')} ${whole.join(' ')}`
    let key = into[width] ?? 0
    for (let group = 0; group < whole.length; group += 1) key = key * 64 + (whole[group] ?? 0) + 32
    for (let k = 0; k < width; k += 1) key = key * ((radix[k] ?? 0) + 1) + (into[k] ?? 0) + 1
    return key
  }
  return {
    add: (a, b) => {
      scorer.levels(a, b, into, rarity, hear)
      if (heard.length > 0) addWorth(a, b)
      for (let group = 0; group < whole.length; group += 1)
        whole[group] = Math.max(-31, Math.min(31, Math.round(rarity[group] ?? 0)))
      const key = keyOf()
      const at = known.get(key)
      if (at !== undefined) {
        count[at] = (count[at] ?? 0) + 1
        return
      }
      known.set(key, all.length)
      all.push(into.slice())
      bits.push(...whole)
      count.push(1)
    },
    patterns: () => {
      const levels = new Int8Array(all.length * (width + 1))
      for (const [index, one] of all.entries()) levels.set(one, index * (width + 1))
      return {
        keys: [...known.keys()],
        levels,
        width,
        bits: Int32Array.from(bits),
        count: Float64Array.from(count),
        worth,
      }
    },
  }
}

/** Numbers are sorted as such, which is quick. */
const inOrder = (keys: (number | string)[]): (number | string)[] =>
  keys.every((key) => typeof key === 'number')
    ? [...Float64Array.from(keys).sort()]
    : keys.sort((one, other) => (one < other ? -1 : 1))

/** Several counts as one, in an order that does not depend on who counted what; each pair stands for `scale` pairs. */
export function mergePatterns(parts: readonly Patterns[], scale: number): Patterns {
  const width = parts[0]?.width ?? 0
  const found = new Map<number | string, { readonly of: Patterns; readonly at: number; count: number }>()
  const worth = noWorth(width)
  for (const of of parts) {
    for (const [at, key] of of.keys.entries()) {
      const known = found.get(key)
      const count = of.count[at] ?? 0
      if (known) known.count += count
      else found.set(key, { of, at, count })
    }
    addTo(worth.ofTwo, of.worth.ofTwo)
    addTo(worth.two, of.worth.two)
    addTo(worth.ofOne, of.worth.ofOne)
    addTo(worth.one, of.worth.one)
  }
  const keys = inOrder([...found.keys()])
  const levels = new Int8Array(keys.length * (width + 1))
  const bits = new Int32Array(keys.length * groups.length)
  const count = new Float64Array(keys.length)
  for (const [index, key] of keys.entries()) {
    const one = found.get(key)
    if (!one) continue
    levels.set(one.of.levels.subarray(one.at * (width + 1), (one.at + 1) * (width + 1)), index * (width + 1))
    bits.set(one.of.bits.subarray(one.at * groups.length, (one.at + 1) * groups.length), index * groups.length)
    count[index] = one.count * scale
  }
  return { keys, levels, width, bits, count, worth }
}
