import { expect, it } from 'vitest'
import { type DriftLimits, driftOf, type Profile, Profiler } from '../../reconciliation/drift.ts'
import { toRecord } from '../kit/paper.ts'

const limits: DriftLimits = {
  fewest: 50,
  deadJump: 0.05,
  emptyJump: 0.05,
  doubtfulJump: 0.05,
  rejectedJump: 0.05,
  deviations: 4,
  lengthChange: 0.1,
  missingShare: 0.2,
  missingFloor: 20,
}
const empty = {
  birthDate: 0,
  sex: 0,
  identifiers: 0,
  phones: 100,
  addresses: 100,
  enrolments: 0,
  contributions: 100,
  benefits: 100,
}
const usual: Profile = { records: 100, rejected: 0, dead: 2, doubtful: 1, empty, digest: '00' }
const whole = { held: 100, missing: 0 }
const list = (records: number): Profile => ({ ...usual, records, whole })

it.each<[string, Partial<Profile>, readonly Profile[], string[]]>([
  ['the same again', {}, [usual], []],
  ['five points more dead', { dead: 7 }, [usual], []],
  ['six points more dead', { dead: 8 }, [usual], ['dead']],
  ['fewer dead', { dead: 0 }, [usual], []],
  ['an empty column that was full', { empty: { ...empty, birthDate: 90 } }, [usual], ['empty']],
  ['a full column that was empty', { empty: { ...empty, phones: 0 } }, [usual], []],
  ['a column that was always empty', { empty: { ...empty, phones: 100 } }, [usual], []],
  ['odd numbers', { doubtful: 30 }, [usual], ['doubtful']],
  [
    'unreadable rows',
    { rejected: 30, empty: { ...empty, phones: 70, addresses: 70, contributions: 70, benefits: 70 } },
    [usual],
    ['rejected'],
  ],
  ['everything at once', { dead: 60, doubtful: 40 }, [usual], ['dead', 'doubtful']],
  ['nothing to compare with', { dead: 80 }, [], []],
  ['too few to say', { records: 40, dead: 40 }, [usual], []],
  ['people missing within the floor', { whole: { held: 40, missing: 20 } }, [], []],
  ['people missing within the share', { whole: { held: 1000, missing: 200 } }, [], []],
  ['people missing', { whole: { held: 1000, missing: 201 } }, [], ['missing']],
  ['a length like the others', { records: 104, whole }, [100, 102, 99, 101].map(list), []],
  ['a length unlike the others', { records: 180, whole }, [100, 102, 99, 101].map(list), ['length']],
  ['a length among lengths that differ much', { records: 180, whole }, [100, 160, 60, 130].map(list), []],
  ['a length after too few lists', { records: 180, whole }, [100, 102, 99].map(list), []],
  ['the length of a single file', { records: 180 }, [100, 102, 99, 101].map(list), []],
])('%s', (_what, change, earlier, rules) => {
  expect(driftOf({ ...usual, ...change }, earlier, limits).map(({ rule }) => rule)).toEqual(rules)
})

it('a profile is the same in whatever order its records come, and another when one of them differs', () => {
  const records = ['1', '2', '3'].map((no) => ({
    record: toRecord({ no, name: `Person ${no}` }),
    hash: Buffer.alloc(16, Number(no)),
  }))
  const profile = (all: typeof records) => {
    const profiler = new Profiler()
    for (const { record, hash } of all) profiler.add(record, hash)
    return profiler.profile()
  }
  expect(profile([...records].reverse())).toEqual(profile(records))
  expect(profile(records.slice(1)).digest).not.toBe(profile(records).digest)
})

it('a message says figures, and nothing about anybody', () => {
  const [reason] = driftOf({ ...usual, dead: 80 }, [usual], limits)
  expect(reason).toEqual({
    pointer: '/death',
    rule: 'dead',
    message: '80 % of the records are said to be dead, after 2 % the last time.',
  })
})
