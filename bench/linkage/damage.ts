/** What happens to a record when a clerk writes it a second time: each fault with its share, several at once now and then. */
import type { Random } from '../../demo/random.ts'
import { type Person, twoDigits } from './person.ts'

type Fault = {
  readonly name: string
  readonly share: number
  readonly change: (record: Person, random: Random, original: (person: number) => Person) => Partial<Person>
}

/** Per field, one fault at most; the shares are of all copies. */
const faults: { readonly [group: string]: readonly Fault[] } = {
  nationalId: [
    { name: 'id lost', share: 0.13, change: () => ({ nationalId: '' }) },
    {
      name: 'id mistyped',
      share: 0.05,
      change: (record, random) => ({ nationalId: otherDigit(record.nationalId, random) }),
    },
  ],
  name: [
    {
      name: 'names swapped',
      share: 0.04,
      change: ({ givenName, familyName }) => ({ givenName: familyName, familyName: givenName }),
    },
    { name: 'initial only', share: 0.02, change: ({ givenName }) => ({ givenName: givenName.slice(0, 1) }) },
    { name: 'family name missing', share: 0.02, change: () => ({ familyName: '' }) },
    {
      name: 'name of marriage',
      share: 0.03,
      change: ({ sex, familyName }, random, original) => ({
        familyName: sex === 'F' ? original(random.between(0, 999)).familyName : familyName,
      }),
    },
  ],
  givenName: [
    {
      name: 'given name mistyped',
      share: 0.1,
      change: ({ givenName }, random) => ({ givenName: mistyped(givenName, random) }),
    },
    {
      name: 'given name by ear',
      share: 0.06,
      change: ({ givenName }, random) => ({ givenName: byEar(givenName, random) }),
    },
  ],
  familyName: [
    {
      name: 'family name mistyped',
      share: 0.1,
      change: ({ familyName }, random) => ({ familyName: mistyped(familyName, random) }),
    },
    {
      name: 'family name by ear',
      share: 0.06,
      change: ({ familyName }, random) => ({ familyName: byEar(familyName, random) }),
    },
  ],
  birthDate: [
    { name: 'birth date missing', share: 0.04, change: () => ({ birthDate: '' }) },
    {
      name: 'day and month swapped',
      share: 0.03,
      change: ({ birthDate }) => ({ birthDate: dayMonthSwapped(birthDate) }),
    },
    { name: 'year only', share: 0.03, change: ({ birthDate }) => ({ birthDate: `${birthDate.slice(0, 4)}-01-01` }) },
    {
      name: 'birth year off',
      share: 0.03,
      change: ({ birthDate }, random) => ({ birthDate: yearOff(birthDate, random) }),
    },
    {
      name: 'birth day off',
      share: 0.03,
      change: ({ birthDate }, random) => ({ birthDate: dayOff(birthDate, random) }),
    },
  ],
  phone: [
    { name: 'phone missing', share: 0.15, change: () => ({ phone: '' }) },
    {
      name: 'phone changed',
      share: 0.2,
      change: (_, random) => ({ phone: `07${twoDigits(random.between(0, 99))}${random.between(100_000, 999_999)}` }),
    },
    { name: 'phone mistyped', share: 0.04, change: ({ phone }, random) => ({ phone: otherDigit(phone, random) }) },
  ],
  place: [
    {
      name: 'moved',
      share: 0.12,
      change: (_, random, original) => {
        const { county, ward } = original(random.between(0, 999))
        return { county, ward }
      },
    },
    { name: 'ward missing', share: 0.08, change: () => ({ ward: '' }) },
  ],
  sex: [
    { name: 'sex wrong', share: 0.005, change: ({ sex }) => ({ sex: sex === 'F' ? 'M' : 'F' }) },
    { name: 'sex missing', share: 0.02, change: () => ({ sex: '' }) },
  ],
}

/** The record with the faults that chance has dealt it; `original` lends other people's names and places. */
export function damaged(record: Person, random: Random, original: (person: number) => Person): Person {
  let copy = record
  for (const group of Object.values(faults)) {
    let left = random.next()
    for (const { share, change } of group) {
      left -= share
      if (left >= 0) continue
      copy = { ...copy, ...change(copy, random, original) }
      break
    }
  }
  return copy
}

/** One digit of the number replaced by another; an empty one stays so. */
function otherDigit(number: string, random: Random): string {
  if (number === '') return number
  const at = random.between(0, number.length - 1)
  const digit = (Number(number[at]) + random.between(1, 9)) % 10
  return `${number.slice(0, at)}${digit}${number.slice(at + 1)}`
}

/** A letter dropped, doubled, replaced or swapped with its neighbour; never the first. */
function mistyped(name: string, random: Random): string {
  if (name.length < 3) return name
  const at = random.between(1, name.length - 2)
  const [before, letter, next, after] = [name.slice(0, at), name.charAt(at), name.charAt(at + 1), name.slice(at + 2)]
  const other = String.fromCharCode(97 + random.between(0, 25))
  return random.pick([
    `${before}${next}${after}`,
    `${before}${letter}${letter}${next}${after}`,
    `${before}${other}${next}${after}`,
    `${before}${next}${letter}${after}`,
  ])
}

const sounds: readonly (readonly [string, string])[] = [
  ['ee', 'i'],
  ['aa', 'a'],
  ['ai', 'ei'],
  ['kh', 'k'],
  ['sh', 'ch'],
  ['th', 't'],
  ['ny', 'ni'],
  ['nj', 'nz'],
  ['mw', 'mu'],
  ['l', 'r'],
  ['r', 'l'],
  ['w', 'u'],
  ['y', 'i'],
  ['k', 'c'],
  ['b', 'p'],
  ['d', 't'],
  ['v', 'f'],
  ['z', 's'],
  ['u', 'o'],
  ['i', 'e'],
]

/** One sound of the name spelled as another clerk hears it. */
function byEar(name: string, random: Random): string {
  const heard = sounds.filter(([sound]) => name.indexOf(sound, 1) > 0)
  if (heard.length === 0) return mistyped(name, random)
  const [sound, spelled] = random.pick(heard)
  const at = name.indexOf(sound, 1)
  return name.slice(0, at) + spelled + name.slice(at + sound.length)
}

/** Where the day can be no month, the date stays as it is. */
const dayMonthSwapped = (date: string) =>
  Number(date.slice(8)) <= 12 ? `${date.slice(0, 4)}-${date.slice(8)}-${date.slice(5, 7)}` : date

const yearOff = (date: string, random: Random) =>
  `${Number(date.slice(0, 4)) + random.pick([-10, -2, -1, 1, 2])}${date.slice(4)}`

const dayOff = (date: string, random: Random) =>
  `${date.slice(0, 8)}${twoDigits(((Number(date.slice(8)) + random.between(0, 26)) % 28) + 1)}`
