import { asciiDigits } from './digits.ts'

/** What people type when there is nothing to type. Compared after `fold`. Source: the registries' data-quality list. */
const nothing = [
  'N/A',
  'NA',
  'NIL',
  'NONE',
  'NULL',
  'UNKNOWN',
  'NOTAVAILABLE',
  'NOTAPPLICABLE',
  'TBA',
  'TBC',
  '#N/A',
  '#REF!',
  '#VALUE!',
  '#NAME?',
  '#DIV/0!',
]

const names = [
  'TEST',
  'TEST TEST',
  'UNNAMED',
  'BABY',
  'BABY OF',
  'BABY BOY',
  'BABY GIRL',
  'MTOTO',
  'CHILD',
  'INFANT',
  'NO NAME',
  'NFN',
  'FNU',
  'LNU',
  'SURNAME',
  'FIRST NAME',
  'WIFE OF',
  'S/O',
  'D/O',
  'W/O',
  '无',
  '未知',
  '不详',
  '无名氏',
  'НЕТ',
  'НЕИЗВЕСТНО',
  'БЕЗ ОТЧЕСТВА',
  'ЖОК',
  'ບໍ່ມີ',
  'ບໍ່ມີນາມສະກຸນ',
  'نامعلوم',
]

/** Upper case, digits in ASCII, without the spaces, dots and dashes that vary. */
export const foldPlaceholder = (text: string): string => {
  const upper = ascii.test(text) ? text.toUpperCase() : asciiDigits(text.normalize('NFKC')).toUpperCase()
  return varying.test(upper) ? upper.replace(/[\s.\-_–—]/g, '') : upper
}

const ascii = /^[\0-\x7f]*$/
const varying = /[\s.\-_–—]/

const nothingSet = new Set(nothing)
const nameSet = new Set([...nothing, ...names].map(foldPlaceholder))

/** True for text that stands for "nothing": N/A, NIL, a lone dash, a spreadsheet's error. */
export function isPlaceholderText(text: string): boolean {
  const folded = foldPlaceholder(text)
  return folded === '' || nothingSet.has(folded)
}

/** True for a name nobody bears: UNKNOWN, BABY OF, 无; and for text without a single letter. */
export const isPlaceholderName = (text: string): boolean => !/\p{L}/u.test(text) || nameSet.has(foldPlaceholder(text))
