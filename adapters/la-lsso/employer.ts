/** The labour unit (ຫົວໜ່ວຍແຮງງານ) behind a row. */
import { createHash } from 'node:crypto'
import type { Employer } from '../../schemas/contract.ts'
import { isPlaceholderName, laoNormal, latinGarble } from '../../schemas/values/name.ts'
import type { Cells, Remarks } from '../transports/cells.ts'
import type { Column } from './columns.ts'

/** A number as provinces give them, with Lao letters or digits or not. Without a digit, or with spaces, it is a name gone astray. */
const numberShape = /^(?=.*\p{Nd})[\p{L}\p{M}\p{Nd}./-]{1,40}$/u

/** Undefined for the self-employed, who have no unit. A unit without a number is known by its name in one spelling. */
export const employerOf = (row: Cells<Column>, remarks: Remarks): Employer | undefined => {
  const written = row.text('EMPLOYER NO').replace(/\.0$/, '')
  const number = numberShape.test(written) ? written : ''
  if (written !== number) remarks.note('value-unreadable', row.pointer('EMPLOYER NO'))
  const name = row.text('EMPLOYER NAME')
  if (latinGarble(name)) {
    remarks.note('value-unreadable', row.pointer('EMPLOYER NAME'))
    return number === '' ? undefined : { id: number }
  }
  const named = name !== '' && !isPlaceholderName(name)
  if (number !== '') return { id: number, ...(named && { name: name.slice(0, 200) }) }
  return named ? { id: codeOf(laoNormal(name).toLowerCase()), name: name.slice(0, 200) } : undefined
}

/**
 * A code that stands for a name without showing it. An employer's id is kept in the clear, and a unit is often called by its
 * owner's name. Whoever has a name can try whether it makes this code; a keyed hash would not allow that, but `normalise` is
 * pure and has no key. The name itself is in `employer.name`, which never is.
 */
const codeOf = (name: string): string => `N-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`
