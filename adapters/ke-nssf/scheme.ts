/** NSSF's schemes as its files name them, and the employers behind them. */
import type { Branch, Employer } from '../../schemas/contract.ts'
import type { Cells, Remarks } from '../transports/cells.ts'

export const act2013 = 'ke-nssf/act-2013'
export const branches: readonly Branch[] = ['old-age', 'survivors', 'invalidity']

type Scheme = { readonly id: string; readonly category: 'employed' | 'voluntary' }
const employed: Scheme = { id: act2013, category: 'employed' }
const voluntary: Scheme = { id: act2013, category: 'voluntary' }
/** The scheme for informal workers. Refugees belong to it too. */
const habaHaba: Scheme = { id: 'ke-nssf/haba-haba', category: 'voluntary' }

/** SCHEME in capitals with single spaces; a register without the column is that of the Act. */
export const schemes: { readonly [written: string]: Scheme } = {
  '': employed,
  'ACT 2013': employed,
  'NSSF ACT 2013': employed,
  EMPLOYED: employed,
  MANDATORY: employed,
  VOLUNTARY: voluntary,
  'SELF EMPLOYED': voluntary,
  'HABA HABA': habaHaba,
  HABAHABA: habaHaba,
}

/** The employer of two columns; its number is nine or ten digits. A name without a number is nobody we could ask. */
export const employerIn = <Column extends string>(
  row: Cells<Column>,
  number: Column,
  name: Column,
  remarks: Remarks,
): Employer | undefined => {
  const id = row.text(number).replace(/[\s-]|\.0$/g, '')
  if (id === '') return undefined
  if (!/^\d{9,10}$/.test(id)) return void remarks.note('value-unreadable', row.pointer(number))
  const called = row.text(name).slice(0, 200)
  return { id, ...(called && { name: called }) }
}
