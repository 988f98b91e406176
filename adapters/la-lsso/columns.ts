/** The headings of the provinces' lists, in Lao as most write them and in English as some do. */
import { makeColumns } from '../transports/header.ts'
import type { Table, TableRow } from '../transports/table.ts'

export const columns = makeColumns({
  NO: ['ລ/ດ', 'ລຳດັບ', 'ລ.ດ'],
  'INSURED NO': [
    'ເລກປະກັນສັງຄົມ',
    'ເລກທີປະກັນສັງຄົມ',
    'ເລກບັດປະກັນສັງຄົມ',
    'ລະຫັດປະກັນສັງຄົມ',
    'SSO NO',
    'INSURED NUMBER',
    'SOCIAL SECURITY NO',
  ],
  NAME: ['ຊື່ ແລະ ນາມສະກຸນ', 'ຊື່ແລະນາມສະກຸນ', 'ຊື່ ນາມສະກຸນ', 'ຊື່ ແລະ ນາມສະກຸນ ຜູ້ປະກັນຕົນ', 'NAME AND SURNAME', 'FULL NAME'],
  'GIVEN NAME': ['ຊື່', 'FIRST NAME'],
  'FAMILY NAME': ['ນາມສະກຸນ', 'SURNAME', 'LAST NAME'],
  'LATIN NAME': ['ຊື່ພາສາອັງກິດ', 'ຊື່ ແລະ ນາມສະກຸນ ພາສາອັງກິດ', 'NAME IN ENGLISH', 'NAME (LATIN)'],
  SEX: ['ເພດ', 'GENDER'],
  'BIRTH DATE': ['ວັນເດືອນປີເກີດ', 'ວັນ ເດືອນ ປີ ເກີດ', 'ວ/ດ/ປ ເກີດ', 'ວັນເກີດ', 'DATE OF BIRTH', 'DOB'],
  'ID NO': ['ເລກບັດປະຈຳຕົວ', 'ເລກທີບັດປະຈຳຕົວ', 'ບັດປະຈຳຕົວ', 'ID CARD NO', 'NATIONAL ID'],
  PHONE: ['ເບີໂທ', 'ເບີໂທລະສັບ', 'ໂທລະສັບ', 'PHONE NO', 'TELEPHONE'],
  VILLAGE: ['ບ້ານ'],
  DISTRICT: ['ເມືອງ'],
  PROVINCE: ['ແຂວງ'],
  'EMPLOYER NAME': ['ຫົວໜ່ວຍແຮງງານ', 'ຊື່ຫົວໜ່ວຍແຮງງານ', 'ບໍລິສັດ', 'EMPLOYER', 'LABOUR UNIT'],
  'EMPLOYER NO': ['ລະຫັດຫົວໜ່ວຍ', 'ລະຫັດຫົວໜ່ວຍແຮງງານ', 'ເລກຫົວໜ່ວຍແຮງງານ', 'EMPLOYER CODE'],
  SALARY: ['ເງິນເດືອນ', 'ເງິນເດືອນປະກັນ', 'INSURED SALARY'],
  MONTH: ['ເດືອນ', 'ປະຈຳເດືອນ'],
  YEAR: ['ປີ'],
  AMOUNT: ['ຈຳນວນເງິນ', 'ເງິນສົມທົບ', 'ຈຳນວນເງິນສົມທົບ', 'CONTRIBUTION'],
  SYNTHETIC: [],
})

export type Column = Exclude<ReturnType<typeof columns.of>, undefined>

/** The text of a row's cell as written, without spaces around it; '' when there is nothing. */
export type CellReader = (row: TableRow, column: Column) => string

export const cellReader = ({ headings }: Table): CellReader => {
  const byColumn = new Map([...headings].reverse().map((heading) => [columns.of(heading), heading]))
  return ({ cells }, column) => {
    const heading = byColumn.get(column)
    const cell = heading === undefined ? undefined : cells[heading]
    return cell === undefined || cell === null ? '' : String(cell).trim()
  }
}
