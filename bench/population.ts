/**
 * People of several countries as canonical source records, each from its number alone, so that processes can share the work. Names
 * are as uneven as in life: a few words stand for a fifth of the people, thousands are rare. Nobody of them exists.
 */
import { readFileSync } from 'node:fs'
import { communities } from '../demo/names.ts'
import * as numbers from '../demo/numbers.ts'
import type { Place, Sex } from '../demo/person.ts'
import { kenyanPlace, laoPlace } from '../demo/places.ts'
import { Random } from '../demo/random.ts'
import type { Identifier, Name, SourceRecord } from '../schemas/contract.ts'
import { packageFile } from '../schemas/files.ts'
import { makeName } from '../schemas/values/name.ts'

type Word = { readonly written: string; readonly variants: readonly string[] }
type Words = { readonly words: readonly Word[]; readonly sums: readonly number[] }

export type Human = {
  readonly index: number
  readonly country: 'ke' | 'la'
  readonly sex: Sex
  /** YYYY-MM-DD. */
  readonly born: string
  /** Given name first. */
  readonly words: readonly Word[]
  readonly place: Place
  readonly phone: string
  readonly id: string
}

const seed = 11
const householdSize = 4

/** Zipf-Mandelbrot: the words of a list by rank, the first few common, the tail long. */
function uneven(words: readonly Word[], flatness: number): Words {
  let sum = 0
  return { words, sums: words.map((_, rank) => (sum += 1 / (rank + 1 + flatness))) }
}

function draw(random: Random, { words, sums }: Words): Word {
  const at = random.next() * (sums.at(-1) ?? 0)
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > at) high = middle
    else low = middle + 1
  }
  return words[low] ?? { written: 'Nobody', variants: [] }
}

const rowsOf = (file: string) =>
  readFileSync(packageFile(`demo/names/${file}`), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','))
const toWord = (written = '', variants = ''): Word => ({ written, variants: variants.split('|').filter(Boolean) })

/** Words that no list has, made of syllables: the long tail. */
function tail(kind: string, count: number, beginnings: string, middles: string, ends: string): Word[] {
  const random = new Random(seed, 'tail', kind)
  const [first, second, third] = [beginnings.split(' '), middles.split(' '), ends.split(' ')]
  const made = new Set<string>()
  while (made.size < count) {
    const syllables = [random.pick(first), random.pick(second), ...(random.chance(0.5) ? [random.pick(second)] : [])]
    made.add(`${syllables.join('')}${random.pick(third)}`)
  }
  return [...made].map((word) => toWord(`${word.charAt(0).toUpperCase()}${word.slice(1)}`))
}

const bantu = [
  'mu wa ka ki nya ndu ga chi ma nja ku li',
  'ri thu mbi nga ko ra ni tha lu ma ki wa',
  'ri ni ka to nga mu re ki',
] as const
const laoSyllables = [
  'kham boun phon thong sou vi sai keo sen chan',
  'pha vi si la ma tha no xay',
  'ne vong dy phone la sy',
] as const
const christianTail = [
  'al be cla do ed fe ger hil ire jo',
  'bi ra de li ma ne si to vi',
  'na us da th ta rd nce',
] as const

const listed = new Map<string, Words>()
for (const sex of ['M', 'F']) {
  const rows = rowsOf('ke_names.csv').filter((row) => row[2] === sex)
  const inGroup = (group: string) => rows.filter((row) => row[0] === group).map((row) => toWord(row[3], row[4]))
  listed.set(
    `christian ${sex}`,
    uneven([...inGroup('christian'), ...tail(`christian ${sex}`, 900, ...christianTail)], 9),
  )
  for (const { name } of communities)
    listed.set(`${name} ${sex}`, uneven([...inGroup(name), ...tail(`${name} ${sex}`, 700, ...bantu)], 8))
}
for (const [role, sex] of [
  ['given', 'M'],
  ['given', 'F'],
  ['surname', ''],
] as const) {
  const rows = rowsOf('la_names.csv').filter((row) => row[0] === role && row[1] === sex)
  const words = rows.map((row) => toWord(row[3], row[4]))
  listed.set(
    `lao ${role} ${sex}`,
    uneven([...words, ...tail(`lao ${role} ${sex}`, role === 'given' ? 600 : 3000, ...laoSyllables)], 12),
  )
}
const wordFrom = (random: Random, list: string): Word => draw(random, listed.get(list) ?? { words: [], sums: [] })

const letterOf = { male: 'M', female: 'F' } as const
const two = (number: number) => String(number).padStart(2, '0')

/** The person with a number. Four neighbours live together, and children carry their father's word. */
export function human(index: number): Human {
  const household = Math.floor(index / householdSize)
  const home = new Random(seed, 'home', household)
  const country = home.chance(0.65) ? 'ke' : 'la'
  const community = home.weighed(communities)
  const place = country === 'ke' ? kenyanPlace(home, community.counties) : laoPlace(home)
  const father = wordFrom(home, country === 'ke' ? `${community.name} M` : 'lao surname ')
  const own = new Random(seed, 'own', index)
  const sex = own.chance(0.5) ? 'male' : 'female'
  const year = 1936 + Math.floor((own.next() + own.next()) * 38)
  const habit = year < 1965 && own.chance(0.15)
  const born = habit ? `${year - (year % 5)}-01-01` : `${year}-${two(own.between(1, 12))}-${two(own.between(1, 28))}`
  const kin = own.chance(0.6)
  const last = kin ? father : wordFrom(own, country === 'ke' ? `${community.name} M` : 'lao surname ')
  const letter = letterOf[sex]
  const words =
    country === 'la'
      ? [wordFrom(own, `lao given ${letter}`), last]
      : [
          wordFrom(own, community.name === 'somali_muslim' ? `${community.name} ${letter}` : `christian ${letter}`),
          ...(own.chance(0.75) ? [wordFrom(own, `${community.name} ${letter}`)] : []),
          last,
        ]
  // One telephone in six is shared at home.
  const phone = phoneOf(country, own.chance(0.16) ? household * householdSize : index)
  return {
    index,
    country,
    sex,
    born,
    words,
    place,
    phone,
    id: country === 'ke' ? numbers.nationalId(index) : numbers.laoId(index),
  }
}

/** How a second registry writes the same person: another order and spelling, a slip, a missing word, a guessed day. */
function retold(one: Human, random: Random): Human {
  let words = one.words.map((word) =>
    word.variants.length > 0 && random.chance(0.15) ? toWord(random.pick(word.variants)) : word,
  )
  if (words.length > 2 && random.chance(0.12)) words = words.filter((_, at) => at !== 1)
  if (random.chance(0.4)) words = [...words.slice(1), ...words.slice(0, 1)]
  if (random.chance(0.03)) {
    const at = random.between(0, words.length - 1)
    words = words.map((word, place) => (place === at ? toWord(withSlip(word.written, random)) : word))
  }
  const [year = '', month = '', day = ''] = one.born.split('-')
  const slip = random.next()
  const born =
    slip < 0.04
      ? `${year}-01-01`
      : slip < 0.06
        ? `${year}-${month}-${two(1 + ((Number(day) + 9) % 28))}`
        : slip < 0.07
          ? `${Number(year) + 1}-${month}-${day}`
          : one.born
  return {
    ...one,
    words,
    born,
    phone: random.chance(0.3) ? phoneOf(one.country, one.index + 5_000_000) : one.phone,
  }
}

/** Ten million numbers a country, so that nobody shares one by chance. */
const phoneOf = (country: Human['country'], number: number): string =>
  `${country === 'ke' ? '+25474' : '+856204'}${String((number * 6_180_339) % 9_999_991).padStart(7, '0')}`

const regionCode = ({ country, place }: Human): string => `${country.toUpperCase()}-${place.code.slice(-2)}`

/** Two neighbouring letters change places. */
export function withSlip(word: string, random: Random): string {
  if (word.length < 4) return word
  const at = random.between(1, word.length - 3)
  return `${word.slice(0, at)}${word.charAt(at + 1)}${word.charAt(at)}${word.slice(at + 2)}`
}

const nameOf = (words: readonly Word[], roles: boolean): Name => {
  const parts = words.map(({ written }, at) => ({
    role: at === words.length - 1 ? ('family' as const) : ('other' as const),
    value: written,
  }))
  const name = makeName(words.map(({ written }) => written).join(' '), roles ? parts : undefined)
  if (!name) throw new Error('a person of the bench has no name')
  return name
}
const none = { contributions: [], benefits: [], quality: [], synthetic: true } as const

/** Which registries hold the person: one or two of them. */
export function registriesOf({ index, country }: Human): string[] {
  if (country === 'la') return ['la-lsso']
  const luck = new Random(seed, 'registries', index).next()
  return luck < 0.5 ? ['ke-nssf', 'ke-sha'] : luck < 0.75 ? ['ke-nssf'] : ['ke-sha']
}

/** The record of a registry about a person. `told`: how often it was changed since; each time another telephone and one more month. */
export function recordOf(one: Human, registry: string, told = 0): SourceRecord {
  if (registry === 'ke-sha') return shaRecord(retold(one, new Random(seed, 'sha', one.index)), told)
  const phone = told > 0 ? phoneOf(one.country, one.index + 2_000_000 + told) : one.phone
  const [scheme, issued] =
    registry === 'ke-nssf'
      ? ['ke-nssf/act-2013', numbers.nssfNumber(one.index)]
      : ['la-lsso/nssf', numbers.lssoNumber(one.place.code, one.index)]
  const identifiers: Identifier[] = [
    { type: registry === 'ke-nssf' ? 'nssf-number' : 'lsso-number', issuer: one.country, value: issued },
    { type: 'national-id', issuer: one.country, value: one.id },
    ...(registry === 'ke-nssf'
      ? [{ type: 'tax-pin' as const, issuer: 'ke' as const, value: numbers.taxPinOf(one.index) }]
      : []),
  ]
  return {
    registry,
    stream: registry === 'ke-nssf' ? 'member' : `insured/${one.place.code}`,
    sourceId: issued,
    names: [nameOf(one.words, registry === 'ke-nssf')],
    sex: one.sex,
    birthDate: one.born,
    identifiers,
    phones: [phone],
    addresses: [
      {
        country: one.country,
        regionCode: regionCode(one),
        region: one.place.name,
        ...(registry === 'la-lsso' && { district: one.place.district, locality: one.place.village }),
      },
    ],
    enrolments: [{ scheme, branches: ['old-age'], status: 'active', memberNumber: issued, from: '2015-02-01' }],
    ...none,
    contributions: ['2026-08', '2026-09', '2026-10'].slice(0, 1 + (told % 3)).map((month) => ({
      scheme,
      month,
      state: 'declared',
      total: { amount: 108_000 + told, currency: one.country === 'ke' ? 'KES' : 'LAK' },
    })),
  }
}

function shaRecord(one: Human, told: number): SourceRecord {
  const { cr } = numbers.shaNumbers(one.index)
  return {
    registry: 'ke-sha',
    stream: 'client',
    sourceId: cr,
    names: [nameOf(one.words, false)],
    sex: one.sex,
    birthDate: one.born,
    identifiers: [
      { type: 'sha-cr-number', issuer: 'ke', value: cr },
      { type: 'national-id', issuer: 'ke', value: one.id },
      {
        type: 'sha-household-number',
        issuer: 'ke',
        value: numbers.householdNumber(Math.floor(one.index / householdSize)),
      },
    ],
    phones: [told > 0 ? phoneOf('ke', one.index + 2_000_000 + told) : one.phone],
    addresses: [
      {
        country: 'ke',
        regionCode: regionCode(one),
        region: one.place.name,
        district: one.place.district,
        locality: one.place.village,
      },
    ],
    enrolments: [{ scheme: 'ke-sha/shif', branches: ['medical-care'], status: 'active', memberNumber: cr }],
    ...none,
  }
}
