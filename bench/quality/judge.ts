/** The hub's model over pairs of statements, a thread a core. */
import { Worker } from 'node:worker_threads'
import { compareUnlessDistinct } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import { unpackEvidence } from '../../linkage/evidence.ts'
import { prepare } from '../../linkage/features.ts'
import { defaultModel } from '../../linkage/model.ts'
import { packageFile } from '../../schemas/files.ts'

/** Packed evidence of each statement; pairs, two int32 each; an int32 that says where the next pairs are taken. */
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

const pairsAtOnce = 4096

/** The pairs that the model links or sends to a steward, in order. One thread is the caller's own. */
export async function judge(texts: readonly string[], pairs: Int32Array, threads: number): Promise<Judged[]> {
  const shared = new SharedArrayBuffer(pairs.byteLength)
  new Int32Array(shared).set(pairs)
  const work: Work = { texts, pairs: shared, next: new SharedArrayBuffer(4) }
  const parts = threads > 1 ? await Promise.all(Array.from({ length: threads }, () => run(work))) : [judgeShare(work)]
  return parts.flat().sort((one, other) => one.a - other.a || one.b - other.b)
}

const run = (workerData: Work): Promise<Judged[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(packageFile('dist/bench/quality/judge-worker.js'), { workerData })
    worker.once('message', resolve)
    worker.once('error', reject)
  })

/** Takes pairs until none are left. */
export function judgeShare({ texts, pairs, next }: Work): Judged[] {
  const cursor = new Int32Array(next)
  const all = new Int32Array(pairs)
  const prepared = texts.map((text, index) => {
    const record = unpackEvidence(String(index), text)
    if (!record) throw new Error('evidence of another format')
    return prepare(record)
  })
  const found: Judged[] = []
  for (;;) {
    const from = Atomics.add(cursor, 0, pairsAtOnce) * 2
    if (from >= all.length) return found
    for (let at = from; at < Math.min(all.length, from + pairsAtOnce * 2); at += 2) {
      const [a = 0, b = 0] = [all[at], all[at + 1]]
      const [left, right] = [prepared[a], prepared[b]]
      const parts = left && right && compareUnlessDistinct(defaultModel, left, right)
      if (!parts) continue
      const { outcome, weight } = decide(defaultModel, parts)
      if (outcome !== 'distinct') found.push({ a, b, outcome, weight })
    }
  }
}
