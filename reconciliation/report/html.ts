/**
 * The report as one page that needs nothing else: no network, no script; it prints, and follows the reader's choice of light and dark.
 * Every bar stands beside its figure in a table, so nothing is told by a picture alone.
 */
import type { Change, Figure, ListedFinding, Report, RuleLine } from './report.ts'

export const reportHtml = (report: Report): string => {
  const { registry, run, audience } = report
  const title = `Reconciliation of ${run.asOf}: ${registry.title}`
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${text(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${text(title)}</h1>`,
    `<p>${text(lead(report))}</p>`,
    figures(report),
    section('By rule', rulesTable(report)),
    section('What waits, and for how long', agesTable(report)),
    section('The last nights', trendTable(report)),
    section('By region', regionsTable(report)),
    ...(audience === 'owner' ? [section('Most urgent', urgentTable(report.findings))] : []),
    `<footer>${footer(report)}</footer>`,
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

const text = (value: string): string =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

const hiddenMark = '<abbr title="Hidden: about too few people, or it would tell such a count">–</abbr>'
const figure = (value: Figure): string => (value === null ? hiddenMark : value.toLocaleString('en-GB'))
const share = (value: Figure): string => (value === null ? '–' : `${Math.round(value * 1000) / 10} %`)
const section = (heading: string, body: string): string => `<section>\n<h2>${text(heading)}</h2>\n${body}\n</section>`

const lead = ({ run, audience }: Report): string =>
  [
    run.comparedWith ? `Compared with the night of ${run.comparedWith}.` : 'The first night: everything is new.',
    run.kind === 'live'
      ? ''
      : `A ${run.kind === 'trial' ? 'trial of other settings' : 'past night, run again'}: it changes nothing.`,
    'No finding stops a benefit. It proposes; an officer decides, after notice, and whoever is concerned can appeal.',
    audience === 'public' ? 'Counts about fewer than five people are hidden, and others that would tell them.' : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')

const figures = ({ totals }: Report): string => {
  const tiles: [string, string][] = [
    ['findings', figure(totals.findings)],
    ['people', figure(totals.people)],
    ['new', figure(totals.changes.new)],
    ['resolved', figure(totals.changes.resolved)],
    ['overdue', figure(totals.overdue)],
    ['dismissed among decided', share(totals.falsePositives)],
    ...totals.money.map(({ currency, amount }): [string, string] => [`at stake, ${currency}`, amountText(amount)]),
  ]
  return `<dl>${tiles.map(([name, value]) => `<div><dt>${text(name)}</dt><dd>${value}</dd></div>`).join('')}</dl>`
}

const amountText = (amount: Figure): string =>
  amount === null
    ? hiddenMark
    : (amount / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })

const moneyCell = ({ money }: Pick<RuleLine, 'money'>): string =>
  money
    .map(({ currency, amount }) => (amount === null ? hiddenMark : text(`${currency} ${amountText(amount)}`)))
    .join('<br>')

type Column = { readonly head: string; readonly isText?: boolean }
const table = (caption: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string => {
  const cells = (row: readonly string[]): string =>
    row
      .map((cell, index) =>
        index === 0 ? `<th scope="row">${cell}</th>` : `<td${columns[index]?.isText ? '' : ' class="n"'}>${cell}</td>`,
      )
      .join('')
  const headOf = ({ head: name, isText }: Column): string =>
    name === '' ? '<td></td>' : `<th scope="col"${isText ? '' : ' class="n"'}>${text(name)}</th>`
  const head = columns.map(headOf).join('')
  const body = rows.map((row) => `<tr>${cells(row)}</tr>`).join('\n')
  return `<div class="wide"><table>\n<caption>${text(caption)}</caption>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`
}

/** A bar as long as the figure's share of the largest; decoration, for the figure stands beside it. */
const bar = (value: Figure, most: number): string => {
  if (value === null || most === 0) return ''
  const width = Math.max(value > 0 ? 1 : 0, Math.round((value / most) * 80))
  return `<svg aria-hidden="true" focusable="false" width="80" height="10" viewBox="0 0 80 10"><rect class="track" width="80" height="10" rx="2"/><rect class="bar" width="${width}" height="10" rx="2"/></svg>`
}
const most = (values: readonly Figure[]): number => Math.max(0, ...values.map((value) => value ?? 0))

const changes: readonly Change[] = ['new', 'persisting', 'reopened', 'resolved']

const rulesTable = ({ rules, totals }: Report): string => {
  const largest = most(rules.map(({ findings }) => findings))
  const row = (name: string, about: string, line: RuleLine | Report['totals'], drawn: string): string[] => [
    name,
    about,
    drawn,
    figure(line.findings),
    figure(line.people),
    ...changes.map((change) => figure(line.changes[change])),
    figure(line.waiting),
    figure(line.overdue),
    share(line.falsePositives),
    moneyCell(line),
  ]
  const about = ({ title, severity, action }: RuleLine): string =>
    `${text(title)}${severity ? ` <span class="tag ${severity.toLowerCase()}">${severity}</span>` : ''}${action ? ` <span class="tag">${action}</span>` : ''}`
  return table(
    'Findings and the different people they are about, by rule. One person may break several rules, so people do not add up.',
    [
      { head: 'Rule', isText: true },
      { head: 'What', isText: true },
      { head: '', isText: true },
      ...[
        'Findings',
        'People',
        'New',
        'Persisting',
        'Reopened',
        'Resolved',
        'Waiting',
        'Overdue',
        'Dismissed',
        'At stake',
      ].map((head) => ({ head })),
    ],
    [
      ...rules.map((line) => row(text(line.rule), about(line), line, bar(line.findings, largest))),
      row('All', 'All rules', totals, ''),
    ],
  )
}

const agesTable = ({ ages }: Report): string => {
  const largest = most(ages.map(({ findings }) => findings))
  return table(
    'Findings that wait for somebody, by days since they were opened.',
    [{ head: 'Days', isText: true }, { head: '', isText: true }, { head: 'Findings' }, { head: 'Overdue' }],
    ages.map(({ from, to, findings, overdue }) => [
      to === null ? `more than ${from - 1}` : `${from} to ${to}`,
      bar(findings, largest),
      figure(findings),
      figure(overdue),
    ]),
  )
}

const trendTable = ({ trend }: Report): string => {
  const largest = most(trend.map(({ findings }) => findings))
  return table(
    'Findings of each night.',
    [{ head: 'Night', isText: true }, { head: '', isText: true }, { head: 'Findings' }],
    trend.map(({ asOf, findings }) => [text(asOf), bar(findings, largest), figure(findings)]),
  )
}

const regionsTable = ({ regions }: Report): string => {
  const largest = most(regions.map(({ findings }) => findings))
  return table(
    'Findings by region (ISO 3166-2) of the first address on record, and the rules they are of.',
    [
      { head: 'Region', isText: true },
      { head: '', isText: true },
      { head: 'Findings' },
      { head: 'People' },
      { head: 'Rules', isText: true },
    ],
    regions.map(({ region, findings, people, rules }) => [
      text(region ?? 'not known'),
      bar(findings, largest),
      figure(findings),
      figure(people),
      rules.map((one) => `${text(one.rule)}: ${figure(one.findings)}`).join(', '),
    ]),
  )
}

const urgentTable = (findings: readonly ListedFinding[]): string =>
  table(
    'Overdue findings first, then the gravest, then those with most at stake. Subjects are ids of this hub.',
    [
      { head: 'Finding', isText: true },
      { head: 'What', isText: true },
      { head: 'About', isText: true },
      { head: 'State', isText: true },
      { head: 'Due', isText: true },
      { head: 'At stake' },
    ],
    findings.map(({ id, rule, severity, message, subjectKind, subject, state, dueOn, overdue, money }) => [
      `<code>${text(id ?? rule)}</code>`,
      `<span class="tag ${severity.toLowerCase()}">${severity}</span> ${text(rule)}: ${text(message)}`,
      `${text(subjectKind)} <code>${text(subject)}</code>`,
      text(state ?? ''),
      `${text(dueOn ?? '')}${overdue ? ' <strong>overdue</strong>' : ''}`,
      money ? text(`${money.currency} ${amountText(money.amount)}`) : '',
    ]),
  )

const footer = ({ run, registry }: Report): string =>
  `Run <code>${text(run.id)}</code>, finished ${text(run.finishedAt)}, on the facts known at ${text(run.knownAt)}, by rules <code>${text(run.rules)}</code>. For ${text(registry.title)} (<code>${text(registry.id)}</code>).`

const style = [
  ':root{color-scheme:light dark;--ink:#1a1c1f;--soft:#5b626b;--page:#fff;--line:#d5d9de;--track:#eceff2;--bar:#1f5fa8;--grave:#a3281f}',
  '@media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a5adb8;--page:#15181c;--line:#3a4048;--track:#262b31;--bar:#6aa5e8;--grave:#f08a80}}',
  'body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,sans-serif}main{max-width:88rem;margin:0 auto;padding:1.5rem}',
  'h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin-top:2rem}dl{display:flex;flex-wrap:wrap;gap:.75rem;margin:1rem 0}',
  'dl div{border:1px solid var(--line);border-radius:.4rem;padding:.5rem .9rem}dt{color:var(--soft);font-size:.85rem}dd{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}',
  '.wide{overflow-x:auto}table{border-collapse:collapse;min-width:min(100%,36rem);font-size:.87rem}td:nth-child(2):not(.n){min-width:11rem}caption{text-align:left;color:var(--soft);padding-bottom:.4rem}',
  'th,td{text-align:left;vertical-align:top;padding:.3rem .5rem;border-bottom:1px solid var(--line)}thead th,thead td{border-bottom:2px solid var(--line)}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}',
  'code{font-size:.85em;overflow-wrap:anywhere}.tag{border:1px solid var(--line);border-radius:.3rem;padding:0 .3rem;font-size:.8rem;white-space:nowrap}.s1{color:var(--grave);border-color:currentColor}',
  '.track{fill:var(--track)}.bar{fill:var(--bar)}svg{vertical-align:middle}abbr{text-decoration:none;color:var(--soft)}footer{margin-top:2rem;color:var(--soft);font-size:.85rem}',
  '@media print{main{max-width:none;padding:0}section{break-inside:auto}tr{break-inside:avoid}.wide{overflow:visible}body{font-size:10pt}}',
].join('')
