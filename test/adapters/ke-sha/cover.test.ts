import { expect, test } from 'vitest'
import { readEnrolment } from '../../../adapters/ke-sha/cover.ts'
import { makeRemarks } from '../../../adapters/transports/cells.ts'

test.each([
  ['Employed', 'employed'],
  ['SELF_EMPLOYED', 'self-employed'],
  ['Self-Employed ', 'self-employed'],
  ['Informal  Sector', 'informal'],
  ['Not employed', 'unemployed'],
  ['Unspecified', undefined],
  ['', undefined],
  ['works for Jane Njeri', 'other'],
  ['constructor', 'other'],
  [7, 'other'],
])('an employment type of %j is the category %s, never its own words', (written, category) => {
  const eligibility = { eligible: 1, client_portal_details: { employment_type: written } }
  const answer = { client: {}, eligibility, cr: 'CR9900000000001-1', identifiers: [], names: [] }
  const enrolment = readEnrolment(answer, { timeZone: 'Africa/Nairobi', today: '2026-11-22' }, makeRemarks())
  expect(enrolment?.category).toBe(category)
})

test.each([
  ['CHILD', 'child'],
  ['Spouse', 'spouse'],
  ['DEPENDANT', 'dependant'],
  ['PRINCIPAL', 'employed'],
  ['constructor', 'employed'],
  [undefined, 'employed'],
])('a member of the type %j is covered as %s', (memberType, category) => {
  const eligibility = { eligible: 1, memberType, client_portal_details: { employment_type: 'Employed' } }
  const answer = { client: {}, eligibility, cr: 'CR9900000000001-1', identifiers: [], names: [] }
  const enrolment = readEnrolment(answer, { timeZone: 'Africa/Nairobi', today: '2026-11-22' }, makeRemarks())
  expect(enrolment?.category).toBe(category)
})
