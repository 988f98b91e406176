/** Findings that live on from night to night, as a run meets them. People's part of their lives is in findings.ts. */
import { copyArray, copyRows } from '../copy.ts'
import { newId } from '../ids.ts'
import type { Keys } from '../keys.ts'
import type { Queryable } from '../pool.ts'
import { seal, unseal } from '../seal.ts'
import { bodyContext, type FindingBody, openBody } from './findings.ts'
import type { KeyRange, RunFinding } from './run-findings.ts'

/** A finding as it stands before the run says anything about it. */
export type Standing = RunFinding & {
  id: string
  action: 'hold' | 'review' | 'notify' | 'fix' | 'report'
  state: string
  earliest_decision: Date | null
  /** The run that found it no more, when one did. */
  gone_run: string | null
}

/** The findings of a range of keys that this run found or that were not gone before; held until the transaction ends. */
export async function standingFindings(
  tx: Queryable,
  keys: Keys,
  run: string,
  { lower, upper }: KeyRange,
): Promise<Standing[]> {
  const rows = await tx.query<Omit<Standing, 'body'> & { sealed: Buffer }>(
    `select id, key, rule, subject_kind, subject, owner, severity, action, region, amount::float8 as amount, currency, persons,
       sealed, state, earliest_decision, gone_run
     from finding f where key >= $2 and ($3::bytea is null or key < $3)
       and (gone_run is null or exists (select from run_finding n where n.run = $1 and n.key = f.key))
     order by key for update`,
    [run, lower, upper],
    'findings_standing',
  )
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    body: unseal(keys, bodyContext('finding', row.id), sealed).toString(),
  }))
}

export type NewFinding = RunFinding & { id: string; action: string; due_on: string }

export const addFindings = (tx: Queryable, keys: Keys, run: string, found: readonly NewFinding[], at: Date) =>
  copyRows(
    tx,
    'finding',
    `id, key, rule, subject_kind, subject, owner, severity, action, region, amount, currency, persons, sealed,
     state, opened_at, due_on, state_since, first_run, last_run`,
    found,
    (one) => [
      one.id,
      one.key,
      one.rule,
      one.subject_kind,
      one.subject,
      one.owner,
      one.severity,
      one.action,
      one.region,
      one.amount,
      one.currency,
      copyArray(one.persons),
      seal(keys, bodyContext('finding', one.id), one.body),
      'open',
      at,
      one.due_on,
      at,
      run,
      run,
    ],
  )

/** What a finding is from now on; everything else of it stays. */
export type Refreshed = RunFinding & {
  id: string
  state: string
  moved: boolean
  earliest_decision: Date | null
  due_on: string | null
}

/** Brings findings that were found again up to date. */
export async function refreshFindings(tx: Queryable, keys: Keys, run: string, all: readonly Refreshed[], at: Date) {
  if (all.length === 0) return
  await tx.query(
    `update finding f set owner = row.owner, severity = row.severity, region = row.region, amount = row.amount,
       currency = row.currency, persons = row.persons::uuid[], sealed = row.sealed, state = row.state,
       state_since = case when row.moved then $2 else f.state_since end, earliest_decision = row.earliest_decision,
       due_on = coalesce(row.due_on, f.due_on), last_run = $1, gone_run = null, version = version + 1
     from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::bytea[], $11::text[],
       $12::boolean[], $13::timestamptz[], $14::date[])
       as row (id, owner, severity, region, amount, currency, persons, sealed, state, moved, earliest_decision, due_on)
     where f.id = row.id`,
    [
      run,
      at,
      all.map((one) => one.id),
      all.map((one) => one.owner),
      all.map((one) => one.severity),
      all.map((one) => one.region),
      all.map((one) => one.amount),
      all.map((one) => one.currency),
      all.map((one) => copyArray(one.persons)),
      all.map((one) => seal(keys, bodyContext('finding', one.id), one.body)),
      all.map((one) => one.state),
      all.map((one) => one.moved),
      all.map((one) => one.earliest_decision),
      all.map((one) => one.due_on),
    ],
  )
}

/** Findings that a run found no more, each with the state it is in from now on. */
export const closeFindings = (
  tx: Queryable,
  run: string,
  gone: readonly { id: string; state: string; moved: boolean }[],
  at: Date,
) =>
  gone.length === 0
    ? Promise.resolve([])
    : tx.query(
        `update finding f set state = row.state, state_since = case when row.moved then $2 else f.state_since end,
           gone_run = $1, version = version + 1
         from unnest($3::uuid[], $4::text[], $5::boolean[]) as row (id, state, moved) where f.id = row.id`,
        [run, at, gone.map((one) => one.id), gone.map((one) => one.state), gone.map((one) => one.moved)],
      )

export type RunEvent = { finding: string; kind: 'found' | 'gone'; from: string | null; to: string }

export const addRunEvents = (tx: Queryable, run: string, events: readonly RunEvent[], at: Date) =>
  copyRows(tx, 'finding_event', 'id, finding, at, kind, from_state, to_state, run', events, (one) => [
    newId(),
    one.finding,
    at,
    one.kind,
    one.from,
    one.to,
    run,
  ])

/** `from`, `to`: the people it names whose ids were merged, and into whose; pair by pair. */
export type Moved = {
  id: string
  rule: string
  kind: string
  subject: string
  persons: string[]
  from: string[]
  to: string[]
  body: FindingBody
}

/** Findings that name people whose ids were merged into others' by then, and whose records all went there; in the order of ids. */
export async function movedFindings(
  db: Queryable,
  keys: Keys,
  knownAt: Date,
  page: { after: string | null; limit: number },
): Promise<Moved[]> {
  const rows = await db.query<Omit<Moved, 'body'> & { sealed: Buffer }>(
    `select f.id, f.rule, f.subject_kind as kind, f.subject, f.persons, f.sealed, array_agg(p.id order by p.id) as from,
       array_agg(p.merged_into order by p.id) as to
     from finding f cross join unnest(f.persons) as member join person p on p.id = member
     where p.merged_into is not null and f.gone_run is null and ($2::uuid is null or f.id > $2)
       and not exists (select from membership m where m.person = p.id and m.until is null and m.since <= $1)
       and not exists (select from membership m where m.person = p.id and m.until > $1 and m.since <= $1)
     group by f.id order by f.id limit $3`,
    [knownAt, page.after, page.limit],
  )
  return rows.map(({ sealed, ...row }) => ({ ...row, body: openBody(keys, bodyContext('finding', row.id), sealed) }))
}

/** How many events about single findings a run has for each registry, sent or not; held until the transaction ends. */
export const holdTold = async (tx: Queryable, run: string): Promise<Record<string, number>> =>
  (
    await tx.query<{ told: Record<string, number> }>(
      'select told from reconciliation_run where id = $1 for no key update',
      [run],
    )
  )[0]?.told ?? {}

export const putTold = (tx: Queryable, run: string, told: Readonly<Record<string, number>>) =>
  tx.query('update reconciliation_run set told = $2 where id = $1', [run, JSON.stringify(told)])

/** How many findings are not gone. */
export const countStanding = async (db: Queryable): Promise<number> =>
  (await db.query<{ count: number }>('select count(*)::float8 as count from finding where gone_run is null'))[0]
    ?.count ?? 0

/** Lets a finding speak of whom its people became; false where there is that finding already, and then nothing happens. */
export const moveFinding = async (
  tx: Queryable,
  keys: Keys,
  one: Pick<Moved, 'id' | 'subject' | 'persons' | 'body'> & { key: Buffer },
): Promise<boolean> =>
  (
    await tx.query(
      `update finding set key = $2, subject = $3, persons = $4::uuid[], sealed = $5, version = version + 1
       where id = $1 and not exists (select from finding where key = $2) returning id`,
      [one.id, one.key, one.subject, one.persons, seal(keys, bodyContext('finding', one.id), JSON.stringify(one.body))],
    )
  ).length === 1
