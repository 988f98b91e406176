/** A registry's report of a run: read from what the run found and what became of it, rendered by reconciliation/report/. */
import { HubError } from '../../errors.ts'
import { countsCsv, findingLine, findingsHead } from '../../reconciliation/report/csv.ts'
import { reportHtml } from '../../reconciliation/report/html.ts'
import { reportJson } from '../../reconciliation/report/json.ts'
import { type Audience, ages, type ListedFinding, makeReport, type Report } from '../../reconciliation/report/report.ts'
import { unsettled } from '../../reconciliation/state.ts'
import type { Money } from '../../schemas/contract.ts'
import type { Keys } from '../../store/keys.ts'
import type { Queryable } from '../../store/pool.ts'
import {
  type Compared,
  countRunFindings,
  decidedFindings,
  findingsPage,
  type ListedRow,
  nightBefore,
  nightsBefore,
  reportCells,
  reportMoney,
  rulesFound,
  urgentFindings,
  waitingFindings,
} from '../../store/reconciliation/report.ts'
import { type ReconciliationRow, readReconciliation } from '../../store/reconciliation/runs.ts'
import { listRegistries } from '../../store/registries.ts'
import type { Needs } from '../needs.ts'
import { moneyOf, type RuleOf, toMessage } from './shown.ts'
import type { Totals } from './totals.ts'

export type ReportFormat = 'json' | 'csv' | 'html'
/** What of listed findings may be told: whom they are about, and their figures. Asked for all that are told at once, before they are. */
type Told = { readonly subject: boolean; readonly figures: boolean }
export type Lens = (rows: readonly ListedRow[]) => Promise<(row: ListedRow) => Told>
export type ReportRequest = {
  readonly run: string
  readonly registry: string
  readonly audience: Audience
  /** Everything, when missing: for the operator's own machine. */
  readonly lens?: Lens
}
const everything: Lens = async () => () => ({ subject: true, figures: true })

/** Nights of the trend, this one included; findings that the page names; rows read at once for a list. */
const nights = 14
const mostUrgent = 50
const rowsAtOnce = 500

type Meant = {
  readonly run: ReconciliationRow
  readonly compared: Compared
  readonly comparedWith: string | null
  readonly end: Date
}

/**
 * The run and the night that it is compared with. A living night is compared with the last one of an earlier day, so that a run
 * repeated on one day tells the same; trials and past nights with the run that they were asked beside. Throws `not_found` for a run that
 * has not ended, and for one whose findings are forgotten.
 */
async function meant(needs: Needs, { run: id, registry: owner }: ReportRequest): Promise<Meant> {
  const run = await readReconciliation(needs.db, id)
  if (run?.status !== 'succeeded' || !run.finished_at) {
    throw new HubError('not_found', { detail: 'Nothing to report: there is no such run, or it has not ended.' })
  }
  const counted = foundBy(run.totals, owner)
  if (counted > 0 && (await countRunFindings(needs.db, id, owner)) === 0) {
    throw new HubError('not_found', { detail: 'What this run found is forgotten. Ask for a newer one.' })
  }
  const asked = run.before === null ? undefined : await readReconciliation(needs.db, run.before)
  const before = run.kind === 'live' ? await nightBefore(needs.db, run) : (asked ?? null)
  return {
    run,
    compared: { run: id, asOf: run.as_of, before: before?.id ?? null, owner },
    comparedWith: before?.as_of ?? null,
    end: run.finished_at,
  }
}

/** Findings of a registry in a run's totals. */
const foundBy = (totals: unknown, owner: string): number =>
  Object.values((totals as Totals | null)?.owners[owner] ?? {}).reduce(
    (sum, counts) => sum + counts.new + counts.persisting + counts.reopened,
    0,
  )

/** Counting hundreds of thousands of findings by rule, region and person takes longer and more room than a look-up may. */
const atLeisure = {
  isolation: 'repeatable read',
  readOnly: true,
  settings: { statement_timeout: '5min', work_mem: '64MB' },
} as const

/** Reads a report. Throws `not_found`; see above. */
export async function readReport(needs: Needs, request: ReportRequest): Promise<Report> {
  const { registry: owner, audience, lens = everything } = request
  const { rules } = needs.reconciliation.book
  const asked = await meant(needs, request)
  const { urgent, ...counted } = await needs.db.transaction((tx) => count(tx, needs.keys, asked, audience), atLeisure)
  const told = await lens(urgent)
  const { run, comparedWith, end } = asked
  const ruleOf: RuleOf = (id) => rules.find((rule) => rule.id === id)
  return makeReport(
    {
      ...counted,
      registry: { id: owner, title: counted.title ?? owner },
      run: {
        id: run.id,
        kind: run.kind,
        asOf: run.as_of,
        knownAt: (run.known_at ?? end).toISOString(),
        finishedAt: end.toISOString(),
        rules: run.rules,
        comparedWith,
      },
      urgent: urgent.map((row) => toListed(row, ruleOf, run.as_of, told(row))),
    },
    rules,
    audience,
  )
}

/** Everything that the database counts and lists, at one instant. */
async function count(tx: Queryable, keys: Keys, { run, compared, end }: Meant, audience: Audience) {
  const { owner } = compared
  const later = ages.slice(1).map(({ from }) => from)
  const earlier = await nightsBefore(tx, run, nights - 1)
  const nightOf = (night: { as_of: string; totals: unknown }) => ({
    asOf: night.as_of,
    findings: foundBy(night.totals, owner),
  })
  return {
    title: (await listRegistries(tx)).find(({ id }) => id === owner)?.title,
    cells: await reportCells(tx, compared),
    money: (await reportMoney(tx, run.id, owner)).flatMap(({ rule, ...sum }) => {
      const money = moneyOf(sum)
      return money ? [{ rule, ...money }] : []
    }),
    waiting: await waitingFindings(tx, owner, { end, asOf: run.as_of }, unsettled, later),
    decided: await decidedFindings(tx, owner, end),
    trend: [...earlier.map(nightOf).reverse(), nightOf(run)],
    urgent: audience === 'owner' ? await urgentFindings(tx, keys, compared, end, unsettled, mostUrgent) : [],
  }
}

/** A report in one of its formats, in pieces; the owner's CSV lists every finding, and is read while it is written. */
export async function* reportText(needs: Needs, request: ReportRequest, format: ReportFormat): AsyncGenerator<string> {
  if (format === 'csv' && request.audience === 'owner') return yield* findingsCsv(needs, request)
  const report = await readReport(needs, request)
  yield { json: reportJson, html: reportHtml, csv: countsCsv }[format](report)
}

async function* findingsCsv(needs: Needs, request: ReportRequest): AsyncGenerator<string> {
  const { compared, run, end } = await meant(needs, request)
  const { lens = everything } = request
  const rules = new Map(needs.reconciliation.book.rules.map((rule) => [rule.id, rule]))
  yield findingsHead()
  for (const rule of await rulesFound(needs.db, compared.run, compared.owner))
    for (let after: Buffer | undefined = Buffer.alloc(0); after !== undefined; ) {
      const page = { rule, after, limit: rowsAtOnce }
      const rows: ListedRow[] = await findingsPage(needs.db, needs.keys, compared, end, page)
      const told = await lens(rows)
      yield rows.map((row) => findingLine(toListed(row, (id) => rules.get(id), run.as_of, told(row)))).join('')
      after = rows.length < rowsAtOnce ? undefined : rows.at(-1)?.key
    }
}

function toListed(row: ListedRow, ruleOf: RuleOf, asOf: string, told: Told): ListedFinding {
  const rule = ruleOf(row.rule)
  const money: Money | undefined = told.figures ? moneyOf(row) : undefined
  return {
    id: row.id,
    rule: row.rule,
    title: rule?.title ?? row.rule,
    severity: row.severity as ListedFinding['severity'],
    action: rule?.action ?? 'review',
    change: row.change,
    state: row.state,
    subjectKind: row.subject_kind,
    subject: told.subject ? row.subject : '',
    region: row.region,
    money: money ?? null,
    openedOn: row.opened_on,
    dueOn: row.due_on,
    overdue: row.due_on !== null && row.due_on < asOf && unsettled.some((state) => state === row.state),
    people: row.persons.length,
    message: !rule ? '' : told.figures ? toMessage(rule, row.facts) : rule.says,
  }
}
