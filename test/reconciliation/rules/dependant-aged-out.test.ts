import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { dependantAgedOut } from '../../../reconciliation/rules/dependant-aged-out.ts'
import type { Enrolment, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
const cover: Enrolment = { scheme: 'ke-sha/shif', branches: ['medical-care'], status: 'active', category: 'dependant' }
const found = (more: Partial<SourceRecord> & { absent?: boolean }, registry = 'ke-sha') =>
  findings(dependantAgedOut, [person('p', held(registry, { enrolments: [cover], ...more }))], { asOf, law })

const student = (value: number, on: string) => ({ kind: 'student', value, on }) as const

test('a dependant of eighteen is told, with the limit', () => {
  expect(found({ birthDate: '2008-11-22' })).toMatchObject([
    { about: 'ke-sha ke-sha/shif', owner: 'ke-sha', facts: { age: 18, limit: 18, student: false } },
  ])
})

test.each<[string, Partial<SourceRecord>]>([
  ['only the year of birth is known, and it is long enough ago', { birthDate: '2007' }],
  ['a student past the later limit', { birthDate: '2001-11-22', assessments: [student(1, '2026-09')] }],
  ['a student no more', { birthDate: '2005-01-09', assessments: [student(1, '2026-01'), student(0, '2026-10')] }],
  ['a word about being a student that is old', { birthDate: '2005-01-09', assessments: [student(1, '2025-10')] }],
  [
    'a dependant by the household, covered by the record',
    {
      birthDate: '2000-05-05',
      enrolments: [{ ...cover, category: 'indirect' }],
      households: [{ number: 'H', role: 'dependant' }],
    },
  ],
  [
    'on a list of dependants that says nothing else',
    { birthDate: '2000-05-05', enrolments: [], households: [{ number: 'H', role: 'dependant' }] },
  ],
  [
    'named under a principal',
    {
      birthDate: '2000-05-05',
      enrolments: [{ scheme: 'ke-sha/shif', branches: ['medical-care'], status: 'active' }],
      relations: [{ role: 'principal', identifier: { type: 'sha-number', issuer: 'ke', value: 'SHA1' } }],
    },
  ],
])('found: %s', (_, more) => {
  expect(found(more)).toHaveLength(1)
})

test.each<[string, Partial<SourceRecord> & { absent?: boolean }]>([
  ['the day before the birthday', { birthDate: '2008-11-23' }],
  ['only the year of birth is known, and the birthday may be to come', { birthDate: '2008' }],
  [
    'a day that offices write for a year',
    { birthDate: '2008-07-01', quality: [{ code: 'birth-date-heaped', pointer: '/dob' }] },
  ],
  ['a student below the later limit', { birthDate: '2001-11-23', assessments: [student(1, '2026-09')] }],
  ['no birth date', {}],
  ['cover that has ended', { birthDate: '2000-05-05', enrolments: [{ ...cover, status: 'ended' }] }],
  ['cover that may have ended this year', { birthDate: '2000-05-05', enrolments: [{ ...cover, until: '2026' }] }],
  ['a wife', { birthDate: '1990-05-05', households: [{ number: 'H', role: 'spouse' }] }],
  ['a member in her own right', { birthDate: '2000-05-05', enrolments: [{ ...cover, category: 'employed' }] }],
  ['the scheme itself has ended', { birthDate: '2000-05-05', enrolments: [{ ...cover, scheme: 'ke-sha/nhif' }] }],
  [
    'a household of last year',
    { birthDate: '2000-05-05', enrolments: [], households: [{ number: 'H', role: 'dependant', until: '2025-12-31' }] },
  ],
  ['listed no more', { birthDate: '2000-05-05', absent: true }],
])('not found: %s', (_, more) => {
  expect(found(more)).toEqual([])
})

test('a country whose limit nobody entered has no finding', () => {
  expect(found({ birthDate: '1990-05-05' }, 'kg-sf')).toEqual([])
})

test('records that disagree about the birth date: the later one counts, unless the population register knows', () => {
  const sha = held('ke-sha', { birthDate: '2005-05-05', enrolments: [cover] })
  const nssf = held('ke-nssf', { birthDate: '2009-05-05' })
  const iprs = held('ke-iprs', { birthDate: '2005-05-05' })
  expect(findings(dependantAgedOut, [person('p', nssf, sha)], { asOf, law })).toEqual([])
  expect(findings(dependantAgedOut, [person('p', iprs, nssf, sha)], { asOf, law })).toHaveLength(1)
})

test('two records of one registry are one finding', () => {
  const [one, other] = ['1', '2'].map((sourceId) =>
    held('ke-sha', { sourceId, birthDate: '2005-05-05', enrolments: [cover] }),
  )
  expect(one && other && findings(dependantAgedOut, [person('p', one, other)], { asOf, law })).toHaveLength(1)
})
