/** What one thread does: counting patterns and scoring pairs over ranges of blocks. */

import { makeCounter, type Patterns } from './count.ts'
import { eachPair, eachRandomPair, type Pairing, scramble } from './pairs.ts'
import type { Rows, Weights } from './scorer.ts'
import { givenUp, makeScorer } from './scorer.ts'

/** All that a thread needs to know; typed arrays in it are shared, not copied. */
export type Job = {
  readonly rows: Rows
  readonly pairing: Pairing
  readonly weights: Weights
  /** How many levels each comparison has. */
  readonly radix: readonly number[]
}

export type Range = { readonly from: number; readonly to: number }
export type Scored = {
  readonly a: Int32Array<ArrayBuffer>
  readonly b: Int32Array<ArrayBuffer>
  readonly weight: Float32Array<ArrayBuffer>
  /** Pairs met for the first time, by key. */
  readonly fresh: Float64Array<ArrayBuffer>
}

/** Counts the patterns of the candidate pairs of some blocks, of which about `share` are looked at. */
export function countCandidates({ rows, pairing, weights, radix }: Job, { from, to }: Range, share: number): Patterns {
  const counter = makeCounter(makeScorer(rows, weights), radix)
  const limit = share * 2 ** 32
  eachPair(pairing, from, to, (a, b) => {
    if (scramble(a, b) < limit) counter.add(a, b)
  })
  return counter.patterns()
}

/** Counts the patterns of the random pairs `from` to `to - 1` of `most`. */
export function countRandom({ rows, pairing, weights, radix }: Job, { from, to }: Range, most: number): Patterns {
  const counter = makeCounter(makeScorer(rows, weights), radix)
  eachRandomPair(pairing, most, from, to, counter.add)
  return counter.patterns()
}

/** The pairs of some blocks that weigh `least` bits and more. */
export function score({ rows, pairing, weights }: Job, { from, to }: Range, least: number): Scored {
  const scorer = makeScorer(rows, weights)
  const fresh = new Float64Array(pairing.blocks.firstBlock.length)
  let room = 1024
  let [a, b, weight] = [new Int32Array(room), new Int32Array(room), new Float32Array(room)]
  let found = 0
  eachPair(pairing, from, to, (x, y, key) => {
    fresh[key] = (fresh[key] ?? 0) + 1
    const bits = scorer.weigh(x, y, least)
    if (bits === givenUp) return
    if (found === room) {
      room *= 2
      const [oldA, oldB, oldWeight] = [a, b, weight]
      ;[a, b, weight] = [new Int32Array(room), new Int32Array(room), new Float32Array(room)]
      a.set(oldA)
      b.set(oldB)
      weight.set(oldWeight)
    }
    a[found] = x
    b[found] = y
    weight[found] = bits
    found += 1
  })
  return { a: a.slice(0, found), b: b.slice(0, found), weight: weight.slice(0, found), fresh }
}
