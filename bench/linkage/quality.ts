/** Precision, recall and F1 of the pairs within clusters. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

export type Quality = { readonly precision: number; readonly recall: number; readonly f1: number }

/** Reads a file `id,cluster` whose ids are the records' places. Throws unless every record stands in it exactly once. */
export async function readClusters(file: string, size: number): Promise<Int32Array> {
  const clusters = new Int32Array(size).fill(-1)
  let isHeader = true
  for await (const row of createInterface({ input: createReadStream(file) })) {
    if (isHeader) {
      isHeader = false
      continue
    }
    const [id, cluster] = row.split(',').map(Number)
    if (id === undefined || cluster === undefined || clusters[id] !== -1)
      throw new Error(`${file}: "${row}" is no record of this run, or its second line`)
    clusters[id] = cluster
  }
  const missing = clusters.indexOf(-1)
  if (missing >= 0) throw new Error(`${file} lacks record ${missing}`)
  return clusters
}

/** `truth` and `clusters` hold, of each record, its person and its cluster, as whole numbers from 0 to below their length. */
export function quality(truth: Int32Array, clusters: Int32Array): Quality {
  const size = truth.length
  const wanted = pairsWithin(Float64Array.from(truth))
  const found = pairsWithin(Float64Array.from(clusters))
  const right = pairsWithin(Float64Array.from(clusters, (cluster, at) => cluster * size + (truth[at] ?? 0)))
  const precision = found === 0 ? 1 : right / found
  const recall = wanted === 0 ? 1 : right / wanted
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

/** How many pairs carry the same label. Sorts in place. */
function pairsWithin(labels: Float64Array): number {
  labels.sort()
  let pairs = 0
  let run = 0
  for (let at = 1; at < labels.length; at++) {
    run = labels[at] === labels[at - 1] ? run + 1 : 0
    pairs += run
  }
  return pairs
}
