/** Employers of both countries: a few large ones and many small ones. */
import { employerPinOf, nssfEmployerNumber, shaEmployerCode } from './numbers.ts'
import type { CountryCode, Employer } from './person.ts'
import { anyPlace } from './places.ts'
import { Random } from './random.ts'

const first = [
  'Baraka',
  'Mlima',
  'Tausi',
  'Simba',
  'Pwani',
  'Jamii',
  'Savanna',
  'Kilele',
  'Upendo',
  'Rafiki',
  'Chui',
  'Twiga',
]
const second = [
  'Millers',
  'Transport',
  'Textiles',
  'Farms',
  'Hardware',
  'Tea Factory',
  'Bakers',
  'Schools',
  'Security',
  'Builders',
]
const laoNames: readonly (readonly [string, string])[] = [
  ['Dok Champa Garment', 'ໂຮງງານຕັດຫຍິບ ດອກຈຳປາ'],
  ['Mekong Beverages', 'ບໍລິສັດ ເຄື່ອງດື່ມ ແມ່ຂອງ'],
  ['Phou Kham Mining', 'ບໍລິສັດ ບໍ່ແຮ່ ພູຄຳ'],
  ['Xaysana Transport', 'ບໍລິສັດ ຂົນສົ່ງ ໄຊຊະນະ'],
  ['Boloven Coffee', 'ບໍລິສັດ ກາເຟ ບໍລະເວນ'],
  ['Lane Xang Construction', 'ບໍລິສັດ ກໍ່ສ້າງ ລ້ານຊ້າງ'],
]
const laoOffices: readonly (readonly [string, string])[] = [
  ['Provincial Education Office', 'ພະແນກ ສຶກສາທິການ ແຂວງ'],
  ['Provincial Hospital', 'ໂຮງໝໍ ແຂວງ'],
]

/** How many employers a population of this size has. */
const countFor = {
  ke: (people: number) => Math.max(3, Math.round(0.12 * people ** 0.7)),
  la: (people: number) => Math.max(3, Math.round(0.05 * people ** 0.7)),
}

export const makeEmployers = (seed: number, people: number): Employer[] => {
  const kenyan = Array.from({ length: countFor.ke(people) }, (_, i) => makeEmployer(seed, 'ke', i, i))
  const lao = Array.from({ length: countFor.la(people) }, (_, i) => makeEmployer(seed, 'la', kenyan.length + i, i))
  return [...kenyan, ...lao]
}

const makeEmployer = (seed: number, country: CountryCode, index: number, nth: number): Employer => {
  const random = new Random(seed, 'employer', index)
  const sector = country === 'la' && nth % 4 === 3 ? 'state' : 'enterprise'
  const [name, nameLao] = nameFor(country, sector, nth)
  return {
    index,
    country,
    name,
    ...(nameLao !== undefined && { nameLao }),
    place: anyPlace(random, country),
    taxPin: employerPinOf(index),
    number: country === 'ke' ? nssfEmployerNumber(index) : `U99${String(nth + 1).padStart(5, '0')}`,
    shaCode: shaEmployerCode(index),
    sector,
  }
}

const nameFor = (country: CountryCode, sector: Employer['sector'], nth: number): readonly [string, string?] => {
  if (country === 'la') {
    const list = sector === 'state' ? laoOffices : laoNames
    const [name, nameLao] = list[nth % list.length] ?? ['Unit', 'ໜ່ວຍງານ']
    return [`${name} ${nth + 1}`, `${nameLao} ${nth + 1}`]
  }
  const serial = Math.floor(nth / (first.length * second.length))
  const name = `${first[nth % first.length]} ${second[Math.floor(nth / first.length) % second.length]}`
  return [`${name}${serial > 0 ? ` ${serial + 1}` : ''} Ltd`]
}
