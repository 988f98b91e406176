/** Which of a person's records are confirmed to be hers, whichever of them is met first. */
import { expect, test } from 'vitest'
import { confirmedParts } from '../../../core/reconciliation/confirmed.ts'
import { defaultModel } from '../../../linkage/model.ts'
import { held, person } from '../../kit/dossiers.ts'

const identifiers = [{ type: 'national-id', issuer: 'ke', value: '23456789' }] as const
const asha = { name: 'Asha Wanjiru Mwangi', birthDate: '1984-03-17', identifiers: [...identifiers] }
const stranger = { name: 'Peter Otieno Odhiambo', birthDate: '1951-11-02', identifiers: [...identifiers] }
const parts = (...records: Parameters<typeof person>[1][]) =>
  confirmedParts(defaultModel, person('p', ...records), new Map()).map((part) => part.records.map(({ id }) => id))

test('records that share a number and agree are confirmed together, and what contradicts them stands alone', () => {
  const own = [held('ke-nssf', asha), held('ke-sha', asha)]
  expect(parts(...own)).toEqual([['ke-nssf/1', 'ke-sha/1']])
  expect(parts(...own, held('ke-social', stranger))).toEqual([['ke-nssf/1', 'ke-sha/1'], ['ke-social/1']])
})

test('a record that contradicts the others, met before them, does not part them from each other', () => {
  const similar = { ...asha, name: 'Asha Wanjiru Mwangy' }
  const all = [held('ke-iprs', stranger), held('ke-nssf', asha), held('ke-sha', asha), held('ke-social', similar)]
  expect(parts(...all)).toEqual([['ke-iprs/1'], ['ke-nssf/1', 'ke-sha/1', 'ke-social/1']])
})
