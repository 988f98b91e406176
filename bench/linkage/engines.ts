/** The two engines as child processes on the same file, fields and number of threads. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { say } from '../place.ts'
import { columns } from './people.ts'
import { type Quality, quality, readClusters } from './quality.ts'
import type { Usage } from './usage.ts'

export type Task = {
  readonly folder: string
  readonly file: string
  readonly threads: number
  /** The person of each record. */
  readonly truth: Int32Array
}
export type Run = Usage & {
  readonly seconds: number
  readonly pairs: number
  /** At a probability of one half. */
  readonly quality: Quality
}

/** As `--map` takes it: a column of the file, then the field it feeds. */
const fieldOf = (name: string) => (name === 'county' ? 'region' : name === 'ward' ? 'locality' : name)
const mapping = ['id=id', ...Object.entries(columns).map(([name, column]) => `${column}=${fieldOf(name)}`)].join(',')

/** A limit in bytes is kept by systemd where it can be asked, and otherwise by V8's heap alone, as V8 would choose in a container. */
export type Limit = { readonly bytes: number; readonly keptBy: 'systemd' | 'heap' }

const keeper = 'systemd-run'

export function limitTo(bytes: number): Limit {
  const asked = spawnSync(keeper, ['--scope', '--quiet', '-p', `MemoryMax=${bytes}`, 'true'])
  return { bytes, keptBy: asked.status === 0 ? 'systemd' : 'heap' }
}

/** `pamoja dedupe`, from the start of its process to its end. Throws when it fails. */
export async function runOurs({ folder, file, threads, truth }: Task, limit?: Limit): Promise<Run> {
  const clusters = path.join(folder, 'ours-clusters.csv')
  const usageFile = path.join(folder, 'usage.json')
  const preload = new URL('./usage.js', import.meta.url).href
  const heap = limit?.keptBy === 'heap' ? [`--max-old-space-size=${Math.floor(limit.bytes / 2 ** 21)}`] : []
  const command = [process.execPath, ...heap, '--import', preload, path.resolve('dist', 'cli.js'), 'dedupe', file]
  const options = ['--map', mapping, '--clusters', clusters, '--out', path.join(folder, 'ours-links.csv')]
  const scope =
    limit?.keptBy === 'systemd'
      ? [keeper, '--scope', '--quiet', '-p', `MemoryMax=${limit.bytes}`, '-p', 'MemorySwapMax=0']
      : []
  const [program = '', ...rest] = [...scope, ...command, ...options, '--threads', `${threads}`, '--json']
  const began = performance.now()
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PAMOJA_BENCH_USAGE: usageFile },
  })
  let last = ''
  const reading = (async () => {
    for await (const row of createInterface({ input: child.stdout })) last = row
  })()
  const code = await new Promise((resolve) => child.once('close', resolve))
  const seconds = (performance.now() - began) / 1000
  await reading
  if (code !== 0) throw new Error(`pamoja dedupe ended with ${code}`)
  const usage: Usage = JSON.parse(readFileSync(usageFile, 'utf8'))
  const { pairs }: { pairs: number } = JSON.parse(last)
  return { ...usage, seconds, pairs, quality: quality(truth, await readClusters(clusters, truth.length)) }
}

/** The exact versions that are measured; their numbers of 2026-11. */
const packages = ['splink==5.0.0', 'duckdb==2.0.0', 'pyarrow==26.0.1', 'sqlglot==30.30.0']
export const splinkVersion = packages.slice(0, 2).join(' ')

/** Makes the Python of Splink once, in the folder for temporary files; answers its path, or why there is none. */
export function splinkPython(): { python: string } | { missing: string } {
  const folder = path.join(tmpdir(), `pamoja-${packages[0]}`.replace('==', '-'))
  const python = path.join(folder, 'bin', 'python')
  const isThere = () => existsSync(python) && spawnSync(python, ['-c', 'import splink, duckdb']).status === 0
  if (isThere()) return { python }
  say(`making a Python with ${packages.join(', ')} in ${folder}`)
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', '--clear', folder]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]],
  ]
  for (const [program, rest] of steps) {
    const { status, error, stderr } = spawnSync(program, rest, { encoding: 'utf8' })
    if (status !== 0) return { missing: error?.message ?? stderr.trim().split('\n').at(-1) ?? `${program} failed` }
  }
  return isThere() ? { python } : { missing: 'Splink was installed but cannot be imported' }
}

type Told =
  | { stage: 'reading' | 'training' | 'scoring' | 'clustering' }
  | { stage: 'done'; cpu: number; peak: number }
  | { stage: 'judged'; pairs: number; edges: number; best: Quality & { threshold: number } }

export type SplinkRun = Run & { readonly best: Quality & { readonly threshold: number } }

/** Splink from the start of its process until its clusters are written; what it does to judge itself is not timed. Throws when it fails. */
export async function runSplink({ folder, file, threads, truth }: Task, python: string): Promise<SplinkRun> {
  const clusters = path.join(folder, 'splink-clusters.csv')
  const began = performance.now()
  const child = spawn(python, [path.resolve('bench', 'linkage', 'splink_run.py'), file, clusters, `${threads}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000)
  })
  let usage: (Usage & { seconds: number }) | undefined
  let judged: Extract<Told, { stage: 'judged' }> | undefined
  const closed = new Promise((resolve) => child.once('close', resolve))
  for await (const row of createInterface({ input: child.stdout })) {
    // Splink prints notes of its own.
    if (!row.startsWith('{"stage"')) continue
    const told: Told = JSON.parse(row)
    const seconds = (performance.now() - began) / 1000
    say(`  Splink: ${told.stage} (${seconds.toFixed(1)} s)`)
    if (told.stage === 'done') usage = { cpuSeconds: told.cpu, peakBytes: told.peak, seconds }
    if (told.stage === 'judged') judged = told
  }
  const code = await closed
  if (code !== 0 || !usage || !judged) throw new Error(`Splink ended with ${code}: ${complaint}`)
  const { pairs, best } = judged
  return { ...usage, pairs, best, quality: quality(truth, await readClusters(clusters, truth.length)) }
}
