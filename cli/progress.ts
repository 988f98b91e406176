/** Progress on a terminal, and plain lines elsewhere. */
import { SingleBar } from 'cli-progress'

export type Progress = { update: (done: number, total?: number) => void; stop: () => void }

/** A bar on a terminal; nothing where the output is a file or a pipe. */
export function progressBar(title: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    format: `${title} {bar} {value}/{total} ({duration_formatted})`,
    clearOnComplete: true,
    hideCursor: true,
  })
  bar.start(1, 0)
  return {
    update(done, total) {
      bar.setTotal(Math.max(total ?? done, done, 1))
      bar.update(done)
    },
    stop: () => bar.stop(),
  }
}

export const seconds = (sinceMs: number) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`
export const grouped = (count: number) => count.toLocaleString('en-GB')
