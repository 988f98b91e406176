/**
 * `pamoja dedupe` beside Splink on DuckDB: the same generated file with its truth, the same fields, the same number of threads, one
 * after the other. Options: --people N (records, 1,000,000), --small (100,000), --large (5,000,000), --threads N (2), --seed N (7),
 * --ours-only, --memory-limit 1GB (ours alone, in a process of at most that size). Without Python it says so and runs ours alone.
 */
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  limitTo,
  type Run,
  runOurs,
  runSplink,
  type SplinkRun,
  splinkPython,
  splinkVersion,
  type Task,
} from './linkage/engines.ts'
import { header, line, population } from './linkage/people.ts'
import { machine, option, say } from './place.ts'

const has = (name: string) => process.argv.includes(`--${name}`)
const records = option('people', has('large') ? 5_000_000 : has('small') ? 100_000 : 1_000_000)
const threads = option('threads', 2)
const seed = option('seed', 7)
for (const [name, value] of Object.entries({ people: records, threads, seed }))
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1 on`)

const units: { readonly [unit: string]: number } = { MB: 2 ** 20, GB: 2 ** 30 }
function memoryLimit(): number | undefined {
  const at = process.argv.indexOf('--memory-limit')
  if (at < 0) return undefined
  const written = process.argv[at + 1] ?? ''
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)(MB|GB)$/i.exec(written) ?? []
  const bytes = Number(amount) * (units[unit.toUpperCase()] ?? Number.NaN)
  if (!(bytes > 0)) throw new Error('--memory-limit takes a size such as 1GB or 600MB')
  return bytes
}

const rowsAtOnce = 5000

/** Writes the records and answers whose each is. */
async function writeRecords(file: string): Promise<Int32Array> {
  const began = performance.now()
  const { record } = population(records, seed)
  const truth = new Int32Array(records)
  function* chunks() {
    yield `${header}\n`
    let chunk = ''
    for (let at = 0; at < records; at++) {
      const made = record(at)
      truth[at] = made.person
      chunk += `${line(at, made.record, made.person)}\n`
      if (at % rowsAtOnce === rowsAtOnce - 1) {
        yield chunk
        chunk = ''
      }
      if ((at + 1) % 1_000_000 === 0) say(`  ${grouped(at + 1)} written`)
    }
    yield chunk
  }
  await pipeline(Readable.from(chunks()), createWriteStream(file))
  say(`${grouped(records)} records written (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  return truth
}

const grouped = (count: number) => count.toLocaleString('en-GB')
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`
const share = (value: number) => value.toFixed(4)

function table(ours: Run, splink: SplinkRun | undefined): string {
  const row = (name: string, cell: (run: Run) => string) =>
    [name.padEnd(26), cell(ours).padStart(14), ...(splink ? [cell(splink).padStart(14)] : [])].join('')
  return [
    ['', 'pamoja', ...(splink ? ['Splink'] : [])]
      .map((cell, at) => (at === 0 ? cell.padEnd(26) : cell.padStart(14)))
      .join(''),
    row('wall', ({ seconds }) => `${seconds.toFixed(2)} s`),
    row('processor', ({ cpuSeconds }) => `${cpuSeconds.toFixed(2)} s`),
    row('peak memory', ({ peakBytes }) => gigabytes(peakBytes)),
    row('pairs compared', ({ pairs }) => grouped(pairs)),
    row('precision at 0.5', ({ quality }) => share(quality.precision)),
    row('recall at 0.5', ({ quality }) => share(quality.recall)),
    row('F1 at 0.5', ({ quality }) => share(quality.f1)),
    ...(splink
      ? [
          `Splink's luckiest threshold is ${splink.best.threshold.toFixed(5)}: precision ${share(splink.best.precision)}, recall ${share(splink.best.recall)}, F1 ${share(splink.best.f1)}`,
        ]
      : []),
  ].join('\n')
}

const ratios = (ours: Run, splink: SplinkRun) => ({
  timesFaster: splink.seconds / ours.seconds,
  timesLessProcessor: splink.cpuSeconds / ours.cpuSeconds,
  memoryShare: ours.peakBytes / splink.peakBytes,
  f1Ahead: ours.quality.f1 - splink.quality.f1,
  f1AheadOfItsBest: ours.quality.f1 - splink.best.f1,
})

function sayRatios(of: ReturnType<typeof ratios>) {
  say(
    `${of.timesFaster.toFixed(1)} times faster, ${of.timesLessProcessor.toFixed(1)} times less processor time, ${(of.memoryShare * 100).toFixed(0)} % of the memory, F1 ${of.f1Ahead >= 0 ? '+' : ''}${of.f1Ahead.toFixed(4)} at 0.5 and ${of.f1AheadOfItsBest >= 0 ? '+' : ''}${of.f1AheadOfItsBest.toFixed(4)} against its best`,
  )
}

async function measure(task: Task): Promise<Record<string, unknown>> {
  const bytes = memoryLimit()
  const limit = bytes === undefined ? undefined : limitTo(bytes)
  say(`pamoja dedupe with ${threads} threads${bytes === undefined ? '' : ` within ${gigabytes(bytes)}`}`)
  const ours = await runOurs(task, limit)
  say(`  done (${ours.seconds.toFixed(1)} s)`)
  if (limit) {
    const isWithin = ours.peakBytes <= limit.bytes
    say(table(ours, undefined))
    say(
      `${isWithin ? 'within' : 'NOT within'} ${gigabytes(limit.bytes)}: ${limit.keptBy === 'systemd' ? 'systemd held the process to it' : 'no systemd here to hold the process, so its heap was held to half of it and the highest resident size (VmHWM) compared'}`,
    )
    if (!isWithin) process.exitCode = 1
    return { pamoja: ours, limit: { ...limit, isWithin } }
  }
  const found = has('ours-only') ? { missing: '--ours-only was asked for' } : splinkPython()
  if ('missing' in found) {
    say(`Splink is not run: ${found.missing}`)
    say(table(ours, undefined))
    return { pamoja: ours, splink: null, missing: found.missing }
  }
  say(`${splinkVersion} with ${threads} threads`)
  const splink = await runSplink(task, found.python)
  const compared = ratios(ours, splink)
  say(table(ours, splink))
  sayRatios(compared)
  return { pamoja: ours, splink: { version: splinkVersion, ...splink }, ratios: compared }
}

const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-bench-'))
try {
  const file = path.join(folder, 'people.csv')
  const truth = await writeRecords(file)
  const result = await measure({ folder, file, threads, truth })
  say(JSON.stringify({ bench: 'linkage', records, threads, seed, machine: machine(), ...result }))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
