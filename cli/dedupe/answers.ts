/** LINKS.csv and CLUSTERS.csv. */
import type { Linked } from '../../linkage/linked.ts'
import { probabilityOf } from '../../linkage/quality.ts'
import type { Ids } from './ids.ts'
import { csvCell } from './outputs.ts'

/**
 * `id_a,id_b,probability,weight`, by a, then b. Between two lists (`lists` tells which a record stands in) the first list's id
 * stands first, and each as it is written there.
 */
export function* linkLines({ links }: Linked, ids: Ids, lists: Int32Array | undefined): Generator<string> {
  const idOf = lists ? ids.plainIdOf : ids.idOf
  yield 'id_a,id_b,probability,weight\n'
  for (let at = 0; at < links.a.length; at += 1) {
    const [a = 0, b = 0] = [links.a[at], links.b[at]]
    const [left, right] = lists && (lists[a] ?? 0) > (lists[b] ?? 0) ? [b, a] : [a, b]
    const weight = links.weight[at] ?? 0
    const probability = Number(probabilityOf(weight).toFixed(6))
    yield `${csvCell(idOf(left))},${csvCell(idOf(right))},${probability},${Number(weight.toFixed(3))}\n`
  }
}

/** `id,cluster`, every record once; a cluster is called by its first record's id, so it keeps its name from run to run. */
export function* clusterLines({ clusters }: Linked, ids: Ids): Generator<string> {
  yield 'id,cluster\n'
  for (let row = 0; row < clusters.length; row += 1) {
    const first = clusters[row] ?? row
    const id = csvCell(ids.idOf(row))
    yield `${id},${first === row ? id : csvCell(ids.idOf(first))}\n`
  }
}

/** How many clusters there are, and how many hold more than one record. */
export function countClusters(clusters: Int32Array): { people: number; shared: number; largest: number } {
  const sizes = new Int32Array(clusters.length)
  for (const first of clusters) sizes[first] = (sizes[first] ?? 0) + 1
  let people = 0
  let shared = 0
  let largest = 0
  for (const size of sizes) {
    if (size > 0) people += 1
    if (size > 1) shared += 1
    if (size > largest) largest = size
  }
  return { people, shared, largest }
}
