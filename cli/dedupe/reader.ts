/** The thread that reads large files beside the main one, and compares beside it afterwards. */
import { stat } from 'node:fs/promises'
import type { Worker } from 'node:worker_threads'
import { startThread } from '../../linkage/table/kernel/start.ts'

/** A thread beside this one that reads, and why it failed as soon as it has. */
export type Reader = { readonly thread: Worker; readonly failed: Promise<never> }

/** Smaller files are read before a thread has started. */
const worthThread = 4 << 20

/**
 * A thread that reads large files beside this one. It is started before anything is known of them but their size, as that takes a while; a
 * process that has no use for it does not wait for it.
 */
export async function startReader(files: readonly string[]): Promise<Reader | undefined> {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  if (sizes.reduce((sum, size) => sum + size, 0) < worthThread) return undefined
  return makeReader(startThread(new URL('./read-thread.ts', import.meta.url), {}))
}

/** Listens from the start, as a thread may fail before there is an errand for it. */
export function makeReader(thread: Worker): Reader {
  thread.unref()
  const failed = new Promise<never>((_, reject) => thread.once('error', reject))
  // Whoever sends it on an errand is told; when nobody does, nobody need be.
  failed.catch(() => undefined)
  return { thread, failed }
}
