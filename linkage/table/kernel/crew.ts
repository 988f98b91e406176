/** The threads that share the work; one thread alone works in place. What they answer does not depend on how many there are. */
import type { Worker } from 'node:worker_threads'
import { startThread } from './start.ts'
import { type Answer, type Job, makeHand, type Task } from './work.ts'

export type Crew = {
  /** Says what all tasks from now on are about; what it leaves open stays as it was. */
  readonly brief: (job: Job) => void
  /** Answers in the order of the tasks, which may join others that are under way. `done` is told how many have ended. */
  readonly run: <T extends Task>(tasks: readonly T[], done?: (count: number) => void) => Promise<Answer<T>[]>
  readonly close: () => Promise<void>
}

/** Work that is under way when `signal` aborts ends with its reason. */
export const makeCrew = (threads: number, signal?: AbortSignal): Crew =>
  threads > 1 ? threaded(threads, signal) : alone(signal)

function alone(signal?: AbortSignal): Crew {
  const hand = makeHand()
  return {
    brief: hand.brief,
    run: async <T extends Task>(tasks: readonly T[], done?: (count: number) => void) => {
      const answers: Answer<T>[] = []
      for (const task of tasks) {
        signal?.throwIfAborted()
        answers.push(hand.perform(task) as Answer<T>)
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

const start = (): Worker => startThread(new URL('./thread.ts', import.meta.url), { resourceLimits })

type Waiting = { readonly task: Task; readonly resolve: (answer: Answer<Task>) => void }

/** Whoever is free takes the task that has waited longest. */
function threaded(threads: number, signal?: AbortSignal): Crew {
  const workers = Array.from({ length: threads }, start)
  const waiting: Waiting[] = []
  const under = new Map<Worker, Waiting>()
  const give = (worker: Worker): void => {
    const next = under.has(worker) ? undefined : waiting.shift()
    if (!next) return
    under.set(worker, next)
    worker.postMessage({ task: next.task })
  }
  const failed = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    for (const worker of workers) worker.on('error', reject)
  })
  // Whoever waits for a task is told; when nobody does, nobody need be.
  failed.catch(() => undefined)
  for (const worker of workers)
    worker.on('message', ({ answer }: { answer: Answer<Task> }) => {
      const done = under.get(worker)
      under.delete(worker)
      give(worker)
      done?.resolve(answer)
    })
  return {
    brief: (job) => {
      for (const worker of workers) worker.postMessage({ job })
    },
    run: async <T extends Task>(tasks: readonly T[], done?: (count: number) => void) => {
      signal?.throwIfAborted()
      let ended = 0
      const answers = tasks.map(async (task) => {
        const answer = await new Promise<Answer<Task>>((resolve) => waiting.push({ task, resolve }))
        ended += 1
        done?.(ended)
        return answer as Answer<T>
      })
      for (const worker of workers) give(worker)
      return Promise.race([Promise.all(answers), failed])
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
