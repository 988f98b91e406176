/** A thread of the crew: performs one task after the other. */
import { parentPort } from 'node:worker_threads'
import { type Job, makeHand, type Task } from './work.ts'

const hand = makeHand()
parentPort?.on('message', (message: { job: Job } | { task: Task }) => {
  if ('job' in message) hand.brief(message.job)
  else parentPort?.postMessage({ answer: hand.perform(message.task) })
})
