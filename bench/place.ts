/** A private place for a benchmark: a folder, the embedded PostgreSQL with its usual durability, the hub's schema, keys. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import { migrateDatabase } from '../hub.ts'
import { startPostgres } from '../store/embedded/server.ts'

export type Place = { folder: string; url: string; close: () => Promise<void> }

export async function openPlace(): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-bench-'))
  chmodSync(folder, 0o755)
  const server = await startPostgres({ dataDir: path.join(folder, 'postgres') })
  await migrateDatabase(server.url)
  return {
    folder,
    url: server.url,
    async close() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const machine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
})

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** `--name value` of the command line, as a number. */
export function option(name: string, usual: number): number {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? usual : Number(process.argv[at + 1])
}

export const say = (line: string) => void process.stdout.write(`${line}\n`)
