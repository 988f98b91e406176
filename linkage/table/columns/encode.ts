/** From a table of text to what the kernel compares: one column of codes a comparison, and the features of its values. */
import type { Column, FieldName, Table } from '../table.ts'
import { addressFeatures } from './address.ts'
import { birthFeatures, foldBirth, orderOf } from './birth.ts'
import { foldSex } from './category.ts'
import { emailFeatures, foldEmail } from './email.ts'
import type { Features } from './features.ts'
import { fullNameFeatures } from './full-name.ts'
import { nameFeatures, withRarity } from './name.ts'
import { foldNumber, foldPhone, numberFeatures } from './number.ts'
import { oneName } from './one-name.ts'
import { joinColumns, recode } from './recode.ts'
import type { Ints } from './shared.ts'
import { foldText, textFeatures } from './text.ts'
import { foldFullName, foldName } from './words.ts'

export type Encoded = {
  /** The field, which names the comparison too. */
  readonly name: FieldName
  readonly features: Features
  /** By record; 0 when missing. */
  readonly codes: Ints
  /** Canonical values, for keys; `values[0]` is the empty one. */
  readonly values: readonly string[]
}

/** What is left of a column when rows, keys and frequencies are made: values and codes would take more room than all the rest. */
export type Compared = Pick<Encoded, 'name' | 'features'> & {
  /** How many values there are, the empty one included. */
  readonly distinct: number
}

export const comparedOf = ({ name, features, values }: Encoded): Compared => ({
  name,
  features,
  distinct: values.length,
})

type Way = {
  readonly fold: (written: string) => string
  readonly features: (values: readonly string[], codes: Ints) => Features
}
const number: Way = { fold: foldNumber, features: numberFeatures }
const text: Way = { fold: foldText, features: textFeatures }
const ways: { readonly [field: string]: Way } = {
  sex: { fold: foldSex, features: () => ({ kind: 'category' }) },
  phone: { fold: foldPhone, features: numberFeatures },
  email: { fold: foldEmail, features: emailFeatures },
  address: { fold: foldText, features: addressFeatures },
  nationalId: number,
  postcode: number,
  identifier: number,
  relatedName: { fold: foldFullName, features: fullNameFeatures },
  fullName: { fold: foldFullName, features: fullNameFeatures },
}

/** One comparison a field; the parts of a birth date are one. Names share a dictionary, so that swapped ones are seen. */
export function encode(read: Table): Encoded[] {
  const table = oneName(read)
  const encoded: Encoded[] = []
  const names = (['givenName', 'familyName'] as const).filter((field) => table.fields.has(field))
  const joined = (field: FieldName, separator = ' '): Column =>
    joinColumns(table.fields.get(field) ?? [], table.size, separator)
  if (names.length > 0) {
    const { codes, values } = recode(
      names.map((field) => joined(field)),
      table.size,
      foldName,
    )
    const features = nameFeatures(values)
    for (const [index, name] of names.entries()) {
      const mine = codes[index]
      if (mine) encoded.push({ name, features: withRarity(features, mine), codes: mine, values })
    }
  }
  const birth = birthColumn(table, joined)
  if (birth) {
    const order = orderOf(birth.values)
    const { codes, values } = recode([birth], table.size, (written) => foldBirth(written, order))
    if (codes[0]) encoded.push({ name: 'birthDate', features: birthFeatures(values), codes: codes[0], values })
  }
  for (const name of table.fields.keys()) {
    if (name === 'givenName' || name === 'familyName' || name.startsWith('birth')) continue
    const way = ways[name.split(':')[0] ?? name] ?? text
    const { codes, values } = recode([joined(name)], table.size, way.fold)
    if (codes[0]) encoded.push({ name, features: way.features(values, codes[0]), codes: codes[0], values })
  }
  return encoded
}

/** The column of birth dates; else one made of years, months and days. */
function birthColumn(table: Table, joined: (field: FieldName, separator?: string) => Column): Column | undefined {
  if (table.fields.has('birthDate')) return joined('birthDate', '-')
  if (!table.fields.has('birthYear')) return undefined
  const year = joined('birthYear')
  const parts = (['birthMonth', 'birthDay'] as const).filter((field) => table.fields.has(field))
  return joinColumns([year, ...parts.map((field) => joined(field))], table.size, '-')
}
