/** What a Lao province sends to the social security fund: one sheet of its insured with each month's contribution. */
import { dayFirst } from '../calendar.ts'
import type { DemoCountry } from '../country.ts'
import * as fault from '../faults.ts'
import { lssoNumber } from '../numbers.ts'
import type { Employer, Job, LssoMembership, NameWord, Person, Place } from '../person.ts'
import { lssoAmount } from '../schemes.ts'
import type { Truth } from '../truth.ts'
import type { Cell } from './workbook.ts'

const headings = [
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
  'SYNTHETIC',
] as const

type Insured = Person & { readonly lsso: LssoMembership; readonly job: Job }
export const isLaoInsured = (person: Person): person is Insured => person.lsso !== undefined && person.job !== undefined

/** A row without its running number, which the province's sheet gives. */
export type ProvinceRow = {
  readonly province: string
  /** What the adapter makes of it: a record of the roll, and one for each month that was paid. */
  readonly truths: (months: readonly string[]) => Truth[]
  readonly cells: (month: string, laoDigits: boolean) => Cell[]
}

/** Offices whose spreadsheets are set to Lao digits. */
const laoDigitProvinces = new Set(['06', '14'])
const inLao = (text: string): string => text.replace(/\d/g, (digit) => String.fromCharCode(0x0ed0 + Number(digit)))

type Written = {
  readonly name: string
  readonly number: string
  readonly place: Place
  readonly employer: Employer | undefined
}

/** A member's rows: one, or two when an earlier registration is still on the books. */
export const insuredRows = (person: Insured, country: DemoCountry, options: fault.FaultOptions): ProvinceRow[] => {
  const luck = fault.luckOf(options, 'LA_LSSO', person)
  const shared = {
    born: dateIn(person, luck),
    id: luck.struck('uin_missing') ? '' : (person.identity?.number ?? ''),
    village: luck.struck('village_code_old')
      ? `${person.place.code}01${String(luck.random.between(1, 60)).padStart(3, '0')}`
      : undefined,
  }
  const row = ({ name, number, place, employer }: Written): ProvinceRow => ({
    province: place.code,
    truths: (months) => [
      { registry: 'la-lsso', stream: `insured/${place.code}`, sourceId: number, handle: person.handle },
      ...months.map((month) => ({
        registry: 'la-lsso',
        stream: `payment/${place.code}-${month}`,
        sourceId: `${number}/${month}`,
        handle: person.handle,
      })),
    ],
    cells: (month, laoDigits) => {
      const digits = laoDigits ? inLao : (text: string) => text
      const { pay } = person.job
      return [
        number,
        name,
        person.sex === 'male' ? 'ຊ' : 'ຍ',
        digits(shared.born),
        digits(shared.id),
        shared.village ?? place.villageLao ?? place.village,
        place.districtLao ?? place.district,
        place.lao ?? place.name,
        employer?.nameLao ?? '',
        pay,
        digits(`${month.slice(5)}/${month.slice(0, 4)}`),
        lssoAmount(person.told?.shareOf?.lsso ?? pay, person.lsso.kind),
        'SYNTHETIC',
      ]
    },
  })
  const { earlier } = person.lsso
  const employer = person.lsso.kind === 'voluntary' ? undefined : country.employers[person.job.employer]
  const current = row({
    name: nameIn(person, person.words, luck),
    number: person.lsso.number,
    place: person.place,
    employer,
  })
  if (earlier)
    return [row({ name: fault.joined(earlier.words), number: earlier.number, place: earlier.place, employer }), current]
  if (!luck.struck('dup_after_employer_change')) return [current]
  const number = lssoNumber(person.place.code, person.index + 5_000_000)
  return [row({ name: nameIn(person, person.words, luck), number, place: person.place, employer }), current]
}

/** Script and spelling as this clerk had them: Lao, Latin by one of several romanisations, or a lost font's debris. */
const nameIn = (person: Person, words: readonly NameWord[], luck: fault.Luck): string => {
  const kept = words.length > 1 && luck.struck('no_surname') ? words.slice(0, 1) : words
  if (luck.struck('romanised_only'))
    return fault.joined(luck.struck('romanisation_variant') ? fault.respelt(kept, luck) : kept)
  const script = kept.map(({ lao, written }) => lao ?? written).join(' ')
  if (luck.struck('legacy_font_garble')) return garbled(script)
  const titled =
    !person.told?.clean && luck.random.chance(0.1) ? `${person.sex === 'male' ? 'ທ້າວ' : 'ນາງ'} ${script}` : script
  return luck.struck('lao_am_encoding_variant') ? titled.replaceAll('\u0eb3', '\u0ecd\u0eb2') : titled
}

/** Text of an 8-bit Lao font, opened without it. */
const garbled = (script: string): string =>
  script.replace(/[\u0e80-\u0eff]/g, (letter) => String.fromCharCode(0xa1 + (letter.charCodeAt(0) % 0x5d)))

const dateIn = (person: Person, luck: fault.Luck): string => {
  const born = luck.struck('dob_jan1') ? fault.firstOfYear(person.born) : person.born
  const written = dayFirst(born)
  // A spreadsheet in the Thai locale counts years from the Buddha's death.
  return luck.struck('buddhist_year') ? `${written.slice(0, 6)}${Number(written.slice(6)) + 543}` : written
}

/** The province's sheet: two title rows, headings, the insured month by month, and a totals row. */
export const provinceRows = (place: Place, months: readonly string[], rows: readonly ProvinceRow[]): Cell[][] => {
  const laoDigits = laoDigitProvinces.has(place.code)
  const all = months.flatMap((month) => rows.map(({ cells }) => cells(month, laoDigits)))
  const lines = all.map((cells, i): Cell[] => [laoDigits ? inLao(String(i + 1)) : i + 1, ...cells])
  const sum = (column: number): number => lines.reduce((total, line) => total + Number(line[column] ?? 0), 0)
  return [
    ['ບັນຊີລາຍຊື່ຜູ້ປະກັນຕົນ ແລະ ເງິນສົມທົບ'],
    [`ແຂວງ ${place.lao ?? place.name}`],
    [...headings],
    ...lines,
    ['ລວມ', null, null, null, null, null, null, null, null, null, sum(10), null, sum(12), null],
  ]
}
