/** The reports of a run: one of each format for every registry, readable by the operator alone. */
import { createWriteStream, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Core } from '../../core/core.ts'

const formats = ['json', 'csv', 'html'] as const

/** Writes `REGISTRY.json`, `.csv` and `.html` into a folder, each whole or not at all; answers how many. */
export async function writeReports({ reconciliation, registries }: Core, run: string, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const ids = (await registries()).map(({ id }) => id)
  for (const registry of ids)
    for (const format of formats) {
      const file = path.join(folder, `${registry}.${format}`)
      const draft = `${file}.part`
      await pipeline(
        Readable.from(reconciliation.report(run, registry, format)),
        createWriteStream(draft, { mode: 0o600 }),
      )
      renameSync(draft, file)
    }
  return ids.length * formats.length
}
