/** Progress on a terminal, and plain lines elsewhere. */
import { SingleBar } from 'cli-progress'

const barLength = 40

/** How far the work has come, from 0 to 1, as a bar. */
const drawn = (share: number) => '='.repeat(Math.round(share * barLength)).padEnd(barLength, '-')

export type Progress = { update: (done: number, total?: number) => void; stop: () => void }

/** A bar on a terminal, or the count alone as long as nobody knows the total; nothing where the output is a file or a pipe. */
export function progressBar(title: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  let isKnown = false
  const bar = new SingleBar({
    format: `${title} {bar}{count} ({duration_formatted})`,
    formatBar: (share) => (isKnown ? `${drawn(share)} ` : ''),
    clearOnComplete: true,
    hideCursor: true,
  })
  bar.start(1, 0, { count: '0' })
  return {
    update(done, total) {
      isKnown = total !== undefined
      bar.setTotal(Math.max(total ?? done, done, 1))
      bar.update(done, { count: isKnown ? `${done}/${total}` : `${done}` })
    },
    stop: () => bar.stop(),
  }
}

export const seconds = (sinceMs: number) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`
export const grouped = (count: number) => count.toLocaleString('en-GB')
