/**
 * What registries get wrong. Rates come from error-model.json (assumptions, a fault a record); a factor scales them and
 * 0 switches them off. Each person's records in a registry draw from their own random stream.
 */
import { readFileSync } from 'node:fs'
import { packageFile } from '../schemas/files.ts'
import type { NameWord, Person } from './person.ts'
import { Random } from './random.ts'

type FaultModel = { readonly [registry: string]: { readonly [fault: string]: number } }

/** The published rates. Throws when the file is not the expected table. */
const readFaultModel = (): FaultModel => {
  const text = readFileSync(packageFile('demo/error-model.json'), 'utf8')
  const parsed: unknown = JSON.parse(text)
  const model: Record<string, Record<string, number>> = {}
  for (const [registry, rates] of Object.entries(parsed ?? {})) {
    if (registry.startsWith('_')) continue
    model[registry] = Object.fromEntries(Object.entries(rates ?? {}).map(([fault, rate]) => [fault, Number(rate)]))
  }
  return model
}

/** One person's luck in one registry: which faults strike, and the chance that details are drawn from. */
export type Luck = {
  readonly random: Random
  /** True when the fault strikes this record. Throws on a fault that the model does not list. */
  readonly struck: (fault: string) => boolean
}

export type FaultOptions = { readonly model: FaultModel; readonly factor: number; readonly seed: number }

/** The published rates times a factor; files and service share them, so both say the same about a person. */
export const faultsOf = (seed: number, factor: number): FaultOptions => ({ model: readFaultModel(), factor, seed })

/** `list` tells apart several records of a person in one registry, such as the register and the employer's payroll. */
export const luckOf = ({ model, factor, seed }: FaultOptions, registry: string, person: Person, list = ''): Luck => {
  const rates = model[registry]
  const random = new Random(seed, registry, list, person.index)
  const struck = (fault: string): boolean => {
    const rate = rates?.[fault]
    if (rate === undefined) throw new Error(`The error model has no ${fault} for ${registry}.`)
    return random.chance(rate * factor) && !person.told?.clean
  }
  return { random, struck }
}

/** A digit changes places with its neighbour, as in hurried typing. */
export const transposed = (digits: string, { random }: Luck): string => {
  const at = random.between(2, digits.length - 2)
  return digits.slice(0, at) + digits.slice(at + 1, at + 2) + digits.slice(at, at + 1) + digits.slice(at + 2)
}

/** 1 January of the same year: the clerk knew only the year. */
export const firstOfYear = (date: string): string => `${date.slice(0, 4)}-01-01`

export const otherYear = (date: string, { random }: Luck): string =>
  `${Number(date.slice(0, 4)) + (random.chance(0.5) ? 1 : -1)}${date.slice(4).replace('02-29', '02-28')}`

/** Day and month change places where that gives a date; else the date stays. */
export const dayMonthSwapped = (date: string): string =>
  Number(date.slice(8, 10)) <= 12 ? `${date.slice(0, 4)}-${date.slice(8, 10)}-${date.slice(5, 7)}` : date

/** One word as another clerk would spell it, if the lists know another spelling. */
export const respelt = (words: readonly NameWord[], { random }: Luck): NameWord[] => {
  const at = random.between(0, words.length - 1)
  return words.map((word, i) =>
    i === at && word.variants.length > 0 ? { ...word, written: random.pick(word.variants) } : word,
  )
}

const apostrophes = ['\u2019', '\u02bc', '`', '']
export const apostropheVaried = (words: readonly NameWord[], { random }: Luck): NameWord[] => {
  const mark = random.pick(apostrophes)
  return words.map((word) => ({ ...word, written: word.written.replaceAll("'", mark) }))
}

/** Everything between the first word and the last is left out, or shortened to an initial. */
export const middleDropped = (words: readonly NameWord[]): NameWord[] =>
  words.filter((_, i) => i === 0 || i === words.length - 1)
export const middleInitial = (words: readonly NameWord[]): NameWord[] =>
  words.map((word, i) =>
    i === 0 || i === words.length - 1 ? word : { ...word, written: `${word.written.slice(0, 1)}.` },
  )

/** The last word first, as when a form's boxes are filled in the other order. */
export const orderSwapped = (words: readonly NameWord[]): NameWord[] => [...words.slice(-1), ...words.slice(0, -1)]

export const joined = (words: readonly NameWord[]): string => words.map(({ written }) => written).join(' ')
