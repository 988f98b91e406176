/** The labour unit (ຫົວໜ່ວຍແຮງງານ) behind a row. */
import { createHash } from 'node:crypto'
import type { Employer } from '../../schemas/contract.ts'
import { isPlaceholderName, laoNormal, latinGarble } from '../../schemas/values/name.ts'
import type { Cells, Remarks } from '../transports/cells.ts'
import type { Column } from './columns.ts'

/** The schema's length of an employer's number. */
const longestId = 40

/** Undefined for the self-employed, who have no unit. A unit without a number is known by its name in one spelling. */
export const employerOf = (row: Cells<Column>, remarks: Remarks): Employer | undefined => {
  const number = row.text('EMPLOYER NO')
  const name = row.text('EMPLOYER NAME')
  if (latinGarble(name)) {
    remarks.note('value-unreadable', row.pointer('EMPLOYER NAME'))
    return number === '' ? undefined : { id: number.slice(0, longestId) }
  }
  const named = name !== '' && !isPlaceholderName(name)
  if (number !== '') return { id: number.slice(0, longestId), ...(named && { name: name.slice(0, 200) }) }
  return named ? { id: idFromName(laoNormal(name).toLowerCase()), name: name.slice(0, 200) } : undefined
}

const idFromName = (name: string): string => {
  if (name.length <= longestId) return name
  const rest = createHash('sha256').update(name).digest('hex').slice(0, 12)
  return `${name.slice(0, longestId - rest.length - 1)}-${rest}`
}
