/** Counties of Kenya and provinces of Laos as the registries write them; villages are invented. */
import type { CountryCode, Place } from './person.ts'
import type { Random } from './random.ts'

/** Kenya's own county code, name, and sub-counties. */
const counties: readonly (readonly [string, string, readonly string[]])[] = [
  ['001', 'Mombasa', ['Kisauni', 'Likoni', 'Mvita', 'Nyali']],
  ['002', 'Kwale', ['Matuga', 'Msambweni', 'Kinango']],
  ['003', 'Kilifi', ['Malindi', 'Kaloleni', 'Rabai']],
  ['007', 'Garissa', ['Dadaab', 'Fafi', 'Lagdera']],
  ['008', 'Wajir', ['Wajir East', 'Tarbaj', 'Eldas']],
  ['009', 'Mandera', ['Lafey', 'Banissa', 'Mandera East']],
  ['012', 'Meru', ['Imenti North', 'Tigania East', 'Buuri']],
  ['013', 'Tharaka-Nithi', ['Chuka', 'Maara', 'Tharaka']],
  ['015', 'Kitui', ['Mwingi North', 'Kitui Central', 'Mutomo']],
  ['016', 'Machakos', ['Mavoko', 'Kangundo', 'Mwala']],
  ['017', 'Makueni', ['Kaiti', 'Kibwezi East', 'Mbooni']],
  ['019', 'Nyeri', ['Mathira', 'Othaya', 'Tetu']],
  ['021', "Murang'a", ['Gatanga', 'Kandara', 'Kiharu']],
  ['022', 'Kiambu', ['Thika', 'Ruiru', 'Limuru', 'Githunguri']],
  ['027', 'Uasin Gishu', ['Turbo', 'Moiben', 'Kapseret']],
  ['029', 'Nandi', ['Mosop', 'Aldai', 'Chesumei']],
  ['032', 'Nakuru', ['Naivasha', 'Gilgil', 'Molo']],
  ['035', 'Kericho', ['Ainamoi', 'Belgut', 'Bureti']],
  ['036', 'Bomet', ['Sotik', 'Chepalungu', 'Konoin']],
  ['037', 'Kakamega', ['Lurambi', 'Mumias East', 'Shinyalu']],
  ['038', 'Vihiga', ['Sabatia', 'Hamisi', 'Luanda']],
  ['039', 'Bungoma', ['Kanduyi', 'Webuye West', 'Sirisia']],
  ['040', 'Busia', ['Teso North', 'Nambale', 'Butula']],
  ['041', 'Siaya', ['Alego Usonga', 'Bondo', 'Gem']],
  ['042', 'Kisumu', ['Kisumu East', 'Nyando', 'Muhoroni']],
  ['043', 'Homa Bay', ['Rangwe', 'Ndhiwa', 'Mbita']],
  ['044', 'Migori', ['Rongo', 'Awendo', 'Nyatike']],
  ['047', 'Nairobi City', ['Kasarani', 'Embakasi', 'Westlands', 'Langata', 'Dagoretti']],
]

/** Laos's own province code, name in Latin and Lao script, and a district of each in both. */
const provinces: readonly (readonly [string, string, string, string, string])[] = [
  ['01', 'Vientiane Capital', 'ນະຄອນຫຼວງວຽງຈັນ', 'Sikhottabong', 'ສີໂຄດຕະບອງ'],
  ['06', 'Luang Prabang', 'ຫຼວງພະບາງ', 'Nan', 'ນານ'],
  ['10', 'Vientiane Province', 'ວຽງຈັນ', 'Thoulakhom', 'ທຸລະຄົມ'],
  ['13', 'Savannakhet', 'ສະຫວັນນະເຂດ', 'Outhoumphone', 'ອຸທຸມພອນ'],
  ['14', 'Salavan', 'ສາລະວັນ', 'Khongxedone', 'ຄົງເຊໂດນ'],
  ['16', 'Champasack', 'ຈໍາປາສັກ', 'Pakse', 'ປາກເຊ'],
  ['17', 'Attapeu', 'ອັດຕະປື', 'Samakkhixay', 'ສາມັກຄີໄຊ'],
]
const provinceWeights = [30, 10, 12, 20, 8, 15, 5]

const kenyanVillages = [
  'Mwangaza',
  'Kiboko',
  'Umoja',
  'Karibu',
  'Mlimani',
  'Bahati',
  'Tumaini',
  'Maendeleo',
  'Neema',
  'Furaha',
]
const laoVillages: readonly (readonly [string, string])[] = [
  ['Nongbone', 'ໜອງບອນ'],
  ['Phonsavang', 'ໂພນສະຫວ່າງ'],
  ['Donkoi', 'ດອນກອຍ'],
  ['Thongkang', 'ທົ່ງກາງ'],
  ['Huakhoua', 'ຫົວຂົວ'],
  ['Sivilay', 'ສີວິໄລ'],
]

/** A village in one of these counties. Throws when a code is not in the table. */
export const kenyanPlace = (random: Random, codes: readonly string[]): Place => {
  const code = random.pick(codes)
  const found = counties.find(([own]) => own === code)
  if (!found) throw new Error(`The demo country has no county ${code}.`)
  const [, name, districts] = found
  return {
    code,
    name,
    district: random.pick(districts),
    village: `${random.pick(kenyanVillages)} ${random.between(1, 40)}`,
  }
}

/** A village of Laos, in the given province or in one by its weight. */
export const laoPlace = (random: Random, code?: string): Place => {
  const drawn = random.weighed(provinces.map((province, i) => ({ province, weight: provinceWeights[i] ?? 1 }))).province
  const [own, name, lao, district, districtLao] = provinces.find(([known]) => known === code) ?? drawn
  const [village, villageLao] = random.pick(laoVillages)
  return { code: own, name, lao, district, districtLao, village, villageLao }
}

export const anyPlace = (random: Random, country: CountryCode): Place =>
  country === 'la'
    ? laoPlace(random)
    : kenyanPlace(
        random,
        counties.map(([code]) => code),
      )
