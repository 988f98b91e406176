/** Charts as inline SVG; no script, no network. Colours come from the page's style sheet. */
import type { CurvePoint, ReliabilityBin } from '../../linkage/table/quality.ts'

/** Text that is safe within an element and within a quoted attribute. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const fixed = (value: number) => value.toFixed(1)

const svg = (width: number, height: number, label: string, parts: readonly string[]): string =>
  `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(label)}">${parts.join('')}</svg>`

const text = (x: number, y: number, content: string, extra = ''): string =>
  `<text x="${fixed(x)}" y="${fixed(y)}"${extra}>${escaped(content)}</text>`

const line = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<line x1="${fixed(x1)}" y1="${fixed(y1)}" x2="${fixed(x2)}" y2="${fixed(y2)}" class="${kind}"/>`

export type Bar = { readonly group: string; readonly label: string; readonly value: number; readonly note: string }

/** Two decimals with their sign; what rounds to nothing has none. */
export const signed = (bits: number): string =>
  Math.abs(bits) < 0.005 ? '0.00' : `${bits > 0 ? '+' : '-'}${Math.abs(bits).toFixed(2)}`

const barHeight = 18
const labelWidth = 300
const plotWidth = 460

/** Bars to the right of zero speak for one person, those to the left against. A bar beyond `limit` is cut, and its figure says so. */
export function divergingBars(bars: readonly Bar[], title: string, limit = 24): string {
  const shown = (value: number) => Math.max(-limit, Math.min(limit, value))
  const lowest = Math.min(-1, ...bars.map(({ value }) => shown(value)))
  const highest = Math.max(1, ...bars.map(({ value }) => shown(value)))
  const scale = plotWidth / (highest - lowest)
  const x = (value: number) => labelWidth + (shown(value) - lowest) * scale
  const parts: string[] = []
  let y = 8
  let group = ''
  for (const bar of bars) {
    if (bar.group !== group) {
      y += group === '' ? 6 : 10
      parts.push(text(0, y + 12, bar.group, ' class="strong"'))
      group = bar.group
    }
    const [from, to] = bar.value >= 0 ? [x(0), x(bar.value)] : [x(bar.value), x(0)]
    parts.push(
      text(labelWidth - 8, y + 12, bar.label, ' text-anchor="end"'),
      `<rect x="${fixed(from)}" y="${fixed(y + 2)}" width="${fixed(Math.max(1, to - from))}" height="${barHeight - 5}" class="${bar.value >= 0 ? 'for' : 'against'}"><title>${escaped(bar.note)}</title></rect>`,
      text(labelWidth + plotWidth + 10, y + 12, signed(bar.value), ' class="number"'),
    )
    y += barHeight
  }
  parts.unshift(line(x(0), 4, x(0), y + 4, 'axis'))
  return svg(labelWidth + plotWidth + 70, y + 8, title, parts)
}

const frame = { left: 64, right: 16, top: 12, bottom: 40 }

type Axes = {
  readonly width: number
  readonly height: number
  readonly xTicks: readonly number[]
  readonly yTicks: readonly number[]
}

function plot(
  { width, height, xTicks, yTicks }: Axes,
  names: { title: string; x: string; y: string },
  draw: (x: (value: number) => number, y: (value: number) => number) => string[],
  tick: { x?: (value: number) => string; y?: (value: number) => string } = {},
): string {
  const [firstX = 0, lastX = 1] = [xTicks[0], xTicks.at(-1)]
  const [firstY = 0, lastY = 1] = [yTicks[0], yTicks.at(-1)]
  const inner = { width: width - frame.left - frame.right, height: height - frame.top - frame.bottom }
  const x = (value: number) => frame.left + ((value - firstX) / (lastX - firstX || 1)) * inner.width
  const y = (value: number) => frame.top + inner.height - ((value - firstY) / (lastY - firstY || 1)) * inner.height
  const show = (value: number) => String(Number(value.toPrecision(4)))
  return svg(width, height, names.title, [
    ...yTicks.flatMap((value) => [
      line(frame.left, y(value), width - frame.right, y(value), 'grid'),
      text(frame.left - 6, y(value) + 4, (tick.y ?? show)(value), ' text-anchor="end"'),
    ]),
    ...xTicks.map((value) =>
      text(x(value), height - frame.bottom + 16, (tick.x ?? show)(value), ' text-anchor="middle"'),
    ),
    ...draw(x, y),
    text(frame.left + inner.width / 2, height - 4, names.x, ' text-anchor="middle" class="name"'),
    text(
      12,
      frame.top + inner.height / 2,
      names.y,
      ` text-anchor="middle" class="name" transform="rotate(-90 12 ${frame.top + inner.height / 2})"`,
    ),
  ])
}

/** How many pairs have which weight, on a logarithmic scale: a few bins hold nearly all. `cut` is the threshold's weight. */
export function histogram(weights: Float32Array, cut: number): string {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const weight of weights) {
    low = Math.min(low, weight)
    high = Math.max(high, weight)
  }
  const step = Math.max(1, Math.ceil((high - low) / 60))
  const first = Math.floor(low / step) * step
  const counts = new Array<number>(Math.floor((high - first) / step) + 1).fill(0)
  for (const weight of weights) {
    const bin = Math.floor((weight - first) / step)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  const tallest = Math.ceil(Math.log10(Math.max(...counts, 1) + 1))
  const end = first + counts.length * step
  const every = Math.max(step, Math.ceil((end - first) / 8 / step) * step)
  const xTicks = Array.from({ length: Math.ceil((end - first) / every) + 1 }, (_, at) => first + at * every)
  const yTicks = Array.from({ length: tallest + 1 }, (_, at) => at)
  return plot(
    { width: 760, height: 260, xTicks, yTicks },
    { title: 'Pairs by match weight', x: 'match weight, bits', y: 'pairs' },
    (x, y) => [
      ...counts.map((count, at) => {
        const from = first + at * step
        const top = y(Math.log10(count + 1))
        const kind = from >= cut ? 'for' : 'against'
        return `<rect x="${fixed(x(from) + 0.5)}" y="${fixed(top)}" width="${fixed(Math.max(1, x(from + step) - x(from) - 1))}" height="${fixed(y(0) - top)}" class="${kind}"><title>${from} to ${from + step} bits: ${count} pairs</title></rect>`
      }),
      ...(Number.isFinite(cut) && cut >= first && cut <= end ? [line(x(cut), frame.top, x(cut), y(0), 'cut')] : []),
    ],
    { y: (value) => (value === 0 ? '0' : (10 ** value).toLocaleString('en-GB')) },
  )
}

const path = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${fixed(x)} ${fixed(y)}`).join('')

/** Precision over recall, at every threshold. */
export function precisionRecallChart(curve: readonly CurvePoint[]): string {
  const lowest = (values: readonly number[]) => Math.max(0, Math.floor(Math.min(0.9, ...values) * 10) / 10)
  const ticks = (from: number) => Array.from({ length: 6 }, (_, at) => from + ((1 - from) * at) / 5)
  return plot(
    {
      width: 370,
      height: 300,
      xTicks: ticks(lowest(curve.map(({ recall }) => recall))),
      yTicks: ticks(lowest(curve.map(({ precision }) => precision))),
    },
    { title: 'Precision and recall', x: 'recall', y: 'precision' },
    (x, y) => [
      `<path class="curve" d="${path(curve.map(({ recall, precision }) => [x(recall), y(precision)]))}"/>`,
      ...curve
        .slice(0, 1)
        .map(
          ({ recall, precision }) => `<circle class="dot" r="3" cx="${fixed(x(recall))}" cy="${fixed(y(precision))}"/>`,
        ),
    ],
  )
}

/** What the model said against what came true; a circle's area tells how many pairs. */
export function reliabilityChart(bins: readonly ReliabilityBin[]): string {
  const most = Math.max(1, ...bins.map(({ pairs }) => Math.log10(pairs + 1)))
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
  return plot(
    { width: 370, height: 300, xTicks: ticks, yTicks: ticks },
    { title: 'Reliability', x: 'probability said', y: 'share that is true' },
    (x, y) => [
      line(x(0), y(0), x(1), y(1), 'cut'),
      `<path class="curve" d="${path(bins.map((bin) => [x(bin.said), y(bin.true)]))}"/>`,
      ...bins.map(
        (bin) =>
          `<circle class="dot" r="${fixed(2 + (5 * Math.log10(bin.pairs + 1)) / most)}" cx="${fixed(x(bin.said))}" cy="${fixed(y(bin.true))}"><title>${bin.pairs} pairs: said ${bin.said.toFixed(3)}, true ${bin.true.toFixed(3)}</title></circle>`,
      ),
    ],
  )
}
