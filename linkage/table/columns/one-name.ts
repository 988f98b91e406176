/** A name that some records state whole and others in parts is compared once, in the way that all of them have. */
import type { Table } from '../table.ts'
import { joinColumns } from './recode.ts'
import { sharedInts } from './shared.ts'

/** From this share of the records on, those with nothing but a whole name decide how all are compared. */
const leastWhole = 0.01
const partFields = ['givenName', 'familyName'] as const

/** The table with a whole name, or with its parts, but not with both: one name is not evidence twice. */
export function oneName(table: Table): Table {
  const whole = table.fields.get('fullName')
  const parts = partFields.flatMap((field) => table.fields.get(field) ?? [])
  if (!whole || parts.length === 0) return table
  const { size } = table
  const [full, joined] = [joinColumns(whole, size, ' '), joinColumns(parts, size, ' ')]
  const codes = sharedInts(size)
  let alone = 0
  for (let row = 0; row < size; row += 1) {
    const [mine, mineInParts] = [full.codes[row] ?? 0, joined.codes[row] ?? 0]
    if (mine !== 0 && mineInParts === 0) alone += 1
    codes[row] = mine !== 0 || mineInParts === 0 ? mine : full.values.length - 1 + mineInParts
  }
  const isWhole = alone >= Math.max(1, size * leastWhole)
  const fields = new Map(table.fields)
  for (const field of isWhole ? partFields : (['fullName'] as const)) fields.delete(field)
  if (isWhole) fields.set('fullName', [{ codes, values: [...full.values, ...joined.values.slice(1)] }])
  return { ...table, fields }
}
