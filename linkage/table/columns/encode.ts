/** From a table of text to what the kernel compares: one column of codes a comparison, and the features of its values. */
import { countOf, type FieldName, isPacked, type Packed, type Table, type TextColumn } from '../table.ts'
import { addressFeatures } from './address.ts'
import { birthFeatures, foldBirth, orderOf } from './birth.ts'
import { foldSex } from './category.ts'
import { emailFeatures, foldEmail } from './email.ts'
import type { Features } from './features.ts'
import { fullNameFeatures } from './full-name.ts'
import { nameFeatures, withRarity } from './name.ts'
import { foldNumber, foldNumberBytes, foldPhone, foldPhoneBytes, numberFeatures } from './number.ts'
import { oneName } from './one-name.ts'
import { type FoldBytes, joinColumns, recode, recodePacked } from './recode.ts'
import type { Ints } from './shared.ts'
import { figureFeatures, foldText, textFeatures } from './text.ts'
import { foldFullName, foldName } from './words.ts'

export type Encoded = {
  /** The field, which names the comparison too. */
  readonly name: FieldName
  readonly features: Features
  /** By record; 0 when missing. */
  readonly codes: Ints
  /** How many canonical values there are, the empty one, which is the first, included. */
  readonly distinct: number
  /** They themselves, for keys; none where they are `packed`. */
  readonly values: readonly string[]
  readonly packed?: Packed
}

/** What is left of a column when rows, keys and frequencies are made: values and codes would take more room than all the rest. */
export type Compared = Pick<Encoded, 'name' | 'features' | 'distinct'>

export const comparedOf = ({ name, features, distinct }: Encoded): Compared => ({ name, features, distinct })

type Way = {
  readonly fold: (written: string) => string
  readonly features: (values: readonly string[], codes: Ints) => Features
  /** The same of values in ASCII, of which no strings need be made. */
  readonly packed?: { readonly fold: FoldBytes; readonly features: (values: Packed) => Features }
}
const number: Way = {
  fold: foldNumber,
  features: numberFeatures,
  packed: { fold: foldNumberBytes, features: numberFeatures },
}
const text: Way = { fold: foldText, features: textFeatures }
const ways: { readonly [field: string]: Way } = {
  sex: { fold: foldSex, features: () => ({ kind: 'category' }) },
  phone: { ...number, fold: foldPhone, packed: { fold: foldPhoneBytes, features: numberFeatures } },
  email: { fold: foldEmail, features: emailFeatures },
  address: { fold: foldText, features: addressFeatures },
  nationalId: number,
  postcode: number,
  identifier: number,
  relatedName: { fold: foldFullName, features: fullNameFeatures },
  fullName: { fold: foldFullName, features: fullNameFeatures },
  other: { fold: foldText, features: figureFeatures },
}
const wayOf = (field: FieldName): Way => ways[field.split(':')[0] ?? field] ?? text

/** Whether no strings are needed of a field's values. */
export const takesPacked = (field: FieldName): boolean => wayOf(field).packed !== undefined

/** One comparison a field; the parts of a birth date are one. Names share a dictionary, so that swapped ones are seen. */
export function encode(read: Table): Encoded[] {
  const table = oneName(read)
  const encoded: Encoded[] = []
  const names = (['givenName', 'familyName'] as const).filter((field) => table.fields.has(field))
  const joined = (field: FieldName, separator = ' '): TextColumn =>
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
      if (mine)
        encoded.push({ name, features: withRarity(features, mine), codes: mine, distinct: values.length, values })
    }
  }
  const birth = birthColumn(table, joined)
  if (birth) {
    const order = orderOf(birth.values)
    const { codes, values } = recode([birth], table.size, (written) => foldBirth(written, order))
    const [mine] = codes
    const distinct = values.length
    if (mine) encoded.push({ name: 'birthDate', features: birthFeatures(values), codes: mine, distinct, values })
  }
  for (const name of table.fields.keys()) {
    if (name === 'givenName' || name === 'familyName' || name.startsWith('birth')) continue
    const { fold, features, packed } = wayOf(name)
    const [only, ...more] = table.fields.get(name) ?? []
    if (packed && only && more.length === 0 && isPacked(only.values)) {
      const { codes, values } = recodePacked(only.codes, only.values, packed.fold)
      encoded.push({
        name,
        features: packed.features(values),
        codes,
        distinct: countOf(values),
        values: [],
        packed: values,
      })
      continue
    }
    const { codes, values } = recode([joined(name)], table.size, fold)
    const [mine] = codes
    if (mine) encoded.push({ name, features: features(values, mine), codes: mine, distinct: values.length, values })
  }
  return encoded
}

/** The column of birth dates; else one made of years, months and days. */
function birthColumn(
  table: Table,
  joined: (field: FieldName, separator?: string) => TextColumn,
): TextColumn | undefined {
  if (table.fields.has('birthDate')) return joined('birthDate', '-')
  if (!table.fields.has('birthYear')) return undefined
  const year = joined('birthYear')
  const parts = (['birthMonth', 'birthDay'] as const).filter((field) => table.fields.has(field))
  return joinColumns([year, ...parts.map((field) => joined(field))], table.size, '-')
}
