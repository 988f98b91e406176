/** What is known of a column's values, by kind, and the level at which two of them agree. */
import { type Addresses, addressLevels, compareAddress } from './address.ts'
import { type Births, birthLevels, compareBirth } from './birth.ts'
import { type Categories, categoryLevels } from './category.ts'
import { compareEmail, type Emails, emailLevels } from './email.ts'
import { compareFullName, type FullNames, fullNameLevels } from './full-name.ts'
import { compareName, type Names, nameLevels } from './name.ts'
import { compareNumber, type Numbers, numberLevels } from './number.ts'
import { compareText, type PlainTexts, textLevels } from './text.ts'

export type Features = Names | FullNames | Births | Numbers | PlainTexts | Addresses | Emails | Categories
export type Kind = Features['kind']

export const levelsOf: { readonly [K in Kind]: readonly string[] } = {
  name: nameLevels,
  fullName: fullNameLevels,
  birth: birthLevels,
  number: numberLevels,
  text: textLevels,
  address: addressLevels,
  email: emailLevels,
  category: categoryLevels,
}

/** The level of two values of one comparison, neither missing. Symmetric. */
export function compareValues(features: Features, x: number, y: number): number {
  switch (features.kind) {
    case 'name':
      return compareName(features, x, y)
    case 'fullName':
      return compareFullName(features, x, y)
    case 'birth':
      return compareBirth(features, x, y)
    case 'number':
      return compareNumber(features, x, y)
    case 'text':
      return compareText(features, x, y)
    case 'address':
      return compareAddress(features, x, y)
    case 'email':
      return compareEmail(features, x, y)
    case 'category':
      return x === y ? 0 : 1
  }
}

/** Whether agreement on rare words weighs more. */
export const countsRarity = (features: Features): features is Names | FullNames =>
  features.kind === 'name' || features.kind === 'fullName'
