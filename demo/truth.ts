/** The truth file: which person each record that the registries hold is about. */
import type { DemoCountry } from './country.ts'
import type { Person } from './person.ts'
import { csvLine } from './render/csv.ts'
import type { Cell } from './render/workbook.ts'

export type Truth = {
  readonly registry: string
  readonly stream: string
  /** The record's key as the registry's adapter reads it. */
  readonly sourceId: string
  /** The person's handle in the demo country. */
  readonly handle: string
}

/** One row of a registry's file beside its truth. */
export type Line = { readonly truth: Truth; readonly cells: readonly Exclude<Cell, null>[] }

export const truthHeader = csvLine(['registry', 'stream', 'source_id', 'person'])
export const truthLine = ({ registry, stream, sourceId, handle }: Truth): string =>
  csvLine([registry, stream, sourceId, handle])

/** The stories as JSON: what each shows, and its people with the numbers to look them up by. */
export const storiesJson = (country: DemoCountry): string => {
  const stories = Object.entries(country.stories).map(([name, { says, people }]) => {
    const cast = people.flatMap((index) => {
      const person = country.people[index]
      return person ? [lookUpBy(person)] : []
    })
    return [name, { says, people: cast }]
  })
  return `${JSON.stringify({ synthetic: true, seed: country.seed, asOf: country.asOf, stories: Object.fromEntries(stories) }, null, 2)}\n`
}

const lookUpBy = ({ handle, identity, words, born, sex, country, nssf, sha, lsso }: Person) => ({
  person: handle,
  name: words.map(({ written }) => written).join(' '),
  born,
  sex,
  identifiers: [
    identity && { type: identity.type, issuer: country, value: identity.number },
    nssf && { type: 'nssf-number', issuer: country, value: nssf.number },
    sha && { type: 'sha-cr-number', issuer: country, value: sha.cr },
    lsso && { type: 'lsso-number', issuer: country, value: lsso.number },
  ].filter((identifier) => identifier !== undefined),
})
