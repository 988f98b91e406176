import { expect, test } from 'vitest'
import { monthsDelivered, toDelivered } from '../../reconciliation/delivered.ts'
import { law } from '../../reconciliation/law/countries.ts'
import type { Contribution } from '../../schemas/contract.ts'
import { held } from '../kit/dossiers.ts'

const scheme = 'ke-nssf/act-2013'
const recordOf = (registry: string, state: Contribution['state'], month = '2026-08') =>
  held(registry, { contributions: [{ scheme, month, state }] }).record

test.each<[Contribution['state'], string[]]>([
  ['declared', ['returns']],
  ['paid', ['ledger']],
  ['allocated', ['ledger']],
  ['suspense', ['ledger']],
  ['due', []],
  ['reversed', []],
])('a line that is %s is of the list %j', (state, lists) => {
  expect(monthsDelivered([recordOf('ke-nssf', state)]).map(({ list }) => list)).toEqual(lists)
})

test('each month once, and only the scheme’s own registry is a witness', () => {
  const months = monthsDelivered([
    recordOf('ke-nssf', 'allocated'),
    recordOf('ke-nssf', 'paid'),
    recordOf('ke-payroll', 'allocated', '2026-09'),
  ])
  expect(months).toHaveLength(2)
  const delivered = toDelivered(months, law)
  expect(delivered(scheme, 'ledger', '2026-08')).toBe(true)
  expect(delivered(scheme, 'returns', '2026-08')).toBe(false)
  expect(delivered(scheme, 'ledger', '2026-09')).toBe(false)
  expect(delivered('xx/unknown', 'ledger', '2026-08')).toBe(false)
})
