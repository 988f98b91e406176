import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { pause } from '../../../core/persons/pause.ts'

test('of many who pause one goes on at a time, and whoever holds the lock goes in between', async () => {
  const order: string[] = []
  let isOver = false
  const holder = async () => {
    while (!isOver) {
      order.push('holder')
      await setImmediate()
    }
  }
  const look = async (name: string) => {
    for (let piece = 0; piece < 4; piece++) {
      await pause()
      order.push(name)
    }
  }
  const holding = holder()
  await Promise.all(['first', 'second', 'third'].map(look))
  isOver = true
  await holding
  const pieces = order.flatMap((name, at) => (name === 'holder' ? [] : [at]))
  expect(pieces).toHaveLength(12)
  for (const at of pieces) expect(order[at - 1], order.join(' ')).toBe('holder')
})
