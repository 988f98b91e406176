import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encode } from '../../../../linkage/table/columns/encode.ts'
import { compareValues } from '../../../../linkage/table/columns/features.ts'
import { encodedOf, levelBetween, levelOf, tableOf } from '../tables.ts'

type Case = readonly [field: string, one: string, other: string, level: string]

const check = (cases: readonly Case[]): void =>
  test.each(cases)('%s: %s and %s are %s', (field, one, other, level) => {
    expect(levelOf(field, one, other)).toBe(level)
    expect(levelOf(field, other, one)).toBe(level)
  })

describe('given and family names', () => {
  check([
    ['givenName', 'Grace', ' GRACE ', 'exact'],
    ['givenName', 'Zoë', 'Zoe', 'exact'],
    ['givenName', 'Mary Jane', 'Jane Mary', 'variant'],
    ['givenName', 'Mohammed', 'Muhammad', 'variant'],
    ['givenName', 'Abdi Rahman', 'Abdirahman', 'variant'],
    ['givenName', 'Wanjiru', 'Wanjriu', 'slip'],
    ['givenName', 'Kipchoge', 'Kipchge', 'slip'],
    ['givenName', 'Grace', 'G.', 'part'],
    ['givenName', 'Grace Akinyi', 'Akinyi', 'part'],
    ['givenName', 'Grace Akinyi', 'Grace Wanjiru', 'first'],
    ['givenName', 'Grace Ivanovna', 'Daria Ivanovna', 'some'],
    ['givenName', 'Grace A', 'Grace Akinyi', 'part'],
    ['givenName', 'Grace A', 'Grace W', 'first'],
    ['givenName', 'Otieno', 'Atieno', 'else'],
    ['givenName', 'Daniel', 'Daniela', 'else'],
    ['givenName', 'Grace', 'Peter', 'else'],
    ['givenName', 'Grace', 'P.', 'else'],
    ['familyName', 'arap Moi', 'Moi', 'exact'],
    ['familyName', "N'dour", 'Ndour', 'exact'],
    ['familyName', 'Asanov', 'Асанов', 'variant'],
    ['familyName', 'Grace', '', 'missing'],
    ['familyName', 'Grace', '-', 'missing'],
  ])
})

describe('whole names in one column', () => {
  check([
    ['fullName', 'Grace Akinyi Odhiambo', 'grace akinyi odhiambo', 'exact'],
    ['fullName', 'Grace Akinyi Odhiambo', 'Odhiambo, Grace Akinyi', 'same'],
    ['fullName', 'Grace Akinyi Odhiambo', 'Grace A. Odhiambo', 'same'],
    ['fullName', 'Mohammed Ali', 'Ali Muhammad', 'same'],
    ['fullName', 'Grace Akinyi Odhiambo', 'Grace Odhiambo', 'part'],
    ['fullName', 'Grace Odhiambo', 'Grace', 'one-of-one'],
    ['fullName', 'Grace Akinyi Odhiambo', 'Grace Wanjiru Odhiambo', 'two'],
    ['fullName', 'Grace Odhiambo', 'Peter Odhiambo', 'one'],
    ['fullName', 'Grace Odhiambo', 'Peter Kamau', 'else'],
    ['fullName', 'Ahmed bin Said', 'Ahmed Said', 'exact'],
    ['relatedName', 'Grace Odhiambo', 'Odhiambo Grace', 'same'],
    ['fullName', 'Grace', ' . ', 'missing'],
  ])
})

describe('numbers, telephones and postcodes', () => {
  check([
    ['nationalId', '12-345 678 X', '12345678x', 'exact'],
    ['nationalId', '12345678', '12345687', 'slip'],
    ['nationalId', '12345678', '12945678', 'slip'],
    ['nationalId', '12345678', '1235678', 'slip'],
    ['nationalId', '12345678', '12345901', 'near'],
    ['nationalId', '99945678', '12345678', 'near'],
    ['nationalId', '12345678', '98761234', 'else'],
    ['identifier:passport', '12', '13', 'else'],
    ['identifier:passport', 'AB123456', '', 'missing'],
    ['identifier:passport', 'AB123456', '--', 'missing'],
    ['phone', '+254 712 345 678', '0712-345678', 'exact'],
    ['phone', '712345678', '712345687', 'slip'],
    ['phone', '712345678', '799887766', 'else'],
    ['phone', '712345678', '123', 'missing'],
    ['postcode', '40100', '40 100', 'exact'],
    ['postcode', '40100', '40101', 'slip'],
  ])
})

describe('addresses by their words, places by their spelling', () => {
  check([
    ['address', '12 Market Street', '12, MARKET street', 'exact'],
    ['address', '12 Market Street', 'Market Street 12', 'most'],
    ['address', '12 Market Street', '12 Markte Street', 'most'],
    ['address', '12 Market Street', '7 Ocean Lane', 'else'],
    ['address', '12 Market Street', '', 'missing'],
    ['locality', 'Kisumu', 'KISUMU', 'exact'],
    ['locality', 'Kisumu', 'Kisimu', 'similar'],
    ['locality', 'Kisumu East', 'Kisumu', 'similar'],
    ['locality', 'Upper Hill', 'Hill Upper', 'part'],
    ['locality', 'Kisumu', 'Garissa', 'else'],
    ['occupation', 'farmer', '?!', 'missing'],
  ])

  test('a word that few addresses hold counts for more than one that all of them hold', () => {
    const others = Array.from({ length: 30 }, (_, i) => `${100 + i} Ocean Street`)
    const of = (one: string, other: string): string => levelOf('address', one, other, others)
    expect(of('5 Baobab Street', '9 Baobab Street')).toBe('some')
    expect(of('5 Baobab Street', '9 Ocean Street')).toBe('else')
  })
})

describe('columns of figures, by how far they are apart', () => {
  const ages = Array.from({ length: 61 }, (_, i) => String(20 + i))
  const of = (one: string, other: string, others: readonly string[]): string => levelOf('other:age', one, other, others)

  test.each([
    ['47', '48', 'similar'],
    ['47', '51', 'part'],
    ['47', '53', 'else'],
    ['47', '74', 'else'],
    ['47', 'forty', 'else'],
  ])('among ages from 20 to 80, %s and %s are %s', (one, other, level) => {
    expect(of(one, other, ages)).toBe(level)
    expect(of(other, one, ages)).toBe(level)
  })

  test('what is near depends on the column: a hundred grammes among weights, nothing among hundredths', () => {
    const weights = ages.map((_, i) => String(1800 + 40 * i))
    expect(of('2500', '2540', weights)).toBe('similar')
    expect(of('2500', '3300', weights)).toBe('else')
    const areas = ages.map((_, i) => `${i}.5`)
    expect(of('2.5', '3.1', areas)).toBe('similar')
    expect(of('2.5', '25', areas)).toBe('else')
  })

  test('words and long numbers are compared letter by letter', () => {
    expect(of('maize', 'mauze', ['rice', 'tea', 'coffee'])).toBe('similar')
    expect(of('81237788', '81237789', ['72223334', '63334445', '54445556'])).toBe('similar')
  })
})

test.each(['region', 'locality', 'occupation'])('neighbouring codes in the column %s are two', (field) => {
  const codes = Array.from({ length: 61 }, (_, i) => String(100 + i))
  expect(levelOf(field, '101', '102', codes)).toBe('else')
  expect(levelOf(field, '101', '101', codes)).toBe('exact')
})

describe('e-mail addresses and sexes', () => {
  check([
    ['email', 'grace@example.org', 'Grace @Example.org', 'exact'],
    ['email', 'grace.odhiambo@example.org', 'grace.odhiambo@example.com', 'same-name'],
    ['email', 'grace.odhiambo@example.org', 'grace.odhiamob@example.org', 'same-name'],
    ['email', 'grace.odhiambo@example.org', 'grace.odhiambo77@example.org', 'similar'],
    ['email', 'grace.odhiambo21@example.org', 'grace.odhambbo21@example.org', 'similar'],
    ['email', 'grace.odhiambo21@example.org', 'grace.odhiambo59@example.org', 'else'],
    ['email', 'grace.odhiambo21@example.org', 'grace.odhiambo22@example.org', 'else'],
    ['email', 'g20240117@example.org', 'g20240118@example.org', 'same-name'],
    ['email', 'grace@example.org', 'peter@example.org', 'else'],
    ['email', 'grace@example.org', ' ', 'missing'],
    ['sex', 'F', 'female', 'exact'],
    ['sex', 'мужской', 'M', 'exact'],
    ['sex', 'ຍິງ', 'Woman', 'exact'],
    ['sex', '1', 'mwanaume', 'exact'],
    ['sex', 'm', 'f', 'else'],
    ['sex', 'أنثى', 'Female', 'exact'],
    ['sex', 'Masculino', 'M', 'exact'],
    ['sex', 'H', 'M', 'else'],
    ['sex', 'm', '', 'missing'],
  ])
})

const fields = [
  'givenName',
  'familyName',
  'fullName',
  'birthDate',
  'sex',
  'phone',
  'email',
  'address',
  'locality',
  'postcode',
  'nationalId',
  'relatedName',
  'other:note',
]
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 90 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.stringMatching(/^[a-d .,0-3@/-]{0,14}$/),
  fc.constantFrom('', ' ', '0', '-', '__proto__', 'constructor', '1990-01-01', 'ꓘꓘ', '\ud800', '١٢', 'ñ'.repeat(200)),
)

describe.each(fields)('%s', (field) => {
  test('any texts are compared without an error, either way round alike, and each with itself exactly', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 2, maxLength: 6 }), (texts) => {
        const { codes, features, values } = encodedOf({ [field]: texts }, field)
        expect(values[0]).toBe('')
        for (const x of codes)
          for (const y of codes) {
            if (x === 0 || y === 0) continue
            const level = compareValues(features, x, y)
            expect(compareValues(features, y, x)).toBe(level)
            if (x === y) expect(level).toBe(0)
            else expect(level).toBeGreaterThan(0)
          }
      }),
      { numRuns: 150, examples: [[['../', '../,']]] },
    )
  })

  test('what is empty is missing', () => {
    expect(levelOf(field, '', 'a1 1990-04-03')).toBe('missing')
    expect(levelOf(field, '   ', '12345 1990-04-03')).toBe('missing')
  })
})

test('a given name and a family name are one dictionary, so that swapped ones are the same value', () => {
  const [given, family] = encode(tableOf({ givenName: ['Grace', 'Odhiambo'], familyName: ['Odhiambo', 'Grace'] }))
  expect(given?.codes[0]).toBe(family?.codes[1])
  expect(given?.values).toEqual(family?.values)
})

test('year, month and day in columns of their own are one birth date, each as far as it is known', () => {
  const fields = { birthYear: ['1990', '1990', ''], birthMonth: ['4', '', '4'], birthDay: ['3', '', '3'] }
  const birth = encodedOf(fields, 'birthDate')
  expect(birth.values).toEqual(['', '1990-04-03', '1990-00-00'])
  expect(levelBetween(birth, 0, 1)).toBe('known-part')
  expect(levelBetween(birth, 0, 2)).toBe('missing')
})
