import { expect, test } from 'vitest'
import { makePlan, mergeHeadings, parseMap } from '../../../cli/dedupe/plan.ts'

const usesOf = (headings: string[], map: string[] = []) => Object.fromEntries(makePlan(headings, { map }).uses)

test.each([
  [
    'English',
    ['rec_id', 'given_name', 'Surname', 'street_number', 'address_1', 'suburb', 'postcode', 'state', 'date_of_birth'],
    {
      given_name: 'givenName',
      Surname: 'familyName',
      street_number: 'address',
      address_1: 'address',
      suburb: 'locality',
      postcode: 'postcode',
      state: 'region',
      date_of_birth: 'birthDate',
    },
  ],
  ['Swahili', ['Jina kamili', 'Jinsia', 'Kijiji'], { 'Jina kamili': 'fullName', Jinsia: 'sex', Kijiji: 'locality' }],
  ['Lao', ['ຊື່', 'ນາມສະກຸນ', 'ເພດ'], { ຊື່: 'givenName', ນາມສະກຸນ: 'familyName', ເພດ: 'sex' }],
  [
    'Russian and Kyrgyz',
    ['Фамилия', 'Аты', 'Дата рождения', 'ИНН'],
    { Фамилия: 'familyName', Аты: 'givenName', 'Дата рождения': 'birthDate', ИНН: 'nationalId' },
  ],
  [
    'Spanish',
    ['Nombres', 'Apellido paterno', 'Fecha de nacimiento', 'Teléfono', 'Municipio'],
    {
      Nombres: 'givenName',
      'Apellido paterno': 'familyName',
      'Fecha de nacimiento': 'birthDate',
      Teléfono: 'phone',
      Municipio: 'locality',
    },
  ],
  [
    'German',
    ['Nachname', 'Vorname', 'Geburtsdatum', 'Straße', 'PLZ', 'Ort'],
    {
      Nachname: 'familyName',
      Vorname: 'givenName',
      Geburtsdatum: 'birthDate',
      Straße: 'address',
      PLZ: 'postcode',
      Ort: 'locality',
    },
  ],
  [
    'French, where a name beside first names is a family name',
    ['Nom', 'Prénom', 'Né(e) le', 'Téléphone'],
    { Nom: 'familyName', Prénom: 'givenName', 'Né(e) le': 'birthDate', Téléphone: 'phone' },
  ],
  [
    'a school’s, of whoever is the learner',
    ['Name of Learner', 'Age', 'Guardian', 'Guardian Phone'],
    { 'Name of Learner': 'fullName', Age: 'other:age', Guardian: 'relatedName', 'Guardian Phone': 'phone' },
  ],
  [
    'English, of whom or what a name is',
    ['Name of School', 'Name of the mother', 'Names of Beneficiary', 'Name of village'],
    { 'Name of the mother': 'relatedName', 'Names of Beneficiary': 'fullName', 'Name of village': 'locality' },
  ],
  [
    'letters, of one field only',
    ['fname_c1', 'lname_c1', 'by', 'bm', 'bd', 'cep', 'uid'],
    {
      fname_c1: 'givenName',
      lname_c1: 'familyName',
      by: 'birthYear',
      bm: 'birthMonth',
      bd: 'birthDay',
      cep: 'postcode',
    },
  ],
  ['Arabic', ['الاسم', 'النوع', 'الرقم القومي'], { الاسم: 'fullName', النوع: 'sex', 'الرقم القومي': 'nationalId' }],
  [
    'Vietnamese',
    ['Họ và tên', 'Năm sinh', 'Giới tính', 'Tỉnh'],
    { 'Họ và tên': 'fullName', 'Năm sinh': 'birthYear', 'Giới tính': 'sex', Tỉnh: 'region' },
  ],
  ['Turkish', ['Ad', 'Soyad', 'Doğum tarihi'], { Ad: 'givenName', Soyad: 'familyName', 'Doğum tarihi': 'birthDate' }],
  [
    'Indonesian',
    ['nama', 'tanggal_lahir', 'jenis_kelamin', 'alamat'],
    { nama: 'fullName', tanggal_lahir: 'birthDate', jenis_kelamin: 'sex', alamat: 'address' },
  ],
  [
    'English, with the bearer before it',
    ['patient_id', 'patient_first_name', 'child_last_name', 'mother', 'mother_first_name'],
    { patient_first_name: 'givenName', child_last_name: 'familyName', mother: 'relatedName' },
  ],
  ['Chinese', ['姓名', '性别', '身份证号'], { 姓名: 'fullName', 性别: 'sex', 身份证号: 'nationalId' }],
  ['Urdu', ['نام', 'تاریخ پیدائش', 'ضلع'], { نام: 'fullName', 'تاریخ پیدائش': 'birthDate', ضلع: 'region' }],
])('headings in %s are known without a map', (_language, headings, expected) => {
  const found = Object.entries(usesOf(headings)).map(([column, fields]) => [column, ...fields])
  expect(Object.fromEntries(found)).toEqual(expected)
})

test('name beside surname is a given name; beside both it is used no more', () => {
  expect(usesOf(['name', 'surname'])).toEqual({ name: ['givenName'], surname: ['familyName'] })
  expect(usesOf(['name', 'first_name', 'surname'])).toEqual({ first_name: ['givenName'], surname: ['familyName'] })
})

test('a full name beside first names alone is the whole name, and the first names are used no more', () => {
  expect(usesOf(['full_name', 'first_name'])).toEqual({ full_name: ['fullName'] })
  expect(usesOf(['name', 'first_name'])).toEqual({ name: ['familyName'], first_name: ['givenName'] })
})

test('a guessed map is told so that it can be copied, and names what it left out', () => {
  const { notes } = makePlan(["mother's town", 'first name', 'cluster'], { map: [] })
  expect(notes[0]).toContain("--map 'first name=givenName'")
  expect(notes[0]).toContain("not used: mother's town, cluster")
})

test('the truth column is never compared by, unless the map says so', () => {
  expect(makePlan(['id', 'name', 'city'], { map: [], truth: 'city' }).uses.has('city')).toBe(false)
  expect(makePlan(['id', 'name', 'city'], { map: ['city=locality'], truth: 'city' }).uses.has('city')).toBe(true)
})

test('columns are named exactly, or in other capitals where only one fits', () => {
  expect(usesOf(['Name', 'NAME', 'City'], ['Name=givenName,NAME=familyName,city=locality'])).toEqual({
    Name: ['givenName'],
    NAME: ['familyName'],
    City: ['locality'],
  })
  expect(() => usesOf(['Name', 'NAME'], ['name=fullName'])).toThrow(/no column name/)
})

test('a comma or an equals sign within a column is no harm', () => {
  expect(parseMap(['Name, in full=fullName, a=b =phone'])).toEqual([
    { column: 'Name, in full', field: 'fullName' },
    { column: 'a=b', field: 'phone' },
  ])
})

test.each([
  ['an unknown field', ['name=firstName'], /no field firstName.*Fields: id source givenName/s],
  ['a field written like a column', ['name=given_name'], /Did you mean givenName\?/],
  ['an unknown column', ['nmae=fullName'], /no column nmae. Did you mean name\?\nColumns: id, name, city/],
  ['a column without a field', ['name'], /column=field, such as name=familyName/],
  ['two ids', ['name=id,city=id,name=fullName'], /A record has one id/],
  ['nothing to compare by', ['id=id'], /no field to compare records by/],
  ['a type without a name', ['name=identifier:'], /no field identifier:/],
])('%s is refused with what to do', (_what, map, message) => {
  expect(() => makePlan(['id', 'name', 'city'], { map })).toThrow(message)
})

test('headings that nobody knows need a map, and the message lists them', () => {
  expect(() => makePlan(['x1', 'x2'], { map: [] })).toThrow(/--map x2=fullName.*Columns: x1, x2/s)
})

test.each([
  ['the option', ['id', 'code', 'name'], { id: 'code' }, 'code'],
  ['the map', ['id', 'code', 'name'], { map: ['code=id,name=fullName'] }, 'code'],
  ['a heading', ['name', 'Unique_ID'], {}, 'Unique_ID'],
  ['nothing', ['name', 'city'], {}, undefined],
  ['nothing when none is asked for', ['id', 'name'], { id: 'none' }, undefined],
])('ids come from %s', (_where, headings, request, expected) => {
  expect(makePlan(headings, { map: [], ...request }).id).toBe(expected)
})

test('headings in other capitals are one column across files, and two within one', () => {
  expect(
    mergeHeadings([
      ['id', 'Name'],
      ['NAME', 'ID', 'phone'],
    ]),
  ).toEqual(['id', 'Name', 'phone'])
  expect(
    mergeHeadings([
      ['a', 'A'],
      ['A', 'a'],
    ]),
  ).toEqual(['a', 'A'])
})
