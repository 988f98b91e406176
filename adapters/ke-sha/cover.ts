/** Whether SHA covers a person: eligibility's answer with its contradictions. Pure. */
import type { Enrolment, Identifier, Name } from '../../schemas/contract.ts'
import { readDate } from '../../schemas/values/date.ts'
import type { Remarks } from '../transports/cells.ts'
import { type Fields, fieldsOf, flagOf, textOf } from './reading.ts'

export const shif = { scheme: 'ke-sha/shif', branches: ['medical-care', 'maternity'] } as const

type Answer = {
  readonly client: Fields
  readonly eligibility: Fields
  readonly cr: string | undefined
  readonly identifiers: readonly Identifier[]
  readonly names: readonly Name[]
}
type Reader = { readonly timeZone: string; readonly today: string }

/** Reasons that speak against cover. Beside `eligible: 1` they make the answer contradict itself. */
const denial =
  /\bnot (found|covered|eligible|paid|active)\b|\b(expired|lapsed|inactive|suspended)\b|\bno (active )?(cover|contribution|payment)/i

/**
 * The enrolment in social health insurance. Without an eligibility answer nothing is known about cover: the person stands
 * in the client registry, and that is all.
 */
export const readEnrolment = (answer: Answer, { timeZone, today }: Reader, remarks: Remarks): Enrolment | undefined => {
  const { eligibility, cr, identifiers } = answer
  const number = identifiers.find(({ type }) => type === 'sha-number')?.value ?? cr
  if (number === undefined) return undefined
  const memberNumber = number.slice(0, 40)
  if (Object.keys(eligibility).length === 0) {
    return {
      ...shif,
      branches: [...shif.branches],
      status: 'unknown',
      memberNumber,
      sourceStatus: 'no eligibility answer',
    }
  }
  const until = dateOf(eligibility.coverageEndDate, '/eligibility/coverageEndDate', timeZone, today, remarks)
  const from = dateOf(eligibility.coverageStartDate, '/eligibility/coverageStartDate', timeZone, today, remarks)
  const status = statusOf(eligibility, until, today, remarks)
  const category = categoryOf(eligibility)
  const sourceStatus = wordsOf(answer)
  return {
    ...shif,
    branches: [...shif.branches],
    status,
    memberNumber,
    ...(category && { category }),
    ...(from && { from }),
    ...(until && { until }),
    ...(sourceStatus && { sourceStatus }),
  }
}

/** Instants are days in the registry's zone: midnight in Nairobi is written as 21:00 UTC of the day before. */
const dateOf = (
  written: unknown,
  pointer: string,
  timeZone: string,
  today: string,
  remarks: Remarks,
): string | undefined => {
  const { date, notes } = readDate(textOf(written), { order: 'ymd', today, timeZone, keepDefaults: true })
  for (const code of notes) remarks.note(code, pointer)
  return date
}

const statusOf = (
  eligibility: Fields,
  until: string | undefined,
  today: string,
  remarks: Remarks,
): Enrolment['status'] => {
  const field = eligibility.eligible === undefined ? 'active' : 'eligible'
  const eligible = flagOf(eligibility[field])
  if (eligible === undefined) return 'unknown'
  if (!eligible) return 'inactive'
  const contradicted = denial.test(textOf(eligibility.reason))
    ? 'reason'
    : until && until < today
      ? 'coverageEndDate'
      : undefined
  if (contradicted === undefined) return 'active'
  remarks.note('contradictory-status', `/eligibility/${contradicted}`)
  return 'unknown'
}

/** What employment types mean, folded. Anything else is `other`: the field is free text, and a category is kept in the clear. */
const categories: { readonly [written: string]: string } = {
  employed: 'employed',
  employee: 'employed',
  salaried: 'employed',
  formal: 'employed',
  'formally employed': 'employed',
  'self employed': 'self-employed',
  selfemployed: 'self-employed',
  business: 'self-employed',
  informal: 'informal',
  'informal sector': 'informal',
  'informally employed': 'informal',
  casual: 'informal',
  unemployed: 'unemployed',
  'not employed': 'unemployed',
  none: 'unemployed',
  student: 'student',
  retired: 'retired',
  pensioner: 'retired',
  sponsored: 'sponsored',
}

/** Newer answers say whose cover it is. */
const dependants: { readonly [written: string]: string } = {
  SPOUSE: 'spouse',
  CHILD: 'child',
  DEPENDANT: 'dependant',
  DEPENDENT: 'dependant',
}

const categoryOf = (eligibility: Fields): string | undefined => {
  const type = textOf(eligibility.memberType).toUpperCase()
  if (Object.hasOwn(dependants, type)) return dependants[type]
  if (flagOf(eligibility.eligible_employee) === true) return 'employed'
  const written = textOf(fieldsOf(eligibility.client_portal_details).employment_type)
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim()
  if (written === '' || written === 'unspecified') return undefined
  return Object.hasOwn(categories, written) ? categories[written] : 'other'
}

/** The service's own words, without numbers and without the person's name, should it ever put them in. */
const wordsOf = ({ eligibility, names }: Answer): string | undefined => {
  const written = textOf(eligibility.reason) || textOf(eligibility.message)
  const own = new Set(names.flatMap(({ full }) => full.toUpperCase().split(' ')))
  const impersonal = written
    .split(' ')
    .map((word) => (/\d{4,}/.test(word) || own.has(word.toUpperCase().replace(/[^\p{L}'-]/gu, '')) ? '…' : word))
    .join(' ')
  return impersonal.slice(0, 200).trim() || undefined
}
