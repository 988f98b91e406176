/** Some pairs whose weights are worth looking at. */
import type { Linked } from '../../linkage/linked.ts'
import { probabilityOf } from '../../linkage/quality.ts'
import type { Example } from './report.ts'
import { waterfallOf } from './waterfall.ts'

/** The surest pair, the middling one, and those right above and below the threshold; each once. */
export function examplesOf(linked: Linked, threshold: number): Example[] {
  const { a, b, weight } = linked.scored
  const order = Array.from(weight.keys()).sort((left, right) => (weight[right] ?? 0) - (weight[left] ?? 0))
  const isLink = (at: number) => probabilityOf(weight[at] ?? 0) >= threshold
  const firstBelow = order.findIndex((at) => !isLink(at))
  const links = firstBelow < 0 ? order.length : firstBelow
  const wanted: [string, number | undefined][] = [
    ['The surest pair', order[0]],
    ['A pair in the middle of the links', links > 2 ? order[Math.floor(links / 2)] : undefined],
    ['The pair right above the threshold', links > 1 ? order[links - 1] : undefined],
    ['The pair right below the threshold', order[links]],
  ]
  return wanted.flatMap(([title, at]) =>
    at === undefined ? [] : [{ title, waterfall: waterfallOf(linked, a[at] ?? 0, b[at] ?? 0) }],
  )
}
