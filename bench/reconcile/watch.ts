/** Memory and work of a process and its children, by Linux's own count: proc_pid_status(5), proc_pid_stat(5). */
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** `peakMiB`: the most that a process ever held (VmHWM). `cpu`: seconds. */
export type Used = { peakMiB: number; cpu: number }

/** Looks once a second until `stop`; answers what each process had used when it was last seen. Empty where nobody tells. */
export function watch(parent: number): { stop: () => Used[] } {
  const seen = new Map<number, Used>()
  const look = () => {
    for (const pid of familyOf(parent)) {
      const used = usedBy(pid)
      if (used) seen.set(pid, used)
    }
  }
  const timer = setInterval(look, 250)
  look()
  return {
    stop() {
      clearInterval(timer)
      return [...seen.values()]
    },
  }
}

function familyOf(parent: number): number[] {
  if (!existsSync('/proc/self/stat')) return []
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
  return [parent, ...children.map(Number)]
}

const statOf = (name: string): string[] => {
  try {
    return readFileSync(`/proc/${name}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
  } catch {
    return []
  }
}
const parentOf = (name: string) => Number(statOf(name)[1])

function usedBy(pid: number): Used | undefined {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    const [user = 0, system = 0] = statOf(String(pid)).slice(11, 13).map(Number)
    return peak ? { peakMiB: Math.round(Number(peak) / 1024), cpu: (user + system) / 100 } : undefined
  } catch {
    return undefined
  }
}
