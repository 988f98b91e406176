/** What officers and subscribers do through the SDK, against a real app on a port. */
import { exportPKCS8 } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listening, listen } from '../../api/server.ts'
import { HubError } from '../../errors.ts'
import { type Pamoja, pamoja } from '../../sdk/index.ts'
import { clientId, exampleAnswer, type Kit, makeKit, personId } from '../api/kit.ts'

let kit: Kit
let server: Listening
let hub: Pamoja
const calls: unknown[][] = []

beforeAll(async () => {
  kit = await makeKit((core) => ({
    runs: {
      ...core.runs,
      reportText: async (_run, query, format) => {
        calls.push(['report', query, format])
        return (async function* () {
          yield 'rule,findings\r\n'
          yield 'R02,14\r\n'
        })()
      },
      start: async (request, asker) => {
        calls.push(['start', request])
        return core.runs.start(request, asker)
      },
      startTrial: async (rules, asker) => {
        calls.push(['trial', rules])
        return core.runs.startTrial(rules, asker)
      },
    },
    findings: {
      ...core.findings,
      // Two pages.
      list: async (query, asker) => {
        calls.push(['list', query])
        const page = await core.findings.list(query, asker)
        return query.cursor === undefined ? { ...page, nextCursor: 'p2' } : page
      },
      transition: async (id, move, asker) => {
        calls.push(['transition', id, move, asker.officer])
        if (move.version === 2) throw new HubError('finding_changed')
        return core.findings.transition(id, move, asker)
      },
      assign: async (id, assignment, asker) => {
        calls.push(['assign', id, assignment])
        return core.findings.assign(id, assignment, asker)
      },
    },
    idempotent: async (once, work) => {
      calls.push(['key', once.key])
      return core.idempotent(once, work)
    },
  }))
  server = await listen(kit.app, { host: '127.0.0.1', port: 0 })
  const baseUrl = `http://127.0.0.1:${server.port}`
  const privateKey = await exportPKCS8(kit.clientKey)
  hub = pamoja({ baseUrl, clientId, privateKey, purpose: 'reconciliation', officer: 'ann' })
})
afterAll(() => server.close())

const all = async <Item>(items: AsyncIterable<Item>) => {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}
const items = (id: string) => exampleAnswer<{ items: unknown[] }>(id, 200).items
const called = (name: string) => calls.filter(([each]) => each === name).map(([, ...input]) => input)

test('rules, runs and trials answer with the types of the contract', async () => {
  const { reconciliation } = hub
  expect(await reconciliation.rules()).toEqual(items('listRules'))
  expect(await all(reconciliation.runs({ kind: 'live' }))).toEqual(items('listReconciliationRuns'))
  expect(await reconciliation.run(personId)).toEqual(exampleAnswer('getReconciliationRun', 200))
  expect(await reconciliation.report(personId)).toEqual(exampleAnswer('getReport', 200))
  expect(await reconciliation.reportText(personId, 'csv', { registry: 'ke-nssf' })).toBe('rule,findings\r\nR02,14\r\n')
  expect(called('report')).toEqual([[{ registry: 'ke-nssf' }, 'csv']])
  expect(await reconciliation.start()).toEqual(exampleAnswer('startReconciliationRun', 202))
  await reconciliation.start('2026-11-01')
  expect(called('start')).toEqual([[{ kind: 'live' }], [{ kind: 'as-of', asOf: '2026-11-01' }]])
  expect(await reconciliation.try({ R02: { graceMonths: 2 } })).toEqual(exampleAnswer('startTrial', 202))
  expect(called('trial')).toEqual([[{ R02: { graceMonths: 2 } }]])
  expect(await all(reconciliation.differences(personId, { change: 'vanishes' }))).toEqual(items('listTrialDifferences'))
})

test('findings are listed page by page with their filters, and read', async () => {
  const one = items('listFindings')
  expect(await all(hub.reconciliation.findings({ overdue: true, severity: 'S1' }))).toEqual([...one, ...one])
  expect(called('list')).toEqual([
    [{ overdue: 'true', severity: 'S1' }],
    [{ overdue: 'true', severity: 'S1', cursor: 'p2' }],
  ])
  expect(await hub.reconciliation.finding(personId)).toEqual(exampleAnswer('getFinding', 200))
})

test('a decision carries the version that was read, the officer and a key; one that comes too late is a problem', async () => {
  const { reconciliation } = hub
  const read = await reconciliation.finding(personId)
  const idempotencyKey = 'a-key-of-sixteen-or-more'
  const notified = await reconciliation.transition(read, 'notified', 'Letter sent.', { idempotencyKey })
  expect(notified).toEqual(exampleAnswer('transitionFinding', 200))
  expect(called('key')).toContainEqual([idempotencyKey])
  expect(called('transition')).toEqual([
    [read.id, { to: 'notified', reason: 'Letter sent.', version: read.version }, 'ann'],
  ])
  await expect(reconciliation.transition({ ...read, version: 2 }, 'dismissed', 'Mistake.')).rejects.toMatchObject({
    code: 'finding_changed',
    status: 409,
  })
  expect(await reconciliation.note(personId, 'Asked the office.')).toEqual(exampleAnswer('noteFinding', 200))
  expect(await reconciliation.assign(read, 'ben')).toEqual(exampleAnswer('assignFinding', 200))
  await reconciliation.assign(read, undefined)
  expect(called('assign')).toEqual([
    [read.id, { assignee: 'ben', version: 1 }],
    [read.id, { version: 1 }],
  ])
})

test('subscriptions are made, listed, changed, and what was given up on is sent again', async () => {
  const { subscriptions } = hub
  const asked = {
    url: 'https://events.fund.example/pamoja',
    events: ['finding.opened' as const],
    registries: ['ke-nssf'],
  }
  expect(await subscriptions.create(asked)).toEqual(exampleAnswer('createSubscription', 201))
  expect(await all(subscriptions.list())).toEqual(items('listSubscriptions'))
  expect(await subscriptions.get(personId)).toEqual(exampleAnswer('getSubscription', 200))
  expect(await subscriptions.update(personId, 'paused')).toEqual(exampleAnswer('updateSubscription', 200))
  expect(await all(subscriptions.deliveries(personId, 'dead'))).toEqual(items('listDeliveries'))
  expect(await subscriptions.redeliver(personId, personId)).toEqual(exampleAnswer('redeliverEvent', 200))
})
