/** The findings file: what the nightly reconciliation must find in the country, and what it must not. */
import type { DemoCountry } from './country.ts'
import { naturalFindings } from './plants/natural.ts'
import { csvLine } from './render/csv.ts'

/** What the reconciliation must find, planted or by itself, and what comes near and must not be found. */
export const findingsCsv = (country: DemoCountry, months: readonly string[]): string =>
  [
    csvLine(['rule', 'people', 'from', 'near_miss', 'says']),
    ...[...country.plants.findings, ...naturalFindings(country, months)].map(({ rule, people, from, nearMiss, says }) =>
      csvLine([rule, people.join(' '), from, nearMiss ? 'yes' : 'no', says]),
    ),
  ].join('')
