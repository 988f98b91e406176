/** Which of a person's records are confirmed to be hers. */
import { expect, test } from 'vitest'
import { confirmedParts, type Ruled } from '../../../core/reconciliation/confirmed.ts'
import { defaultModel } from '../../../linkage/model.ts'
import type { DossierRecord } from '../../../reconciliation/dossier.ts'
import type { Identifier } from '../../../schemas/contract.ts'
import { type Line, toRecord } from '../../kit/paper.ts'

type Told = Partial<Line> & { also?: Identifier[] }
const asha: Line = { no: '1', name: 'Asha Wanjiru Kamau', born: '1980-05-17', sex: 'female', id: '91234567' }

function held(place: number, { also = [], ...told }: Told): DossierRecord {
  const record = toRecord({ ...asha, ...told, no: String(place) }, place === 0 ? 'ke-nssf' : 'ke-sha')
  return {
    id: `r${place}`,
    version: 1,
    registry: record.registry,
    absent: false,
    record: { ...record, identifiers: [...record.identifiers, ...also] },
  }
}
const partsOf = (told: readonly Told[], ruled: Ruled = new Map()) =>
  confirmedParts(defaultModel, { person: 'p', records: told.map((one, place) => held(place, one)) }, ruled).map(
    ({ records }) => records.map(({ id }) => id).join(' '),
  )

const household: Identifier = { type: 'sha-household-number', issuer: 'ke', value: 'HH0000000000001-1' }
const nssf: Identifier = { type: 'nssf-number', issuer: 'ke', value: '990000001' }

const cases: [says: string, told: Told[], parts: string[]][] = [
  ['one record', [{}], ['r0']],
  ['one number, one name, one birth date', [{}, {}], ['r0 r1']],
  ['the names in another order and spelling', [{}, { name: 'Kamau Asha Wanjiro' }], ['r0 r1']],
  [
    'one number, a name of two words less one, the birth date unknown to one',
    [{}, { name: 'Asha Kamau', born: '' }],
    ['r0 r1'],
  ],
  ['one number, and somebody else’s name', [{}, { name: 'Peter Otieno Odhiambo', sex: 'male' }], ['r0', 'r1']],
  ['one number and name, another birth date', [{}, { born: '1955-11-02' }], ['r0', 'r1']],
  ['one name and birth date, and no number in common', [{}, { id: '98765432' }], ['r0', 'r1']],
  ['one name and birth date, and a number on one side only', [{}, { id: '' }], ['r0', 'r1']],
  [
    'a household’s number in common',
    [
      { id: '', also: [household] },
      { id: '', also: [household] },
    ],
    ['r0', 'r1'],
  ],
  ['link by link', [{}, { also: [nssf] }, { id: '', also: [nssf] }], ['r0 r1 r2']],
  ['two links that never meet', [{}, { id: '', also: [nssf] }, {}, { id: '', also: [nssf] }], ['r0 r2', 'r1 r3']],
]
test.each(cases)('%s', (_, told, parts) => {
  const clean = told.map(({ id = asha.id, born = asha.born, ...rest }) => ({
    ...rest,
    ...(id ? { id } : { id: '' }),
    ...(born ? { born } : { born: '' }),
  }))
  expect(partsOf(clean)).toEqual(parts)
})

test('what a steward joined is confirmed, whatever the records say', () => {
  const strangers: Told[] = [
    {},
    { id: '98765432', name: 'Kamau A W' },
    { id: '97777777', name: 'Peter Otieno Odhiambo' },
  ]
  const ruled: Ruled = new Map([
    ['r0', ['r1', 'r9']],
    ['r1', ['r0']],
    ['r9', ['r0']],
  ])
  expect(partsOf(strangers, ruled)).toEqual(['r0 r1', 'r2'])
})

test('the order in which the records are read changes nothing about who is confirmed with whom', () => {
  const told: Told[] = [
    {},
    { also: [nssf] },
    { id: '', also: [nssf] },
    { born: '1955-11-02' },
    { name: 'Kamau Asha Wanjiro' },
  ]
  const records = told.map((one, place) => held(place, one))
  const as = (order: readonly DossierRecord[]) =>
    confirmedParts(defaultModel, { person: 'p', records: order }, new Map())
      .map((part) =>
        part.records
          .map(({ id }) => id)
          .sort()
          .join(' '),
      )
      .sort()
  const usual = as(records)
  expect(usual).toEqual(['r0 r1 r2 r4', 'r3'])
  for (const turn of [1, 2, 3, 4]) expect(as([...records.slice(turn), ...records.slice(0, turn)])).toEqual(usual)
  expect(as(records.toReversed())).toEqual(usual)
})
