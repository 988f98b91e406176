/** A worker in a process of its own, for tests that kill it: carries one run out in small slices and prints `ended`. Arguments: database URL, run id. */
import { makeCore } from '../../core/core.ts'
import { defaultModel } from '../../linkage/model.ts'
import { law } from '../../reconciliation/law/countries.ts'
import { openAuditLog } from '../../store/audit.ts'
import { openPool } from '../../store/pool.ts'
import { testKeys } from './keys.ts'
import { nightRules } from './night-rules.ts'

const [url = '', run = ''] = process.argv.slice(2)
const db = openPool(url, { role: 'pamoja_app', max: 6 })
const core = makeCore({
  db,
  keys: testKeys(),
  audit: openAuditLog(db),
  model: defaultModel,
  adapterOf: () => undefined,
  now: () => new Date(),
  wake: async () => undefined,
  log: (event, details) => process.stderr.write(`${event} ${JSON.stringify(details)}\n`),
  events: { source: 'urn:pamoja:test', networks: [] },
  reconciliation: { at: '04:00', timeZone: 'Africa/Nairobi', book: { rules: nightRules, law } },
  quietMs: 300,
})
process.stdout.write('started\n')
const sizes = { people: 25, members: 100, findings: 25 }
const end = await core.reconciliation.run(run, new AbortController().signal, { sizes })
await db.close()
process.stdout.write(`ended ${end.status}\n`)
