/** `pamoja relink`: every record compared anew, in the foreground, while the hub goes on answering. */
import type { Config } from '../config.ts'
import { openHub } from '../hub.ts'
import { eventLog, makeLogger } from './log.ts'
import { grouped, progressBar } from './progress.ts'

/** Prints what changed. Ctrl-C keeps what is done, and the next call goes on from there. Answers the exit code. */
export async function relinkInForeground(config: Config): Promise<number> {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  process.once('SIGTERM', () => stop.abort())
  const hub = await openHub(config, eventLog(makeLogger({ ...config, logLevel: 'error' }, 'relink')), { queues: false })
  const bar = progressBar('relink')
  try {
    const { done, decisions, moved, failed, finished } = await hub.core.relink(stop.signal, bar.update)
    bar.stop()
    const parts = [
      `${grouped(done)} records compared anew`,
      `${grouped(decisions)} decisions changed`,
      `${grouped(moved)} records changed their person`,
      ...(failed > 0 ? [`${grouped(failed)} records could not be compared and were stepped over (see the log)`] : []),
    ]
    process.stdout.write(`${parts.join(', ')}${finished ? '' : '; stopped, the next relink goes on from here'}\n`)
    return finished && failed === 0 ? 0 : 1
  } finally {
    bar.stop()
    await hub.close()
  }
}
