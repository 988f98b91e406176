/**
 * Files that a registry drops into a folder: which there are, whether each has arrived whole, and which were read already.
 * What is wrong with one file never stops the others; it is told as a record of the stream `file` (see files.ts).
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, realpath } from 'node:fs/promises'
import { basename, extname, isAbsolute, join, relative, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PullError } from '../contract.ts'

export type DropFile = {
  /** File name without folder; stands in origins and messages. */
  readonly name: string
  readonly path: string
  readonly size: number
  /** Modification time, milliseconds. */
  readonly modified: number
}

/** Something is wrong with one file. `rule` and message go into a rejection: never a value from inside the file. */
export class FileProblem extends Error {
  readonly rule: string

  constructor(rule: string, message: string) {
    super(message)
    this.rule = rule
  }
}

/** What can be wrong with any file; an adapter adds its own, such as headings that it does not know. */
export const fileProblems = {
  gone: new FileProblem('file-gone', 'The file was moved away before it could be read.'),
  // A link could lead to any file of the machine.
  link: new FileProblem('file-is-a-link', 'This is a symbolic link. Put the file itself into the inbox.'),
  irregular: new FileProblem('file-not-regular', 'This is not a regular file.'),
  kind: new FileProblem(
    'file-kind-unknown',
    'Only .csv, .tsv, .psv, .txt and .xlsx without a password are read. Save the file as one of these.',
  ),
  empty: new FileProblem('file-empty', 'The file is empty.'),
  broken: new FileProblem(
    'file-broken',
    'This is not a whole .xlsx workbook. Open it in the program it came from and save it again.',
  ),
  tooLarge: new FileProblem(
    'file-too-large',
    'The workbook is larger than the hub reads at once. Split it, or save it as CSV, which may be of any size.',
  ),
  encoding: new FileProblem(
    'encoding-unknown',
    'The text is neither UTF-8 nor UTF-16. Save it as UTF-8, or set options.encoding to what the registry writes.',
  ),
  rowTooLong: new FileProblem(
    'row-too-long',
    'A row has no end within a million characters. The rows above it were read.',
  ),
  headings: new FileProblem(
    'headings-unknown',
    'The file, or one of its sheets, has no row of headings that this adapter knows among its first forty rows.',
  ),
}

export type DropEntry = DropFile | { readonly name: string; readonly problem: FileProblem }

/** What an upload in progress is called, and what nobody means to be read. */
const passedOver = /^[.~]|\.(part|tmp|crdownload|filepart|swp)$/i
/** Which files an adapter reads, by their extensions, and what it says of any other. */
export type DropKinds = { readonly extensions: ReadonlySet<string>; readonly refusal: FileProblem }

export const tableKinds: DropKinds = {
  extensions: new Set(['.csv', '.tsv', '.txt', '.psv', '.xlsx']),
  refusal: fileProblems.kind,
}
const isReadable = ({ extensions }: DropKinds, name: string): boolean => extensions.has(extname(name).toLowerCase())

/**
 * The files of a folder in the order of their names. Dotfiles, uploads in progress and subfolders are passed over; a folder that
 * is called like a file is told, because somebody waits for what is in it.
 */
export const listDrop = async (folder: string, kinds = tableKinds): Promise<DropEntry[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new PullError('stop', 'The inbox folder cannot be read. Check that it exists and that the hub may read it.')
  })
  const names = entries
    .filter((entry) => !passedOver.test(entry.name) && !(entry.isDirectory() && !isReadable(kinds, entry.name)))
    .map((entry) => entry.name)
  // Code units, not a locale: the order must be the same on every machine.
  names.sort((a, b) => (a < b ? -1 : 1))
  return Promise.all(names.map((name) => entryOf(join(folder, name), kinds)))
}

/** One named file: inside the folder when the path is relative, anywhere when the operator wrote an absolute path. */
export const namedFile = async (
  folder: string | undefined,
  written: string,
  kinds = tableKinds,
): Promise<DropEntry> => {
  const root = resolve(folder ?? '.')
  const path = resolve(root, written)
  const inside = await realpath(path).catch(() => {
    throw new PullError('stop', `There is no file ${basename(written)} to read.`)
  })
  const way = relative(await realpath(root).catch(() => root), inside)
  if (!isAbsolute(written) && (way.startsWith('..') || isAbsolute(way))) {
    throw new PullError('stop', `${basename(written)} lies outside the inbox folder.`)
  }
  return entryOf(path, kinds)
}

const entryOf = async (path: string, kinds: DropKinds): Promise<DropEntry> => {
  const name = basename(path)
  const refuse = (problem: FileProblem) => ({ name, problem })
  const found = await lstat(path).catch(() => undefined)
  if (!found) return refuse(fileProblems.gone)
  if (found.isSymbolicLink()) return refuse(fileProblems.link)
  if (!found.isFile()) return refuse(fileProblems.irregular)
  if (!isReadable(kinds, name)) return refuse(kinds.refusal)
  return { name, path, size: found.size, modified: found.mtimeMs }
}

/**
 * Waits until a file has kept its size and time for `settleMs`: copying a large file takes a while.
 * Answers the file as it is then; undefined when it is still growing after ten rounds, so that the next pull takes it.
 */
export const settled = async (file: DropFile, settleMs: number, signal: AbortSignal): Promise<DropFile | undefined> => {
  let last = file
  for (let round = 0; round < 10; round += 1) {
    const rest = last.modified + settleMs - Date.now()
    // A time in the future (another machine's clock) says nothing; one round of waiting does.
    if (rest > 0) await sleep(Math.min(rest, settleMs), undefined, { signal }).catch(() => signal.throwIfAborted())
    const now = await lstat(file.path).catch(() => undefined)
    if (!now?.isFile()) return undefined
    if (now.size === last.size && now.mtimeMs === last.modified) return last
    last = { ...last, size: now.size, modified: now.mtimeMs }
  }
  return undefined
}

/**
 * SHA-256 of name and content, and the size. The name counts: some layouts say month and employer nowhere else, so two files
 * with the same rows may be two months.
 */
export const fingerprintOf = async (file: DropFile): Promise<string> => {
  const hash = createHash('sha256').update(`${file.name}\n`)
  for await (const chunk of createReadStream(file.path, { highWaterMark: 1 << 20 })) hash.update(chunk)
  return `${hash.digest('base64url')}-${file.size}`
}

/** Throws PullError('retry') when the file was changed while it was being read: rows may be of two deliveries. */
export const assertUnchanged = async (file: DropFile): Promise<void> => {
  const now = await lstat(file.path).catch(() => undefined)
  if (now?.size !== file.size || now.mtimeMs !== file.modified) {
    throw new PullError('retry', `${file.name} was changed while it was being read.`)
  }
}
