/** The thread that reads large files beside the main one, and compares beside it afterwards. */
import { stat } from 'node:fs/promises'
import type { Worker } from 'node:worker_threads'
import { startThread } from '../../linkage/table/kernel/start.ts'

/** Smaller files are read before a thread has started. */
const worthThread = 4 << 20

/**
 * A thread that reads large files beside this one. It is started before anything is known of them but their size, as that takes a while; a
 * process that has no use for it does not wait for it.
 */
export async function startReader(files: readonly string[]): Promise<Worker | undefined> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  if (sizes.reduce((sum, size) => sum + size, 0) < worthThread) return undefined
  const thread = startThread(new URL('./read-thread.ts', import.meta.url), {})
  thread.unref()
  return thread
}
