/**
 * CSV files -> the people that the engine compares. Two threads share the columns of large files: each goes through the files, but keeps
 * and prepares its own columns alone, so that nothing need be put together but the list of columns.
 */

import type { Worker } from 'node:worker_threads'
import { inOrder, type People, type PeopleColumn, prepare } from '../../linkage/table/people.ts'
import type { FieldName } from '../../linkage/table/table.ts'
import type { CsvFile } from './csv-file.ts'
import { fieldsOf, type Plan } from './plan.ts'
import { InputProblem } from './problem.ts'
import { type ReadOptions, type ReadTable, readCsv } from './read-csv.ts'
import type { Reader } from './reader.ts'

type Use = 'source' | FieldName
/** What the other thread is asked for. */
export type Errand = {
  readonly files: readonly CsvFile[]
  readonly uses: ReadonlyMap<string, readonly Use[]>
  /** By a heading the column of the plan that it means. */
  readonly columnOf: ReadonlyMap<string, string>
}
export type Brought =
  | { readonly columns: PeopleColumn[]; readonly unreadable: number }
  /** Something is wrong with the files. */
  | { readonly problem: string }

export type ReadPeople = {
  readonly read: ReadTable
  readonly people: People
  /** The reader's thread, which serves the engine now, if it was sent on an errand: it waits for one before it serves. */
  readonly others: readonly Worker[]
}

type Options = ReadOptions & {
  /** Shares the work, or ends when there is too little of it; without it this thread reads all. */
  readonly reader?: Reader | undefined
  /** The table of text is needed afterwards. */
  readonly keepText: boolean
}

export async function readPeople(
  files: readonly CsvFile[],
  plan: Plan,
  { reader, keepText, ...options }: Options,
): Promise<ReadPeople> {
  const [mine, theirs] = reader && !keepText ? shareFields(plan) : [plan.uses, new Map()]
  const sent = theirs.size > 0 ? reader : undefined
  if (!sent) await reader?.thread.terminate()
  const failed = new AbortController()
  const [{ read, columns }, brought] = await Promise.all([
    readMine(files, partOf(plan, mine), options, keepText).catch((reason: unknown) => {
      failed.abort(reason)
      throw reason
    }),
    sent
      ? send(sent, files, plan, theirs, AbortSignal.any([options.signal, failed.signal]))
      : { columns: [], unreadable: 0 },
  ])
  const { size, source } = read.table
  const missing = (file: CsvFile): string[] => {
    const there = new Set(file.headings.map(plan.columnOf))
    return plan.columns.filter((name) => !there.has(name))
  }
  return {
    read: {
      ...read,
      unreadable: read.unreadable + brought.unreadable,
      files: read.files.map((one) => ({ ...one, missing: missing(one.file) })),
    },
    people: {
      size,
      columns: inOrder([...columns, ...brought.columns], fieldsOf(plan)),
      ...(source ? { source: source.codes } : {}),
    },
    others: sent ? [sent.thread] : [],
  }
}

/** What a field takes to read and prepare, about, beside the others. */
const costs: { readonly [field: string]: number } = {
  names: 5,
  birth: 1.5,
  phone: 3.5,
  email: 4,
  address: 5,
  relatedName: 5,
  nationalId: 1.5,
  identifier: 1.5,
}

/** What all other fields take, and ids. */
const short = 0.5

/** Fields of one group are prepared together. */
function groupOf(use: Use): string {
  if (use === 'givenName' || use === 'familyName' || use === 'fullName') return 'names'
  return use.startsWith('birth') ? 'birth' : use
}
const costOf = (group: string): number => costs[group.split(':')[0] ?? group] ?? short

/** Which column feeds which field, in two halves of about as much work; ids, truth and sources are of the first. */
function shareFields(plan: Plan): [Plan['uses'], Plan['uses']] {
  const groups = new Set([...plan.uses.values()].flat().map(groupOf))
  const [mine, theirs] = [new Set(['source']), new Set<string>()]
  groups.delete('source')
  let ahead = plan.id === undefined ? 0 : short
  for (const group of [...groups].sort((one, other) => costOf(other) - costOf(one))) {
    const isTheirs = ahead > 0
    ;(isTheirs ? theirs : mine).add(group)
    ahead += isTheirs ? -costOf(group) : costOf(group)
  }
  return [usesOf(plan, mine), usesOf(plan, theirs)]
}

const usesOf = (plan: Plan, groups: ReadonlySet<string>): Map<string, readonly Use[]> =>
  new Map(
    [...plan.uses].flatMap(([column, uses]) => {
      const kept = uses.filter((use) => groups.has(groupOf(use)))
      return kept.length > 0 ? [[column, kept] as const] : []
    }),
  )

/** The plan for some uses alone, with its id and truth. */
function partOf(plan: Plan, uses: Plan['uses']): Plan {
  const columns = plan.columns.filter((name) => uses.has(name) || name === plan.id || name === plan.truth)
  return {
    ...plan,
    uses,
    columns,
    columnOf: (heading) => {
      const column = plan.columnOf(heading)
      return column !== undefined && columns.includes(column) ? column : undefined
    },
  }
}

async function readMine(files: readonly CsvFile[], plan: Plan, options: ReadOptions, keepText: boolean) {
  const read = await readCsv(files, plan, options)
  const columns = prepare(read.table)
  if (!keepText) read.release()
  return { read, columns }
}

/** Throws InputProblem when the other thread found one. */
async function send(
  { thread, failed }: Reader,
  files: readonly CsvFile[],
  plan: Plan,
  uses: Plan['uses'],
  signal: AbortSignal,
): Promise<Exclude<Brought, { problem: string }>> {
  const headings = files.flatMap((file) => file.headings)
  const columnOf = new Map(
    headings.flatMap((heading) => {
      const column = plan.columnOf(heading)
      return column !== undefined && uses.has(column) ? [[heading, column] as const] : []
    }),
  )
  const errand: Errand = { files, uses, columnOf }
  thread.ref()
  thread.postMessage(errand)
  try {
    const answer = new Promise<Brought>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      thread.once('message', resolve)
    })
    const brought = await Promise.race([answer, failed])
    if ('problem' in brought) throw new InputProblem(brought.problem)
    return brought
  } finally {
    thread.unref()
  }
}
