/** Progress on a terminal, and plain lines elsewhere. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const barLength = 40

/** How far the work has come, from 0 to 1, as a bar. */
const drawn = (share: number) => '='.repeat(Math.round(share * barLength)).padEnd(barLength, '-')

export type Progress = { update: (done: number, total?: number) => void; stop: () => void }

/** A bar on a terminal, or the count alone as long as nobody knows the total; nothing where the output is a file or a pipe. */
export function progressBar(title: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  // Its twenty files are only read where something is drawn.
  const { SingleBar }: typeof import('cli-progress') = require('cli-progress')
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
/** A whole number in groups of three digits. The runtime's own way loads the customs of all languages first. */
export const grouped = (count: number) => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')
