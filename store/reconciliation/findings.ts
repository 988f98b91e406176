/** Findings and what happened to them. They live on from night to night; what they rest on and what people wrote is sealed. */
import { newId } from '../ids.ts'
import type { Keys } from '../keys.ts'
import type { Queryable } from '../pool.ts'
import { type SealContext, seal, unseal } from '../seal.ts'

/** What a finding rests on and the figures of its text, as the run sealed them. */
export type FindingBody = {
  /** What makes it this finding and no other of its subject. */
  readonly about: string
  readonly evidence: readonly {
    readonly registry: string
    readonly record: string
    readonly version: number
    readonly pointer: string
  }[]
  readonly facts: Readonly<Record<string, string | number | boolean>>
  readonly occasion?: string
}

/** The row is the finding's own id, or in `run_finding` the run's id and the key in hexadecimal digits with a colon between. */
export const bodyContext = (table: 'finding' | 'run_finding', row: string): SealContext => ({
  table,
  row,
  column: 'sealed',
})
export const openBody = (keys: Keys, context: SealContext, sealed: Buffer): FindingBody =>
  JSON.parse(unseal(keys, context, sealed).toString())

/** What a finding said when somebody moved it. */
export type Basis = FindingBody & Pick<FindingRow, 'owner' | 'severity' | 'amount' | 'currency'>

export type FindingRow = {
  id: string
  rule: string
  subject_kind: string
  subject: string
  owner: string
  severity: 'S1' | 'S2' | 'S3'
  action: 'hold' | 'review' | 'notify' | 'fix' | 'report'
  region: string | null
  /** Minor units. */
  amount: number | null
  currency: string | null
  persons: string[]
  state: string
  version: number
  opened_at: Date
  due_on: string
  state_since: Date
  earliest_decision: Date | null
  assignee: string | null
  first_run: string
  gone_run: string | null
}

export type SealedFinding = FindingRow & { sealed: Buffer }

const columns = `id, rule, subject_kind, subject, owner, severity, action, region, amount::float8 as amount, currency, persons,
  state, version, opened_at, due_on, state_since, earliest_decision, assignee, first_run, gone_run`

export type FindingFilter = {
  /** Only findings of these registries; none of them, none. */
  readonly owners: readonly string[]
  readonly rule: string | null
  readonly state: string | null
  readonly severity: string | null
  readonly region: string | null
  /** The officer who sees to it. */
  readonly assignee: string | null
  /** Any of these persons. */
  readonly persons: readonly string[] | null
  /** Found by this run, or found no more by it. */
  readonly run: string | null
  /** True: due before `today` and in one of these states; false: all others. */
  readonly overdue: boolean | null
  readonly today: string
  readonly unsettled: readonly string[]
  /** The last id of the page before. */
  readonly before: string | null
  readonly limit: number
}

/** Newest first. Each owner's own index is walked, so that a page costs a page however many findings there are. */
export const listFindings = (db: Queryable, filter: FindingFilter) =>
  db.query<SealedFinding>(
    `select f.* from unnest($1::text[]) as wanted (registry) cross join lateral (
       select ${columns}, sealed from finding
       where owner = wanted.registry and ($2::uuid is null or id < $2) and ($3::text is null or rule = $3)
         and ($4::text is null or state = $4) and ($5::text is null or severity = $5)
         and ($6::text is null or region = $6) and ($7::text is null or assignee = $7)
         and ($8::uuid[] is null or persons && $8) and ($9::uuid is null or gone_run = $9 or exists (select from run_finding n where n.run = $9 and n.key = finding.key))
         and ($10::boolean is null or (due_on < $11 and state = any($12)) = $10)
       order by id desc limit $13
     ) f order by f.id desc limit $13`,
    [
      filter.owners,
      filter.before,
      filter.rule,
      filter.state,
      filter.severity,
      filter.region,
      filter.assignee,
      filter.persons,
      filter.run,
      filter.overdue,
      filter.today,
      filter.unsettled,
      filter.limit,
    ],
  )

export const readFinding = async (db: Queryable, id: string) =>
  (await db.query<SealedFinding>(`select ${columns}, sealed from finding where id = $1`, [id]))[0]

/** The same, and nobody else changes it until the transaction ends. */
export const lockFinding = async (tx: Queryable, id: string) =>
  (await tx.query<SealedFinding>(`select ${columns}, sealed from finding where id = $1 for update`, [id]))[0]

export type FindingChange = Pick<FindingRow, 'state' | 'state_since' | 'earliest_decision' | 'assignee' | 'due_on'>

/** Writes what changed; the version grows by one. */
export const changeFinding = async (tx: Queryable, id: string, change: FindingChange) =>
  (
    await tx.query<SealedFinding>(
      `update finding set state = $2, state_since = $3, earliest_decision = $4, assignee = $5, due_on = $6, version = version + 1
       where id = $1 returning ${columns}, sealed`,
      [id, change.state, change.state_since, change.earliest_decision, change.assignee, change.due_on],
    )
  )[0]

export type FindingEventRow = {
  id: string
  at: Date
  kind: 'found' | 'gone' | 'transition' | 'note' | 'assignment'
  from_state: string | null
  to_state: string | null
  run: string | null
  agency: string | null
  client: string | null
  officer: string | null
}
/** With what was written and what the finding said then, opened. */
export type FindingEvent = FindingEventRow & { text: string | null; basis: Basis | null }

const eventContext = (id: string, column: 'sealed' | 'basis' = 'sealed'): SealContext => ({
  table: 'finding_event',
  row: id,
  column,
})

export async function putFindingEvent(
  tx: Queryable,
  keys: Keys,
  finding: string,
  event: Omit<FindingEvent, 'id'>,
): Promise<void> {
  const id = newId()
  await tx.query(
    `insert into finding_event (id, finding, at, kind, from_state, to_state, run, agency, client, officer, sealed, basis)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      finding,
      event.at,
      event.kind,
      event.from_state,
      event.to_state,
      event.run,
      event.agency,
      event.client,
      event.officer,
      event.text === null ? null : seal(keys, eventContext(id), event.text),
      event.basis === null ? null : seal(keys, eventContext(id, 'basis'), JSON.stringify(event.basis)),
    ],
  )
}

/** What happened to a finding last, the newest first. */
export const eventsOf = async (db: Queryable, keys: Keys, finding: string, limit: number): Promise<FindingEvent[]> =>
  (
    await db.query<FindingEventRow & { sealed: Buffer | null; basis: Buffer | null }>(
      `select id, at, kind, from_state, to_state, run, agency, client, officer, sealed, basis from finding_event
       where finding = $1 order by id desc limit $2`,
      [finding, limit],
    )
  ).map(({ sealed, basis, ...row }) => ({
    ...row,
    text: sealed && unseal(keys, eventContext(row.id), sealed).toString(),
    basis: basis && JSON.parse(unseal(keys, eventContext(row.id, 'basis'), basis).toString()),
  }))

/** Who upheld it last; undefined when nobody ever did. */
export const lastUpheld = async (db: Queryable, finding: string) =>
  (
    await db.query<{ agency: string; officer: string }>(
      `select agency, officer from finding_event where finding = $1 and kind = 'transition' and to_state = 'upheld'
       order by id desc limit 1`,
      [finding],
    )
  )[0]

/** Those of these persons who have a record in one of these registries, by the ids given: merged ones count as whom they are now. */
export const personsWithin = async (
  db: Queryable,
  persons: readonly string[],
  registries: readonly string[],
  limit: number,
): Promise<string[]> =>
  (
    await db.query<{ id: string }>(
      `select p.id from person p where p.id = any($1) and exists
         (select from membership m join source_record r on r.id = m.record
          where m.person = coalesce(p.merged_into, p.id) and m.until is null and r.registry = any($2))
       order by p.id limit $3`,
      [persons, registries, limit],
    )
  ).map((row) => row.id)
