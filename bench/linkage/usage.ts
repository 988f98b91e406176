/**
 * Loaded into a measured process before its own code (`node --import`): as that ends, the processor time and the highest resident
 * memory of all its threads go to the file that PAMOJA_BENCH_USAGE names.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

export type Usage = { readonly cpuSeconds: number; readonly peakBytes: number }

/** Linux counts into maxRSS what the parent held before exec; VmHWM is the process's own. */
function peakBytes(): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    if (kilobytes) return Number(kilobytes) * 1024
  } catch {
    // No /proc: not Linux.
  }
  return process.resourceUsage().maxRSS * 1024
}

const file = process.env.PAMOJA_BENCH_USAGE
if (isMainThread && file)
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime } = process.resourceUsage()
    const usage: Usage = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakBytes: peakBytes() }
    writeFileSync(file, JSON.stringify(usage))
  })
