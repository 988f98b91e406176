/** The headings that NSSF's files have been seen under: the member register, the portal's return workbook, the flat sheet. */
import { makeColumns } from '../transports/header.ts'

export const columns = makeColumns({
  'NSSF NO': [
    'MEMBER NO',
    'MEMBER NUMBER',
    'NSSF NUMBER',
    'NSSF MEMBER NO',
    'NSSF MEMBER NUMBER',
    'MEMBERSHIP NO',
    'MEMBERSHIP NUMBER',
  ],
  SURNAME: ['LAST NAME', 'FAMILY NAME'],
  'OTHER NAMES': ['OTHER NAME', 'OTHERNAMES', 'FIRST NAMES', 'FIRST NAME', 'GIVEN NAMES'],
  'FULL NAME': ['NAME', 'NAMES', 'MEMBER NAME', 'EMPLOYEE NAME', 'NAME OF MEMBER'],
  'ID NO': ['ID', 'ID NUMBER', 'NATIONAL ID', 'NATIONAL ID NO', 'NATIONAL ID NUMBER', 'IDENTITY NUMBER', 'I.D. NO'],
  'ID TYPE': ['IDENTIFICATION TYPE', 'TYPE OF ID', 'DOCUMENT TYPE'],
  'REFUGEE ID': ['REFUGEE ID NO', 'REFUGEE NO', 'REFUGEE ID NUMBER'],
  'ALIEN ID': ['ALIEN ID NO', 'ALIEN NO', 'ALIEN CARD NO', 'FOREIGNER CERTIFICATE NO'],
  'KRA PIN': ['KRA NO', 'PIN', 'PIN NO', 'KRA PIN NO', 'TAX PIN'],
  DOB: ['DATE OF BIRTH', 'BIRTH DATE', 'D.O.B'],
  GENDER: ['SEX'],
  PHONE: ['PHONE NO', 'PHONE NUMBER', 'MOBILE', 'MOBILE NO', 'MOBILE NUMBER', 'TELEPHONE', 'TEL NO'],
  COUNTY: ['HOME COUNTY', 'COUNTY OF RESIDENCE'],
  SCHEME: ['MEMBER TYPE', 'MEMBERSHIP TYPE', 'SCHEME TYPE', 'MEMBER CATEGORY', 'CATEGORY'],
  STATUS: ['MEMBER STATUS', 'ACCOUNT STATUS', 'MEMBERSHIP STATUS'],
  'DATE JOINED': ['DATE OF REGISTRATION', 'REGISTRATION DATE', 'DATE OF JOINING', 'JOIN DATE', 'DATE REGISTERED'],
  'TIER II CONTRACTED OUT': [
    'CONTRACTED OUT',
    'TIER II OPT OUT',
    'TIER 2 CONTRACTED OUT',
    'OPTED OUT TIER II',
    'TIER II CONTRACTED OUT Y/N',
  ],
  'EMPLOYER NO': ['EMPLOYER NUMBER', 'EMPLOYER NSSF NO', 'EMPLOYER NSSF NUMBER', 'EMPLOYER CODE'],
  'EMPLOYER NAME': ['NAME OF EMPLOYER'],
  'PAYROLL NO': ['PAYROLL NUMBER', 'PAYROLL/STAFF NO', 'STAFF NO', 'EMPLOYEE NO', 'PF NO'],
  'CONTRIBUTIONS TYPE': ['CONTRIBUTION TYPE', 'TYPE OF CONTRIBUTION', 'TIER'],
  INCOME: [],
  'INCOME TYPE': [],
  MEMBER: ['MEMBER CONTRIBUTION', 'EMPLOYEE CONTRIBUTION'],
  EMPLOYER: ['EMPLOYER CONTRIBUTION'],
  TOTAL: ['TOTAL CONTRIBUTION', 'TOTAL CONTRIBUTIONS'],
  'GROSS PAY': ['GROSS', 'GROSS SALARY', 'GROSS EARNINGS'],
  VOLUNTARY: ['VOLUNTARY CONTRIBUTION', 'VOLUNTARY AMOUNT'],
  SYNTHETIC: [],
})

export type Column = Exclude<ReturnType<typeof columns.of>, undefined>

/** The ten labels that stand above a portal return, each with its value in the next cell. */
export const headerLabels = makeColumns({
  'NSSF CONTRIBUTION': [],
  'EMPLOYER KRA PIN': [],
  'EMPLOYER NSSF NUMBER': ['EMPLOYER NSSF NO', 'EMPLOYER NUMBER', 'EMPLOYER NO'],
  'EMPLOYER NAME': [],
  'CONTRIBUTIONS PERIOD': ['CONTRIBUTION PERIOD', 'PERIOD', 'MONTH OF CONTRIBUTION'],
  'TOTAL INCOME': [],
  'TOTAL MEMBER': [],
  'TOTAL EMPLOYER': [],
  'TOTAL CONTRIBUTIONS': ['TOTAL CONTRIBUTION'],
  'TOTAL RECORDS': ['TOTAL RECORD', 'NUMBER OF RECORDS'],
})

export type HeaderLabel = Exclude<ReturnType<typeof headerLabels.of>, undefined>

export type Layout = 'member' | 'portal' | 'flat'

/** Each layout by the headings that only it has. The file's name says nothing: clerks rename files. */
const layouts: readonly (readonly [Layout, readonly Column[]])[] = [
  ['portal', ['CONTRIBUTIONS TYPE', 'SURNAME']],
  ['flat', ['GROSS PAY', 'PAYROLL NO']],
  ['member', ['NSSF NO', 'DATE JOINED']],
  ['member', ['NSSF NO', 'STATUS']],
  ['member', ['NSSF NO', 'DOB']],
]

/** Which of the files this is; undefined when its headings belong to none. */
export const layoutOf = (headings: readonly string[]): Layout | undefined => {
  const found = new Set(headings.map((heading) => columns.of(heading)))
  return layouts.find(([, needed]) => needed.every((column) => found.has(column)))?.[0]
}
