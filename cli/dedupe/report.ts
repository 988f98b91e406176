/** `--report FILE.html`: the model and its answer on one page that needs no network and no script; it holds no value of a person. */
import type { Linked } from '../../linkage/table/linked.ts'
import type { ModelComparison } from '../../linkage/table/model.ts'
import { precisionRecall, type Truth } from '../../linkage/table/quality.ts'
import { grouped } from '../progress.ts'
import { countClusters } from './answers.ts'
import { type Bar, divergingBars, escaped, histogram, precisionRecallChart, reliabilityChart } from './charts.ts'
import { type Figures, ratio } from './figures.ts'
import type { Example } from './waterfall.ts'

export type ReportNeeds = {
  readonly linked: Linked
  /** File names without folders. */
  readonly files: readonly string[]
  readonly records: number
  readonly threshold: number
  readonly figures?: Figures | undefined
  readonly truth?: Truth | undefined
  readonly examples: readonly Example[]
}

export function reportHtml(needs: ReportNeeds): string {
  const { linked, files, records, threshold } = needs
  const cut =
    threshold <= 0 ? Number.NEGATIVE_INFINITY : threshold >= 1 ? Infinity : Math.log2(threshold / (1 - threshold))
  const title = `People in ${files.join(', ')}`
  const sections = [
    `<h1>${escaped(title)}</h1>`,
    overview(needs),
    section(
      'What each level weighs',
      'Log2 of how much oftener the level is seen between two records of one person than between records of two. Right speaks for one person, left against.',
      divergingBars(linked.model.comparisons.flatMap(levelBars), 'Match weight of each level'),
    ),
    section(
      'Levels',
      'm: share of pairs of one person at this level. u: share of pairs of two people.',
      levelTable(linked),
    ),
    section(
      'Blocking keys',
      `Only pairs that share a key were compared: ${grouped(linked.pairs)} of ${grouped((records * (records - 1)) / 2)} possible. Capped blocks were too large even when cut; only neighbours were compared in them.`,
      keyTable(linked, needs.figures),
    ),
    linked.scored.weight.length > 0
      ? section(
          'Scores',
          `The pairs that were kept, at or above the review threshold; the line is the threshold ${threshold}. The scale is logarithmic.`,
          histogram(linked.scored.weight, cut),
        )
      : '',
    truthSection(needs),
    examplesSection(needs.examples),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${sections.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`
}

const section = (title: string, lead: string, body: string) =>
  `<section><h2>${escaped(title)}</h2>\n<p>${escaped(lead)}</p>\n<div class="wide">${body}</div></section>`

function overview({ linked, records, threshold, figures }: ReportNeeds): string {
  const { model } = linked
  const clusters = countClusters(linked.clusters).people
  const { training } = model
  const facts: [string, string][] = [
    ['records', grouped(records)],
    ['pairs compared', grouped(linked.pairs)],
    [`links at ${threshold}`, grouped(linked.links.a.length)],
    ['clusters', grouped(clusters)],
    ...(figures
      ? [
          ['precision', ratio(figures.quality.precision)] as [string, string],
          ['recall', ratio(figures.quality.recall)] as [string, string],
          ['F1', ratio(figures.quality.f1)] as [string, string],
          ['blocking recall', ratio(figures.blocking.recall)] as [string, string],
        ]
      : []),
  ]
  const trained = training
    ? `Model ${escaped(model.version)}, trained without labels on ${grouped(training.records)} records and ${grouped(training.pairs)} pairs in ${training.iterations} rounds${training.converged ? '' : '; <strong>it stopped at its limit of rounds before it settled</strong>'}.`
    : `Model ${escaped(model.version)}.`
  const cells = facts.map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`)
  return `<dl>${cells.join('')}</dl>\n<p>${trained} Before anything is compared, two records are one person with probability ${model.prior.toPrecision(3)} (${Math.log2(model.prior / (1 - model.prior)).toFixed(1)} bits).</p>`
}

/** A level that training never saw has m or u of 0; its weight is then as large as the scale. */
const weightOf = (m: number, u: number) => Math.log2(Math.max(m, 1e-12) / Math.max(u, 1e-12))

const levelBars = ({ name, levels }: ModelComparison): Bar[] =>
  levels.map((level) => ({
    group: name,
    label: level.name,
    value: weightOf(level.m, level.u),
    note: `m ${level.m.toPrecision(3)}, u ${level.u.toPrecision(3)}`,
  }))

const table = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  `<table><thead><tr>${heads.map((head) => `<th>${escaped(head)}</th>`).join('')}</tr></thead>\n<tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`)
    .join('\n')}</tbody></table>`

function levelTable({ model }: Linked): string {
  const rows = model.comparisons.flatMap(({ name, levels, termFrequency }) =>
    levels.map((level, at) => [
      at === 0 ? name : '',
      level.name,
      level.m.toPrecision(3),
      level.u.toPrecision(3),
      weightOf(level.m, level.u).toFixed(2),
      [level.fixed ? 'set by hand' : '', at === 0 && termFrequency ? 'rare values weigh more' : '']
        .filter(Boolean)
        .join(', '),
    ]),
  )
  return table(['comparison', 'level', 'm', 'u', 'weight, bits', ''], rows)
}

function keyTable({ keys }: Linked, figures: Figures | undefined): string {
  const heads = ['key', 'blocks', 'largest', 'pairs', 'not by a key before', 'refined', 'capped']
  const blocking = figures?.blocking
  const rows = keys.map((key, at) => [
    key.name,
    grouped(key.blocks),
    grouped(key.largest),
    grouped(key.pairs),
    grouped(key.fresh),
    grouped(key.refined),
    grouped(key.capped),
    ...(blocking ? [ratio(shareOf(blocking.byKey[at] ?? 0, blocking.truePairs))] : []),
  ])
  return table(blocking ? [...heads, 'recall'] : heads, rows)
}

const shareOf = (part: number, whole: number) => (whole > 0 ? part / whole : undefined)

function truthSection({ linked, truth, figures }: ReportNeeds): string {
  if (!truth || !figures) return ''
  const curve = precisionRecall(linked.scored, truth, figures.quality.truePairs)
  const bins = figures.bins.map((bin) => [
    `${bin.from} - ${bin.to}`,
    grouped(bin.pairs),
    bin.said.toFixed(4),
    bin.true.toFixed(4),
  ])
  const left = figures.unknown > 0 ? ` ${grouped(figures.unknown)} records without a truth are left out.` : ''
  return section(
    'Beside the truth',
    `Left: precision and recall of the scored pairs at every threshold. Right: what the model said, and what came true; on the dashed line it means what it says.${left}`,
    `<div class="two">${curve.length > 0 ? precisionRecallChart(curve) : ''}${figures.bins.length > 0 ? reliabilityChart(figures.bins) : ''}</div>${table(['probability', 'pairs', 'said', 'true'], bins)}`,
  )
}

function examplesSection(examples: readonly Example[]): string {
  if (examples.length === 0) return ''
  const parts = examples.map(({ title, waterfall }) => {
    const bars: Bar[] = [
      { group: '', label: 'before anything is compared', value: waterfall.prior, note: 'prior' },
      ...waterfall.steps.map(({ name, level, weight }) => ({
        group: '',
        label: `${name}: ${level}`,
        value: weight,
        note: level,
      })),
      { group: '', label: 'sum', value: waterfall.weight, note: 'match weight' },
    ]
    return `<h3>${escaped(title)}</h3>${divergingBars(bars, title)}`
  })
  return section(
    'Examples',
    'How the weights of some pairs come about. Their values are not shown; see --explain.',
    parts.join('\n'),
  )
}

const style = `
:root { color-scheme: light; --ink: #1d2733; --soft: #5c6b7a; --rule: #dfe5ea; --for: #0f7b6c; --against: #c2571a; }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 900px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 24px; margin: 0 0 16px; overflow-wrap: anywhere; }
h2 { font-size: 18px; margin: 40px 0 4px; }
h3 { font-size: 14px; margin: 16px 0 0; }
p { margin: 0 0 12px; color: var(--soft); max-width: 70ch; }
dl { display: flex; flex-wrap: wrap; gap: 12px 32px; margin: 0 0 16px; }
dt { color: var(--soft); font-size: 13px; }
dd { margin: 0; font-size: 20px; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
.two { display: flex; flex-wrap: wrap; gap: 16px; margin-bottom: 12px; }
table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th { color: var(--soft); font-weight: 500; }
th:first-child, td:first-child, table:has(th:nth-child(6):last-child) td:nth-child(2), table:has(th:nth-child(6):last-child) th:nth-child(2) { text-align: left; }
svg { display: block; max-width: 100%; height: auto; margin-bottom: 12px; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
svg .strong { font-weight: 600; }
svg .name { fill: var(--soft); }
svg .number { font-variant-numeric: tabular-nums; }
.for { fill: var(--for); }
.against { fill: var(--against); }
.axis { stroke: var(--soft); stroke-width: 1; }
.grid { stroke: var(--rule); stroke-width: 1; }
.cut { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 4 3; }
.curve { fill: none; stroke: var(--for); stroke-width: 2; }
.dot { fill: var(--for); }
@media print { section { break-inside: avoid; } }
`
