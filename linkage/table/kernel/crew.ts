/** The threads that share the work; one thread alone works in place. What they answer does not depend on how many there are. */
import { Worker } from 'node:worker_threads'
import { type Answer, type Job, perform, type Task } from './work.ts'

export type Crew = {
  /** Sets what all tasks from now on are about. */
  readonly brief: (job: Job) => void
  /** Answers in the order of the tasks. `done` is told how many have ended. */
  readonly run: <T extends Task>(tasks: readonly T[], done?: (count: number) => void) => Promise<Answer<T>[]>
  readonly close: () => Promise<void>
}

/** Work that is under way when `signal` aborts ends with its reason. */
export const makeCrew = (threads: number, signal?: AbortSignal): Crew =>
  threads > 1 ? threaded(threads, signal) : alone(signal)

function alone(signal?: AbortSignal): Crew {
  let job: Job | undefined
  return {
    brief: (next) => {
      job = next
    },
    run: async <T extends Task>(tasks: readonly T[], done?: (count: number) => void) => {
      const answers: Answer<T>[] = []
      for (const task of tasks) {
        signal?.throwIfAborted()
        answers.push(perform(job, task) as Answer<T>)
        done?.(answers.length)
        // Lets progress be drawn and signals arrive.
        await new Promise((resolve) => setImmediate(resolve))
      }
      return answers
    },
    close: async () => {},
  }
}

/** Threads work on shared arrays and make little garbage. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 }

/** What was built runs as it is; sources, in development and in tests, through the loader that runs us. */
const start = import.meta.url.endsWith('.ts')
  ? () => {
      const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'))
      const script = JSON.stringify(new URL('./thread.ts', import.meta.url))
      return new Worker(`import(${loader}).then(({ register }) => (register(), import(${script})))`, {
        eval: true,
        resourceLimits,
      })
    }
  : () => new Worker(new URL('./thread.js', import.meta.url), { resourceLimits })

function threaded(threads: number, signal?: AbortSignal): Crew {
  const workers = Array.from({ length: threads }, start)
  return {
    brief: (job) => {
      for (const worker of workers) worker.postMessage({ job })
    },
    run: <T extends Task>(tasks: readonly T[], done?: (count: number) => void) =>
      new Promise<Answer<T>[]>((resolve, reject) => {
        const answers: Answer<T>[] = []
        let next = 0
        let ended = 0
        if (tasks.length === 0) resolve([])
        if (signal?.aborted) reject(signal.reason)
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
        for (const worker of workers) {
          const give = (): void => {
            if (next < tasks.length) worker.postMessage({ task: tasks[next], index: next++ })
          }
          worker.removeAllListeners('message')
          worker.removeAllListeners('error')
          worker.on('error', reject)
          worker.on('message', ({ index, answer }: { index: number; answer: Answer<T> }) => {
            answers[index] = answer
            ended += 1
            done?.(ended)
            if (ended === tasks.length) resolve(answers)
            else give()
          })
          give()
        }
      }),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
