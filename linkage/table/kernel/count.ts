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

/** Patterns as they come, each once, in plain lists: there are thousands, and a small array for each would cost more than to find them. */
function makePatterns(width: number) {
  const known = new Map<number | string, number>()
  const levels: number[] = []
  const bits: number[] = []
  const count: number[] = []
  return {
    /** So many pairs of a pattern, which is the one at `at` of some levels and bits. */
    add: (key: number | string, pairs: number, ofLevels: Int8Array, ofBits: Int32Array, at: number): void => {
      const place = known.get(key)
      if (place !== undefined) {
        count[place] = (count[place] ?? 0) + pairs
        return
      }
      known.set(key, count.length)
      count.push(pairs)
      for (let k = at * (width + 1); k < (at + 1) * (width + 1); k += 1) levels.push(ofLevels[k] ?? 0)
      for (let g = at * groups.length; g < (at + 1) * groups.length; g += 1) bits.push(ofBits[g] ?? 0)
    },
    all: (worth: Worth, scale: number): Patterns => ({
      keys: [...known.keys()],
      levels: new Int8Array(levels),
      width,
      bits: new Int32Array(bits),
      count: new Float64Array(count).map((pairs) => pairs * scale),
      worth,
    }),
  }
}

/** Pairs from this weight on, all but one field counted, are likely one person, though they were drawn at random. */
const likelyOne = -3

/** `radix` is how many levels each comparison has. */
export function makeCounter(scorer: Scorer, radix: readonly number[]): Counter {
  const width = radix.length
  const into = new Int8Array(width + 1)
  const isNumeric =
    radix.reduce((product, one) => product * (one + 1), 2 * 64 ** groups.length) < Number.MAX_SAFE_INTEGER
  const patterns = makePatterns(width)
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
      patterns.add(keyOf(), 1, into, whole, 0)
    },
    patterns: () => patterns.all(worth, 1),
  }
}

/** Several counts as one; each pair stands for `scale` pairs. */
export function mergePatterns(parts: readonly Patterns[], scale: number): Patterns {
  const width = parts[0]?.width ?? 0
  const all = makePatterns(width)
  const worth = noWorth(width)
  for (const { keys, count, levels, bits, worth: more } of parts) {
    for (let at = 0; at < keys.length; at += 1) all.add(keys[at] ?? 0, count[at] ?? 0, levels, bits, at)
    addTo(worth.ofTwo, more.ofTwo)
    addTo(worth.two, more.two)
    addTo(worth.ofOne, more.ofOne)
    addTo(worth.one, more.one)
  }
  return all.all(worth, scale)
}
