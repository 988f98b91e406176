/** Reports as CSV (RFC 4180), safe to open in a spreadsheet: text that a spreadsheet would run as a formula is told to be text. */
import type { Change, Figure, ListedFinding, Report } from './report.ts'

/** OWASP: cells that begin so are formulas, or become ones after a spreadsheet has tidied them; full-width signs too. */
const formula = /^[\s\p{Cc}\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/u

/** A cell. Numbers are ours and stay numbers. */
const cell = (value: string | number | boolean | null): string => {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  return `"${(formula.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`
}
export const csvLine = (values: readonly (string | number | boolean | null)[]): string =>
  `${values.map(cell).join(',')}\r\n`

const findingColumns: readonly [string, (one: ListedFinding) => string | number | boolean | null][] = [
  ['finding', ({ id }) => id],
  ['rule', ({ rule }) => rule],
  ['title', ({ title }) => title],
  ['severity', ({ severity }) => severity],
  ['action', ({ action }) => action],
  ['change', ({ change }) => change],
  ['state', ({ state }) => state],
  ['subject_kind', ({ subjectKind }) => subjectKind],
  ['subject', ({ subject }) => subject],
  ['people', ({ people }) => people],
  ['region', ({ region }) => region],
  ['amount', ({ money }) => money && money.amount / 100],
  ['currency', ({ money }) => money?.currency ?? null],
  ['opened_on', ({ openedOn }) => openedOn],
  ['due_on', ({ dueOn }) => dueOn],
  ['overdue', ({ overdue }) => overdue],
  ['message', ({ message }) => message],
]

/** The head and the lines of a list of findings, for the registry that owns them. */
export const findingsHead = (): string => csvLine(findingColumns.map(([name]) => name))
export const findingLine = (finding: ListedFinding): string => csvLine(findingColumns.map(([, of]) => of(finding)))

const changes: readonly Change[] = ['new', 'persisting', 'reopened', 'resolved']

/** The counts, for anybody: a line a rule, a line a rule and region, and one for all. What is hidden is empty. */
export function countsCsv({ rules, regions, totals }: Report): string {
  const line = (
    rule: string,
    region: string | null,
    counts: { findings: Figure; people: Figure },
    more: readonly Figure[],
  ): string => csvLine([rule, region, counts.findings, counts.people, ...more])
  const byChange = ({ changes: by }: (typeof rules)[number] | typeof totals): Figure[] =>
    changes.map((change) => by[change])
  return [
    csvLine(['rule', 'region', 'findings', 'people', ...changes]),
    line('all', 'all', totals, byChange(totals)),
    ...rules.map((rule) => line(rule.rule, 'all', rule, byChange(rule))),
    ...regions.flatMap(({ region, rules: own, ...counts }) => [
      line(
        'all',
        region ?? 'not known',
        counts,
        changes.map(() => null),
      ),
      ...own.map((one) =>
        line(
          one.rule,
          region ?? 'not known',
          one,
          changes.map(() => null),
        ),
      ),
    ]),
  ].join('')
}
