/**
 * A night's reconciliation of a country in three registries, from stored facts to findings, by two processes, while look-ups go on.
 * Load, hub and PostgreSQL share the machine. Options: --people N (1,000,000), --workers N (2), --lookups N (50) a second, --nights N (1),
 * --keep DIR: the filled database stays there for the next run.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { demoClientKeys, readClientKey, writeSettings } from '../cli/home.ts'
import { type Config, childEnvironment, readConfig } from '../config.ts'
import type { Totals } from '../core/reconciliation/totals.ts'
import { demoSettings } from '../demo/settings.ts'
import { openHub, settingsFile } from '../hub.ts'
import { packageFile } from '../schemas/files.ts'
import { makeTokens } from '../sdk/token.ts'
import { fill } from './fill.ts'
import { machine, openPlace, option, say, textOption } from './place.ts'
import { askSteadily, type Target } from './reconcile/lookups.ts'
import { recordsAbout } from './reconcile/people.ts'
import { watch } from './reconcile/watch.ts'

const people = option('people', 1_000_000)
const workers = option('workers', 2)
const perSecond = option('lookups', 50)
const nights = option('nights', 1)
const goal = { minutes: 15, peakMiB: 512, p99: 500 }

/** Starts the API and answers where it is. */
async function startApi(env: Record<string, string | undefined>): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [packageFile('pamoja.js'), 'api'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const chunk of child.stdout) {
    const url = /http:\/\/\S+/.exec(String(chunk))?.[0]
    if (url) return { child, url }
  }
  throw new Error('the API did not start')
}

/** Look-ups of people whom the bench put there. */
async function lookups(config: Config, url: string): Promise<Target> {
  const privateKey = readClientKey(config, 'demo')
  const tokens = makeTokens({ baseUrl: url, clientId: 'demo', privateKey, fetch })
  const asked = Array.from({ length: 2_000 }, (_, place) => Math.floor((place / 2_000) * people))
  return {
    url: `${url}/v1/beneficiaries/lookup`,
    headers: async () => ({
      authorization: `Bearer ${await tokens.get('beneficiaries:read')}`,
      'pamoja-purpose': 'coverage-check',
      'pamoja-officer': 'bench',
    }),
    bodies: asked.map((index) => {
      const identifier = recordsAbout(index)[0]?.identifiers.find(({ type }) => type === 'national-id')
      return JSON.stringify({ identifier })
    }),
  }
}

/** One night, by the command that an operator would give. */
async function reconcile(env: Record<string, string | undefined>) {
  const serverBefore = place.serverCpu() ?? Number.NaN
  const began = performance.now()
  const args = [packageFile('pamoja.js'), 'reconcile', '--json', '--workers', String(workers)]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const watched = watch(child.pid ?? 0)
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const [code] = await once(child, 'close')
  const seconds = (performance.now() - began) / 1000
  const used = watched.stop()
  if (code !== 0) throw new Error(`the run ended with ${code}`)
  const { totals }: { totals: Totals } = JSON.parse(printed)
  return { totals, seconds, used, serverCpu: (place.serverCpu() ?? Number.NaN) - serverBefore }
}

const place = await openPlace(textOption('keep'))
const config = readConfig({
  PAMOJA_HOME: path.join(place.folder, 'home'),
  DATABASE_URL: place.url,
  PORT: '0',
  LOG_LEVEL: 'error',
})
mkdirSync(config.home, { recursive: true })
const env = { ...childEnvironment(config, place.url), PORT: '0', LOG_LEVEL: 'error' }
const note = path.join(place.folder, 'reconcile-filled.json')
let api: ChildProcess | undefined
try {
  writeSettings(
    settingsFile(config),
    demoSettings(demoClientKeys(config), {
      url: 'http://127.0.0.1:1',
      key: 'none',
      username: 'none',
      password: 'none',
    }),
  )
  await (await openHub(config, () => undefined, { queues: false })).close()
  if (!existsSync(note)) {
    const began = performance.now()
    await fill(place.url, people, { file: 'dist/bench/reconcile/fill-worker.js', args: [config.keys] })
    say(`filled in ${Math.round((performance.now() - began) / 1000)} s`)
    writeFileSync(note, JSON.stringify({ people }))
  }
  const filled: { people: number } = JSON.parse(readFileSync(note, 'utf8'))
  if (filled.people !== people) throw new Error(`the kept database holds ${filled.people} people; say --people`)
  const served = await startApi(env)
  api = served.child
  const target = await lookups(config, served.url)
  const all = []
  for (let night = 0; night < nights; night++) {
    const asking = perSecond > 0 ? askSteadily(target, perSecond) : undefined
    const { totals, seconds, used, serverCpu } = await reconcile(env)
    const latencies = await asking?.stop()
    if (latencies && latencies.refused > 0) throw new Error(`${latencies.refused} look-ups were refused`)
    const cpu = used.reduce((sum, one) => sum + one.cpu, 0)
    const each = (total: number) => Number(((1000 * total) / totals.people).toFixed(3))
    const figures = {
      minutes: Number((seconds / 60).toFixed(2)),
      recordsPerSecond: Math.round(totals.records / seconds),
      cpuMsPerPerson: each(cpu),
      serverCpuMsPerPerson: each(serverCpu),
      peakMiB: used.map(({ peakMiB }) => peakMiB),
      lookups: latencies,
      people: totals.people,
      records: totals.records,
      groups: totals.groups,
      found: totals.found,
      faults: totals.faults,
      new: Object.values(totals.rules).reduce((sum, one) => sum + one.new, 0),
      persisting: Object.values(totals.rules).reduce((sum, one) => sum + one.persisting, 0),
    }
    say(JSON.stringify(figures))
    all.push(figures)
  }
  say(JSON.stringify({ bench: 'reconcile', people, workers, perSecond, goal, nights: all, machine: machine() }))
} finally {
  if (api) {
    api.kill('SIGTERM')
    await once(api, 'exit')
  }
  await place.close()
}
