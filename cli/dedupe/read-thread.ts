/** The thread that reads and prepares some columns of the files while the others are read beside it; then it serves the engine. */
import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
import { serve } from '../../linkage/table/kernel/serve.ts'
import { prepare } from '../../linkage/table/people.ts'
import { collectGarbage } from './limits.ts'
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

if (parentPort) {
  const [errand]: Errand[] = await once(parentPort, 'message')
  if (errand) parentPort.postMessage(await bring(errand))
  serve(parentPort)
  collectGarbage()
}
