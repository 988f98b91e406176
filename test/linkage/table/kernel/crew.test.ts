import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { makeCrew } from '../../../../linkage/table/kernel/crew.ts'

const nothing = { do: 'block', plan: { name: 'none', slots: [], refine: [] }, size: 10, budget: 10 } as const

test('when a thread fails, the one that leads stops at its next task and tells why', async () => {
  const mate = new Worker(
    `require('node:worker_threads').parentPort.once('message', () => { throw new Error('A thread is gone.') })`,
    { eval: true },
  )
  await once(mate, 'online')
  const crew = makeCrew(2, undefined, [mate])
  const tasks = Array.from({ length: 1000 }, () => nothing)
  const clock = new Int32Array(new SharedArrayBuffer(4))
  let ended = 0
  const work = crew.run(tasks, (count) => {
    ended = count
    Atomics.wait(clock, 0, 0, 5)
  })
  await expect(work).rejects.toThrow('A thread is gone.')
  const endedThen = ended
  await pause(50)
  expect(ended).toBe(endedThen)
  expect(ended).toBeLessThan(tasks.length)
  await expect(crew.run([nothing], () => expect.unreachable())).rejects.toThrow('A thread is gone.')
  await crew.close()
})
