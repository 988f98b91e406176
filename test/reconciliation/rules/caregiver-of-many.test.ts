import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { caregiverOfMany } from '../../../reconciliation/rules/caregiver-of-many.ts'
import type { Identifier, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const scheme = 'ke-inua/older-persons'
const grandmother: Identifier = { type: 'national-id', issuer: 'ke', value: '99000001' }
type Facts = Partial<SourceRecord> & { absent?: boolean }

/** Somebody whose money the grandmother collects. */
const served = (id: string, household: string | undefined, facts: Facts = {}) =>
  person(
    id,
    held('ke-inua', {
      sourceId: id,
      enrolments: [{ scheme, branches: ['social-assistance'], status: 'active' }],
      relations: [{ role: 'caregiver', identifier: grandmother }],
      ...(household && { households: [{ number: household, role: 'head' }] }),
      ...facts,
    }),
  )
const found = (...people: ReturnType<typeof served>[]) => findings(caregiverOfMany, people, { asOf: '2026-11-22', law })

test('a caregiver of two households is one finding about those whose money she collects', () => {
  expect(found(served('a', 'H1'), served('b', 'H2'), served('c', 'H2'))).toMatchObject([
    { about: scheme, owner: 'ke-inua', persons: ['a', 'b', 'c'], facts: { households: 2, most: 1, beneficiaries: 3 } },
  ])
})

const other = (facts: Facts) => served('b', 'H2', facts)
test.each<[string, ReturnType<typeof served>]>([
  ['lives in the same household', served('b', 'H1')],
  ['lives in a household that nobody told of', served('b', undefined)],
  ['has left the scheme', other({ enrolments: [{ scheme, branches: ['social-assistance'], status: 'ended' }] })],
  [
    'may have left it this year',
    other({ enrolments: [{ scheme, branches: ['social-assistance'], status: 'active', until: '2026' }] }),
  ],
  [
    'is in a scheme whose manual sets no limit',
    other({ enrolments: [{ scheme: 'ke-inua/orphans', branches: ['family'], status: 'active' }] }),
  ],
  ['left that household', other({ households: [{ number: 'H2', role: 'head', until: '2026-10-31' }] })],
  [
    'has a caregiver with the same digits on another document',
    other({ relations: [{ role: 'caregiver', identifier: { ...grandmother, type: 'alien-id' } }] }),
  ],
  ['names her as a parent', other({ relations: [{ role: 'parent', identifier: grandmother }] })],
  ['is listed no more', other({ absent: true })],
])('no finding when the second one %s', (_, second) => {
  expect(found(served('a', 'H1'), second)).toEqual([])
})

test('who moved from one household to the other on that day is in one of them', () => {
  const moved = other({
    households: [
      { number: 'H2', role: 'head', until: '2026-11-21' },
      { number: 'H1', role: 'head', from: '2026-11-22' },
    ],
  })
  expect(found(served('a', 'H1'), moved)).toEqual([])
})
