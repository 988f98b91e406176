/** Writes the demo country as the registries would: files in an inbox each, the truth beside them. */
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { completedMonths } from './calendar.ts'
import { type CountryOptions, type DemoCountry, makeCountry, type Progress } from './country.ts'
import { declared, worked } from './employed.ts'
import { type FaultOptions, faultsOf } from './faults.ts'
import { findingsCsv } from './findings.ts'
import type { Person } from './person.ts'
import type { ListedRecord } from './plants/planter.ts'
import { csvLine } from './render/csv.ts'
import * as nssf from './render/ke-nssf.ts'
import * as sha from './render/ke-sha.ts'
import * as lsso from './render/la-lsso.ts'
import { ledgerRecord, recordLine } from './render/records.ts'
import { workbook } from './render/workbook.ts'
import { storiesJson, type Truth, truthHeader, truthLine } from './truth.ts'

export type WriteOptions = CountryOptions & {
  /** Folder to write into; made when missing. */
  readonly out: string
  /** Scales the fault rates; 0 writes clean records. */
  readonly faults?: number
  /** How many finished months of employers' files to write; 3 unless told. */
  readonly months?: number
}

export type Written = { readonly country: DemoCountry; readonly counts: Counts }
/** People, and rows about people in each registry's files. */
type Counts = {
  people: number
  files: number
  nssfMembers: number
  nssfReturns: number
  nhif: number
  byProducts: number
  lsso: number
  records: number
}

type Job = {
  readonly country: DemoCountry
  readonly out: string
  readonly months: readonly string[]
  readonly faults: FaultOptions
  readonly counts: Counts
  readonly truth: (line: Truth) => Promise<void>
  readonly onProgress: Progress
}

/**
 * Makes the country and writes `inbox/{ke-nssf,ke-sha,la-lsso}/*`, `truth.csv` and `stories.json` under `out`; a planted country's
 * further registries and `findings.csv`, too: what the nightly reconciliation must find.
 * Same options, same bytes. Rejects on options that make no country and on folders that cannot be written.
 */
export const writeCountry = async (options: WriteOptions): Promise<Written> => {
  const { out, faults: factor = 1, months = 3, onProgress = () => undefined } = options
  const country = makeCountry(options)
  for (const registry of ['ke-nssf', 'ke-sha', 'la-lsso'])
    await mkdir(join(out, 'inbox', registry), { recursive: true })
  const counts: Counts = {
    people: country.people.length,
    files: 0,
    nssfMembers: 0,
    nssfReturns: 0,
    nhif: 0,
    byProducts: 0,
    lsso: 0,
    records: 0,
  }
  const truthFile = openLines(join(out, 'truth.csv'))
  await truthFile.line(truthHeader)
  const job: Job = {
    country,
    out: join(out, 'inbox'),
    months: completedMonths(country.asOf, months),
    faults: faultsOf(country.seed, factor),
    counts,
    truth: (line) => truthFile.line(truthLine(line)),
    onProgress,
  }
  await writeRegister(job)
  await writeNhif(job)
  await writeEmployers(job)
  await writeProvinces(job)
  for (const person of country.people) {
    if (sha.isInsured(person))
      await job.truth({ registry: 'ke-sha', stream: 'client', sourceId: person.sha.cr, handle: person.handle })
  }
  if (options.planted) await writeRecords(job)
  await truthFile.close()
  await writeFile(join(out, 'stories.json'), storiesJson(country))
  if (options.planted) await writeFile(join(out, 'findings.csv'), findingsCsv(country, job.months))
  return { country, counts }
}

const writeRegister = async ({ country, out, faults, counts, truth, onProgress }: Job): Promise<void> => {
  const file = openLines(join(out, 'ke-nssf', 'member-register.csv'))
  await file.line(csvLine(nssf.registerColumns))
  for (const person of country.people) {
    if (!nssf.isMember(person)) continue
    for (const row of nssf.registerRows(person, country, faults)) {
      await file.line(csvLine(row.cells))
      await truth(row.truth)
      counts.nssfMembers++
    }
  }
  await file.close()
  counts.files++
  onProgress('ke-nssf register', counts.nssfMembers, counts.nssfMembers)
}

const writeNhif = async ({ country, out, faults, counts, truth, onProgress }: Job): Promise<void> => {
  const file = openLines(join(out, 'ke-sha', 'nhif-members.csv'))
  await file.line(csvLine(sha.nhifColumns))
  for (const person of country.people) {
    if (!sha.isInsured(person)) continue
    for (const row of sha.nhifRows(person, country, faults)) {
      await file.line(csvLine(row.cells))
      await truth(row.truth)
      counts.nhif++
    }
  }
  await file.close()
  counts.files++
  onProgress('ke-sha members', counts.nhif, counts.nhif)
}

const monthsOf = ({ country, months }: Job, employer: number): readonly string[] => {
  const { history } = country.employers[employer] ?? {}
  return history === undefined ? months : completedMonths(country.asOf, history)
}

const writeEmployers = async (job: Job): Promise<void> => {
  const { country, onProgress } = job
  const staff = staffOf(country)
  const employers = country.employers.filter((employer) => employer.country === 'ke')
  let done = 0
  for (const employer of employers) {
    const workers = staff.get(employer.index) ?? []
    for (const month of monthsOf(job, employer.index)) {
      const declaring = workers.filter((person) => declared(person, month))
      await writeReturn(job, employer.index, month, declaring)
      const paying = workers.filter((person) => worked(person, month))
      await writeByProduct(job, employer.index, month, paying)
    }
    onProgress('employers', ++done, employers.length)
  }
}

const staffOf = (country: DemoCountry): Map<number, Person[]> => {
  const staff = new Map<number, Person[]>()
  for (const person of country.people) {
    if (!person.job) continue
    const list = staff.get(person.job.employer)
    if (list) list.push(person)
    else staff.set(person.job.employer, [person])
  }
  return staff
}

const writeReturn = async (
  { country, out, faults, counts, truth, months }: Job,
  index: number,
  month: string,
  workers: readonly Person[],
): Promise<void> => {
  const employer = country.employers[index]
  const entries = workers.filter(nssf.isMember).map((person) => nssf.payrollEntry(person, faults))
  if (!employer || entries.length === 0) return
  // One employer's software has lost the portal's layout: since last month it sends a flat sheet.
  const flat = index === 1 && month === months[months.length - 1]
  const rows = flat ? nssf.flatRows(entries) : nssf.returnRows(employer, month, entries)
  const name = `${flat ? 'flat' : 'return'}-${employer.number}-${month}.xlsx`
  await writeFile(join(out, 'ke-nssf', name), await workbook(rows, 'NSSF'))
  for (const entry of entries) await truth(nssf.returnTruth(employer, month, entry))
  counts.files++
  counts.nssfReturns += entries.length
}

const writeByProduct = async (
  { country, out, faults, counts, truth }: Job,
  index: number,
  month: string,
  workers: readonly Person[],
): Promise<void> => {
  const employer = country.employers[index]
  const entries = workers.filter(sha.isContributor).map((person) => sha.byProductEntry(person, faults))
  if (!employer || entries.length === 0) return
  const name = `by-product-${employer.shaCode}-${month}.xlsx`
  await writeFile(join(out, 'ke-sha', name), await workbook(sha.byProductRows(employer, month, entries), 'SHIF'))
  for (const entry of entries) await truth(sha.byProductTruth(employer, month, entry))
  counts.files++
  counts.byProducts += entries.length
}

const writeProvinces = async ({ country, out, faults, counts, truth, months, onProgress }: Job): Promise<void> => {
  const month = months[months.length - 1]
  if (month === undefined) return
  const provinces = new Map<string, lsso.ProvinceRow[]>()
  const places = new Map<string, Person['place']>()
  for (const person of country.people) {
    if (!lsso.isLaoInsured(person)) continue
    places.set(person.place.code, person.place)
    if (person.lsso.earlier) places.set(person.lsso.earlier.place.code, person.lsso.earlier.place)
    for (const row of lsso.insuredRows(person, country, faults)) {
      const list = provinces.get(row.province)
      if (list) list.push(row)
      else provinces.set(row.province, [row])
    }
  }
  for (const [code, rows] of [...provinces].sort()) {
    const place = places.get(code)
    if (!place) continue
    const name = `lsso-${code}-${month}.xlsx`
    await writeFile(join(out, 'la-lsso', name), await workbook(lsso.provinceRows(place, months, rows), place.name))
    for (const { truths } of rows) for (const line of truths(months)) await truth(line)
    counts.files++
    counts.lsso += rows.length * months.length
    onProgress('provinces', counts.lsso, counts.lsso)
  }
}

/** The lists that registries write in the hub's own schema, each whole: the pension fund's ledger, and those of further registries. */
const writeRecords = async (job: Job): Promise<void> => {
  const { country, out, counts, truth } = job
  const ledger = country.people.flatMap(
    (person) => ledgerRecord(person, country, (index) => monthsOf(job, index)) ?? [],
  )
  const lists = new Map<string, ListedRecord[]>()
  for (const one of [...ledger, ...country.plants.records]) {
    const name = `${one.registry}/${one.record.stream}.full.ndjson`
    const list = lists.get(name)
    if (list) list.push(one)
    else lists.set(name, [one])
  }
  for (const [name, records] of lists) {
    await mkdir(dirname(join(out, name)), { recursive: true })
    await writeFile(join(out, name), records.map(recordLine).join(''))
    for (const { registry, handle, record } of records)
      await truth({ registry, stream: record.stream, sourceId: record.sourceId, handle })
    counts.files++
    counts.records += records.length
  }
}

/** Writes line by line without holding the file in memory. */
const openLines = (path: string) => {
  const stream = createWriteStream(path)
  return {
    line: async (text: string): Promise<void> => {
      if (!stream.write(text)) await once(stream, 'drain')
    },
    close: async (): Promise<void> => {
      stream.end()
      await once(stream, 'close')
    },
  }
}
