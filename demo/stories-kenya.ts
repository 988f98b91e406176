/** The stories of Kenya. No chance fault touches these people, so a story is the same in every country. */
import { addDays } from './calendar.ts'
import { kenyanPlace } from './places.ts'
import { Random } from './random.ts'
import { kenyan, type Teller } from './sketch.ts'

export const kenyanStories: { readonly [name: string]: Teller } = {
  example: {
    says: 'A salaried woman in NSSF and SHA, with clean records in both: the person of the README.',
    people: (s) => [
      kenyan(s, {
        id: '99000001',
        name: 'Grace Wanjiru Kamau',
        sex: 'female',
        born: '1988-03-14',
        county: '047',
        pay: 54_000,
        nhif: true,
      }),
    ],
  },
  'twins-swapped-ids': {
    says: 'Twin sisters. The pension fund holds each under the other one’s identity number.',
    people: (s) => [
      kenyan(s, {
        id: '99000002',
        name: 'Faith Achieng Otieno',
        sex: 'female',
        born: '1995-06-17',
        county: '042',
        pay: 28_000,
        told: { nssfIdentity: '99000003' },
      }),
      kenyan(s, {
        id: '99000003',
        name: 'Joy Atieno Otieno',
        sex: 'female',
        born: '1995-06-17',
        county: '042',
        pay: 31_500,
        told: { nssfIdentity: '99000002' },
      }),
    ],
  },
  'same-name-neighbours': {
    says: 'Two women with one name in one village. Only birth date and identity number tell them apart.',
    people: (s) => {
      const place = kenyanPlace(new Random('neighbours'), ['021'])
      return [
        kenyan(s, {
          id: '99000004',
          name: 'Mary Wambui Njoroge',
          sex: 'female',
          born: '1979-02-11',
          place,
          saver: true,
        }),
        kenyan(s, {
          id: '99000005',
          name: 'Mary Wambui Njoroge',
          sex: 'female',
          born: '1984-09-30',
          place,
          saver: true,
        }),
      ]
    },
  },
  'polygynous-household': {
    says: 'A man, his two wives and three children in one health-insurance household.',
    people: (s) => {
      const place = kenyanPlace(new Random('polygynous'), ['008'])
      const home = { place, household: s.household(), nhifFamily: 1 }
      return [
        kenyan(s, {
          ...home,
          id: '99000006',
          name: 'Abdi Hassan Ali',
          sex: 'male',
          born: '1974-05-20',
          pay: 41_000,
          nhif: true,
        }),
        kenyan(s, {
          ...home,
          id: '99000007',
          name: 'Fatuma Yusuf Omar',
          sex: 'female',
          born: '1977-11-02',
          role: 'spouse',
        }),
        kenyan(s, {
          ...home,
          id: '99000008',
          name: 'Halima Ahmed Noor',
          sex: 'female',
          born: '1986-08-25',
          role: 'spouse',
        }),
        kenyan(s, { ...home, name: 'Amina Abdi Hassan', sex: 'female', born: '2011-01-09', role: 'child' }),
        kenyan(s, { ...home, name: 'Yusuf Abdi Hassan', sex: 'male', born: '2014-07-30', role: 'child' }),
        kenyan(s, { ...home, name: 'Sahra Abdi Hassan', sex: 'female', born: '2019-12-12', role: 'child' }),
      ]
    },
  },
  'contracted-out': {
    says: 'A salaried man whose Tier II goes to a private scheme: only 101 lines reach the fund, and that is no gap.',
    people: (s) => [
      kenyan(s, {
        id: '99000009',
        name: 'Peter Kiprotich Rono',
        sex: 'male',
        born: '1982-10-04',
        county: '027',
        pay: 96_000,
        contractedOut: true,
      }),
    ],
  },
  'rider-two-phones': {
    says: 'A motorcycle rider who saves in Haba Haba under one phone and pays health insurance under another.',
    people: (s) => [
      kenyan(s, {
        id: '99000010',
        name: 'Brian Odhiambo Ouma',
        sex: 'male',
        born: '1999-04-22',
        county: '042',
        saver: true,
        cover: 'informal',
        phones: 2,
      }),
    ],
  },
  'nhif-moved': {
    says: 'A woman whose old NHIF record knows her former county and phone; SHA knows the new ones.',
    people: (s) => [
      kenyan(s, {
        id: '99000011',
        name: 'Esther Mwende Mutua',
        sex: 'female',
        born: '1990-12-08',
        county: '047',
        pay: 37_000,
        nhif: true,
        told: { nhif: { place: kenyanPlace(new Random('moved'), ['015']), phone: '+254749000011' } },
      }),
    ],
  },
  'deceased-flagged': {
    says: 'A man who died; SHA only has a flag (is_alive 0), and the pension fund still has him active.',
    people: (s) => [
      kenyan(s, {
        id: '99000012',
        name: 'Samuel Kariuki Mwangi',
        sex: 'male',
        born: '1957-03-03',
        county: '019',
        saver: true,
        died: addDays(s.asOf, -120),
      }),
    ],
  },
  'alive-flagged-dead': {
    says: 'A living man whom the client registry flags as not alive, as its template does with everybody.',
    people: (s) => [
      kenyan(s, {
        id: '99000013',
        name: 'Daniel Musyoka Kilonzo',
        sex: 'male',
        born: '1985-01-27',
        county: '017',
        pay: 44_500,
        told: { aliveFlag: 0 },
      }),
    ],
  },
  'by-product-missing': {
    says: 'SHA answers "eligible" and, in the same answer, that the employer’s by-product was not found.',
    people: (s) => [
      kenyan(s, {
        id: '99000014',
        name: 'Lucy Nekesa Wafula',
        sex: 'female',
        born: '1993-09-15',
        county: '039',
        pay: 26_500,
        told: { contradicted: true },
      }),
    ],
  },
  'two-on-one-number': {
    says: 'Two people stand in the client registry under one identity number: nobody may take the first.',
    people: (s) => [
      kenyan(s, {
        id: '99000015',
        name: 'Janet Chebet Koech',
        sex: 'female',
        born: '1987-07-07',
        county: '035',
        pay: 52_000,
      }),
      kenyan(s, {
        id: '99000016',
        name: 'Hellen Moraa Chelimo',
        sex: 'female',
        born: '1996-02-19',
        county: '036',
        cover: 'informal',
        told: { shaIdentity: '99000015' },
      }),
    ],
  },
  'registered-twice': {
    says: 'A man whom his second employer registered anew: two NSSF numbers, one person.',
    people: (s) => [
      kenyan(s, {
        id: '99000017',
        name: 'Kelvin Barasa Simiyu',
        sex: 'male',
        born: '1991-05-31',
        county: '037',
        pay: 33_000,
        earlierNumber: true,
      }),
    ],
  },
  'refugee-and-citizen': {
    says: 'A refugee who saves in Haba Haba; her refugee number has the digits of a citizen’s identity number.',
    people: (s) => [
      kenyan(s, {
        id: '99000042',
        idType: 'refugee-id',
        name: 'Amina Mohamed Jama',
        sex: 'female',
        born: '1994-04-04',
        county: '007',
        saver: true,
      }),
      kenyan(s, {
        id: '99000042',
        name: 'John Otieno Okoth',
        sex: 'male',
        born: '1981-06-06',
        county: '041',
        pay: 29_000,
      }),
    ],
  },
}
