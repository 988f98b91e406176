/** The headings that SHA's files have been seen under: the old fund's member export and the employers' by-products. */
import { makeColumns } from '../transports/header.ts'

const idHeadings = ['ID NUMBER', 'ID', 'NATIONAL ID', 'NATIONAL ID NO', 'IDENTITY NUMBER']

const nhifHeadings = {
  'NHIF NO': ['NHIF NUMBER', 'MEMBER NO', 'MEMBER NUMBER', 'NHIF MEMBER NO', 'PRINCIPAL NHIF NO'],
  'DEPENDANT NO': ['DEPENDENT NO', 'DEPENDANT NUMBER', 'DEP NO'],
  RELATIONSHIP: ['RELATION', 'MEMBER TYPE', 'RELATIONSHIP TO PRINCIPAL'],
  SURNAME: ['LAST NAME', 'FAMILY NAME'],
  'OTHER NAMES': ['OTHER NAME', 'OTHERNAMES', 'FIRST NAME', 'FIRST NAMES', 'GIVEN NAMES'],
  'FULL NAME': ['NAME', 'NAMES', 'MEMBER NAME'],
  'ID NO': idHeadings,
  'ID TYPE': ['IDENTIFICATION TYPE', 'TYPE OF ID', 'DOCUMENT TYPE'],
  DOB: ['DATE OF BIRTH', 'BIRTH DATE', 'D.O.B'],
  SEX: ['GENDER'],
  PHONE: ['PHONE NO', 'PHONE NUMBER', 'MOBILE', 'MOBILE NO', 'TELEPHONE', 'TEL NO'],
  'EMPLOYER CODE': ['EMPLOYER NO', 'EMPLOYER NUMBER'],
  'EMPLOYER NAME': ['NAME OF EMPLOYER'],
  COUNTY: ['HOME COUNTY', 'COUNTY OF RESIDENCE'],
  SYNTHETIC: [],
} as const

const byProductHeadings = {
  'PAYROLL NO': ['PAYROLL NUMBER', 'STAFF NO', 'EMPLOYEE NO', 'PF NO'],
  'LAST NAME': ['SURNAME'],
  'FIRST NAME': ['OTHER NAMES', 'FIRST NAMES'],
  // Payroll software writes the worker's name under the heading EMPLOYER NAME.
  NAME: ['EMPLOYER NAME', 'EMPLOYEE NAME', 'FULL NAME', 'NAMES', 'NAME OF EMPLOYEE'],
  'ID NO': idHeadings,
  'MEMBER NO': [
    'NHIF NO / SHIF NO',
    'NHIF NO/SHIF NO',
    'NHIF NO',
    'SHIF NO',
    'SHA NO',
    'SHA NUMBER',
    'NHIF NUMBER',
    'SHIF NUMBER',
  ],
  AMOUNT: ['CONTRIBUTION', 'CONTRIBUTION AMOUNT', 'SHIF AMOUNT', 'TOTAL AMOUNT'],
  SYNTHETIC: [],
} as const

export const nhifColumns = makeColumns(nhifHeadings)
export const byProductColumns = makeColumns(byProductHeadings)
export type NhifColumn = keyof typeof nhifHeadings
export type ByProductColumn = keyof typeof byProductHeadings

/** Every heading of either layout, for finding the heading row before the layout is known. */
export const anyColumns = makeColumns({
  ...byProductHeadings,
  ...nhifHeadings,
  NAME: ['EMPLOYEE NAME'],
  'MEMBER NO': byProductHeadings['MEMBER NO'],
})

/** The labels above a by-product's lines, each with its value in the next filled cell. */
export const preambleLabels = makeColumns({
  'EMPLOYER CODE': ['EMPLOYER NO', 'EMPLOYER NUMBER'],
  'EMPLOYER NAME': ['NAME OF EMPLOYER'],
  'MONTH OF CONTRIBUTION': ['CONTRIBUTION MONTH', 'MONTH', 'PERIOD'],
})
export type PreambleLabel = Exclude<ReturnType<typeof preambleLabels.of>, undefined>

/** Which of the two a table is, by headings that only it has; undefined when it is neither. */
export const streamOf = (headings: readonly string[]): 'nhif' | 'by-product' | undefined => {
  const lines = new Set(headings.map((heading) => byProductColumns.of(heading)))
  if (lines.has('AMOUNT') && (lines.has('PAYROLL NO') || lines.has('MEMBER NO'))) return 'by-product'
  const rows = new Set(headings.map((heading) => nhifColumns.of(heading)))
  return rows.has('NHIF NO') && (rows.has('DOB') || rows.has('RELATIONSHIP')) ? 'nhif' : undefined
}
