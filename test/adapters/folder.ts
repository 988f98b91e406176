/** Inbox folders for tests: real files in a temporary folder that is removed afterwards. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import writeWorkbook from 'write-excel-file/node'
import type { Adapter, Checkpoint, Page } from '../../adapters/contract.ts'

export type CellValue = string | number | boolean | Date | null

/** Writes rows as the only sheet of a workbook. */
export const workbook = (rows: readonly (readonly CellValue[])[]): Promise<Buffer> =>
  writeWorkbook(
    rows.map((row) =>
      row.map((value) => (value === null ? null : value instanceof Date ? { value, format: 'dd/mm/yyyy' } : { value })),
    ),
  ).toBuffer()

export const csv = (rows: readonly (readonly CellValue[])[]): string =>
  rows
    .map((row) =>
      row
        .map((cell) =>
          /[",\n]/.test(String(cell ?? '')) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell ?? ''),
        )
        .join(','),
    )
    .join('\n')

export type Inbox = {
  readonly path: string
  put(name: string, content: string | Uint8Array): Promise<void>
  remove(): Promise<void>
}

export const makeInbox = async (files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<Inbox> => {
  const path = await mkdtemp(join(tmpdir(), 'inbox-'))
  const put = (name: string, content: string | Uint8Array) => writeFile(join(path, name), content)
  for (const [name, content] of Object.entries(files)) await put(name, content)
  return { path, put, remove: () => rm(path, { recursive: true, force: true }) }
}

/** Every page of one pull. */
export const pullAll = async (adapter: Adapter, checkpoint?: Checkpoint): Promise<Page[]> => {
  const pages: Page[] = []
  const known = async function* () {}
  for await (const page of adapter.pull(checkpoint, { signal: new AbortController().signal, known })) pages.push(page)
  return pages
}
