import { expect, test } from 'vitest'
import { toEvidence } from '../../core/evidence.ts'
import type { Permission } from '../../core/policy.ts'
import { compare } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import { prepare } from '../../linkage/features.ts'
import { defaultModel } from '../../linkage/model.ts'
import { linkRecord, type Person } from '../linkage/person.ts'

const [one, other]: Person[] = [
  { name: 'John Kamau', employer: 'Mlima Textiles', numbers: { 'national-id': '99013245' }, stream: 'return' },
  { name: 'John Kamau', employer: 'Mlima Textiles', numbers: { 'national-id': '99012345' } },
]
const judged = decide(
  defaultModel,
  compare(defaultModel, prepare(linkRecord('a', one ?? {})), prepare(linkRecord('b', other ?? {}))),
)
const evidenceWith = (...fields: Permission['fields']) =>
  toEvidence(defaultModel, { agreement: 'a', agency: 'a', registries: ['ke-nssf'], fields }, judged)
const toldWith = (...fields: Permission['fields']) =>
  evidenceWith(...fields).reasons.map(({ on, level }) => `${on} ${level}`)

test('that two records name one employer is told only where the employment is agreed too', () => {
  const number = 'identifier:national-id swapped-at-work'
  expect(toldWith('name', 'identifiers')).toEqual(['name same-2'])
  expect(toldWith('name', 'identifiers', 'enrolments')).toEqual(['name same-2'])
  expect(toldWith('name', 'identifiers', 'enrolments', 'contributions')).toEqual(['name same-2', number])
})

test('the sum is not told where it would tell about an employer', () => {
  const compared = ['name', 'birthDate', 'sex', 'identifiers', 'phones', 'addresses'] as const
  expect(evidenceWith(...compared)).toMatchObject({ complete: false, guards: [] })
  expect(evidenceWith(...compared)).not.toHaveProperty('weight')
  expect(evidenceWith(...compared, 'enrolments', 'contributions')).toMatchObject({ complete: true, outcome: 'link' })
})
