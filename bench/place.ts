/** A private place for a benchmark: a folder, the embedded PostgreSQL with its usual durability, the hub's schema, keys. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { migrateDatabase } from '../hub.ts'
import { startPostgres } from '../store/embedded/server.ts'
import { keysFrom } from '../store/keys.ts'

export type Place = {
  folder: string
  url: string
  /** Seconds that the server's processes have worked; undefined where nobody tells. */
  serverCpu: () => number | undefined
  /** True when a run before has kept it. */
  known: boolean
  close: () => Promise<void>
}

/** `keep`: a folder that stays, for the next run. */
export async function openPlace(keep?: string): Promise<Place> {
  const known = keep !== undefined && existsSync(path.join(keep, 'postgres'))
  if (keep !== undefined) mkdirSync(keep, { recursive: true })
  const folder = keep ?? mkdtempSync(path.join(tmpdir(), 'pamoja-bench-'))
  chmodSync(folder, 0o755)
  const server = await startPostgres({ dataDir: path.join(folder, 'postgres') })
  await migrateDatabase(server.url)
  return {
    folder,
    url: server.url,
    serverCpu: () => cpuOf(server.pid),
    known,
    async close() {
      await server.stop()
      if (keep === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Seconds of a process and its children, by Linux's own count: proc_pid_stat(5), fields 4 and 14 to 17, in hundredths. */
function cpuOf(parent: number): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined
  let hundredths = 0
  for (const name of readdirSync('/proc')) {
    const file = `/proc/${name}/stat`
    if (!/^\d+$/.test(name) || !existsSync(file)) continue
    const fields = readFileSync(file, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
      .map(Number)
    const [user = 0, system = 0, ended = 0, endedSystem = 0] = fields.slice(11, 15)
    if (Number(name) === parent) hundredths += user + system + ended + endedSystem
    else if (fields[1] === parent) hundredths += user + system
  }
  return hundredths / 100
}

export const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
})

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** The keys of every benchmark, so that a kept database opens again. */
export const benchKeys = () => keysFrom([Buffer.alloc(32, 7)])

/** `--name value` of the command line, as text. */
export function textOption(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}

/** `--name value` of the command line, as a number. */
export function option(name: string, usual: number): number {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? usual : Number(process.argv[at + 1])
}

export const say = (line: string) => void process.stdout.write(`${line}\n`)
