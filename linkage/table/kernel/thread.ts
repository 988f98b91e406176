/** A thread of the crew: performs one task after the other. */
import { parentPort } from 'node:worker_threads'
import { type Job, perform, type Task } from './work.ts'

let job: Job | undefined
parentPort?.on('message', (message: { job: Job } | { task: Task; index: number }) => {
  if ('job' in message) job = message.job
  else parentPort?.postMessage({ index: message.index, answer: perform(job, message.task) })
})
