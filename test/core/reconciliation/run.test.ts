import { afterAll, beforeAll, expect, test } from 'vitest'
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
