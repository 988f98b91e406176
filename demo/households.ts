/** Families: who lives together, their ages, names and telephones. Memberships come later (memberships.ts). */
import { addDays } from './calendar.ts'
import { communities, fatherWords, kenyanName, laoFamilyName, laoName } from './names.ts'
import { phoneOf } from './numbers.ts'
import type { CountryCode, NameWord, Person, Sex } from './person.ts'
import { kenyanPlace, laoPlace } from './places.ts'
import type { Random } from './random.ts'

export type Where = {
  readonly household: number
  readonly firstIndex: number
  readonly asOf: string
  readonly country: CountryCode
}

type Birth = { readonly sex: Sex; readonly born: string; readonly role: Person['role'] }

/** One family, at most `room` people, head first. */
export const makeHousehold = (random: Random, where: Where, room: number): Person[] => {
  const births = familyBirths(random, where.asOf).slice(0, room)
  const names = where.country === 'ke' ? kenyanFamily(random, births) : laoFamily(random, births)
  const place = names.place
  const shared = random.chance(0.25)
  return births.map((birth, i) => {
    const index = where.firstIndex + i
    const phoneOwner = birth.role === 'spouse' && shared ? where.firstIndex : index
    return {
      index,
      handle: handleOf(where.country, index),
      country: where.country,
      ...birth,
      words: names.words[i] ?? [],
      place,
      household: where.household,
      phones: birth.role === 'child' ? [] : [phoneOf(where.country, phoneOwner)],
    }
  })
}

export const handleOf = (country: CountryCode, index: number): string => `${country}-${String(index).padStart(7, '0')}`

const familyBirths = (random: Random, asOf: string): Birth[] => {
  const headAge = 21 + Math.floor((random.next() + random.next()) * 30)
  const headSex: Sex = random.chance(0.72) ? 'male' : 'female'
  const births: Birth[] = [{ sex: headSex, born: bornAt(random, asOf, headAge), role: 'head' }]
  const coupled = random.chance(headSex === 'male' ? 0.75 : 0.25)
  const spouseAge = Math.max(19, headAge + random.between(-7, 4))
  if (coupled)
    births.push({ sex: headSex === 'male' ? 'female' : 'male', born: bornAt(random, asOf, spouseAge), role: 'spouse' })
  const oldestChild = Math.min(17, headAge - 19)
  const children = headAge > 58 ? 0 : Math.floor(random.next() * (coupled ? 3.2 : 2))
  for (let i = 0; i < children; i++) {
    births.push({
      sex: random.chance(0.5) ? 'male' : 'female',
      born: bornAt(random, asOf, random.between(0, oldestChild)),
      role: 'child',
    })
  }
  return births
}

/** A birth date for an age; many of the older were entered as 1 January of a round year on their first card. */
const bornAt = (random: Random, asOf: string, age: number): string => {
  const born = addDays(asOf, -Math.floor(age * 365.25) - random.between(1, 364))
  const year = Number(born.slice(0, 4))
  if (age < 55 || !random.chance(0.15)) return born
  return `${year - (year % 5)}-01-01`
}

const kenyanFamily = (random: Random, births: readonly Birth[]) => {
  const community = random.weighed(communities)
  const family = { community: community.name, father: [] }
  const head = kenyanName(random, births[0]?.sex ?? 'male', family)
  const father = births[0]?.sex === 'male' ? fatherWords(head) : []
  const nameOf = ({ role, sex }: Birth, i: number): NameWord[] => {
    if (i === 0) return head
    if (role === 'child') return kenyanName(random, sex, { community: community.name, father })
    const spouse = kenyanName(random, sex, family)
    // Most women keep their father's name; the others take the husband's last word.
    const taken = head[head.length - 1]
    return sex === 'female' && taken && random.chance(0.4) ? [...spouse.slice(0, -1), taken] : spouse
  }
  return { words: births.map(nameOf), place: kenyanPlace(random, community.counties) }
}

const laoFamily = (random: Random, births: readonly Birth[]) => {
  const place = laoPlace(random)
  const surname = random.chance(0.96) ? laoFamilyName(random) : undefined
  const nameOf = ({ role, sex }: Birth): NameWord[] =>
    laoName(random, sex, role === 'spouse' && random.chance(0.5) ? laoFamilyName(random) : surname)
  return { words: births.map(nameOf), place }
}
