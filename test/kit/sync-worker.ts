/**
 * A worker in a process of its own, for tests that kill it: carries one sync out, resolving beside it, and prints `ended`.
 * Arguments: database URL, run id, registry, inbox.
 */
import { adapters } from '../../adapters/registry.ts'
import { makeCore } from '../../core/core.ts'
import { defaultModel } from '../../linkage/model.ts'
import { law } from '../../reconciliation/law/countries.ts'
import { rules } from '../../reconciliation/rules.ts'
import { openAuditLog } from '../../store/audit.ts'
import { openPool } from '../../store/pool.ts'
import { testKeys } from './keys.ts'

const [url = '', run = '', registry = '', inbox = ''] = process.argv.slice(2)
const db = openPool(url, { role: 'pamoja_app', max: 6 })
const adapter = adapters[registry as keyof typeof adapters]({
  registry,
  timeZone: 'Africa/Nairobi',
  today: '2026-11-22',
  inbox,
  options: {},
})
const core = makeCore({
  db,
  keys: testKeys(),
  audit: openAuditLog(db),
  model: defaultModel,
  adapterOf: () => adapter,
  now: () => new Date(),
  wake: async () => undefined,
  log: (event, details) => process.stderr.write(`${event} ${JSON.stringify(details)}\n`),
  events: { source: 'urn:pamoja:test', networks: [] },
  reconciliation: { at: '04:00', timeZone: 'Africa/Nairobi', book: { rules, law } },
  quietMs: 300,
})
const never = new AbortController().signal
let ended = false
const resolving = (async () => {
  while (!ended) {
    await core.resolveWaiting(never)
    await new Promise((done) => setTimeout(done, 20))
  }
})()
// The lease of a worker that was killed a moment ago has to run out first.
let end = await core.runSync(run, never)
while (end.status === 'elsewhere') {
  await new Promise((done) => setTimeout(done, 50))
  end = await core.runSync(run, never)
}
ended = true
await resolving
await core.resolveWaiting(never)
await db.close()
process.stdout.write(`ended ${end.status}\n`)
