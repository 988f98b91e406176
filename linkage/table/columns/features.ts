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

/** Tells the level of two values of one comparison, neither missing. Symmetric. Chosen once: the kernel asks it for millions of pairs. */
export function comparerOf(features: Features): (x: number, y: number) => number {
  switch (features.kind) {
    case 'name':
      return (x, y) => compareName(features, x, y)
    case 'fullName':
      return (x, y) => compareFullName(features, x, y)
    case 'birth':
      return (x, y) => compareBirth(features, x, y)
    case 'number':
      return (x, y) => compareNumber(features, x, y)
    case 'text':
      return (x, y) => compareText(features, x, y)
    case 'address':
      return (x, y) => compareAddress(features, x, y)
    case 'email':
      return (x, y) => compareEmail(features, x, y)
    case 'category':
      return (x, y) => (x === y ? 0 : 1)
  }
}

export const compareValues = (features: Features, x: number, y: number): number => comparerOf(features)(x, y)

/** Whether agreement on rare words weighs more. */
export const countsRarity = (features: Features): features is Names | FullNames =>
  features.kind === 'name' || features.kind === 'fullName'
