/** `pamoja sync REGISTRY [--file F]`: one sync in the foreground, with a progress bar and counts that add up. */
import path from 'node:path'
import type { Config } from '../config.ts'
import { openHub } from '../hub.ts'
import type { SyncRun } from '../schemas/contract.ts'
import { eventLog, makeLogger } from './log.ts'
import { grouped, progressBar } from './progress.ts'

export type SyncOptions = { readonly file?: string; readonly despiteDrift?: boolean }

/** Runs the sync and prints its counts. Ctrl-C gives the run back; the next sync goes on from there. Answers the exit code. */
export async function syncInForeground(
  config: Config,
  registry: string,
  { file, despiteDrift }: SyncOptions,
): Promise<number> {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  const hub = await openHub(config, eventLog(makeLogger({ ...config, logLevel: 'error' }, 'sync')), { queues: false })
  const bar = progressBar(registry)
  try {
    const { id } = await hub.core.startSync(registry, {
      file: file && path.resolve(file),
      despiteDrift: despiteDrift ?? false,
    })
    await hub.core.runSync(id, stop.signal, (page) => bar.update(page?.done ?? 0, page?.total))
    bar.stop()
    const run = await hub.core.syncRun(registry, id)
    process.stdout.write(`${describe(run)}\n`)
    if (run.status === 'succeeded') {
      const resolved = await hub.core.resolveWaiting(stop.signal)
      process.stdout.write(`${registry}: ${grouped(resolved)} records resolved\n`)
    }
    return run.status === 'succeeded' ? 0 : 1
  } finally {
    bar.stop()
    await hub.close()
  }
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
