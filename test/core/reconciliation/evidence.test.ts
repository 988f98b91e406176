/** Which facts of a finding are told to whom. */
import { describe, expect, test } from 'vitest'
import { showsFigures, withheldFrom } from '../../../core/reconciliation/evidence.ts'
import { fields } from '../../../store/beneficiaries.ts'

const scope = {
  agency: 'nssf',
  purpose: 'coverage',
  registries: ['ke-nssf', 'ke-sha'],
  owned: ['ke-nssf'],
  fields: [...fields],
} as unknown as Parameters<typeof showsFigures>[1]
const refs = (...told: readonly (readonly [registry: string, pointer: string])[]) =>
  told.map(([registry, pointer]) => ({ registry, pointer, record: `${registry} ${pointer}`, version: 1 }))

const unnamed = ['/assessments/0', '/events/2', '/relations/0', '/households/0', '/accounts/0', '']

describe('facts that no agreement can name', () => {
  test.each(unnamed)("'%s' of a registry that the client acts for is told", (pointer) => {
    const evidence = refs(['ke-nssf', pointer], ['ke-sha', '/enrolments/0'])
    expect(showsFigures(evidence, scope)).toBe(true)
    expect(withheldFrom(evidence, scope)).toEqual([])
  })

  test.each(unnamed)("'%s' of another registry is not, though that registry is agreed: nor are figures", (pointer) => {
    const evidence = refs(['ke-nssf', '/enrolments/0'], ['ke-sha', pointer])
    expect(showsFigures(evidence, scope)).toBe(false)
    expect(withheldFrom(evidence, scope)).toEqual(['ke-sha'])
  })
})

test('a fact whose field is agreed is told; of one whose field is not, no figure is', () => {
  const evidence = refs(['ke-sha', '/benefits/0'])
  expect(showsFigures(evidence, scope)).toBe(true)
  expect(showsFigures(evidence, { ...scope, fields: ['enrolments'] })).toBe(false)
  expect(showsFigures(evidence, { ...scope, registries: ['ke-nssf'] })).toBe(false)
})
