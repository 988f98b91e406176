/** The instant of a run: what began before it and is committed after it belongs to the next night, whole. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixInstant } from '../../../core/reconciliation/plan.ts'
import { lockPersons } from '../../../store/persons.ts'
import { holdReconciliation } from '../../../store/reconciliation/runs.ts'
import { lockRegistry } from '../../../store/registries.ts'
import { type Night, nightHub } from '../../kit/night.ts'

let hub: Night
beforeEach(async () => {
  hub = await nightHub()
  await hub.fill(40)
})
afterEach(() => hub.close())

const knownAt = async (id: string) => (await hub.core.reconciliation.read(id))?.known_at?.getTime() ?? 0
const latest = async () =>
  (await hub.owner.query<{ at: Date }>('select max(changed_at) as at from source_record'))[0]?.at.getTime() ?? 0

test('a page that waits for the lock while the instant is taken bears a later time', async () => {
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  const run = await hub.core.reconciliation.read(id)
  if (!run) throw new Error('no run')
  hub.papers.nssf.lines = hub.papers.nssf.lines.map((line) => ({ ...line, months: ['2026-01'] }))
  const waiting: Promise<unknown>[] = []
  await hub.needs.db.transaction(async (tx) => {
    await lockRegistry(tx, 'ke-nssf')
    // Both wait for this transaction, and the page's has begun before the instant is taken.
    waiting.push(fixInstant(hub.needs, run))
    await sleep(100)
    waiting.push(hub.sync('ke-nssf'))
    await sleep(100)
  })
  await Promise.all(waiting)
  const changed = await hub.owner.query<{ at: Date }>(
    `select changed_at as at from source_record where registry = 'ke-nssf'`,
  )
  const instant = await knownAt(id)
  expect(changed.filter(({ at }) => at.getTime() <= instant)).toEqual([])
})

test('what has come in and waits to be resolved lies after the instant', async () => {
  hub.papers.nssf.lines = hub.papers.nssf.lines.map((line) => ({ ...line, months: ['2026-01'] }))
  await hub.sync('ke-nssf')
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  await hub.core.reconciliation.run(id, new AbortController().signal)
  expect(await knownAt(id)).toBeLessThan(await latest())
  const [told] = await hub.owner.query<{ amount: number }>(
    `select sum(amount)::float8 as amount from run_finding where run = $1`,
    [id],
  )
  await hub.core.resolveWaiting()
  const next = await hub.core.reconciliation.start({ kind: 'live' })
  await hub.core.reconciliation.run(next.id, new AbortController().signal)
  const [then] = await hub.owner.query<{ amount: number }>(
    `select sum(amount)::float8 as amount from run_finding where run = $1`,
    [next.id],
  )
  expect(await knownAt(next.id)).toBeGreaterThan(await latest())
  expect(then?.amount).not.toBe(told?.amount)
})

test('whoever writes next reads a later time than the instant, however fast', async () => {
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  const run = await hub.core.reconciliation.read(id)
  if (!run) throw new Error('no run')
  await fixInstant(hub.needs, run)
  await hub.needs.db.transaction((tx) => lockPersons(tx))
  expect(Date.now()).toBeGreaterThan(await knownAt(id))
  const held = await hub.needs.db.transaction((tx) => holdReconciliation(tx, id))
  expect(held?.status).toBe('running')
})
