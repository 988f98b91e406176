/** What a page of a night's findings costs: the page, however many findings the night has. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Queryable } from '../../../store/pool.ts'
import { findingsPage } from '../../../store/reconciliation/report.ts'
import { onlyIn } from '../../../store/reconciliation/run-findings.ts'
import { type TestCore, testCore } from '../../kit/core.ts'
import { testKeys } from '../../kit/keys.ts'

const [run, other] = ['0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f', '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e70']
let hub: TestCore
beforeAll(async () => {
  hub = await testCore([])
  const db = hub.owner
  await db.query(
    `insert into reconciliation_run (id, kind, status, as_of, settings, rules, phase, queued_at)
     select id, 'as-of', 'succeeded', '2026-11-22', '{}', '', 'done', now() from unnest($1::uuid[]) as id`,
    [[run, other]],
  )
  await db.query(
    `insert into run_finding (run, key, phase, slice, rule, subject_kind, subject, owner, severity, persons, sealed)
     select run, sha256(n::text::bytea), 'people', 0, 'R0' || n % 5, 'person', n::text, case n % 2 when 0 then 'ke-nssf' else 'ke-sha' end,
       'S1', '{}', '' from unnest($1::uuid[]) as run, generate_series(1, 20000) as n`,
    [[run, other]],
  )
  await db.query('analyze')
})
afterAll(() => hub.close())

/** The plan of the one statement that is asked. */
async function planOf(ask: (explained: Queryable) => Promise<unknown>): Promise<string> {
  let plan = ''
  const query = async (sql: string, params: unknown[] = []) => {
    const rows = await hub.owner.query<Record<string, string>>(`explain ${sql}`, params)
    plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    return []
  }
  await ask({ ...hub.owner, query } as unknown as Queryable)
  return plan
}
const keys = testKeys()
const after = Buffer.alloc(1, 128)
const walks = /Index Scan using run_finding_listed on run_finding.*\n.*Index Cond: .*run = .*owner.*rule.*key/

test('a page of the findings of a registry is taken from the index before anything else is looked up', async () => {
  const compared = { run, owner: 'ke-nssf', asOf: '2026-11-22', before: other }
  const plan = await planOf((explained) =>
    findingsPage(explained, keys, compared, new Date(), { rule: 'R02', after, limit: 500 }),
  )
  expect(plan).toMatch(walks)
  expect(plan).toMatch(/Limit.*\n *-> +Index Scan using run_finding_listed/)
})

test('a page of the differences between two runs is taken from the index', async () => {
  const page = { after: { owner: 'ke-nssf', rule: 'R02', key: after }, limit: 500 }
  const plan = await planOf((explained) => onlyIn(explained, keys, run, other, page))
  expect(plan).toMatch(walks)
  expect(plan).not.toContain('Sort')
})
