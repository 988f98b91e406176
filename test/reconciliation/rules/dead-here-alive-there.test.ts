import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { deadHereAliveThere } from '../../../reconciliation/rules/dead-here-alive-there.ts'
import type { Death, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
const registered: Death = { status: 'registered', date: '2026-03-04' }
type Facts = Partial<Pick<SourceRecord, 'contributions' | 'benefits' | 'events' | 'enrolments'>>
const found = (death: Death, facts: Facts, registry = 'ke-nssf') =>
  findings(deadHereAliveThere, [person('p', held('ke-crs', { death }), held(registry, { ...facts, sourceId: '2' }))], {
    asOf,
    law,
  })
const line = (month: string, state: 'declared' | 'allocated' | 'due' | 'reversed' = 'declared') => ({
  contributions: [{ scheme: 'ke-nssf/act-2013', month, state }],
})
const seen = (on: string) => ({ events: [{ kind: 'proof-of-life' as const, on }] })

test('both registries are asked: the death may be as wrong as the life', () => {
  const drafts = found(registered, line('2026-09'))
  expect(drafts.map(({ about, owner, facts }) => ({ about, owner, facts }))).toEqual(
    ['ke-crs', 'ke-nssf'].map((owner) => ({
      about: `ke-crs ke-nssf ${owner}`,
      owner,
      facts: { dead: 'ke-crs', alive: 'ke-nssf', status: 'registered', died: '2026-03', signs: 1, last: '2026-09' },
    })),
  )
  expect(drafts[0]?.evidence).toHaveLength(2)
})

test.each<[string, Death, Facts]>([
  ['a contribution for a month that begins 61 days later', { status: 'verified', date: '2026-03-31' }, line('2026-06')],
  ['seen alive on the sixty-first day', registered, seen('2026-05-04')],
  [
    'treated in hospital',
    registered,
    {
      benefits: [
        { scheme: 'ke-sha/shif', branch: 'medical-care', kind: 'service', state: 'paid', eventOn: '2026-07-01' },
      ],
    },
  ],
  ['the year of death alone is known', { status: 'registered', date: '2025' }, line('2026-04')],
])('found: %s', (_, death, facts) => {
  expect(found(death, facts)).toHaveLength(2)
})

test.each<[string, Death, Facts, string?]>([
  ['seen alive on the sixtieth day: the register may be as late', registered, seen('2026-05-03')],
  ['a contribution for the month of death', registered, line('2026-03')],
  ['a death that is only reported', { status: 'reported', date: '2026-03-04' }, line('2026-09')],
  [
    'the year of death alone is known, and the sign is of that year',
    { status: 'registered', date: '2026' },
    line('2026-09'),
  ],
  ['a sign known by its year alone', registered, seen('2026')],
  ['a contribution that is only due', registered, line('2026-09', 'due')],
  ['a contribution that was reversed', registered, line('2026-09', 'reversed')],
  [
    'a pension by standing order is no sign of life',
    registered,
    { benefits: [{ scheme: 'ke-nssf/act-2013', branch: 'old-age', kind: 'cash', state: 'paid', month: '2026-09' }] },
  ],
  [
    'being listed as active is no sign of life',
    registered,
    { enrolments: [{ scheme: 'ke-nssf/act-2013', branches: ['old-age'], status: 'active' }] },
  ],
  ['the same registry says both', registered, seen('2026-09-01'), 'ke-crs'],
])('not found: %s', (_, death, facts, registry) => {
  expect(found(death, facts, registry)).toEqual([])
})
