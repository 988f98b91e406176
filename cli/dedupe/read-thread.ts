/** The thread that reads and prepares some columns of the files while the others are read beside it. */
import { parentPort, workerData } from 'node:worker_threads'
import { prepare } from '../../linkage/table/people.ts'
import type { Plan } from './plan.ts'
import { InputProblem } from './problem.ts'
import { readCsv } from './read-csv.ts'
import type { Brought, Errand } from './read-people.ts'

async function bring({ files, uses, columnOf }: Errand): Promise<Brought> {
  const plan: Plan = { columns: [...uses.keys()], uses, columnOf: (heading) => columnOf.get(heading), notes: [] }
  const never = new AbortController().signal
  try {
    const { table, unreadable } = await readCsv(files, plan, { signal: never, onProgress: () => undefined })
    return { columns: prepare(table), unreadable }
  } catch (reason) {
    if (reason instanceof InputProblem) return { problem: reason.message }
    throw reason
  }
}

parentPort?.postMessage(await bring(workerData))
