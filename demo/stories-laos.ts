/** The stories of Laos. No chance fault touches these people, so a story is the same in every country. */
import { laoPlace } from './places.ts'
import { Random } from './random.ts'
import { lao, type Teller, word } from './sketch.ts'

export const laoStories: { readonly [name: string]: Teller } = {
  'lao-moved': {
    says: 'A worker who moved from Attapeu to Vientiane: a new insured number, and another romanisation of the same name.',
    people: (s) => [
      lao(s, {
        given: word('Souksavanh', 'ສຸກສະຫວັນ'),
        family: word('Xayavong', 'ໄຊຍະວົງ'),
        sex: 'male',
        born: '1989-08-18',
        province: '01',
        pay: 3_900_000,
        earlier: { place: laoPlace(new Random('attapeu'), '17'), words: [word('Suksavan'), word('Sayavong')] },
      }),
    ],
  },
  'lao-example': {
    says: 'A salaried Lao woman, written in Lao script, with clean records.',
    people: (s) => [
      lao(s, {
        given: word('Manivanh', 'ມະນີວັນ'),
        family: word('Inthavong', 'ອິນທະວົງ'),
        sex: 'female',
        born: '1992-11-23',
        province: '16',
        pay: 3_400_000,
      }),
    ],
  },
  'lao-one-name': {
    says: 'An older Lao man with a given name only.',
    people: (s) => [
      lao(s, { given: word('Bounmy', 'ບຸນມີ'), sex: 'male', born: '1969-01-01', province: '14', pay: 2_100_000 }),
    ],
  },
}
