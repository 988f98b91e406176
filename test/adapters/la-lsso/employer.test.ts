import { describe, expect, test } from 'vitest'
import { columns } from '../../../adapters/la-lsso/columns.ts'
import { employerOf } from '../../../adapters/la-lsso/employer.ts'
import { makeRemarks, readCells } from '../../../adapters/transports/cells.ts'

const read = (number: string | number | null, name: string | null) => {
  const remarks = makeRemarks()
  const row = readCells({ 'EMPLOYER CODE': number, EMPLOYER: name }, columns, remarks)
  return { employer: employerOf(row, remarks), notes: remarks.notes }
}

describe('the id of a labour unit', () => {
  test.each([
    ['UN-0012', 'UN-0012'],
    ['ຫວ-໐໐໑໒', 'ຫວ-໐໐໑໒'],
    [120045, '120045'],
    ['120045.0', '120045'],
  ])('is its number %j', (number, id) => {
    expect(read(number, 'ຮ້ານ ນາງ ຄຳ')).toEqual({ employer: { id, name: 'ຮ້ານ ນາງ ຄຳ' }, notes: [] })
  })

  test.each([
    ['no number', null],
    ['a name where the number should stand', 'ນາງ ຄຳ ພອນ'],
    ['a number that is too long to be one', '9'.repeat(41)],
  ])('with %s is a code that does not show the name', (_, number) => {
    const { employer, notes } = read(number, 'ຮ້ານ ນາງ ຄຳ')
    expect(employer).toEqual({ id: expect.stringMatching(/^N-[0-9a-f]{12}$/), name: 'ຮ້ານ ນາງ ຄຳ' })
    expect(notes).toEqual(number === null ? [] : [{ code: 'value-unreadable', pointer: '/EMPLOYER CODE' }])
  })

  test('is the same for one name in two spellings, and another for another name', () => {
    const idOf = (name: string) => read(null, name).employer?.id
    expect(idOf('ບໍລິສັດ ຢາງພາລາ ຈໍາກັດ')).toBe(idOf('ບໍລິສັດ  ຢາງພາລາ ຈຳກັດ'))
    expect(idOf('Lao Rubber')).toBe(idOf('LAO RUBBER'))
    expect(idOf('Lao Rubber')).not.toBe(idOf('Lao Timber'))
  })
})
