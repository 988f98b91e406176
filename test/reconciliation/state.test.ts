import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  isAdverse,
  type Moved,
  makeMove,
  movesFrom,
  type Standing,
  type State,
  states,
  unsettled,
  type Weight,
  weighsMore,
  whenFound,
  whenGone,
} from '../../reconciliation/state.ts'

const day = (number: number) => new Date(Date.UTC(2026, 10, number))
const standing = (given: Partial<Standing> = {}): Standing => ({
  state: 'open',
  adverse: true,
  earliestDecision: null,
  upheldBy: null,
  ...given,
})
const move = (to: State, at = day(1), by = 'ann') => ({ to, at, by, reason: 'seen the file', noticeDays: 14 })

const notified = standing({ state: 'notified', earliestDecision: day(15) })
const harmless = standing({ adverse: false })
const cases: readonly [says: string, from: Standing, to: State, at: Date, by: string, expected: unknown][] = [
  ['a notice starts the waiting time', standing(), 'notified', day(1), 'ann', day(15)],
  ['a notice that came back starts it anew', notified, 'notified', day(9), 'ann', day(23)],
  ['no adverse finding is upheld without notice', standing(), 'upheld', day(1), 'ann', 'notice_missing'],
  ['nor is one that is open again', standing({ state: 'reopened' }), 'upheld', day(1), 'ann', 'notice_missing'],
  ['nor before the waiting time is over', notified, 'upheld', new Date(day(15).getTime() - 1), 'ann', 'too_early'],
  ['when it is over, it may be upheld', notified, 'upheld', day(15), 'ann', day(15)],
  ['an answer shortens nothing', { ...notified, state: 'answered' }, 'upheld', day(2), 'ann', 'too_early'],
  ['nor does it lengthen anything', { ...notified, state: 'answered' }, 'upheld', day(15), 'ann', day(15)],
  ['who answered may be told again', { ...notified, state: 'answered' }, 'notified', day(9), 'ann', day(23)],
  ['nobody answers what nobody was told', standing(), 'answered', day(1), 'ann', 'no_such_move'],
  ['what is against nobody needs no notice', harmless, 'upheld', day(1), 'ann', null],
  ['and no waiting', { ...notified, adverse: false }, 'upheld', day(2), 'ann', day(15)],
  ['a dismissal is possible at once', standing(), 'dismissed', day(1), 'ann', null],
  ['and undone with the notice still to come', standing({ state: 'dismissed' }), 'reopened', day(1), 'ann', null],
  ['a dismissed one is not upheld', standing({ state: 'dismissed' }), 'upheld', day(1), 'ann', 'no_such_move'],
  ['what is open cannot be appealed', standing(), 'appealed', day(1), 'ann', 'no_such_move'],
  ['what is upheld can', standing({ state: 'upheld', upheldBy: 'ann' }), 'appealed', day(1), 'ben', null],
  ['an error is undone', standing({ state: 'upheld', upheldBy: 'ann' }), 'dismissed', day(1), 'ann', null],
  [
    'an appeal is not turned down by whoever decided before',
    standing({ state: 'appealed', upheldBy: 'ann' }),
    'upheld',
    day(1),
    'ann',
    'other_officer',
  ],
  ['but by another', standing({ state: 'appealed', upheldBy: 'ann' }), 'upheld', day(1), 'ben', null],
  ['anybody may grant it', standing({ state: 'appealed', upheldBy: 'ann' }), 'dismissed', day(1), 'ann', null],
  [
    'a decision whose facts are gone can be appealed',
    standing({ state: 'resolved', upheldBy: 'ann' }),
    'appealed',
    day(1),
    'ben',
    null,
  ],
  ['but not where none was made', standing({ state: 'resolved' }), 'appealed', day(1), 'ben', 'never_upheld'],
  ['only a run resolves', standing({ state: 'answered' }), 'resolved', day(1), 'ann', 'no_such_move'],
  ['nobody opens anew what was never closed', notified, 'open', day(1), 'ann', 'no_such_move'],
]

describe('moves of a person', () => {
  test.each(cases)('%s', (_says, from, to, at, by, expected) => {
    const result = makeMove(from, move(to, at, by))
    if (typeof expected === 'string') expect(result).toMatchObject({ refused: expected })
    else expect(result).toEqual({ state: to, earliestDecision: expected })
  })

  test('every move needs a reason', () => {
    for (const state of states)
      for (const to of movesFrom(standing({ state, adverse: false, upheldBy: 'ben' }), { by: 'ann', at: day(1) }))
        expect(makeMove(standing({ state, adverse: false, upheldBy: 'ben' }), { ...move(to), reason: ' \n' })).toEqual({
          refused: 'reason_missing',
        })
  })

  test('a refusal for haste says when', () => {
    expect(makeMove(notified, move('upheld', day(3)))).toEqual({ refused: 'too_early', from: day(15) })
  })

  test('the moves that are offered are those that are carried out', () => {
    expect(movesFrom(standing(), { by: 'ann', at: day(1) })).toEqual(['notified', 'dismissed'])
    expect(movesFrom(harmless, { by: 'ann', at: day(1) })).toEqual(['notified', 'upheld', 'dismissed'])
    expect(movesFrom(notified, { by: 'ann', at: day(1) })).toEqual(['notified', 'answered', 'dismissed'])
    expect(movesFrom(notified, { by: 'ann', at: day(15) })).toContain('upheld')
  })
})

describe('what a run does', () => {
  const after: readonly [from: State, found: State, gone: State][] = [
    ['open', 'open', 'resolved'],
    ['notified', 'notified', 'resolved'],
    ['answered', 'answered', 'resolved'],
    ['upheld', 'upheld', 'resolved'],
    ['dismissed', 'dismissed', 'dismissed'],
    ['appealed', 'appealed', 'appealed'],
    ['resolved', 'reopened', 'resolved'],
    ['reopened', 'reopened', 'resolved'],
  ]
  test.each(after)('%s: found again %s, gone %s', (state, found, gone) => {
    expect(whenFound({ state, earliestDecision: null }, false).state).toBe(found)
    expect(whenGone({ state, earliestDecision: null }).state).toBe(gone)
  })

  test('what is found again needs a new notice', () => {
    expect(whenFound({ state: 'resolved', earliestDecision: day(2) }, false)).toEqual({
      state: 'reopened',
      earliestDecision: null,
    })
    expect(whenFound({ state: 'notified', earliestDecision: day(2) }, false).earliestDecision).toEqual(day(2))
  })

  test.each([
    ['open', 'open'],
    ['notified', 'reopened'],
    ['answered', 'reopened'],
    ['upheld', 'reopened'],
    ['dismissed', 'reopened'],
    ['appealed', 'appealed'],
    ['reopened', 'reopened'],
  ] as const)('%s, and it weighs more than before: %s', (state, found) => {
    const { state: after, earliestDecision } = whenFound({ state, earliestDecision: day(2) }, true)
    expect(after).toBe(found)
    expect(earliestDecision).toEqual(found === state ? day(2) : null)
  })

  test('everything settled is a decision, or the facts', () => {
    expect(states.filter((state) => !unsettled.includes(state))).toEqual(['upheld', 'dismissed', 'resolved'])
  })
})

describe('what weighs more', () => {
  const told: Weight = { owner: 'ke-nssf', severity: 'S2', amount: 2_000, currency: 'KES', occasion: '2026-03-05' }
  const rows: readonly [says: string, now: Partial<Weight>, more: boolean][] = [
    ['the same', {}, false],
    ['less money', { amount: 1_000 }, false],
    ['no money any more', { amount: null, currency: null }, false],
    ['milder', { severity: 'S3' }, false],
    ['more money', { amount: 2_001 }, true],
    ['other money', { amount: 2_000, currency: 'LAK' }, true],
    ['graver', { severity: 'S1' }, true],
    ['another occasion', { occasion: '2026-07-01' }, true],
    ["another registry's", { owner: 'ke-sha' }, true],
  ]
  test.each(rows)('%s', (_says, now, more) => {
    expect(weighsMore(told, { ...told, ...now })).toBe(more)
  })

  test('money where there was none', () => {
    expect(weighsMore({ ...told, amount: null, currency: null }, told)).toBe(true)
  })
})

describe('whom it is against', () => {
  const rows = [
    ['hold', false, 'quality', true],
    ['hold', false, 'take-up', true],
    ['review', false, 'integrity', true],
    ['review', false, 'quality', false],
    ['notify', true, 'integrity', true],
    ['notify', true, 'take-up', false],
    ['fix', false, 'integrity', false],
    ['review', false, undefined, true],
  ] as const
  test.each(rows)('%s, money %s, aim %s: adverse %s', (action, money, aim, adverse) => {
    expect(isAdverse({ action, money }, aim)).toBe(adverse)
  })
})

describe('whatever people and runs do, in whatever order', () => {
  type Night = 'found' | 'more' | 'gone'
  const isNight = (what: State | Night): what is Night => what === 'found' || what === 'more' || what === 'gone'
  const overnight = (now: Moved, what: Night) => (what === 'gone' ? whenGone(now) : whenFound(now, what === 'more'))
  const step = fc.record({
    what: fc.constantFrom<State | Night>(...states, 'found', 'more', 'gone'),
    by: fc.constantFrom('ann', 'ben'),
    days: fc.integer({ min: 0, max: 20 }),
  })

  test('an adverse finding is upheld only after a notice since it was opened, or weighed more, and the waiting time', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let now: Moved & { upheldBy: string | null } = { state: 'open', earliestDecision: null, upheldBy: null }
        let clock = day(1).getTime()
        // What happened since it was opened or opened anew.
        let noticed: number | undefined
        for (const { what, by, days } of steps) {
          clock += days * 86_400_000
          if (isNight(what)) {
            now = { ...now, ...overnight(now, what) }
          } else {
            const before = now
            const result = makeMove({ ...before, adverse: true }, move(what, new Date(clock), by))
            if ('refused' in result) continue
            now = { ...before, ...result }
            if (what === 'notified') noticed = clock
            if (what === 'upheld') {
              if (before.state === 'appealed') expect(by).not.toBe(before.upheldBy)
              else {
                expect(noticed).toBeDefined()
                expect(clock).toBeGreaterThanOrEqual((noticed ?? clock) + 14 * 86_400_000)
              }
              now = { ...now, upheldBy: by }
            }
          }
          if (now.state === 'reopened') noticed = undefined
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('nothing is held to without ever having been told', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let now: Moved & { upheldBy: string | null } = { state: 'open', earliestDecision: null, upheldBy: null }
        for (const { what, by } of steps.filter((one) => one.what !== 'notified')) {
          if (isNight(what)) now = { ...now, ...overnight(now, what) }
          else {
            const result = makeMove({ ...now, adverse: true }, move(what, day(1), by))
            if (!('refused' in result)) now = { ...now, ...result }
          }
          expect(now.state).not.toBe('upheld')
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
