/** The hub's model over pairs of statements, a thread a core. */
import { Worker } from 'node:worker_threads'
import { packageFile } from '../../schemas/files.ts'

/** Packed evidence of each statement; pairs, two numbers each; where the next pairs are taken. */
export type Work = {
  readonly texts: readonly string[]
  readonly pairs: SharedArrayBuffer
  readonly next: SharedArrayBuffer
}

export type Judged = {
  readonly a: number
  readonly b: number
  readonly outcome: 'link' | 'review'
  readonly weight: number
}

export const pairsAtOnce = 4096

/** The pairs that the model links or sends to a steward, each once. */
export async function judge(texts: readonly string[], pairs: Int32Array, threads: number): Promise<Judged[]> {
  const shared = new SharedArrayBuffer(pairs.byteLength)
  new Int32Array(shared).set(pairs)
  const work: Work = { texts, pairs: shared, next: new SharedArrayBuffer(4) }
  const parts = await Promise.all(Array.from({ length: threads }, () => run(work)))
  const once = new Map<string, Judged>()
  for (const one of parts.flat()) once.set(`${one.a} ${one.b}`, one)
  return [...once.values()].sort((one, other) => one.a - other.a || one.b - other.b)
}

const run = (workerData: Work): Promise<Judged[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(packageFile('dist/bench/quality/judge-worker.js'), { workerData })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
