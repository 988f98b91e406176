/** Judges pairs of statements with the hub's model in a thread: `{texts, pairs, next}` in, the pairs that are not distinct out. */
import { parentPort, workerData } from 'node:worker_threads'
import { compareUnlessDistinct } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import { unpackEvidence } from '../../linkage/evidence.ts'
import { type Prepared, prepare } from '../../linkage/features.ts'
import { defaultModel } from '../../linkage/model.ts'
import { type Judged, pairsAtOnce, type Work } from './judge.ts'

const { texts, pairs, next }: Work = workerData
const cursor = new Int32Array(next)
const all = new Int32Array(pairs)
const prepared: Prepared[] = texts.map((text, index) => prepare(unpackEvidence(String(index), text)))
const found: Judged[] = []

for (;;) {
  const from = Atomics.add(cursor, 0, pairsAtOnce)
  if (from * 2 >= all.length) break
  for (let at = from * 2; at < Math.min(all.length, (from + pairsAtOnce) * 2); at += 2) {
    const [a = 0, b = 0] = [all[at], all[at + 1]]
    const [left, right] = [prepared[a], prepared[b]]
    const parts = left && right && compareUnlessDistinct(defaultModel, left, right)
    if (!parts) continue
    const { outcome, weight } = decide(defaultModel, parts)
    if (outcome !== 'distinct') found.push({ a, b, outcome, weight })
  }
}
parentPort?.postMessage(found)
