/**
 * Ingest beside a bare COPY: the demo country's NSSF member register, from the file to sealed and indexed records, without and
 * with resolving, and a COPY of the same finished rows into a table without indexes. Options: --people N (30,000), --rounds N (3).
 */
import path from 'node:path'
import { keNssf } from '../adapters/ke-nssf/adapter.ts'
import { makeCore } from '../core/core.ts'
import { applySettings, readSettings } from '../core/settings.ts'
import { demoSettings } from '../demo/settings.ts'
import { writeCountry } from '../demo/write.ts'
import { defaultModel } from '../linkage/model.ts'
import { openAuditLog } from '../store/audit.ts'
import { keysFrom } from '../store/keys.ts'
import { type Db, openPool } from '../store/pool.ts'
import { machine, median, openPlace, option, say } from './place.ts'

const people = option('people', 30_000)
const rounds = option('rounds', 3)
const today = '2026-11-22'

const key = { publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }
const settings = readSettings(
  demoSettings(
    { demo: key, 'demo-lao': key, 'demo-operator': key },
    { url: 'http://127.0.0.1:1', key: '', username: '', password: '' },
  ),
)

async function ingestOnce(
  url: string,
  inbox: string,
): Promise<{ records: number; ingest: number; resolve: number; db: Db }> {
  const db = openPool(url, { role: 'pamoja_app', statementTimeoutMs: 120_000 })
  await applySettings(db, settings, 'development')
  const adapter = keNssf({
    registry: 'ke-nssf',
    timeZone: 'Africa/Nairobi',
    today,
    inbox,
    options: { settleMs: 0, pageSize: 500 },
  })
  const core = makeCore({
    db,
    keys: keysFrom([Buffer.alloc(32, 7)]),
    audit: openAuditLog(db),
    model: defaultModel,
    adapterOf: () => adapter,
    now: () => new Date(),
    wake: async () => undefined,
    log: (event, details) => say(`${event} ${JSON.stringify(details)}`),
    quietMs: 60_000,
  })
  const { id } = await core.startSync('ke-nssf')
  const began = performance.now()
  await core.runSync(id, new AbortController().signal)
  const ingested = performance.now()
  const resolved = await core.resolveWaiting()
  const ended = performance.now()
  const { counts } = await core.syncRun('ke-nssf', id)
  if (resolved !== counts.added) throw new Error(`resolved ${resolved} of ${counts.added}`)
  return {
    records: counts.read,
    ingest: counts.read / ((ingested - began) / 1000),
    resolve: resolved / ((ended - ingested) / 1000),
    db,
  }
}

/** COPY of the finished rows, rendered beforehand, into a bare table. */
async function copyOnce(db: Db, lines: string[]): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.query('create temporary table bare_copy (like source_record) on commit drop', [])
    const began = performance.now()
    await tx.copyFrom('copy bare_copy from stdin', lines)
    return lines.length / ((performance.now() - began) / 1000)
  })
}

const results: { ingest: number; resolve: number; copy: number }[] = []
let records = 0
for (let round = 0; round < rounds; round++) {
  const place = await openPlace()
  try {
    await writeCountry({ people, seed: 7, asOf: today, out: place.folder })
    const once = await ingestOnce(place.url, path.join(place.folder, 'inbox', 'ke-nssf'))
    const owner = openPool(place.url, { statementTimeoutMs: 120_000 })
    const lines = (
      await owner.query<{ line: string }>(
        `select concat_ws(E'\\t', id, registry, stream, '\\' || source_key::text, '\\' || content_hash::text,
      version, '\\' || sealed::text, synthetic, first_seen, changed_at, seen_at, coalesce(seen_run::text, '\\N'), '\\N') || E'\\n' as line from source_record`,
        [],
      )
    ).map((row) => row.line)
    const copy = await copyOnce(owner, lines)
    await owner.close()
    await once.db.close()
    records = once.records
    results.push({ ingest: once.ingest, resolve: once.resolve, copy })
    say(
      `round ${round + 1}: ${records} records; ingest ${Math.round(once.ingest)}/s, resolve ${Math.round(once.resolve)}/s, bare COPY ${Math.round(copy)} rows/s`,
    )
  } finally {
    await place.close()
  }
}
const ingest = median(results.map((one) => one.ingest))
const resolve = median(results.map((one) => one.resolve))
const copy = median(results.map((one) => one.copy))
const both = 1 / (1 / ingest + 1 / resolve)
say(
  JSON.stringify({
    bench: 'ingest',
    people,
    records,
    rounds,
    ingestPerSecond: Math.round(ingest),
    resolvePerSecond: Math.round(resolve),
    ingestAndResolvePerSecond: Math.round(both),
    copyPerSecond: Math.round(copy),
    ingestToCopy: Number((ingest / copy).toFixed(3)),
    ingestAndResolveToCopy: Number((both / copy).toFixed(3)),
    machine: machine(),
  }),
)
