/** What `pamoja dedupe` is asked for, and whether it makes sense before any file is opened. */
import { availableParallelism } from 'node:os'
import { InputProblem } from './problem.ts'
import { truthPattern } from './truth.ts'

/** As commander hands them over. */
export type DedupeOptions = {
  readonly map?: string[]
  readonly id?: string
  readonly out?: string
  readonly clusters?: string
  readonly threshold: string
  readonly linkOnly?: string | true
  readonly truth?: string
  readonly truthPattern?: string
  readonly model?: string
  readonly fix?: string
  readonly saveModel?: string
  readonly report?: string
  readonly explain?: string[]
  readonly threads?: string
  readonly json?: boolean
}

export type LinkOnly = 'one-to-one' | 'one-to-many'

export type Request = {
  readonly threshold: number
  readonly threads: number
  readonly linkOnly: LinkOnly | undefined
  readonly pattern: RegExp | undefined
  readonly explain: readonly [string, string] | undefined
}

/** Throws InputProblem. */
export function checkOptions(options: DedupeOptions): Request {
  const threshold = Number(options.threshold)
  if (options.threshold.trim() === '' || !(threshold >= 0 && threshold <= 1))
    throw new InputProblem(
      `--threshold ${options.threshold} is no probability. Give a number from 0 to 1: 0.5 takes what is likelier true than not, 0.99 only what is nearly certain.`,
    )
  const threads = options.threads === undefined ? availableParallelism() : Number(options.threads)
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new InputProblem(`--threads ${options.threads} is no number of threads. Give a whole number from 1 to 256.`)
  if (options.truthPattern !== undefined && options.truth === undefined)
    throw new InputProblem('--truth-pattern needs --truth COLUMN, the column that it is about.')
  if (options.fix !== undefined && options.model !== undefined)
    throw new InputProblem(
      '--model trains nothing, so there is nothing that --fix could keep training from. Name one of the two.',
    )
  const [idA, idB] = options.explain ?? []
  if (options.explain && (idA === undefined || idB === undefined))
    throw new InputProblem('--explain needs two ids, such as --explain 17 203.')
  if (idA !== undefined && idA === idB) throw new InputProblem('--explain needs the ids of two different records.')
  return {
    threshold,
    threads,
    linkOnly: linkOnlyOf(options.linkOnly),
    pattern: options.truthPattern === undefined ? undefined : truthPattern(options.truthPattern),
    explain: idA !== undefined && idB !== undefined ? [idA, idB] : undefined,
  }
}

export const isLinkOnly = (written: string): written is LinkOnly =>
  written === 'one-to-one' || written === 'one-to-many'

function linkOnlyOf(written: string | true | undefined): LinkOnly | undefined {
  if (written === undefined) return undefined
  if (written === true) return 'one-to-one'
  if (isLinkOnly(written)) return written
  throw new InputProblem(`--link-only ${written} is neither one-to-one nor one-to-many.`)
}
