/** Arbitrary people for property tests: names from a small pool, so that they meet often. */
import fc from 'fast-check'
import type { Person } from './person.ts'

const words = [
  'Mary',
  'Merry',
  'Grace',
  'Faith',
  'Brian',
  'Otieno',
  'Atieno',
  'Wanjiku',
  'Wanjiru',
  'Njoroge',
  'Njorge',
  "Ng'ang'a",
  'Nganga',
  'M',
  'W',
  'Abdi',
  'Rahman',
  'Abdirahman',
  'ສົມສັກ',
  'Somsack',
  'Somxak',
  'ວົງສາ',
  'Vongsa',
  'Нурлан',
  'Nurlan',
  'محمد',
  'Muhammad',
  'Zzyzx',
]
const word = fc.constantFrom(...words)
const plain = fc.array(word, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '))
const withRoles = fc.record({ given: word, family: word })
const day = fc.constantFrom(
  '1987-08-15',
  '1987-08-16',
  '1987-09-15',
  '1990-06-07',
  '1990-07-06',
  '1990-01-01',
  '1990',
  '1990-06',
  '1988-08-15',
)
const digits = fc.constantFrom('99012345', '99012346', '99021345', '99099999', '990123456')

const optional = { requiredKeys: [] as [] }

export const people: fc.Arbitrary<Person> = fc.record(
  {
    name: fc.oneof(plain, withRoles),
    alsoNamed: fc.array(plain, { maxLength: 1 }),
    born: day,
    sex: fc.constantFrom('male' as const, 'female' as const, 'not-known' as const),
    numbers: fc.record(
      { 'national-id': digits, 'refugee-id': digits, 'nssf-number': fc.constantFrom('990123456', '990123465') },
      optional,
    ),
    phone: fc.constantFrom('+254712000001', '+254712000002'),
    county: fc.constantFrom('Kiambu', 'Nairobi'),
    district: fc.constantFrom('Gatundu', 'Thika'),
    employer: fc.constantFrom('Mlima Textiles Ltd', 'Kilele Schools', 'Self employed'),
    stream: fc.constantFrom('member', 'return'),
    village: fc.constantFrom('Githunguri', 'Kibera'),
    relatives: fc.array(fc.record({ role: fc.constantFrom('parent' as const, 'spouse' as const), name: plain }), {
      maxLength: 2,
    }),
  },
  optional,
)
