/** A process that runs until it is told to stop. */
import { once } from 'node:events'

export type Running = {
  /** Aborted at SIGINT or SIGTERM, also when they come before everything has started. */
  readonly signal: AbortSignal
  /** Says what to close at the end; the last opened is closed first. */
  readonly onClose: (close: () => Promise<void>) => void
}

/**
 * Ctrl-C in a terminal reaches the embedded PostgreSQL of the same process group too, and it may be gone before a library's last
 * connection (SQLSTATE 57P01): an end that was asked for, and no fault. Anything else still ends the process.
 */
function unlessServerLeft(reason: unknown): void {
  if (reason instanceof Error && 'code' in reason && reason.code === '57P01') return
  process.stderr.write(`${reason instanceof Error ? reason.stack : reason}\n`)
  process.exit(1)
}

/**
 * Runs until SIGINT or SIGTERM; a second SIGINT ends it at once. The signals are listened for before anything starts, and all
 * that was opened is closed again, also when starting fails halfway; then it throws why, unless it was told to stop before.
 */
export async function untilStopped(begin: (running: Running) => Promise<void>): Promise<void> {
  const stopping = new AbortController()
  const stop = () => {
    stopping.abort()
    process.off('uncaughtException', unlessServerLeft).on('uncaughtException', unlessServerLeft)
  }
  process.once('SIGINT', stop)
  // A worker hears it twice when the whole group is told to stop: from outside, and from the process that started it.
  process.on('SIGTERM', stop)
  const closers: (() => Promise<void>)[] = []
  try {
    await begin({ signal: stopping.signal, onClose: (close) => void closers.push(close) }).catch((reason) => {
      // What breaks off because its database has left with us is no fault either.
      if (!stopping.signal.aborted) throw reason
    })
    if (!stopping.signal.aborted) await once(stopping.signal, 'abort')
  } finally {
    for (const close of closers.reverse()) await close().catch((reason) => process.stderr.write(`${reason}\n`))
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    process.off('uncaughtException', unlessServerLeft)
  }
}
