/** R07 to R11: one person twice, two people under one number, and what numbers and the population register say otherwise. */
import { nationalId } from '../numbers.ts'
import { assisted, member, olderPersons, paid, pensioned, publicService } from './money.ts'
import type { Planter, Subject } from './planter.ts'

const twice = (p: Planter): void => {
  const renumbered = p.kenyan({ age: 46, pay: 34_000, cover: 'employed', earlierNumber: true })
  p.fires('R07', 'Enrolled anew by a second employer: two numbers of the pension fund.', [renumbered])
  const twice = p.kenyan({ age: 74 })
  assisted(p, twice, olderPersons)
  assisted(p, twice, olderPersons, {
    sourceId: `${twice.handle}-2`,
    benefits: [paid(olderPersons, p.month(12), 4_000)],
  })
  p.fires('R07', 'Twice on the cash-transfer list, and paid under both numbers.', [twice])

  const once = p.kenyan({ age: 63 })
  p.record('ke-payroll', 'staff', once, {
    enrolments: [member(publicService, p.month(90), { status: 'ended', until: `${p.month(20)}-28` })],
  })
  pensioned(p, once)
  p.near('R07', 'Once on the list of the staff, and once on that of the pensioners.', [once])
}

const numbers = (p: Planter): void => {
  const holder = p.kenyan({ sex: 'male', born: '1961-04-09', cover: false })
  p.record('ke-payroll', 'staff', holder, {
    name: 'Joseph Kipkoech Bett',
    enrolments: [member(publicService, p.month(90))],
  })
  const other = p.kenyan({ sex: 'female', born: '1993-10-21' })
  p.record('ke-inua', 'beneficiary', other, {
    name: 'Rehema Mwakio Juma',
    identifiers: [...holder.identifiers],
    enrolments: [member('ke-inua/disability', p.month(20))],
  })
  p.fires('R08', 'A man of the public service and a young woman on the cash-transfer list under one number.', [
    holder,
    other,
  ])

  const brother = p.kenyan({ sex: 'male', born: '1978-05-05', cover: false })
  p.record('ke-payroll', 'staff', brother, {
    name: 'Daniel Musyoka Kilonzo',
    enrolments: [member(publicService, p.month(60))],
  })
  const woman = p.kenyan({ sex: 'female', born: '1978-09-19', cover: false })
  p.record('ke-inua', 'beneficiary', woman, {
    name: 'Chebet Jepkorir Rono',
    identifiers: [...brother.identifiers],
    enrolments: [member('ke-inua/disability', p.month(20))],
  })
  p.fires('R08', 'Born in one year; the sexes and the names differ.', [brother, woman])

  const [same, again] = [
    p.kenyan({ sex: 'female', born: '1958-06-30', cover: false }),
    p.kenyan({ sex: 'female', born: '1958-06-30', cover: false }),
  ]
  p.record('ke-payroll', 'staff', same, {
    name: 'Agnes Wambui Mwangi',
    enrolments: [member(publicService, p.month(80))],
  })
  p.record('ke-iprs', 'person', again, { name: 'Agnes W. Mwangi' })
  p.near('R08', 'Two people of one name and birth date under two numbers.', [same, again])
}

const reissued = (p: Planter): void => {
  const renumbered = p.kenyan({
    age: 40,
    pay: 36_000,
    cover: 'employed',
    told: { nssfIdentity: nationalId(p.nextIndex() + 400_000) },
  })
  p.fires('R09', 'The pension fund has another identity number than the health insurer.', [renumbered])

  const maisha = p.kenyan({ age: 26, pay: 24_000, cover: 'employed' })
  p.record('ke-iprs', 'person', maisha, {
    identifiers: [
      ...maisha.identifiers,
      { type: 'maisha-number', issuer: 'ke', value: `990000${maisha.identity?.number}` },
    ],
  })
  p.near('R09', 'An identity number and the number that takes its place.', [maisha])
}

/** A letter too many in the middle of a word. */
const doubled = (word: string): string => `${word.slice(0, 3)}${word.slice(2)}`

const authority = (p: Planter): void => {
  const worker = () => p.kenyan({ age: 35, pay: 30_000, cover: 'employed' })
  const registered = (one: Subject, facts: Parameters<Planter['record']>[3]): void =>
    p.record('ke-iprs', 'person', one, facts)

  const swapped = p.kenyan({ born: '1986-03-08', pay: 30_000, cover: 'employed' })
  registered(swapped, { birthDate: '1986-08-03' })
  p.fires('R10', 'Day and month of birth are swapped.', [swapped])
  const sex = p.kenyan({ sex: 'female', age: 44, pay: 41_000, cover: 'employed' })
  registered(sex, { sex: 'male' })
  p.fires('R10', 'The population register says male.', [sex])

  const spelt = worker()
  const [last = '', ...others] = spelt.words.map(({ written }) => written).reverse()
  registered(spelt, { name: [...others.reverse(), doubled(last)].join(' ') })
  p.fires('R10', 'The register spells the name in another way.', [spelt])

  const agrees = worker()
  registered(agrees, {})
  p.near('R10', 'All agree.', [agrees])
  const ordered = worker()
  registered(ordered, {
    name: ordered.words
      .map(({ written }) => written)
      .reverse()
      .join(' '),
  })
  p.near('R10', 'The same words in another order.', [ordered])
  const year = worker()
  registered(year, { birthDate: year.born.slice(0, 4) })
  p.near('R10', 'Only the year of birth is known to the register.', [year])
}

const chineseWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** An identity number of China in an area that does not exist, with its check digit (GB 11643); an odd sequence is a man's. */
export const chineseId = (born: string, sequence: number): string => {
  const digits = `990000${born.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  const sum = chineseWeights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0)
  return `${digits}${'10X98765432'.charAt(sum % 11)}`
}

const impliedByNumbers = (p: Planter): void => {
  const social = (one: Subject) => p.record('cn-social', 'insured', one, {})
  const insured = (issuer: 'kg' | 'pk', one: Subject) =>
    p.record(issuer === 'kg' ? 'kg-sf' : 'pk-eobi', 'insured', one, {})

  const woman = p.foreigner('cn', { name: '赵敏', sex: 'female', born: '1990-02-11', id: chineseId('1990-02-11', 17) })
  social(woman)
  p.fires('R11', 'A man’s number beside a woman’s record.', [woman])
  const older = p.foreigner('cn', { name: '陈伟', sex: 'male', born: '1981-07-19', id: chineseId('1987-01-19', 31) })
  social(older)
  p.fires('R11', 'The number was given for another birth date.', [older])
  const fits = p.foreigner('cn', { name: '刘洋', sex: 'male', born: '1995-12-05', id: chineseId('1995-12-05', 55) })
  social(fits)
  p.near('R11', 'Number and record agree.', [fits])

  const kyrgyz = p.foreigner('kg', { name: 'Асанов Бакыт', sex: 'male', born: '1979-05-14', id: '11405197999001' })
  insured('kg', kyrgyz)
  p.fires('R11', 'A Kyrgyz number that begins as women’s do.', [kyrgyz])
  const kyrgyzYear = p.foreigner('kg', { name: 'Токтогулова Айгүл', sex: 'female', born: '1988', id: '10309198899002' })
  insured('kg', kyrgyzYear)
  p.near('R11', 'Only the year is known, and it agrees.', [kyrgyzYear])

  const pakistani = p.foreigner('pk', { name: 'Saima Bibi', sex: 'female', born: '1985-09-09', id: '3120200000057' })
  insured('pk', pakistani)
  p.fires('R11', 'An odd last digit of a CNIC beside a woman’s record.', [pakistani])
  const pakistaniFits = p.foreigner('pk', {
    name: 'Nasreen Akhtar',
    sex: 'female',
    born: '1991-01-20',
    id: '4220100000028',
  })
  insured('pk', pakistaniFits)
  p.near('R11', 'An even last digit, as women’s are.', [pakistaniFits])
}

export const plantIdentity = (p: Planter): void => {
  twice(p)
  numbers(p)
  reissued(p)
  authority(p)
  impliedByNumbers(p)
}
