/** `pamoja reconcile`: one reconciliation run in the foreground, alone or with helpers of its own, and what it came to. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import path from 'node:path'
import { parse, YAMLError } from 'yaml'
import { type Config, childEnvironment } from '../../config.ts'
import type { Core } from '../../core/core.ts'
import type { OnProgress } from '../../core/reconciliation/run.ts'
import type { RunRequest } from '../../core/reconciliation/start.ts'
import type { Totals } from '../../core/reconciliation/totals.ts'
import type { Change } from '../../core/reconciliation/trial.ts'
import { openDatabase, openHub } from '../../hub.ts'
import { packageFile } from '../../schemas/files.ts'
import { mustBeFolder, wronglyAsked } from '../failure.ts'
import { eventLog, makeLogger } from '../log.ts'
import { grouped, type Progress, progressBar } from '../progress.ts'
import { writeReports } from './reports.ts'
import { moneyText, tableOf } from './table.ts'

export type ReconcileOptions = {
  asOf?: string
  /** Settings to try on the last night's facts. */
  try?: string
  report?: string
  workers: number
  json?: boolean
  /** A run that another process has started. */
  join?: string
}

// Whoever reads the first lines only has seen enough.
process.stdout.on('error', (reason: NodeJS.ErrnoException) => {
  if (reason.code !== 'EPIPE') throw reason
})

const say = (line: string) => void process.stdout.write(`${line}\n`)
const complain = (line: string) => void process.stderr.write(`${line}\n`)

/** Answers the exit code: 0 when the run came to its end, else 1. Throws `invalid_request` for what does not fit. */
export async function reconcileInForeground(config: Config, options: ReconcileOptions): Promise<number> {
  const request = requestOf(options)
  // Whoever asks the hub on this machine meanwhile goes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  const stop = new AbortController()
  const abort = () => stop.abort()
  process.once('SIGINT', abort).once('SIGTERM', abort)
  const log = eventLog(makeLogger({ ...config, logLevel: 'error' }, 'reconcile'))
  const database = await openDatabase(config, log)
  const hub = await openHub({ ...config, databaseUrl: database.url }, log, { queues: false })
  const bars = phaseBars()
  let helpers: ChildProcess[] = []
  try {
    const { reconciliation } = hub.core
    if (options.join !== undefined)
      return (await reconciliation.run(options.join, stop.signal)).status === 'succeeded' ? 0 : 1
    if (request.kind === 'live') await hub.core.resolveWaiting(stop.signal)
    const { id } = await reconciliation.start(request)
    helpers = startHelpers(config, database.url, id, options.workers - 1)
    const end = await reconciliation.run(id, stop.signal, { onProgress: bars.update })
    bars.stop()
    if (end.status === 'released') {
      complain('stopped; the next pamoja reconcile goes on from here')
      return 1
    }
    await tell(hub.core, id, options)
    if (end.status === 'succeeded' && request.kind !== 'trial') {
      const run = await reconciliation.read(id)
      const folder = path.resolve(options.report ?? path.join(config.home, 'reports', run?.as_of ?? id))
      const files = await writeReports(hub.core, id, folder)
      if ((run?.totals as Totals | null)?.records === 0)
        complain('The hub held nothing at that time: this says nothing about that day.')
      if (!options.json) say(`\n${grouped(files)} reports written to ${folder}`)
    }
    return end.status === 'succeeded' ? 0 : 1
  } finally {
    bars.stop()
    await stopHelpers(helpers)
    await hub.close()
    await database.stop()
    process.off('SIGINT', abort).off('SIGTERM', abort)
  }
}

/** What was asked for. Throws `invalid_request` with what does not fit. */
function requestOf({ asOf, try: file, report }: ReconcileOptions): RunRequest {
  if (report !== undefined) mustBeFolder('--report', report)
  if (asOf !== undefined && file !== undefined)
    throw wronglyAsked('--try', 'alone', 'Other settings are tried on the last night; leave --as-of out.')
  if (asOf !== undefined) return { kind: 'as-of', asOf }
  if (file === undefined) return { kind: 'live' }
  try {
    return { kind: 'trial', settings: rulesIn(parse(readFileSync(file, 'utf8'))) }
  } catch (cause) {
    if (cause instanceof YAMLError) throw wronglyAsked('--try', 'yaml', `${file}: ${cause.message.split('\n')[0]}`)
    throw wronglyAsked(
      '--try',
      'file',
      `${file} cannot be read (${cause instanceof Error && 'code' in cause ? cause.code : ''}).`,
    )
  }
}

/** The block of hub.yaml may be pasted as it stands there; when the night begins says nothing about one that has been. */
function rulesIn(parsed: unknown): unknown {
  if (!isObject(parsed) || Object.keys(parsed).length !== 1 || !isObject(parsed.reconciliation)) return parsed
  const { at: _at, timeZone: _timeZone, ...rules } = parsed.reconciliation
  return rules
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Further processes that share the run. */
function startHelpers(config: Config, databaseUrl: string, run: string, count: number): ChildProcess[] {
  return Array.from({ length: Math.max(0, count) }, () =>
    spawn(process.execPath, [packageFile('pamoja.js'), 'reconcile', '--join', run], {
      env: childEnvironment(config, databaseUrl),
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  )
}

async function stopHelpers(helpers: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    helpers.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    }),
  )
}

/** A bar for each phase, one after the other. */
function phaseBars(): { update: OnProgress; stop: () => void } {
  let now: { phase: string; bar: Progress } | undefined
  const stop = () => {
    now?.bar.stop()
    now = undefined
  }
  return {
    stop,
    update(phase, done, total) {
      if (now?.phase !== phase) stop()
      now ??= { phase, bar: progressBar(phase) }
      now.bar.update(done, total)
    },
  }
}

async function tell(core: Core, id: string, { try: tried, json }: ReconcileOptions): Promise<void> {
  const run = await core.reconciliation.read(id)
  if (!run?.totals) {
    complain(run?.problem ?? 'The run has vanished.')
    return
  }
  const totals = run.totals as Totals
  if (json) {
    say(JSON.stringify({ run: id, kind: run.kind, asOf: run.as_of, knownAt: run.known_at, totals }))
  } else {
    const looked = `${grouped(totals.people)} people, ${grouped(totals.records)} records, ${grouped(totals.groups)} groups`
    say(`${run.as_of}, as known at ${run.known_at?.toISOString()}: ${looked}\n`)
    say(tableOf(totals, core.reconciliation.titles(), tried !== undefined))
    for (const [rule, subjects] of Object.entries(totals.faults))
      say(`\n${rule} failed on ${grouped(subjects)} subjects, about which it says nothing; see the log`)
  }
  if (tried !== undefined) await tellChanges(core, id, json ?? false)
}

/** What would appear and what would vanish, one line each. */
async function tellChanges(core: Core, id: string, json: boolean): Promise<void> {
  if (!json) say('')
  for await (const change of core.reconciliation.differences(id)) say(json ? JSON.stringify(change) : lineOf(change))
}

const lineOf = ({ change, rule, subject_kind, subject, message, owner, amount, currency, finding }: Change): string =>
  [
    change === 'appears' ? '+' : '-',
    rule,
    message,
    `${subject_kind} ${subject}`,
    `owner ${owner}`,
    ...(amount !== null && currency !== null ? [moneyText(amount, currency)] : []),
    ...(finding === null ? [] : [`finding ${finding}`]),
  ].join('  ')
