/** A thread of the crew: is briefed once, then performs one task after the other. */
import { parentPort } from 'node:worker_threads'
import { perform, type Task } from './crew.ts'
import type { Job } from './work.ts'

let job: Job | undefined
parentPort?.on('message', (message: { job: Job } | { task: Task; index: number }) => {
  if ('job' in message) {
    job = message.job
    return
  }
  if (!job) throw new RangeError('A thread works after its briefing.')
  parentPort?.postMessage({ index: message.index, answer: perform(job, message.task) })
})
