/** What one thread does: building the blocks of a key, listing the pairs, counting their patterns, scoring. */
import { type Blocks, makeBlocks } from './blocks.ts'
import { makeCounter, type Patterns } from './count.ts'
import type { KeyPlan } from './keys.ts'
import {
  eachPair,
  higher,
  listPairs,
  lower,
  type Pairing,
  type Pairs,
  type RowRange,
  scramble,
  toCode,
} from './pairs.ts'
import { givenUp, makeScorer, type Reweighed, type Rows, type Scorer, type Weights } from './scorer.ts'

/** What tasks are about; typed arrays in it are shared, not copied. Each task needs the parts that it speaks of. */
export type Job = {
  readonly pairing?: Pairing
  readonly pairs?: readonly Pairs[]
  readonly scoring?: {
    readonly rows: Rows
    readonly weights: Weights
    /** How many levels each comparison has. */
    readonly radix: readonly number[]
  }
}

/** Some rows of one of the job's lists of pairs. */
export type Part = RowRange & { readonly list: number }

export type Task =
  | { readonly do: 'block'; readonly plan: KeyPlan; readonly size: number; readonly budget: number }
  | { readonly do: 'list'; readonly range: number }
  | { readonly do: 'count'; readonly pairs: Float64Array }
  /** Counts about `share` of the pairs of a part. */
  | { readonly do: 'sample'; readonly part: Part; readonly share: number }
  /** Pairs of a part that weigh `least` bits and more. */
  | { readonly do: 'score'; readonly part: Part; readonly least: number }

export type Scored = {
  /** Codes as `toCode` makes them, upwards. */
  readonly pairs: Float64Array<ArrayBuffer>
  readonly weights: Float32Array<ArrayBuffer>
  /** By key, how many of the pairs it was the first to find. */
  readonly fresh: Float64Array<ArrayBuffer>
}

export type Answer<T extends Task> = T extends { do: 'block' }
  ? Blocks
  : T extends { do: 'list' }
    ? Pairs
    : T extends { do: 'count' | 'sample' }
      ? Patterns
      : Scored

export type Hand = {
  readonly brief: (job: Job) => void
  readonly perform: (task: Task) => Answer<Task>
  /** Weighs as the last job says. */
  readonly scorer: () => Scorer
}

/** Performs one task after the other. What a job leaves open stays as the jobs before it said. */
export function makeHand(): Hand {
  let job: Job = {}
  let scorer: Reweighed | undefined
  const needed = <K extends keyof Job>(part: K): NonNullable<Job[K]> => {
    const known = job[part]
    if (!known) throw new RangeError(`A thread is told of the ${part} before its task.`)
    return known
  }
  const listOf = (part: Part): Pairs => {
    const list = needed('pairs')[part.list]
    if (!list) throw new RangeError(`There is no list ${part.list} of pairs.`)
    return list
  }
  const scoring = (): { scorer: Scorer; radix: readonly number[] } => {
    const { rows, weights, radix } = needed('scoring')
    scorer ??= makeScorer(rows, weights)
    return { scorer, radix }
  }
  return {
    brief: (next) => {
      job = { ...job, ...next }
      if (next.scoring) scorer?.use(next.scoring.weights)
    },
    perform: (task) => {
      switch (task.do) {
        case 'block':
          return makeBlocks(task.plan, task.size, task.budget)
        case 'list':
          return listPairs(needed('pairing'), task.range)
        case 'count': {
          const counter = makeCounter(scoring().scorer, scoring().radix)
          for (const pair of task.pairs) counter.add(lower(pair), higher(pair))
          return counter.patterns()
        }
        case 'sample': {
          const counter = makeCounter(scoring().scorer, scoring().radix)
          const limit = task.share * 2 ** 32
          eachPair(listOf(task.part), task.part, (a, b) => {
            if (scramble(a, b) < limit) counter.add(a, b)
          })
          return counter.patterns()
        }
        case 'score':
          return score(scoring().scorer, listOf(task.part), task.part, task.least)
      }
    },
    scorer: () => scoring().scorer,
  }
}

function score({ weigh }: Scorer, list: Pairs, rows: RowRange, least: number): Scored {
  const pairs: number[] = []
  const weights: number[] = []
  const fresh: number[] = []
  eachPair(list, rows, (a, b, at) => {
    const bits = weigh(a, b, least)
    if (bits === givenUp) return
    const key = list.keys[at] ?? 0
    pairs.push(toCode(a, b))
    weights.push(bits)
    while (fresh.length <= key) fresh.push(0)
    fresh[key] = (fresh[key] ?? 0) + 1
  })
  return { pairs: Float64Array.from(pairs), weights: Float32Array.from(weights), fresh: Float64Array.from(fresh) }
}
