/** The people of the Senzing truth set: features of any kind, as JSON lines -> the columns of a plain CSV file. */
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Columns of the CSV, and the features that feed each; of several of one kind the first that is there counts. */
const columns: { readonly [column: string]: readonly string[] } = {
  address: ['ADDR_LINE1', 'ADDR_FULL'],
  city: ['ADDR_CITY'],
  state: ['ADDR_STATE'],
  postcode: ['ADDR_POSTAL_CODE'],
  birth_date: ['DATE_OF_BIRTH'],
  sex: ['GENDER'],
  phone: ['PHONE_NUMBER'],
  email: ['EMAIL_ADDRESS'],
  ssn: ['SSN_NUMBER'],
  passport: ['PASSPORT_NUMBER'],
  licence: ['DRIVERS_LICENSE_NUMBER'],
  national_number: ['NATIONAL_ID_NUMBER'],
  employer: ['EMPLOYER'],
}

export const senzingMap =
  'name=fullName,address=address,city=locality,state=region,postcode=postcode,birth_date=birthDate,sex=sex,phone=phone,email=email,ssn=nationalId,passport=identifier:passport,licence=identifier:licence,national_number=identifier:national,employer=other:employer'

type Line = {
  readonly DATA_SOURCE: string
  readonly RECORD_ID: string
  readonly FEATURES: readonly { readonly [feature: string]: string }[]
}

/** CSV with `id`, the columns above, `name` and `person`; records of companies are left out. */
export function senzingCsv(folder: string): string {
  const persons = new Map<string, string>()
  for (const line of linesOf(path.join(folder, 'actual_truthset_key.csv')).slice(1)) {
    const [, person = '', source = '', record = ''] = line.split(',')
    persons.set(`${source} ${record}`, person)
  }
  const rows = ['customers', 'reference', 'watchlist']
    .flatMap((file) => linesOf(path.join(folder, `${file}.jsonl`)))
    .map((line): Line => JSON.parse(line))
    .filter(({ FEATURES }) => FEATURES.some(({ RECORD_TYPE }) => RECORD_TYPE === 'PERSON'))
    .map(({ DATA_SOURCE, RECORD_ID, FEATURES }) => {
      const person = persons.get(`${DATA_SOURCE} ${RECORD_ID}`) ?? ''
      const values = Object.values(columns).map((features) => firstOf(FEATURES, features))
      return [`${DATA_SOURCE}:${RECORD_ID}`, ...values, nameOf(FEATURES), person]
    })
  return `${[['id', ...Object.keys(columns), 'name', 'person'], ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')}\n`
}

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')

const firstOf = (from: Line['FEATURES'], names: readonly string[]): string =>
  names.flatMap((name) => from.flatMap((feature) => feature[name] ?? []))[0] ?? ''

/** The first name that is not marked as another name. */
function nameOf(from: Line['FEATURES']): string {
  const own = from.filter(({ NAME_TYPE }) => NAME_TYPE !== 'AKA')
  const parts = ['NAME_FIRST', 'NAME_MIDDLE', 'NAME_LAST'].map((part) => firstOf(own, [part]))
  return firstOf(own, ['NAME_FULL']) || parts.filter(Boolean).join(' ')
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
