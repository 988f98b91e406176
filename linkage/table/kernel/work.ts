/** What one thread does: building the blocks of a key, sampling pairs, counting their patterns, scoring. */
import { type Blocks, makeBlocks } from './blocks.ts'
import { makeCounter, type Patterns } from './count.ts'
import type { KeyPlan } from './keys.ts'
import { type BlockRange, eachPair, higher, lower, type Pairing, scramble, toCode } from './pairs.ts'
import { givenUp, makeScorer, type Rows, type Weights } from './scorer.ts'

/** What all tasks are about; typed arrays in it are shared, not copied. */
export type Job = {
  readonly rows: Rows
  readonly weights: Weights
  /** How many levels each comparison has. */
  readonly radix: readonly number[]
  readonly pairing?: Pairing
}

export type Task =
  | { readonly do: 'block'; readonly plan: KeyPlan; readonly size: number; readonly budget: number }
  /** Of the pairs of some blocks about `share`. */
  | { readonly do: 'sample'; readonly range: BlockRange; readonly share: number }
  | { readonly do: 'count'; readonly pairs: Float64Array }
  /** Pairs of some blocks that weigh `least` bits and more. */
  | { readonly do: 'score'; readonly range: BlockRange; readonly least: number }

export type Scored = { readonly pairs: Float64Array<ArrayBuffer>; readonly weights: Float32Array<ArrayBuffer> }

export type Answer<T extends Task> = T extends { do: 'block' }
  ? Blocks
  : T extends { do: 'sample' }
    ? Float64Array<ArrayBuffer>
    : T extends { do: 'count' }
      ? Patterns
      : Scored

/** `job` is needed for all tasks but `block`. */
export function perform(job: Job | undefined, task: Task): Answer<Task> {
  if (task.do === 'block') return makeBlocks(task.plan, task.size, task.budget)
  if (!job) throw new RangeError('A thread is told what its tasks are about first.')
  switch (task.do) {
    case 'sample':
      return sample(job, task.range, task.share)
    case 'count':
      return count(job, task.pairs)
    case 'score':
      return score(job, task.range, task.least)
  }
}

function sample({ pairing }: Job, range: BlockRange, share: number): Float64Array<ArrayBuffer> {
  const limit = share * 2 ** 32
  const found: number[] = []
  if (pairing)
    eachPair(pairing, range, (a, b) => {
      if (scramble(a, b) < limit) found.push(toCode(a, b))
    })
  return Float64Array.from(found)
}

function count({ rows, weights, radix }: Job, pairs: Float64Array): Patterns {
  const counter = makeCounter(makeScorer(rows, weights), radix)
  for (const pair of pairs) counter.add(lower(pair), higher(pair))
  return counter.patterns()
}

function score({ rows, weights, pairing }: Job, range: BlockRange, least: number): Scored {
  const { weigh } = makeScorer(rows, weights)
  const pairs: number[] = []
  const found: number[] = []
  if (pairing)
    eachPair(pairing, range, (a, b) => {
      const bits = weigh(a, b, least)
      if (bits === givenUp) return
      pairs.push(toCode(a, b))
      found.push(bits)
    })
  return { pairs: Float64Array.from(pairs), weights: Float32Array.from(found) }
}
