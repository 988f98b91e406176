/** `--explain ID_A ID_B`: why two records are, or are not, one person. */

import { probabilityOf } from '../../linkage/table/kernel/weights.ts'
import type { Linked } from '../../linkage/table/linked.ts'
import { type Table, textAt } from '../../linkage/table/table.ts'
import { signed } from './charts.ts'

export type Step = {
  readonly name: string
  readonly level: string
  /** Bits: log2 of how much likelier this is for one person than for two. */
  readonly weight: number
}

/** Two records' values of one comparison, as written. */
export type Sides = (comparison: string) => readonly [string, string]

export type Waterfall = {
  /** Log2 of the odds before anything is compared. */
  readonly prior: number
  readonly steps: readonly Step[]
  readonly weight: number
}

/** The weights of two rows; what two people who share a household or place have in common is a step of its own. */
export function waterfallOf(linked: Pick<Linked, 'explain'>, a: number, b: number): Waterfall {
  const { prior, parts, related, swapped, weight } = linked.explain(a, b)
  const steps: Step[] = parts.map(({ on, level, weight: bits }) => ({
    name: on,
    level: swapped && (on === 'givenName' || on === 'familyName') ? `${level}, crosswise` : level,
    weight: bits,
  }))
  if (Math.abs(related) > 0.005)
    steps.push({ name: 'two people alike', level: 'one household, place or name', weight: related })
  const rest = weight - steps.reduce((sum, step) => sum + step.weight, prior)
  if (Math.abs(rest) > 0.005)
    steps.push({ name: 'names', level: swapped ? 'crosswise' : 'taken together', weight: rest })
  return { prior, steps, weight }
}

/** What the table holds of two rows; a comparison reads its own field, that of birth dates their parts too. */
export function sidesOf({ fields }: Table, a: number, b: number): Sides {
  const written = (comparison: string, row: number) =>
    [...fields]
      .filter(([field]) => field === comparison || (comparison === 'birthDate' && field.startsWith('birth')))
      .flatMap(([, columns]) => columns.map(({ codes, values }) => textAt(values, codes[row] ?? 0)))
      .filter(Boolean)
      .join(' ')
  return (comparison) => [written(comparison, a), written(comparison, b)]
}

const barOf = (weight: number) => (weight >= 0 ? '+' : '-').repeat(Math.min(20, Math.round(Math.abs(weight))))
const cut = (text: string, width: number) => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width))

export function waterfallLines(
  { prior, steps, weight }: Waterfall,
  [idA, idB]: readonly [string, string],
  sides: Sides,
  threshold: number,
): string[] {
  const widest = Math.min(28, Math.max(12, ...steps.map(({ level }) => level.length)))
  const named = Math.min(24, Math.max(10, ...steps.map(({ name }) => name.length)))
  let sum = prior
  const rows = steps.map((step) => {
    sum += step.weight
    const [left, right] = sides(step.name)
    const values = left === '' && right === '' ? '' : `  ${left || '(nothing)'} | ${right || '(nothing)'}`
    return `${cut(step.name, named)}  ${cut(step.level, widest)}  ${signed(step.weight).padStart(7)} ${signed(sum).padStart(8)}  ${barOf(step.weight).padEnd(20)}${values}`.trimEnd()
  })
  const probability = probabilityOf(weight)
  return [
    `${idA} and ${idB}`,
    `${cut('', named)}  ${cut('level', widest)}  ${'bits'.padStart(7)} ${'sum'.padStart(8)}`,
    `${cut('before', named)}  ${cut('', widest)}  ${''.padStart(7)} ${signed(prior).padStart(8)}`,
    ...rows,
    `weight ${signed(weight)} bits, probability ${shown(probability)}`,
    sentence(steps, probability, threshold),
  ]
}

/** Never "1.000" for what is not certain. */
function shown(probability: number): string {
  if (probability > 0.9999) return `above 0.9999`
  return probability < 0.0001 ? 'below 0.0001' : probability.toFixed(4)
}

function sentence(steps: readonly Step[], probability: number, threshold: number): string {
  const names = (chosen: readonly Step[]) => chosen.map(({ name, level }) => `${name} (${level})`).join(', ')
  const sorted = [...steps].sort((left, right) => right.weight - left.weight)
  const speakFor = sorted.filter(({ weight }) => weight > 0.5).slice(0, 3)
  const speakAgainst = sorted
    .filter(({ weight }) => weight < -0.5)
    .reverse()
    .slice(0, 3)
  const verdict =
    probability >= threshold
      ? `At the threshold ${threshold} the two are taken for one person`
      : `At the threshold ${threshold} the two are not taken for one person`
  const reasons = [
    speakFor.length > 0 ? `for it speak ${names(speakFor)}` : 'nothing speaks for it',
    speakAgainst.length > 0 ? `against it ${names(speakAgainst)}` : 'nothing speaks against it',
  ]
  return `${verdict}: ${reasons.join('; ')}.`
}

export type Example = { readonly title: string; readonly waterfall: Waterfall }

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
