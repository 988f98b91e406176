import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { differsFromAuthority } from '../../../reconciliation/rules/differs-from-authority.ts'
import type { SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const identifiers = [{ type: 'national-id', issuer: 'ke', value: '99000001' }] as const
type Who = Partial<SourceRecord> & { name?: string; absent?: boolean }
const register: Who = { name: 'Grace Wanjiru Kamau', birthDate: '1984-03-12', sex: 'female' }
const found = (own: Who, authority: Who = {}, parameters = {}) =>
  findings(
    differsFromAuthority,
    [
      person(
        'p',
        held('ke-iprs', { stream: 'person', identifiers: [...identifiers], ...register, ...authority }),
        held('ke-sha', { stream: 'client', identifiers: [...identifiers], ...register, ...own }),
      ),
    ],
    { asOf: '2026-11-22', law, parameters },
  )

test.each<[string, Who, string, Record<string, string>]>([
  ['a slip in a name', { name: 'Grace Wanjiru Kamaz' }, 'S3', { name: 'is spelt differently' }],
  ['the same name in another spelling', { name: 'Grace Wanjirru Kamauu' }, 'S3', { name: 'is spelt differently' }],
  ['another given name', { name: 'Alice Wanjiru Kamau' }, 'S2', { name: 'has another given name' }],
  ['another name altogether', { name: 'Mary Achieng Odhiambo' }, 'S2', { name: 'differs' }],
  ['day and month swapped', { birthDate: '1984-12-03' }, 'S3', { birthDate: 'has day and month swapped' }],
  ['one year off', { birthDate: '1985-03-12' }, 'S3', { birthDate: 'is one digit or one year off' }],
  ['another birth date', { birthDate: '1979-10-30' }, 'S2', { birthDate: 'differs' }],
  ['the other sex', { sex: 'male' }, 'S2', { sex: 'differs' }],
  ['years off, and known by the year alone', { birthDate: '1979' }, 'S2', { birthDate: 'is years off' }],
])('differs: %s', (_, own, severity, facts) => {
  expect(found(own)).toMatchObject([{ about: 'ke-sha client', owner: 'ke-sha', severity, facts }])
})

test.each<[string, Who, Who?]>([
  ['the same', {}],
  ['another order of names', { name: 'Kamau Grace Wanjiru' }],
  ['a middle name is missing', { name: 'Grace Kamau' }],
  ['the same name in another script', { name: 'Somsak Vongsa' }, { name: 'ສົມສັກ ວົງສາ' }],
  ['the right year alone', { birthDate: '1984' }],
  ['a usual day of the right year', { birthDate: '1984-01-01' }],
  ['the register does not know the sex', { sex: 'male' }, { sex: 'not-known' }],
  ['the register lists the person no more', { name: 'Mary Achieng' }, { absent: true }],
  ['another number: R09 tells of that', { name: 'Mary Achieng', identifiers: [] }],
  ['an employer’s list is no register', { name: 'Mary Achieng', stream: 'by-product' }],
])('does not differ: %s', (_, own, authority) => {
  expect(found(own, authority)).toEqual([])
})

test('spelling alone can be left out', () => {
  expect(found({ name: 'Grace Wanjiru Kamaz' }, {}, { spelling: false })).toEqual([])
  expect(found({ name: 'Grace Wanjiru Kamaz', sex: 'male' }, {}, { spelling: false })).toHaveLength(1)
})

test('a registry of a country that the hub does not know is no population register of Kenya', () => {
  const own = held('xx-list', { identifiers: [...identifiers], ...register, name: 'Alice Wanjiru Kamau' })
  const dossier = person('p', own, held('ke-sha', { stream: 'client', identifiers: [...identifiers], ...register }))
  const authorities = { ke: ['xx-list'] }
  expect(findings(differsFromAuthority, [dossier], { asOf: '2026-11-22', law: { ...law, authorities } })).toEqual([])
})
