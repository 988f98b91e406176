/** `npm start`: everything on one machine, with the demo country loaded on the first start. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { addressOf, type Config, childEnvironment, readConfig } from '../config.ts'
import { openDatabase, openHub } from '../hub.ts'
import { packageFile } from '../schemas/files.ts'
import { columns } from './columns.ts'
import { loadDemo, openDemo } from './demo.ts'
import { eventLog, makeLogger } from './log.ts'
import { grouped, seconds } from './progress.ts'
import { mustBeFree, type Served, serve } from './serve.ts'
import { untilStopped } from './until-stopped.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** Runs until SIGINT or SIGTERM. Everything that was started is stopped again, also when starting fails halfway. */
export const start = (config: Config): Promise<void> =>
  untilStopped(async ({ signal, onClose }) => {
    const began = performance.now()
    const logger = makeLogger(config, 'api')
    const log = eventLog(logger)
    await mustBeFree(config)
    // Made by processes of its own, while this one makes the country.
    const opening = openDatabase(config, log)
    const stopping = opening.then(
      ({ stop }) => stop,
      () => undefined,
    )
    onClose(async () => (await stopping)?.())
    const demo = config.profile === 'demo' ? await openDemo(config) : undefined
    if (demo) {
      onClose(() => demo.sha.close())
      const { people, plants } = demo.country
      const planted = plants.findings.length > 0 ? ` and ${plants.findings.length} situations for the rules` : ''
      say(
        `demo: ${grouped(people.length - plants.people.length)} made-up people of Kenya and Laos${planted}, ${demo.isNew ? 'new' : 'from before'} in ${shown(config.home)}`,
      )
    }
    const database = await opening
    if (signal.aborted) return
    say(`database: ${config.databaseUrl ? 'as DATABASE_URL says' : 'embedded PostgreSQL'} (${seconds(began)})`)
    const hub = await openHub({ ...config, databaseUrl: database.url }, log, { queues: true })
    onClose(() => hub.close())
    if (signal.aborted) return
    onClose(startWorkerProcess(config, database.url, signal))
    const served = await serve(config, hub, logger)
    onClose(() => served.close())
    if (demo) await loadDemo(hub.core, signal, say)
    if (signal.aborted) return
    say(`\nPamoja is ready: ${served.url} (${seconds(began)})`)
    if (demo) say(`\n${toTry(served, config)}`)
    onClose(async () => say('stopping'))
  })

const shown = (file: string) => path.relative(process.cwd(), file) || '.'

/** The worker runs beside the API, so that a night's work does not hold up a look-up. Started again if it dies. */
function startWorkerProcess(config: Config, databaseUrl: string, signal: AbortSignal): () => Promise<void> {
  let child: ChildProcess | undefined
  let relaunch: NodeJS.Timeout | undefined
  let closing = false
  const launch = () => {
    child = spawn(process.execPath, [packageFile('pamoja.js'), 'worker', '--quiet'], {
      env: childEnvironment(config, databaseUrl),
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('exit', () => {
      // A terminal's Ctrl-C reaches it too, before it is its turn to be closed.
      if (!closing && !signal.aborted) relaunch = setTimeout(launch, 1_000).unref()
    })
  }
  launch()
  return async () => {
    closing = true
    clearTimeout(relaunch)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill('SIGTERM')
    // A timer that is still waiting must not keep this process, which has nothing else to do, for its ten seconds.
    await Promise.race([exited, sleep(10_000, undefined, { ref: false }).then(() => child?.kill('SIGKILL'))])
  }
}

/** Commands for another terminal. Settings that are not the usual ones have to be given there too; an address with a password is not repeated. */
export function toTry({ url, port }: Pick<Served, 'url' | 'port'>, config: Config, usual = readConfig({})): string {
  const { host, home, keys, databaseUrl } = config
  const settings = [
    ...(port === usual.port ? [] : [`PORT=${port}`]),
    ...(addressOf(host, port) === addressOf(usual.host, port) ? [] : [`HOST=${host}`]),
    ...(home === usual.home ? [] : [`PAMOJA_HOME=${quoted(home)}`]),
    ...(keys === path.join(home, 'keys') ? [] : [`PAMOJA_KEYS=${quoted(keys)}`]),
  ]
  const command = (words: string) => [...settings, 'npx pamoja', words].join(' ')
  const lines = columns([
    [command('lookup 99000001'), 'one person, as two registries know her'],
    [command('reconcile'), 'what does not add up between the registries'],
    [command('token'), 'an access token for curl'],
    [`${url}/docs`, 'every operation, described'],
  ])
  const where = databaseUrl ? ' with the same DATABASE_URL' : ''
  return [`Try, in another terminal${where}:`, ...lines.map((line) => `  ${line}`)].join('\n')
}

/** As a shell takes it whole. */
const quoted = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
