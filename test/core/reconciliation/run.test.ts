/** One run: what it finds does not hang on who looked at which slice, or when. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCore } from '../../../core/core.ts'
import type { Totals } from '../../../core/reconciliation/totals.ts'
import { foundBy, type Night, nightHub, standing } from '../../kit/night.ts'

const people = 120
let hub: Night
beforeAll(async () => {
  hub = await nightHub()
  await hub.fill(people)
})
afterAll(() => hub.close())

const never = new AbortController().signal
async function reconcile(sizes?: { people: number; members: number; findings: number }) {
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  expect(await hub.core.reconciliation.run(id, never, { sizes })).toEqual({ status: 'succeeded' })
  const run = await hub.core.reconciliation.read(id)
  return { id, totals: run?.totals as Totals }
}

test('the first night finds what the rules say of each person and group, and every finding is open', async () => {
  const { id, totals } = await reconcile()
  expect(totals).toMatchObject({ people, records: people + 80, faults: {} })
  expect(totals.rules.T01).toMatchObject({ new: 80, persisting: 0, resolved: 0, reopened: 0 })
  expect(totals.rules.T02).toMatchObject({ new: 24 })
  expect(totals.rules.T03).toMatchObject({ new: 3 })
  expect((await standing(hub)).every(({ state, events }) => state === 'open' && events === 1)).toBe(true)
  expect(await foundBy(hub, id)).toHaveLength(107)
})

const sizes = [1, 7, 1_000].map((size) => ({ people: size, members: size, findings: size }))
test.each(sizes)('slices of $people find the same, byte for byte', async (size) => {
  const usual = await reconcile()
  const { id, totals } = await reconcile(size)
  expect(await foundBy(hub, id)).toEqual(await foundBy(hub, usual.id))
  expect(totals).toEqual(usual.totals)
})

test('two workers that share a run find what one finds, each does a part, and the counts add up', async () => {
  const alone = await reconcile()
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  const small = { people: 5, members: 5, findings: 5 }
  const seen = [new Set<string>(), new Set<string>()]
  const ends = await Promise.all(
    seen.map((leases) => {
      const db = {
        ...hub.needs.db,
        query: (async (sql: string, params: unknown[] = [], name?: string) => {
          const rows = await hub.needs.db.query(sql, params, name)
          if (name === 'slice_claim' && rows.length > 0) leases.add(String(params[2]))
          return rows
        }) as typeof hub.needs.db.query,
      }
      return makeCore({ ...hub.needs, db }).reconciliation.run(id, never, { sizes: small })
    }),
  )
  expect(ends).toEqual([{ status: 'succeeded' }, { status: 'succeeded' }])
  expect(await foundBy(hub, id)).toEqual(await foundBy(hub, alone.id))
  const totals = (await hub.core.reconciliation.read(id))?.totals as Totals
  expect(totals).toEqual(alone.totals)
  expect(seen.every((leases) => leases.size > 0)).toBe(true)
  const [slices] = await hub.owner.query<{ slices: number }>(
    'select count(*)::int as slices from reconciliation_slice where run = $1 and done_at is not null',
    [id],
  )
  expect((seen[0]?.size ?? 0) + (seen[1]?.size ?? 0)).toBe(slices?.slices)
})

test('a run that was asked to stop waits for the next worker, which finishes it', async () => {
  const usual = await reconcile()
  const stop = new AbortController()
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  const onProgress = (phase: string, done: number) => {
    if (phase === 'people' && done === 3) stop.abort()
  }
  const small = { people: 10, members: 10, findings: 10 }
  expect(await hub.core.reconciliation.run(id, stop.signal, { sizes: small, onProgress })).toEqual({
    status: 'released',
  })
  expect((await hub.core.reconciliation.start({ kind: 'live' })).id, 'the same run is taken up again').toBe(id)
  expect(await hub.core.reconciliation.run(id, never, { sizes: small })).toEqual({ status: 'succeeded' })
  expect(await foundBy(hub, id)).toEqual(await foundBy(hub, usual.id))
})

/** Does something as soon as the first slice has been claimed, before any of it is written. */
function afterFirstClaim(step: () => Promise<unknown>): typeof hub.needs.db {
  let claimed = 0
  const { db } = hub.needs
  const query = async (sql: string, params?: readonly unknown[], name?: string) => {
    const rows = await db.query(sql, params, name)
    if (name === 'slice_claim' && rows.length > 0 && ++claimed === 1) await step()
    return rows
  }
  return { ...db, query: query as typeof db.query }
}

test('a worker that slept until another one had done its slice writes nothing, and the run goes on', async () => {
  const usual = await reconcile()
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  const takeOver = () => makeCore({ ...hub.needs, quietMs: 0 }).reconciliation.run(id, never)
  // Its heart beats every twenty seconds only, so that it does not know.
  const sleeper = makeCore({ ...hub.needs, quietMs: 60_000, db: afterFirstClaim(takeOver) })
  expect(await sleeper.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  expect(await foundBy(hub, id)).toEqual(await foundBy(hub, usual.id))
})

test('nobody takes another slice of a run that has failed', async () => {
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  const fail = () =>
    hub.owner.query(`update reconciliation_run set status = 'failed', phase = 'done' where id = $1`, [id])
  const core = makeCore({ ...hub.needs, db: afterFirstClaim(fail) })
  const small = { people: 10, members: 10, findings: 10 }
  expect(await core.reconciliation.run(id, never, { sizes: small })).toEqual({ status: 'failed' })
  expect(
    await hub.owner.query('select seq from reconciliation_slice where run = $1 and lease is not null', [id]),
  ).toHaveLength(1)
})

test('what a run needed to bring people together is forgotten when it has ended, and the rest in its time', async () => {
  const count = async (table: string, run: string) =>
    (await hub.owner.query<{ count: number }>(`select count(*)::int as count from ${table} where run = $1`, [run]))[0]
      ?.count
  const { id } = await reconcile()
  expect(await count('reconciliation_member', id)).toBeGreaterThan(0)
  for (let turn = 0; turn < 20; turn++) await hub.core.reconciliation.sweep()
  expect(await count('reconciliation_member', id)).toBe(0)
  const kept = [await count('run_finding', id), await count('reconciliation_slice', id)]
  const later = (days: number) =>
    makeCore({ ...hub.needs, now: () => new Date(Date.now() + days * 86_400_000) }).reconciliation.sweep()
  await later(8)
  expect([await count('run_finding', id), await count('reconciliation_slice', id)]).toEqual([kept[0], 0])
  for (let turn = 0; turn < 40; turn++) await later(36)
  expect(await count('run_finding', id)).toBe(0)
  const [ended] = await hub.owner.query<{ totals: Totals }>('select totals from reconciliation_run where id = $1', [id])
  expect(ended?.totals.people).toBe(people)
})
