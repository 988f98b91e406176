/**
 * Resolving and searching with a country in the store: changed records are stored, and resolved as they are stored, then people are
 * searched for by name and birth date, some of it mistyped, by parallel callers. Options: --people N (1,000,000), --records N (6,000)
 * changed records, --seconds N (20) of searching, --callers N (16), --keep DIR: the filled database stays there for the next run,
 * --cold: the server has just started, and nothing is in its memory.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Core, makeCore } from '../core/core.ts'
import type { Needs } from '../core/needs.ts'
import { candidateLimit } from '../core/persons/judge.ts'
import { worthOpening } from '../core/persons/worth.ts'
import type { SearchQuery } from '../core/search.ts'
import { applySettings, readSettings } from '../core/settings.ts'
import { Random } from '../demo/random.ts'
import { demoSettings } from '../demo/settings.ts'
import { partedKeys } from '../linkage/blocking.ts'
import { prepare } from '../linkage/features.ts'
import { defaultModel } from '../linkage/model.ts'
import { previewOf } from '../linkage/preview.ts'
import { toLinkRecord } from '../linkage/record.ts'
import { law } from '../reconciliation/law/countries.ts'
import { rules } from '../reconciliation/rules.ts'
import type { SourceRecord } from '../schemas/contract.ts'
import { openAuditLog } from '../store/audit.ts'
import { hashBlockingKeys } from '../store/blocking.ts'
import { findCandidates } from '../store/candidates.ts'
import { newId } from '../store/ids.ts'
import { post } from '../store/outbox.ts'
import { openPool } from '../store/pool.ts'
import { draftRecord, putRecords } from '../store/put-records.ts'
import { sourceKey } from '../store/records.ts'
import { fill } from './fill.ts'
import { benchKeys, machine, openPlace, option, say, textOption } from './place.ts'
import { human, recordOf, registriesOf, withSlip } from './population.ts'

const people = option('people', 1_000_000)
const records = option('records', 6_000)
const seconds = option('seconds', 20)
const callers = option('callers', 16)
const pageSize = 200

const key = { publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }
const settings = readSettings(
  demoSettings(
    { demo: key, 'demo-lao': key, 'demo-operator': key, 'demo-steward': key, 'demo-reconciler': key },
    { url: 'http://127.0.0.1:1', key: '', username: '', password: '' },
  ),
)

/** What a run changes, and whom each record is about. Runs on a kept database change other people each time. */
type Changes = { changed: SourceRecord[]; joining: { record: SourceRecord; who: number }[]; fresh: SourceRecord[] }

function changesOf(run: number): Changes {
  const random = new Random('bench', 'changes', run)
  const changes: Changes = { changed: [], joining: [], fresh: [] }
  const share = Math.floor(records / 3)
  // Each person once: what is stored twice before it is resolved is resolved once.
  const taken = new Set<number>()
  const somebody = (): number => {
    for (;;) {
      const who = random.between(0, people - 1)
      if (taken.has(who)) continue
      taken.add(who)
      return who
    }
  }
  while (changes.changed.length < share) {
    const one = human(somebody())
    const [registry = ''] = registriesOf(one)
    changes.changed.push(recordOf(one, registry, run))
  }
  while (changes.joining.length < share) {
    const who = somebody()
    const one = human(who)
    const [registry, second] = registriesOf(one)
    if (one.country === 'la' || second !== undefined) continue
    // The other registry hears of this person for the first time.
    const other = registry === 'ke-nssf' ? 'ke-sha' : 'ke-nssf'
    const record = recordOf(one, other)
    changes.joining.push({ who, record })
  }
  while (changes.fresh.length < records - 2 * share) {
    const one = human(people * (1 + run) + changes.fresh.length)
    changes.fresh.push(recordOf(one, registriesOf(one)[0] ?? ''))
  }
  return changes
}

/** Stores records as a sync does, a page in one transaction. */
async function store({ db, keys, now }: Needs, all: readonly SourceRecord[]): Promise<number> {
  let stored = 0
  const registries = new Map<string, SourceRecord[]>()
  for (const record of all) {
    const list = registries.get(record.registry)
    if (list) list.push(record)
    else registries.set(record.registry, [record])
  }
  for (const [registry, list] of registries)
    for (let from = 0; from < list.length; from += pageSize) {
      const drafts = list.slice(from, from + pageSize).map((record) => draftRecord(keys, record))
      const put = await db.transaction(async (tx) => {
        const page = await putRecords(tx, keys, registry, drafts, { at: now(), run: null })
        await post(tx, 'resolve', [...page.added, ...page.changed], now())
        return page
      })
      stored += put.added.length + put.changed.length
    }
  return stored
}

/** Resolves records while they are stored, as a worker does while a list is read; answers how many. */
async function storeAndResolve(needs: Needs, core: Core, all: readonly SourceRecord[]): Promise<number> {
  let isStoring = true
  const storing = store(needs, all).finally(() => {
    isStoring = false
  })
  let resolved = 0
  for (let last = false; !last; ) {
    last = !isStoring
    resolved += await core.resolveWaiting()
    if (!last) await sleep(10)
  }
  const stored = await storing
  if (resolved !== stored) throw new Error(`${stored} stored, ${resolved} resolved`)
  return resolved
}

/** `cpu`, `serverCpu`: seconds that this process and PostgreSQL worked, whatever else the machine did meanwhile. */
const timed = async <T>(work: () => Promise<T>) => {
  const [began, cpuBefore, serverBefore] = [performance.now(), process.cpuUsage(), place.serverCpu() ?? Number.NaN]
  const result = await work()
  const { user, system } = process.cpuUsage(cpuBefore)
  const serverCpu = (place.serverCpu() ?? Number.NaN) - serverBefore
  return { result, seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6, serverCpu }
}
const msEach = (seconds: number, count: number) => Number(((1000 * seconds) / count).toFixed(2))

/** The person of a record, or nothing. */
async function personOf({ db, keys }: Needs, { registry, sourceId }: SourceRecord): Promise<string | undefined> {
  const rows = await db.query<{ person: string }>(
    `select m.person from source_record r join membership m on m.record = r.id and m.until is null
     where r.registry = $1 and r.source_key = $2`,
    [registry, sourceKey(keys, registry, sourceId)],
  )
  return rows[0]?.person
}

/** Pairs of records that should belong to one person: how many do, and what was decided about the others. */
async function joinedRight(needs: Needs, joining: Changes['joining']) {
  const apart = new Map<string, number>()
  let right = 0
  for (const { who, record } of joining) {
    const one = human(who)
    const other = recordOf(one, registriesOf(one)[0] ?? '')
    const person = await personOf(needs, record)
    if (person && person === (await personOf(needs, other))) right++
    else {
      const outcome = await decisionBetween(needs, record, other)
      apart.set(outcome, (apart.get(outcome) ?? 0) + 1)
    }
  }
  return { joinedRight: right / Math.max(1, joining.length), apart: Object.fromEntries(apart) }
}

/** What the model said about two records, how their names agree, and why it was not followed; `distinct` leaves no row. */
async function decisionBetween({ db, keys }: Needs, ...pair: [SourceRecord, SourceRecord]): Promise<string> {
  const [one, other] = pair.map(({ registry, sourceId }) => [registry, sourceKey(keys, registry, sourceId)])
  const rows = await db.query<{ said: string }>(
    `with pair as (select id from source_record where (registry, source_key) in (($1, $2), ($3, $4)))
     select concat_ws(' ', outcome, refused, jsonb_path_query_first(parts, '$[*] ? (@.on == "name").level') #>> '{}') as said
     from decision where a in (select id from pair) and b in (select id from pair)`,
    [...(one ?? []), ...(other ?? [])],
  )
  return rows[0]?.said ?? 'distinct'
}

/** How many of the records held a key that was too common to look into, and how many candidates each has. */
async function lookInto({ db, keys }: Needs, all: readonly SourceRecord[]) {
  const asked = all.map((record) => {
    const id = newId()
    const prepared = prepare(toLinkRecord(id, record))
    return { id, keys: hashBlockingKeys(keys, partedKeys(prepared)), preview: previewOf(prepared) }
  })
  const found = { met: 0, opened: 0, truncated: 0 }
  const worth = worthOpening(defaultModel, asked)
  for (let from = 0; from < asked.length; from += pageSize) {
    const some = asked.slice(from, from + pageSize)
    const { pairs, met, truncated } = await findCandidates(db, keys, some, candidateLimit, worth)
    found.met += met
    found.opened += pairs.length
    found.truncated += truncated.size
  }
  const each = (count: number) => Number((count / asked.length).toFixed(3))
  return { candidates: each(found.met), opened: each(found.opened), truncated: each(found.truncated) }
}

type Question = { kind: string; query: SearchQuery; who: number }

/** Descriptions of people who are in the store, as they would be given at a counter. */
function question(random: Random): Question {
  for (;;) {
    const who = random.between(0, people - 1)
    const one = human(who)
    if (one.country === 'la') continue
    const words = one.words.map(({ written }) => written)
    const [year = '', month = '', day = ''] = one.born.split('-')
    const luck = random.next()
    if (luck < 0.4) return { kind: 'exact', who, query: { name: words.join(' '), birthDate: one.born, sex: one.sex } }
    if (luck < 0.7) {
      const at = random.between(0, words.length - 1)
      const name = words.map((word, place) => (place === at ? withSlip(word, random) : word)).join(' ')
      return { kind: 'name slip', who, query: { name, birthDate: one.born, sex: one.sex } }
    }
    if (luck < 0.85) {
      const wrong = `${year}-${month}-${String(1 + ((Number(day) + 9) % 28)).padStart(2, '0')}`
      return { kind: 'day slip', who, query: { name: words.join(' '), birthDate: wrong, sex: one.sex } }
    }
    return { kind: 'year only', who, query: { name: words.join(' '), birthDate: year, sex: one.sex } }
  }
}

async function searchFor(core: Core, needs: Needs) {
  const asker = {
    client: 'demo',
    purpose: 'coverage-check',
    officer: 'bench',
    operation: 'searchBeneficiaries',
    traceId: 'bench',
  }
  const times: number[] = []
  const kinds = new Map<string, { asked: number; first: number; among: number; tooMany: number }>()
  const until = performance.now() + seconds * 1000
  const call = async (caller: number) => {
    const random = new Random('bench', 'search', caller, Date.now())
    while (performance.now() < until) {
      const { kind, query, who } = question(random)
      const began = performance.now()
      const answer = await core.search(query, asker)
      times.push(performance.now() - began)
      const one = human(who)
      const person = await personOf(needs, recordOf(one, registriesOf(one)[0] ?? ''))
      const seen = kinds.get(kind) ?? { asked: 0, first: 0, among: 0, tooMany: 0 }
      seen.asked++
      if (answer.outcome === 'too_many') seen.tooMany++
      if (answer.candidates[0]?.id === person) seen.first++
      if (answer.candidates.some(({ id }) => id === person)) seen.among++
      kinds.set(kind, seen)
    }
  }
  const { seconds: took, cpu, serverCpu } = await timed(() => Promise.all([...Array(callers).keys()].map(call)))
  times.sort((a, b) => a - b)
  const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(1))
  return {
    perSecond: Math.round(times.length / took),
    p50: at(0.5),
    p99: at(0.99),
    cpuMs: msEach(cpu, times.length),
    serverCpuMs: msEach(serverCpu, times.length),
    kinds: Object.fromEntries(kinds),
  }
}

/** Brings what every record needs into the server's memory, as it stands there after an hour of work. */
async function warm(url: string): Promise<void> {
  const owner = openPool(url, { max: 1, statementTimeoutMs: 0 })
  try {
    await owner.query('create extension if not exists pg_prewarm')
    await owner.query(
      `select pg_prewarm(oid, case when relkind = 'i' or relname in ('blocking_key', 'evidence', 'identifier', 'membership')
         then 'buffer' else 'read' end)
       from pg_class where relnamespace = 'public'::regnamespace and relkind in ('i', 'r', 't')`,
    )
  } finally {
    await owner.close()
  }
}

const place = await openPlace(textOption('keep'))
const note = path.join(place.folder, 'filled.json')
const db = openPool(place.url, { role: 'pamoja_app', statementTimeoutMs: 120_000, durable: true })
try {
  await applySettings(db, settings, 'development')
  if (!existsSync(note)) {
    const { seconds: took } = await timed(() => fill(place.url, people))
    say(`filled in ${Math.round(took)} s`)
    writeFileSync(note, JSON.stringify({ people, runs: 0 }))
  }
  const filled: { people: number; runs: number } = JSON.parse(readFileSync(note, 'utf8'))
  if (filled.people !== people) throw new Error(`the kept database holds ${filled.people} people; say --people`)
  writeFileSync(note, JSON.stringify({ people, runs: filled.runs + 1 }))
  const needs: Needs = {
    db,
    keys: benchKeys(),
    audit: openAuditLog(openPool(place.url, { role: 'pamoja_app', durable: true, max: 2 })),
    model: defaultModel,
    adapterOf: () => undefined,
    now: () => new Date(),
    wake: async () => undefined,
    log: (event, details) => say(`${event} ${JSON.stringify(details)}`),
    events: { source: 'urn:pamoja:test', networks: [] },
    reconciliation: { at: '04:00', timeZone: 'Africa/Nairobi', book: { rules, law } },
    quietMs: 60_000,
  }
  const core = makeCore(needs)
  if (!process.argv.includes('--cold')) await warm(place.url)
  const changes = changesOf(filled.runs + 1)
  const all = [...changes.changed, ...changes.joining.map(({ record }) => record), ...changes.fresh]
  const order = new Random('bench', 'order')
  const mixed = all.map((record) => ({ record, at: order.next() })).sort((a, b) => a.at - b.at)
  const inOrder = mixed.map(({ record }) => record)
  const { result, seconds: took, cpu, serverCpu } = await timed(() => storeAndResolve(needs, core, inOrder))
  const resolve = {
    records: result,
    perSecond: Math.round(result / took),
    cpuMs: msEach(cpu, result),
    serverCpuMs: msEach(serverCpu, result),
    ...(await lookInto(needs, all)),
    ...(await joinedRight(needs, changes.joining)),
  }
  say(JSON.stringify(resolve))
  const search = seconds > 0 ? await searchFor(core, needs) : undefined
  say(JSON.stringify({ bench: 'resolve', people, resolve, callers, search, machine: machine() }))
} finally {
  await db.close()
  await place.close()
}
