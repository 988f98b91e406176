/** The threads that share the work: this one, and others beside it. What they answer does not depend on how many there are. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { sharedInts } from '../columns/shared.ts'
import type { Scorer } from './scorer.ts'
import { performAll, type Round } from './serve.ts'
import { startThread } from './start.ts'
import { type Answer, type Job, makeHand, type Task } from './work.ts'

/** A thread beside this one, which serves as serve.ts says. */
export type Mate = Worker

export type Crew = {
  /** Says what all tasks from now on are about; what it leaves open stays as it was. */
  readonly brief: (job: Job) => void
  /** Answers in the order of the tasks, which may join others that are under way. `done` is told how many have ended. */
  readonly run: <T extends Task>(tasks: readonly T[], done?: (count: number) => void) => Promise<Answer<T>[]>
  /** Weighs as the last job says: this thread's own, which is quick by the time that a job is done. */
  readonly scorer: () => Scorer
  readonly close: () => Promise<void>
}

/** Threads work on shared arrays and make little garbage. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 }

const start = (): Worker => startThread(new URL('./thread.ts', import.meta.url), { resourceLimits })

/**
 * A crew of so many threads, this one among them. `others` are there already; all end when the crew closes. Work
 * that is under way when `signal` aborts ends with its reason.
 */
export function makeCrew(threads: number, signal?: AbortSignal, others: readonly Mate[] = []): Crew {
  const workers = [...others, ...Array.from({ length: Math.max(0, threads - 1 - others.length) }, start)]
  const hand = makeHand()
  const rounds: ((at: number, answer: Answer<Task>) => void)[] = []
  const failed = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
    for (const worker of workers) worker.on('error', reject)
  })
  // Whoever waits for a task is told; when nobody does, nobody need be.
  failed.catch(() => undefined)
  for (const worker of workers) {
    worker.on('message', ({ round, at, answer }: { round: number; at: number; answer: Answer<Task> }) =>
      rounds[round]?.(at, answer),
    )
    worker.ref()
  }
  return {
    brief: (job) => {
      hand.brief(job)
      for (const worker of workers) worker.postMessage({ job })
    },
    run: async <T extends Task>(tasks: readonly T[], done?: (count: number) => void) => {
      signal?.throwIfAborted()
      const answers = new Array<Answer<T>>(tasks.length)
      let ended = 0
      const all = new Promise<void>((resolve) => {
        rounds.push((at, answer) => {
          answers[at] = answer as Answer<T>
          ended += 1
          done?.(ended)
          if (ended === tasks.length) resolve()
        })
        if (tasks.length === 0) resolve()
      })
      const round: Round = { round: rounds.length - 1, tasks, next: sharedInts(1) }
      // After a failure nobody begins another task.
      failed.catch(() => Atomics.store(round.next, 0, tasks.length))
      for (const worker of workers) worker.postMessage(round)
      const mine = async (): Promise<void> => {
        for (const [at, answer] of performAll(hand, round)) {
          rounds[round.round]?.(at, answer)
          // Lets progress be drawn, answers and signals arrive.
          await breathe()
        }
        await all
      }
      await Promise.race([breathe().then(mine), failed])
      return answers
    },
    scorer: hand.scorer,
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
