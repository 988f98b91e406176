/**
 * Look-up by identifier, with everything on (token, agreement, contract checks, decryption, audit leaf on disk before the answer),
 * beside the barest Express + pg handler that does the same indexed read. Load, hub and PostgreSQL share the machine.
 * Options: --people N (20,000), --rounds N (3), --seconds N (10) a round, --connections N (16).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import autocannon from 'autocannon'
import { demoClientKeys, readClientKey, writeSettings } from '../cli/home.ts'
import { type Config, childEnvironment, readConfig } from '../config.ts'
import { demoSettings } from '../demo/settings.ts'
import { writeCountry } from '../demo/write.ts'
import { openHub, settingsFile } from '../hub.ts'
import { packageFile } from '../schemas/files.ts'
import { makeTokens } from '../sdk/token.ts'
import { loadKeys } from '../store/keys.ts'
import { openPool } from '../store/pool.ts'
import { identifierHash, readRecords } from '../store/records.ts'
import { machine, median, openPlace, option, say } from './place.ts'

const people = option('people', 20_000)
const rounds = option('rounds', 3)
const seconds = option('seconds', 10)
const connections = option('connections', 16)
const asOf = '2026-11-22'

type Target = { url: string; path: string; headers: Record<string, string>; bodies: string[] }

/** Loads the member register of the demo country and answers national ids that are found. */
async function load(config: Config): Promise<string[]> {
  const sha = { url: 'http://127.0.0.1:1', key: 'none', username: 'none', password: 'none' }
  await writeCountry({ people, seed: 7, asOf, out: path.join(config.home, 'demo'), months: 1 })
  writeSettings(settingsFile(config), demoSettings(demoClientKeys(config), sha))
  const hub = await openHub(config, () => undefined, { queues: false })
  const { id } = await hub.core.startSync('ke-nssf')
  await hub.core.runSync(id, new AbortController().signal)
  await hub.core.resolveWaiting()
  await hub.close()
  const db = openPool(config.databaseUrl ?? '', { max: 1 })
  const ids = await db.query<{ id: string }>(
    `select id from source_record where stream = 'member' order by id limit 5000`,
  )
  const records = await readRecords(
    db,
    loadKeys(config.keys),
    ids.map((row) => row.id),
  )
  await db.close()
  return records.flatMap(({ record }) =>
    record.identifiers.filter((one) => one.type === 'national-id').map((one) => one.value),
  )
}

/** Starts a server process and answers the URL that it prints. */
async function start(
  file: string,
  args: string[],
  env?: Record<string, string | undefined>,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'], ...(env && { env }) })
  for await (const chunk of child.stdout) {
    const url = /http:\/\/\S+/.exec(String(chunk))?.[0]
    if (url) return { child, url }
  }
  throw new Error(`${file} did not start`)
}

/** The bodies that find one person: an identifier that two people hold is refused, as it should be, and would be another figure. */
async function thatMatch(target: Target): Promise<string[]> {
  const found: string[] = []
  for (const body of target.bodies) {
    const headers = { 'content-type': 'application/json', ...target.headers }
    const answer = await fetch(target.url + target.path, { method: 'POST', headers, body })
    const { outcome } = (await answer.json()) as { outcome?: string }
    if (outcome === 'match') found.push(body)
  }
  return found
}

async function fire(target: Target, rate?: number) {
  let next = 0
  const result = await autocannon({
    url: target.url,
    connections,
    duration: seconds,
    ...(rate && { overallRate: rate }),
    requests: [
      {
        method: 'POST',
        path: target.path,
        headers: { 'content-type': 'application/json', ...target.headers },
        setupRequest: (request) => ({ ...request, body: target.bodies[next++ % target.bodies.length] ?? '' }),
      },
    ],
  })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} refusals and ${result.errors} errors`)
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 }
}

const place = await openPlace()
const config = readConfig({
  PAMOJA_HOME: path.join(place.folder, 'home'),
  DATABASE_URL: place.url,
  PORT: '0',
  LOG_LEVEL: 'silent',
})
mkdirSync(config.home)
const children: ChildProcess[] = []
try {
  const numbers = await load(config)
  const keys = loadKeys(config.keys)
  const hub = await start(packageFile('pamoja.js'), ['api'], {
    ...childEnvironment(config, place.url),
    PORT: '0',
    LOG_LEVEL: 'silent',
  })
  const bare = await start(packageFile('dist/bench/bare-server.js'), [place.url])
  children.push(hub.child, bare.child)
  const token = await makeTokens({
    baseUrl: hub.url,
    clientId: 'demo',
    privateKey: readClientKey(config, 'demo'),
    fetch,
  }).get('beneficiaries:read')
  const hashes = (value: string) =>
    ['ke-nssf', 'ke-sha'].map((registry) =>
      identifierHash(keys, registry, { type: 'national-id', issuer: 'ke', value }).toString('hex'),
    )
  const bareTarget: Target = {
    url: bare.url,
    path: '/lookup',
    headers: {},
    bodies: numbers.map((value) => JSON.stringify({ hashes: hashes(value) })),
  }
  const hubTarget: Target = {
    url: hub.url,
    path: '/v1/beneficiaries/lookup',
    headers: { authorization: `Bearer ${token}`, 'pamoja-purpose': 'coverage-check', 'pamoja-officer': 'bench' },
    bodies: numbers.map((value) => JSON.stringify({ identifier: { type: 'national-id', issuer: 'ke', value } })),
  }
  hubTarget.bodies = await thatMatch(hubTarget)
  await fire(hubTarget)
  await fire(bareTarget)
  const pairs = []
  for (let round = 0; round < rounds; round++) {
    const [left, right] = [await fire(hubTarget), await fire(bareTarget)]
    pairs.push({ hub: left, bare: right })
    say(
      `round ${round + 1}: look-up ${Math.round(left.perSecond)}/s (p99 ${left.p99} ms), bare handler ${Math.round(right.perSecond)}/s (p99 ${right.p99} ms)`,
    )
  }
  const hubRate = median(pairs.map((one) => one.hub.perSecond))
  const half = await fire(hubTarget, Math.round(hubRate / 2))
  const result = {
    bench: 'lookup',
    people,
    rounds,
    connections,
    lookupPerSecond: Math.round(hubRate),
    barePerSecond: Math.round(median(pairs.map((one) => one.bare.perSecond))),
    lookupToBare: Number(median(pairs.map((one) => one.hub.perSecond / one.bare.perSecond)).toFixed(3)),
    halfLoad: { perSecond: Math.round(half.perSecond), p50: half.p50, p99: half.p99 },
    machine: machine(),
  }
  say(JSON.stringify(result))
} finally {
  for (const child of children) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  await place.close()
}
