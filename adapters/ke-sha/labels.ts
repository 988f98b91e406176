/** How SHA's service names the kinds of identifiers, in questions and in answers. */
import type { IdentifierType } from '../../schemas/contract.ts'
import { tidy } from '../../schemas/values/name.ts'

/** The labels that eligibility and client registry take, spaces and all. */
const asked: { readonly [type in IdentifierType]?: string } = {
  'national-id': 'National ID',
  'alien-id': 'Alien ID',
  'refugee-id': 'Refugee ID',
  'mandate-number': 'Mandate Number',
  'temporary-id': 'Temporary ID',
  'sha-number': 'SHA Number',
}

/** SHA's own number: employers write it beside the identity number, so it is asked by only where nothing else brought an answer. */
export const lastResort: IdentifierType = 'sha-number'

/**
 * What a nightly pull asks by: all that SHA can be asked by. A client found by a type that is not pulled would look withdrawn
 * after the next whole walk.
 */
export const pulledTypes: readonly IdentifierType[] = [
  'national-id',
  'refugee-id',
  'alien-id',
  'mandate-number',
  'temporary-id',
  lastResort,
]

export const labelOf = (type: IdentifierType): string | undefined => asked[type]

/**
 * Labels in answers, folded. Left out on purpose: "House Hold Number" and "Household Number" name a family, and under the
 * second even another member's CR number was seen, so nothing under them says who the person is.
 */
const answered: { readonly [label: string]: IdentifierType } = {
  nationalid: 'national-id',
  alienid: 'alien-id',
  refugeeid: 'refugee-id',
  mandatenumber: 'mandate-number',
  temporaryid: 'temporary-id',
  shanumber: 'sha-number',
  birthcertificate: 'birth-certificate',
  birthcertificatenumber: 'birth-certificate',
  passport: 'passport',
  passportnumber: 'passport',
  krapin: 'tax-pin',
  drivinglicense: 'driving-licence',
  drivinglicence: 'driving-licence',
}

/** The type that a label in an answer means; undefined for labels that name no person. */
export const typeOf = (label: unknown): IdentifierType | undefined => {
  const folded = tidy(label)
    .toLowerCase()
    .replace(/[^a-z]/g, '')
  return Object.hasOwn(answered, folded) ? answered[folded] : undefined
}
