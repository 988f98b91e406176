/**
 * Ingest beside a bare COPY, with the demo country's NSSF files, from the file to sealed and indexed records: the member register
 * (CSV), then the employers' returns (workbooks, whose unzipping and parsing is most of the work), then the resolving of both;
 * beside them a COPY of the same finished rows into a table without indexes. Options: --people N (65,000), --rounds N (3).
 */
import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { keNssf } from '../adapters/ke-nssf/adapter.ts'
import { makeCore } from '../core/core.ts'
import { applySettings, readSettings } from '../core/settings.ts'
import { demoSettings } from '../demo/settings.ts'
import { writeCountry } from '../demo/write.ts'
import { defaultModel } from '../linkage/model.ts'
import { law } from '../reconciliation/law/countries.ts'
import { rules } from '../reconciliation/rules.ts'
import { openAuditLog } from '../store/audit.ts'
import { keysFrom } from '../store/keys.ts'
import { type Db, openPool } from '../store/pool.ts'
import { machine, median, openPlace, option, say } from './place.ts'

const people = option('people', 65_000)
const rounds = option('rounds', 3)
const today = '2026-11-22'

const key = { publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }
const settings = readSettings(
  demoSettings(
    { demo: key, 'demo-lao': key, 'demo-operator': key, 'demo-steward': key, 'demo-reconciler': key },
    { url: 'http://127.0.0.1:1', key: '', username: '', password: '' },
  ),
)

type Timed = { records: number; seconds: number }

async function timed(work: () => Promise<number>): Promise<Timed> {
  const began = performance.now()
  const records = await work()
  return { records, seconds: (performance.now() - began) / 1000 }
}

/** Reads the two inboxes one after the other and resolves what they brought. */
async function ingestOnce(db: Db, inboxes: { register: string; returns: string }) {
  await applySettings(db, settings, 'development')
  let inbox = inboxes.register
  const core = makeCore({
    db,
    keys: keysFrom([Buffer.alloc(32, 7)]),
    audit: openAuditLog(db),
    model: defaultModel,
    adapterOf: () =>
      keNssf({
        registry: 'ke-nssf',
        timeZone: 'Africa/Nairobi',
        today,
        inbox,
        options: { settleMs: 0, pageSize: 500 },
      }),
    now: () => new Date(),
    wake: async () => undefined,
    log: (event, details) => say(`${event} ${JSON.stringify(details)}`),
    events: { source: 'urn:pamoja:test', networks: [] },
    reconciliation: { at: '04:00', timeZone: 'Africa/Nairobi', book: { rules, law } },
    quietMs: 60_000,
  })
  const sync = (from: string) =>
    timed(async () => {
      inbox = from
      const { id } = await core.startSync('ke-nssf')
      const end = await core.runSync(id, new AbortController().signal)
      if (end.status !== 'succeeded') throw new Error(`the sync ${end.status}: ${end.problem}`)
      const { counts } = await core.syncRun('ke-nssf', id)
      if (counts.read === 0 || counts.read !== counts.added + counts.rejected)
        throw new Error('the counts do not add up')
      return counts.added
    })
  const register = await sync(inboxes.register)
  const returns = await sync(inboxes.returns)
  const resolved = await timed(() => core.resolveWaiting())
  if (resolved.records !== register.records + returns.records) throw new Error('not every record was resolved')
  return { register, returns, resolved }
}

/** COPY of the finished rows, rendered beforehand, into a bare table. */
async function copyOnce(url: string): Promise<Timed> {
  const owner = openPool(url, { statementTimeoutMs: 120_000 })
  const rows = await owner.query<{ line: string }>(
    `select concat_ws(E'\\t', id, registry, stream, '\\' || source_key::text, '\\' || content_hash::text,
       version, resolved_version, '\\' || sealed::text, synthetic, first_seen, changed_at, seen_at, coalesce(seen_run::text, '\\N'), '\\N') || E'\\n' as line
     from source_record`,
    [],
  )
  const lines = rows.map((row) => row.line)
  const copied = await owner.transaction(async (tx) => {
    await tx.query('create temporary table bare_copy (like source_record) on commit drop', [])
    return timed(() => tx.copyFrom('copy bare_copy from stdin', lines))
  })
  await owner.close()
  return copied
}

const source = await openPlace()
await writeCountry({ people, seed: 7, asOf: today, out: source.folder })
const register = path.join(source.folder, 'inbox', 'ke-nssf')
const returns = path.join(source.folder, 'inbox', 'returns')
mkdirSync(returns)
for (const name of readdirSync(register))
  if (!name.endsWith('.csv')) renameSync(path.join(register, name), path.join(returns, name))

const rate = ({ records, seconds }: Timed) => records / seconds
const results: { register: number; returns: number; resolve: number; both: number; copy: number }[] = []
const counts = { register: 0, returns: 0 }
for (let round = 0; round < rounds; round++) {
  const place = await openPlace()
  const db = openPool(place.url, { role: 'pamoja_app', statementTimeoutMs: 120_000 })
  try {
    const once = await ingestOnce(db, { register, returns })
    const copy = rate(await copyOnce(place.url))
    counts.register = once.register.records
    counts.returns = once.returns.records
    const { records } = once.resolved
    const seconds = once.register.seconds + once.returns.seconds + once.resolved.seconds
    const result = {
      register: rate(once.register),
      returns: rate(once.returns),
      resolve: rate(once.resolved),
      both: records / seconds,
      copy,
    }
    results.push(result)
    say(
      `round ${round + 1}, records/s: register ${Math.round(result.register)}, returns ${Math.round(result.returns)}, resolve ${Math.round(result.resolve)}, all three steps ${Math.round(result.both)}, bare COPY ${Math.round(copy)}`,
    )
  } finally {
    await db.close()
    await place.close()
  }
}
await source.close()

const middle = (of: keyof (typeof results)[number]) => median(results.map((one) => one[of]))
say(
  JSON.stringify({
    bench: 'ingest',
    people,
    registerRecords: counts.register,
    returnRecords: counts.returns,
    rounds,
    registerPerSecond: Math.round(middle('register')),
    returnsPerSecond: Math.round(middle('returns')),
    resolvePerSecond: Math.round(middle('resolve')),
    ingestAndResolvePerSecond: Math.round(middle('both')),
    copyPerSecond: Math.round(middle('copy')),
    registerToCopy: Number((middle('register') / middle('copy')).toFixed(3)),
    ingestAndResolveToCopy: Number((middle('both') / middle('copy')).toFixed(3)),
    machine: machine(),
  }),
)
