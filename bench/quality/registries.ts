/** The demo country as its registries' adapters read it: every record reduced to its evidence, beside the person it is about. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Adapter, RawRecord } from '../../adapters/contract.ts'
import { keNssf } from '../../adapters/ke-nssf/adapter.ts'
import { keSha } from '../../adapters/ke-sha/adapter.ts'
import { labelOf, lastResort, pulledTypes } from '../../adapters/ke-sha/labels.ts'
import { withoutSensitive } from '../../adapters/ke-sha/reading.ts'
import { laLsso } from '../../adapters/la-lsso/adapter.ts'
import type { DemoCountry } from '../../demo/country.ts'
import { faultsOf } from '../../demo/faults.ts'
import { openShaBook } from '../../demo/sha-answers.ts'
import { writeCountry } from '../../demo/write.ts'
import { type LinkRecord, toLinkRecord } from '../../linkage/record.ts'
import type { Identifier } from '../../schemas/contract.ts'

export type CountryRecords = {
  readonly country: DemoCountry
  readonly records: readonly LinkRecord[]
  /** Of each record the index of its person in the country. */
  readonly persons: Int32Array
  /** Raw records that no adapter made a record of, and records that the truth does not know. */
  readonly rejected: number
  readonly untrue: number
}

export type Recipe = {
  readonly people: number
  readonly seed: number
  readonly asOf: string
  readonly faults?: number
  readonly namesakes?: 'mild' | 'hard'
}

const nobody = new AbortController().signal
const none = { signal: nobody, known: async function* () {} }

/** Writes the country to a folder that is gone afterwards, and reads it as the hub would: files first, then SHA's service. */
export async function readCountry(recipe: Recipe): Promise<CountryRecords> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-quality-'))
  try {
    const { country } = await writeCountry({ ...recipe, out: folder })
    const settings = (registry: string, timeZone: string) => ({
      registry,
      timeZone,
      today: recipe.asOf,
      inbox: path.join(folder, 'inbox', registry),
      options: { settleMs: 0 },
    })
    const sha = keSha(settings('ke-sha', 'Africa/Nairobi'))
    const book = makeBook()
    for (const adapter of [
      keNssf(settings('ke-nssf', 'Africa/Nairobi')),
      laLsso(settings('la-lsso', 'Asia/Vientiane')),
      sha,
    ])
      for await (const page of adapter.pull(undefined, none)) for (const raw of page.records) book.enter(adapter, raw)
    for (const raw of clients(country, recipe, [...book.records.values()])) book.enter(sha, raw)
    return { country, ...withTruth(book.records, path.join(folder, 'truth.csv')), rejected: book.rejected() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function makeBook() {
  const records = new Map<string, LinkRecord>()
  let rejected = 0
  return {
    records,
    rejected: () => rejected,
    enter(adapter: Adapter, raw: RawRecord): void {
      const normalised = adapter.normalise(raw)
      if (normalised.outcome === 'rejection') rejected += 1
      else {
        const { registry, stream, sourceId } = normalised.record
        const id = `${registry},${stream},${sourceId}`
        records.set(id, toLinkRecord(id, normalised.record))
      }
    },
  }
}

/** What SHA's service answers about everybody whom the files name: by their numbers first, by SHA's own where these bring nothing. */
function* clients(country: DemoCountry, { faults = 1 }: Recipe, known: readonly LinkRecord[]): Generator<RawRecord> {
  const book = openShaBook(country, faultsOf(country.seed, faults))
  const put = new Set<string>()
  for (const { identifiers } of known) {
    let isFound = false
    const asked = identifiers.filter(({ type, issuer }) => issuer === 'ke' && pulledTypes.includes(type))
    for (const identifier of asked.sort((a, b) => Number(a.type === lastResort) - Number(b.type === lastResort))) {
      const key = `${identifier.type} ${identifier.value}`
      if (put.has(key) || (identifier.type === lastResort && isFound)) continue
      put.add(key)
      const raw = answer(book, identifier)
      if (raw) isFound = true
      if (raw) yield raw
    }
  }
}

function answer(book: ReturnType<typeof openShaBook>, { type, value }: Identifier): RawRecord | undefined {
  const label = labelOf(type) ?? ''
  const people = book.find(label, value)
  const [person] = people
  if (!person) return undefined
  const isOne = people.length === 1
  return {
    stream: 'client',
    origin: 'client registry and eligibility',
    data: {
      asked: { type, value },
      total: people.length,
      client: isOne ? withoutSensitive(book.client(person)) : null,
      ...(!isOne && { clients: people.map(({ sha }) => sha.cr) }),
      eligibility: isOne ? withoutSensitive(book.eligibility(person, { label, number: value })) : null,
    },
  }
}

/** `truth.csv`: registry,stream,source id,handle; the handle ends in the person's index. */
function withTruth(found: ReadonlyMap<string, LinkRecord>, file: string) {
  const persons = new Map<string, number>()
  for (const line of readFileSync(file, 'utf8').split('\r\n').slice(1)) {
    const at = line.lastIndexOf(',')
    if (at > 0) persons.set(line.slice(0, at), Number(line.slice(line.lastIndexOf('-') + 1)))
  }
  const records = [...found.values()].filter(({ id }) => persons.has(id))
  return {
    records,
    persons: Int32Array.from(records, ({ id }) => persons.get(id) ?? -1),
    untrue: found.size - records.length,
  }
}
