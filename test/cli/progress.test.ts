import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { progressBar } from '../../cli/progress.ts'

let shown = ''
const terminal = process.stderr.isTTY
beforeEach(() => {
  shown = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    shown += String(text)
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  process.stderr.isTTY = terminal
})

const full = /[\u2588=]{10}/
const draw = (isTerminal: boolean, total: number | undefined) => {
  process.stderr.isTTY = isTerminal
  const bar = progressBar('ke-nssf')
  shown = ''
  bar.update(1_200, total)
  const drawn = shown
  bar.stop()
  return drawn + shown
}

test('without a total the count is shown, and no bar that looks full', () => {
  const drawn = draw(true, undefined)
  expect(drawn).toContain('ke-nssf 1200 (')
  expect(drawn).not.toMatch(full)
})

test('with a total the bar is as full as the work is done', () => {
  expect(draw(true, 1_200)).toMatch(full)
  expect(draw(true, 4_800)).toContain('1200/4800 (')
})

test('where there is no terminal nothing is drawn', () => {
  expect(draw(false, 4_800)).toBe('')
})
