import { describe, expect, test } from 'vitest'
import { encode } from '../../../../linkage/table/columns/encode.ts'
import { oneName } from '../../../../linkage/table/columns/one-name.ts'
import { levelBetween, tableOf } from '../tables.ts'

const inParts = { givenName: ['', 'Grace'], familyName: ['', 'Odhiambo'] }

describe('a name that is stated whole and in parts', () => {
  test('is compared whole where some records state nothing else', () => {
    const encoded = encode(tableOf({ fullName: ['Odhiambo, Grace', ''], ...inParts }))
    expect(encoded.map(({ name }) => name)).toEqual(['fullName'])
    expect(encoded.map((one) => levelBetween(one, 0, 1))).toEqual(['same'])
  })

  test('is compared in parts where all records have them', () => {
    const table = tableOf({
      fullName: ['G. Odhiambo', 'Peter Kamau'],
      givenName: ['Grace', 'Peter'],
      familyName: ['Odhiambo', 'Kamau'],
    })
    expect([...oneName(table).fields.keys()]).toEqual(['givenName', 'familyName'])
  })

  test('a record with neither has no name', () => {
    const encoded = encode(
      tableOf({ fullName: ['Grace Odhiambo', '', ''], givenName: ['', 'Grace', ''], familyName: ['', '', ''] }),
    )
    expect(encoded.map((one) => levelBetween(one, 0, 2))).toEqual(['missing'])
  })
})
