/** How a thread beside the one that leads serves a crew. */
import { type Answer, type Hand, type Job, makeHand, type Task } from './work.ts'

/** Tasks that all threads are told of; each takes the next one that nobody has taken, by the counter that they share. */
export type Round = {
  readonly round: number
  readonly tasks: readonly Task[]
  readonly next: Int32Array<SharedArrayBuffer>
}

/** Performs tasks of a round as long as there are some, each when it is asked for; answers with their places. */
export function* performAll(hand: Hand, { tasks, next }: Round): Generator<[number, Answer<Task>]> {
  for (;;) {
    const at = Atomics.add(next, 0, 1)
    const task = tasks[at]
    if (!task) return
    yield [at, hand.perform(task)]
  }
}

type Message = { readonly job: Job } | Round
/** As much of a thread's port as it takes. */
type Port = {
  readonly on: (event: 'message', listen: (message: Message) => void) => unknown
  readonly postMessage: (answer: unknown) => void
}

/** Performs the tasks that come through a port. */
export function serve(port: Port): void {
  const hand = makeHand()
  port.on('message', (message) => {
    if ('job' in message) hand.brief(message.job)
    else for (const [at, answer] of performAll(hand, message)) port.postMessage({ round: message.round, at, answer })
  })
}
