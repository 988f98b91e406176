/** A province's list as the Lao fund receives it, small and synthetic. */
import type { CellValue } from '../folder.ts'

export const headings = [
  'ລ/ດ',
  'ເລກປະກັນສັງຄົມ',
  'ຊື່ ແລະ ນາມສະກຸນ',
  'ເພດ',
  'ວັນເດືອນປີເກີດ',
  'ເລກບັດປະຈຳຕົວ',
  'ບ້ານ',
  'ເມືອງ',
  'ແຂວງ',
  'ຫົວໜ່ວຍແຮງງານ',
  'ເງິນເດືອນ',
  'ເດືອນ',
  'ຈຳນວນເງິນ',
]

const given = ['ສົມສັກ', 'ບຸນມີ', 'ຄຳພອນ', 'ສົມພອນ', 'ຈັນທາ']

export const insuredRow = (
  i: number,
  { month = '02/2026', province = 'ອັດຕະປື', amount = 287_500 } = {},
): CellValue[] => [
  i,
  `17-99${String(1_000_000 + i)}`,
  `${given[i % 5]} ແກ້ວມະນີ${'ກຂຄງຈ'[i % 5]}`,
  i % 2 ? 'ຊ' : 'ຍ',
  '04/07/1987',
  `99${String(10_000_000 + i)}`,
  'ບ້ານໃໝ່',
  'ສາມັກຄີໄຊ',
  province,
  'ບໍລິສັດ ຢາງພາລາ',
  2_500_000,
  month,
  amount,
]

export const totalsRow = (amount: number): CellValue[] => [
  'ລວມ',
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  null,
  amount,
]

export const titles: CellValue[][] = [['ບັນຊີລາຍຊື່ຜູ້ປະກັນຕົນ'], ['ແຂວງ ອັດຕະປື'], []]
