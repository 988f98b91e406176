/** What cannot work is said before the long work, with the figure. */

import { totalmem } from 'node:os'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { CsvFile } from './csv-file.ts'
import type { Plan } from './plan.ts'
import { InputProblem } from './problem.ts'
import type { ReadTable } from './read-csv.ts'

/** A link between two lists needs two, by file or by the source column. Throws InputProblem. */
export function checkLists({ table, files }: ReadTable): void {
  const advice = 'Name two files, or a column with two values as source in --map.'
  if (!table.source) throw new InputProblem(`--link-only links two lists, and here is one. ${advice}`)
  const { codes, values } = table.source
  const sizes = new Float64Array(values.length)
  for (let row = 0; row < table.size; row += 1) sizes[codes[row] ?? 0] = (sizes[codes[row] ?? 0] ?? 0) + 1
  if ((sizes[0] ?? 0) > 0)
    throw new InputProblem(
      `--link-only: ${sizes[0]} records have no source, so nobody knows which list they are of. Fill the source column.`,
    )
  const lists = sizes.filter((size) => size > 0).length
  if (lists === 2) return
  const what = lists === 1 ? 'here is one' : `here are ${lists}`
  const hint =
    lists > 2 && files.length <= 2
      ? ' Look whether the source column is the right one.'
      : lists > 2
        ? ' Link them two by two, or leave --link-only out to find the people in all of them.'
        : ''
  throw new InputProblem(`--link-only links two lists, and ${what}. ${advice}${hint}`)
}

/**
 * Bytes at the peak, of as many cells as the ids and fields have. Measured with two threads, of a quarter and of a whole million records:
 * 0.36 and 0.63 GB where ten columns hold e-mail and street addresses too, 0.28 and 0.49 GB where nine hold none.
 */
export const neededMemory = (records: number, columns: number): number => 265e6 + records * columns * 37
/** Where memory is short, garbage is collected sooner: that much of the peak is needed in any case. */
const leanest = 0.7

/** Throws InputProblem, with the figures, when the files need more memory than this machine, or a limit set for us, has to give. */
export function checkMemory(files: readonly CsvFile[], plan: Plan): void {
  const records = files.reduce((sum, { expected }) => sum + expected, 0)
  const needed = neededMemory(records, plan.columns.length)
  const free = freeMemory()
  if (needed * leanest <= free) return
  throw new InputProblem(
    `About ${Math.round(records / 1000).toLocaleString('en-GB')} thousand records with ${plan.columns.length} columns need some ${gigabytes(needed)} of memory, and ${gigabytes(free)} is free. Map fewer columns, split the files by region, close other programs, or use a larger machine.`,
  )
}

/** What the system has to give and, in a container, what is left of its share. */
function freeMemory(): number {
  const limit = process.constrainedMemory()
  const share = limit > 0 && limit < totalmem() ? limit - process.memoryUsage.rss() : Number.POSITIVE_INFINITY
  return Math.max(0, Math.min(process.availableMemory(), share))
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`

/**
 * Gives back the memory of what was let go. V8 would wait until its heap is full, but what the engine needs next lies outside of the heap.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect === 'function') collect()
}
