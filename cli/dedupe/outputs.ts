/** Files that the command writes: checked before the long work, and whole or not there at all. */
import { constants } from 'node:fs'
import { access, open, realpath, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { DiskFull, InputProblem } from './problem.ts'

export type Output = { readonly option: string; readonly file: string }

/** Throws InputProblem for a file that cannot be written, is named twice, or is one of the files to read. */
export async function checkOutputs(outputs: readonly Output[], inputs: readonly string[]): Promise<void> {
  const taken = new Map<string, string>()
  for (const input of inputs) taken.set(await placeOf(input), 'is a file to be read')
  for (const { option, file } of outputs) {
    const place = await placeOf(file)
    const other = taken.get(place)
    if (other !== undefined) throw new InputProblem(`${option} ${file} ${other}. Name another file.`)
    taken.set(place, `is named by ${option} already`)
    await checkWritable(option, file)
  }
}

const placeOf = (file: string): Promise<string> =>
  realpath(file).catch(async () =>
    path.join(await realpath(path.dirname(file)).catch(() => path.resolve(path.dirname(file))), path.basename(file)),
  )

async function checkWritable(option: string, file: string): Promise<void> {
  const folder = path.dirname(path.resolve(file))
  const around = await stat(folder).catch(() => undefined)
  if (!around)
    throw new InputProblem(`${option} ${file}: there is no folder ${folder}. Make it first (mkdir -p ${folder}).`)
  if (!around.isDirectory()) throw new InputProblem(`${option} ${file}: ${folder} is no folder.`)
  const there = await stat(file).catch(() => undefined)
  if (there?.isDirectory())
    throw new InputProblem(`${option} ${file} is a folder. Name a file in it, such as ${path.join(file, 'links.csv')}.`)
  const isPlain = there === undefined || there.isFile()
  const isAllowed =
    (await may(there ? file : folder, constants.W_OK)) && (!isPlain || (await may(folder, constants.W_OK)))
  if (!isAllowed)
    throw new InputProblem(
      `${option} ${file} cannot be written: you have no permission. Name a file in a folder of yours.`,
    )
}

const may = (place: string, mode: number): Promise<boolean> =>
  access(place, mode).then(
    () => true,
    () => false,
  )

/**
 * Writes the parts beside the file first, and puts it in its place when it is whole. A pipe or device is written as it is. The next part
 * is made while one is written.
 */
export async function writeWhole(file: string, parts: Iterable<string | Buffer>, signal: AbortSignal): Promise<void> {
  const there = await stat(file).catch(() => undefined)
  const isDirect = there !== undefined && !there.isFile()
  const target = isDirect ? file : `${file}.${process.pid}.partial`
  try {
    const handle = await open(target, 'w')
    try {
      let writing = Promise.resolve()
      for (const part of parts) {
        await writing
        signal.throwIfAborted()
        writing = handle.writeFile(part)
      }
      await writing
    } finally {
      await handle.close()
    }
    if (!isDirect) await rename(target, file)
  } catch (reason) {
    if (!isDirect) await rm(target, { force: true })
    if (isFull(reason)) throw new DiskFull(file)
    throw reason
  }
}

const isFull = (reason: unknown) => reason instanceof Error && 'code' in reason && reason.code === 'ENOSPC'

const needsQuotes = /[",\r\n]|^\s|\s$/

export const csvCell = (value: string): string => (needsQuotes.test(value) ? `"${value.replaceAll('"', '""')}"` : value)
