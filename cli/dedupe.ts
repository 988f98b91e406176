/** `pamoja dedupe FILE...`: links people in plain CSV files; no server, no database. */
import { setFlagsFromString } from 'node:v8'
import type { DedupeOptions } from './dedupe/options.ts'
import { DiskFull, InputProblem } from './dedupe/problem.ts'
import { startReader } from './dedupe/reader.ts'
import { exitCodes } from './failure.ts'

const stopped = 130
/** A run takes seconds and compiling its hot loops a tenth of them; with fewer functions taken into one that is less, and the loops as quick. */
const inlineLess = '--max-inlined-bytecode-size-cumulative=200'
const note = (line: string) => void process.stderr.write(`${line}\n`)

/** Answers the exit code: 0 done, 1 a fault of ours or of the machine, 2 something is wrong with what was asked for, 130 stopped with Ctrl-C. */
export async function dedupeFiles(files: readonly string[], options: DedupeOptions): Promise<number> {
  const stop = new AbortController()
  const onSignal = () => {
    // The second Ctrl-C does not wait for anything.
    if (stop.signal.aborted) process.exit(stopped)
    stop.abort()
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  setFlagsFromString(inlineLess)
  try {
    // The thread that reads takes as long to start as the rest of the program does, so they start together.
    const reader = options.threads === '1' || options.explain ? undefined : await startReader(files)
    const { run } = await import('./dedupe/run.ts')
    await run(files, options, stop.signal, reader)
    return exitCodes.done
  } catch (reason) {
    if (stop.signal.aborted) {
      note('Stopped. What was written is whole; every other file is as it was.')
      process.exit(stopped)
    }
    if (reason instanceof InputProblem) {
      note(reason.message)
      return exitCodes.wrongUse
    }
    if (reason instanceof DiskFull) {
      note(reason.message)
      return exitCodes.failed
    }
    note(`This is a fault of pamoja, not of your files:\n${reason instanceof Error ? reason.stack : reason}`)
    return exitCodes.failed
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}
