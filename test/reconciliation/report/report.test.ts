import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { countsCsv, csvLine, findingLine, findingsHead } from '../../../reconciliation/report/csv.ts'
import { reportHtml } from '../../../reconciliation/report/html.ts'
import { reportJson } from '../../../reconciliation/report/json.ts'
import { type Change, type ListedFinding, makeReport, type ReportFacts } from '../../../reconciliation/report/report.ts'
import { rules } from '../../../reconciliation/rules.ts'

type CellRow = ReportFacts['cells'][number]
const cell = (
  rule: string | null,
  of: { region?: string; change?: Change },
  findings: number,
  people = findings,
): CellRow => ({
  rule,
  region: of.region ?? null,
  change: of.change ?? null,
  findings,
  people,
})
const urgent: ListedFinding = {
  id: '0199f000-0000-7000-8000-000000000001',
  rule: 'R02',
  title: 'Paid after death',
  severity: 'S1',
  action: 'hold',
  change: 'new',
  state: 'open',
  subjectKind: 'person',
  subject: '0199f000-0000-7000-8000-00000000000a',
  region: 'KE-30',
  money: { amount: 123_450, currency: 'KES' },
  openedOn: '2026-11-20',
  dueOn: '2026-11-21',
  overdue: true,
  people: 1,
  message: '=HYPERLINK("http://bad.example","<b>look</b>")',
}
/** R02: twelve new, two of them in KE-30; R04: forty people in KE-30 and sixty in KE-47, all persisting. */
const facts: ReportFacts = {
  registry: { id: 'ke-nssf', title: 'Fund <of> "all"' },
  run: {
    id: '0199f000-0000-7000-8000-00000000000f',
    kind: 'live',
    asOf: '2026-11-22',
    knownAt: '2026-11-22T01:00:00.000Z',
    finishedAt: '2026-11-22T01:05:00.000Z',
    rules: 'abc123',
    comparedWith: '2026-11-21',
  },
  cells: [
    cell(null, {}, 112, 108),
    cell('R02', {}, 12),
    cell('R04', {}, 100),
    cell(null, { change: 'new' }, 12),
    cell('R02', { change: 'new' }, 12),
    cell(null, { change: 'persisting' }, 100),
    cell('R04', { change: 'persisting' }, 100),
    cell(null, { change: 'resolved' }, 3),
    cell('R04', { change: 'resolved' }, 3),
    cell(null, { region: 'KE-30' }, 42),
    cell('R02', { region: 'KE-30' }, 2),
    cell('R04', { region: 'KE-30' }, 40),
    cell(null, { region: 'KE-47' }, 70),
    cell('R02', { region: 'KE-47' }, 10),
    cell('R04', { region: 'KE-47' }, 60),
  ],
  money: [
    { rule: null, amount: 1_000_000, currency: 'KES' },
    { rule: 'R02', amount: 1_000_000, currency: 'KES' },
  ],
  waiting: [
    { rule: null, age: null, findings: 112, people: 108, overdue: 7 },
    { rule: null, age: 0, findings: 12, people: 12, overdue: 0 },
    { rule: null, age: 2, findings: 100, people: 100, overdue: 7 },
    { rule: 'R02', age: null, findings: 12, people: 12, overdue: 0 },
    { rule: 'R04', age: null, findings: 100, people: 100, overdue: 7 },
  ],
  decided: [
    { rule: null, upheld: 30, dismissed: 10 },
    { rule: 'R04', upheld: 30, dismissed: 10 },
  ],
  trend: [
    { asOf: '2026-11-21', findings: 103 },
    { asOf: '2026-11-22', findings: 112 },
  ],
  urgent: [urgent],
}
const owner = makeReport(facts, rules, 'owner')
const open = makeReport(facts, rules, 'public')

test('the owner reads every figure', () => {
  expect(owner.totals).toMatchObject({ findings: 112, people: 108, waiting: 112, overdue: 7, falsePositives: 0.25 })
  expect(owner.rules.map(({ rule, findings, changes }) => [rule, findings, changes.resolved])).toEqual([
    ['R02', 12, 0],
    ['R04', 100, 3],
  ])
  expect(owner.regions[0]).toEqual({
    region: 'KE-30',
    findings: 42,
    people: 42,
    rules: [
      { rule: 'R02', findings: 2, people: 2 },
      { rule: 'R04', findings: 40, people: 40 },
    ],
  })
  expect(owner.ages.map(({ findings }) => findings)).toEqual([12, 0, 100, 0])
  expect(owner.trend.at(0)).toEqual({ asOf: '2026-11-21', findings: 103 })
  expect(owner.findings).toEqual([urgent])
})

test('for the public, two people in a region hide their neighbours, so that neither row nor column tells them', () => {
  expect(open.regions.flatMap(({ rules: own }) => own.map(({ findings }) => findings))).toEqual([
    null,
    null,
    null,
    null,
  ])
  expect(open.totals.findings).toBe(112)
  expect(open.totals.changes.resolved, 'three people').toBeNull()
  expect(open.trend).toEqual([
    { asOf: '2026-11-21', findings: 100 },
    { asOf: '2026-11-22', findings: 112 },
  ])
  expect(open.findings).toEqual([])
})

test('JSON is the report, and ends with a line', () => {
  expect(JSON.parse(reportJson(owner))).toEqual(owner)
  expect(reportJson(owner).endsWith('}\n')).toBe(true)
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '  =1', '\u0000=1', '＝1', '\ufeff=1'])(
  'a spreadsheet takes %j for text',
  (text) => {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`)
  },
)

test('commas, quotes and lines stay in their cell; numbers stay numbers; nothing stays nothing', () => {
  expect(csvLine(['a,b', 'say "so"', 'two\nlines', -5, 1.5, true, null])).toBe(
    '"a,b","say ""so""","two\nlines",-5,1.5,true,\r\n',
  )
})

test('a finding is a line under its heads', () => {
  const [line] = parse(findingsHead() + findingLine(urgent), { columns: true }) as Record<string, string>[]
  expect(line).toMatchObject({ rule: 'R02', amount: '1234.5', currency: 'KES', overdue: 'true', people: '1' })
  expect(line?.message).toBe(`'${urgent.message}`)
})

test('counts for everybody leave hidden cells empty', () => {
  const lines = parse(countsCsv(open), { columns: true }) as Record<string, string>[]
  expect(lines[0]).toMatchObject({ rule: 'all', region: 'all', findings: '112', resolved: '' })
  expect(lines.find(({ rule, region }) => rule === 'R02' && region === 'KE-30')).toMatchObject({
    findings: '',
    people: '',
  })
})

test('the page is whole, loads nothing, runs nothing, and shows what is written as written', () => {
  const page = reportHtml(owner)
  expect(page.startsWith('<!doctype html>')).toBe(true)
  expect(page).toContain('Fund &lt;of&gt; &quot;all&quot;')
  expect(page).toContain('&lt;b&gt;look&lt;/b&gt;')
  expect(page).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|url\(|https?:\/\/(?!bad\.example)/)
  expect(page).toContain(`default-src 'none'`)
  for (const tag of ['table', 'caption', 'section', 'svg', 'abbr', 'tr', 'td', 'th'])
    expect(page.split(`<${tag}`).filter((part) => /^[\s>]/.test(part)).length, tag).toBe(
      page.split(`</${tag}>`).length - 1,
    )
  expect(page.match(/<th scope="(row|col)"/g)?.length).toBe(page.split(/<th[\s>]/).length - 1)
  expect(page).toContain('prefers-color-scheme:dark')
  expect(page).toContain('@media print')
})

test('the public’s page says that counts are hidden, and holds no finding', () => {
  const page = reportHtml(open)
  expect(page).toContain('fewer than five people')
  expect(page).not.toContain(urgent.id ?? '')
  expect(page).not.toContain(urgent.subject)
  expect(page).toContain('<abbr title="Hidden')
})

test('the same facts give the same bytes', () => {
  const again = makeReport(structuredClone(facts), rules, 'owner')
  expect(reportHtml(again)).toBe(reportHtml(owner))
  expect(reportJson(again)).toBe(reportJson(owner))
})
