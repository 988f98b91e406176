/**
 * Files in the hub's own schema: a source record in JSON on each line. For registries that can write it, and for lists that a registry's
 * own layouts do not have.
 */
import type { RawRecord } from '../contract.ts'
import { readLines } from './delimited.ts'
import { type DropKinds, FileProblem, tableKinds } from './drop.ts'
import { type FileReader, problemRecord } from './files.ts'

export const recordKinds: DropKinds = {
  extensions: new Set(['.ndjson', '.jsonl']),
  refusal: new FileProblem(
    'file-kind-unknown',
    'Only .ndjson and .jsonl are read: a source record in JSON on each line, as schemas/source-record.json says.',
  ),
}

/** Of adapters that read tables and, for some lists, records. */
export const tableOrRecordKinds: DropKinds = {
  extensions: new Set([...tableKinds.extensions, ...recordKinds.extensions]),
  refusal: new FileProblem(
    'file-kind-unknown',
    `${tableKinds.refusal.message} Lists of records are .ndjson or .jsonl.`,
  ),
}

export const isRecordFile = ({ name }: { readonly name: string }): boolean => /\.(ndjson|jsonl)$/i.test(name)

const notJson = new FileProblem('line-not-json', 'This line is not one object in JSON. The other lines were read.')
const notText = new FileProblem('line-not-utf-8', 'This line is not UTF-8. The other lines were read.')
const noStream = new FileProblem('stream-missing', 'This record does not say in which stream (list) it stands.')
const differs = new FileProblem(
  'list-differs',
  'This record is of another stream than the one its file is the whole of.',
)

export const lineProblems: readonly FileProblem[] = [notJson, notText, noStream, differs]

/** `beneficiary.full.ndjson`, `insured_01.2026-11.full.ndjson`: the stream, with `_` for `/`. */
const fullList = /^([a-z0-9-]+(?:_[A-Za-z0-9-]+)?)(?:\..+)?\.full\.(?:ndjson|jsonl)$/

/** A file with a line that nobody can read is no complete list: whoever stands in that line would be taken for gone. */
export const readRecords: FileReader = async function* (file) {
  const [, stream] = fullList.exec(file.name) ?? []
  const full = stream?.replace('_', '/')
  let whole = full !== undefined
  let number = 0
  for await (const lines of readLines(file.path, 'utf-8')) {
    for (const line of lines) {
      number += 1
      if (line.trim() === '') continue
      const read = recordOf(line, `${file.name} line ${number}`, full)
      if (read instanceof FileProblem) whole = false
      yield read instanceof FileProblem ? problemRecord(`${file.name} line ${number}`, read) : read
    }
  }
  return whole && full !== undefined ? [full] : []
}

const recordOf = (line: string, origin: string, full: string | undefined): RawRecord | FileProblem => {
  // What is no text in UTF-8 becomes this sign.
  if (line.includes('\ufffd')) return notText
  const data = parsed(line)
  if (!isObject(data)) return notJson
  const stream = data.stream ?? full
  if (typeof stream !== 'string' || stream === '') return noStream
  return full !== undefined && stream !== full ? differs : { stream, origin, data }
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is RawRecord['data'] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
