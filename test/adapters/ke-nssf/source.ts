/** Files as the Kenyan fund receives them, small and synthetic. */
import type { CellValue } from '../folder.ts'

export const memberHeadings = [
  'Member No',
  'Surname',
  'Other Names',
  'ID Type',
  'ID No',
  'KRA PIN',
  'DOB',
  'Gender',
  'Phone',
  'County',
  'Scheme',
  'Status',
  'Date joined',
  'Tier II contracted out',
  'SYNTHETIC',
]

export const memberRow = (i: number): CellValue[] => [
  String(9_900_000_000 + i),
  'Wanjiku',
  `Njeri ${'ABCDEFGHIJ'[i % 10]}isha`,
  'National ID',
  String(99_100_000 + i),
  `A99${String(1_000_000 + i)}K`,
  '04/07/1987',
  'F',
  `0749${String(100_000 + i)}`,
  'Nakuru',
  'Act 2013',
  'Active',
  '01/03/2015',
  'N',
  'SYNTHETIC',
]

export const lineHeadings = [
  'PAYROLL NO',
  'SURNAME',
  'OTHER NAMES',
  'ID NO',
  'KRA PIN',
  'NSSF NO',
  'CONTRIBUTIONS \n TYPE',
  'INCOME',
  'INCOME TYPE',
  'MEMBER',
  'EMPLOYER',
  'TOTAL',
]

/** A worker's Tier I and Tier II lines on a pay of KES 15,000. */
export const workerLines = (i: number): CellValue[][] =>
  [
    ['101', 540],
    ['102', 360],
  ].map(([type = '', share]) => [
    `P${i}`,
    'Njeri',
    'Wanjiku',
    99_100_000 + i,
    `A99${String(1_000_000 + i)}K`,
    String(9_900_000_000 + i),
    type,
    15_000,
    '1',
    Number(share),
    Number(share),
    Number(share) * 2,
  ])

/** The portal's workbook: ten labels, a blank row, headings, lines. */
export const portalReturn = (employer: string, period: string, lines: readonly CellValue[][]): CellValue[][] => {
  const sum = (column: number) => lines.reduce((total, line) => total + Number(line[column]), 0)
  return [
    ['NSSF CONTRIBUTION', `${employer}${period}`],
    ['EMPLOYER KRA PIN', 'P990000001K'],
    ['EMPLOYER NSSF NUMBER', employer],
    ['EMPLOYER NAME', 'Baraka Millers Ltd'],
    ['CONTRIBUTIONS PERIOD', period],
    ['TOTAL INCOME', sum(7) / 2],
    ['TOTAL MEMBER', sum(9)],
    ['TOTAL EMPLOYER', sum(10)],
    ['TOTAL CONTRIBUTIONS', sum(11)],
    ['TOTAL RECORDS', lines.length],
    [],
    lineHeadings,
    ...lines,
  ]
}
