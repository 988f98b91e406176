/** `pamoja sync REGISTRY [--file F]`: one sync in the foreground, with a progress bar and counts that add up. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config.ts'
import type { Core } from '../core/core.ts'
import { HubError } from '../errors.ts'
import { openHub } from '../hub.ts'
import type { Rejection, SyncRun } from '../schemas/contract.ts'
import { exitCodes, wronglyAsked } from './failure.ts'
import { eventLog, makeLogger } from './log.ts'
import { grouped, progressBar } from './progress.ts'

export type SyncOptions = { readonly file?: string; readonly despiteDrift?: boolean }

/** Runs the sync and prints its counts. Ctrl-C gives the run back; the next sync goes on from there. Answers the exit code. */
export async function syncInForeground(
  config: Config,
  registry: string,
  { file, despiteDrift }: SyncOptions,
): Promise<number> {
  if (file !== undefined && !existsSync(file))
    throw wronglyAsked('--file', 'file', `There is no file ${path.resolve(file)}.`)
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  const hub = await openHub(config, eventLog(makeLogger({ ...config, logLevel: 'error' }, 'sync')), { queues: false })
  const bar = progressBar(registry)
  try {
    const { id } =
      file === undefined && !despiteDrift
        ? await beginOrGoOn(hub.core, registry)
        : await hub.core.startSync(registry, { file: file && path.resolve(file), despiteDrift: despiteDrift ?? false })
    const end = await hub.core.runSync(id, stop.signal, (page) => bar.update(page?.done ?? 0, page?.total))
    bar.stop()
    // Another process is at it, and tells of it.
    if (end.status === 'elsewhere') throw new HubError('sync_running')
    const run = await hub.core.syncRun(registry, id)
    process.stdout.write(`${describe(run)}\n`)
    if (run.counts.rejected > 0) {
      const open = await openRejections(hub.core, registry)
      for (const line of whyRejected(open)) process.stdout.write(`  ${line}\n`)
    }
    const inbox = hub.settings.registries[registry]?.inbox
    if (['failed', 'held'].includes(run.status) && file === undefined && inbox)
      process.stdout.write(`The files of ${registry} lie in ${path.resolve(config.home, inbox)}\n`)
    if (run.status === 'succeeded') {
      const resolved = await hub.core.resolveWaiting(stop.signal)
      process.stdout.write(`${registry}: ${grouped(resolved)} records resolved\n`)
    }
    if (stop.signal.aborted) process.stderr.write('stopped; the next pamoja sync goes on from here\n')
    return run.status === 'succeeded' && !stop.signal.aborted ? exitCodes.done : exitCodes.failed
  } finally {
    bar.stop()
    await hub.close()
  }
}

/** A run of its own, or the one that was begun and has not ended; nobody else may have it. */
export async function beginOrGoOn(core: Core, registry: string): Promise<SyncRun> {
  return core.startSync(registry).catch(async (reason) => {
    const [last] = (await core.syncRuns(registry, { limit: 1 })).items
    if (reason instanceof HubError && reason.code === 'sync_running' && last) return last
    throw reason
  })
}

/** Rejections that are looked at for their reasons, and reasons that are told. */
const mostRejections = 10_000
const mostReasons = 5

type Open = { readonly rejections: readonly Rejection[]; readonly isAll: boolean }

/** What this sync rejected and what others did before: whatever has to be mended. */
async function openRejections(core: Core, registry: string): Promise<Open> {
  const rejections: Rejection[] = []
  let cursor: string | undefined
  do {
    const page = await core.rejections(registry, { state: 'open', limit: 200, cursor })
    rejections.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== undefined && rejections.length < mostRejections)
  return { rejections, isAll: cursor === undefined }
}

/** The commonest reasons of open rejections, with how many records each has stopped and the first of them. */
export function whyRejected({ rejections, isAll }: Open): string[] {
  const byReason = new Map<string, { count: number; first: string }>()
  for (const { reasons, origin } of rejections)
    for (const { rule, message } of reasons) {
      const text = `${rule}: ${message}`
      const known = byReason.get(text) ?? { count: 0, first: origin }
      byReason.set(text, { ...known, count: known.count + 1 })
    }
  if (byReason.size === 0) return []
  const lines = [...byReason]
    .sort(([, one], [, other]) => other.count - one.count)
    .slice(0, mostReasons)
    .map(([text, { count, first }]) => `  ${grouped(count)} by ${text} First: ${first}`)
  return [`open rejections: ${isAll ? '' : 'more than '}${grouped(rejections.length)}`, ...lines]
}

/** One line whose counts add up: read = added + changed + unchanged + rejected. */
export function describe({ registry, status, counts, problem }: SyncRun): string {
  const { read, added, changed, unchanged, rejected, absent } = counts
  const parts = [
    `${grouped(added)} added`,
    `${grouped(changed)} changed`,
    `${grouped(unchanged)} unchanged`,
    `${grouped(rejected)} rejected`,
  ]
  const gone = absent > 0 ? `; ${grouped(absent)} no longer listed` : ''
  return `${registry}: ${status}, ${grouped(read)} read = ${parts.join(' + ')}${gone}${problem ? `\n${problem}` : ''}`
}
