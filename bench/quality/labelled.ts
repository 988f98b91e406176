/** The labelled sets through the engine of `pamoja dedupe`, as its command would read them: unsupervised, default threshold. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openCsv } from '../../cli/dedupe/csv-file.ts'
import { type Figures, measure } from '../../cli/dedupe/figures.ts'
import { makePlan, mergeHeadings } from '../../cli/dedupe/plan.ts'
import { readCsv } from '../../cli/dedupe/read-csv.ts'
import { readTruth, truthPattern } from '../../cli/dedupe/truth.ts'
import { dedupe } from '../../linkage/dedupe.ts'
import { senzingCsv, senzingMap } from './senzing.ts'

type LabelledSet = {
  readonly name: string
  /** Within the data folder. */
  readonly file: string
  readonly map: string
  readonly truth: string
  readonly pattern?: string
}

const febrl = {
  map: 'given_name=givenName,surname=familyName,street_number=address,address_1=address,address_2=address,suburb=locality,postcode=postcode,state=region,date_of_birth=birthDate,soc_sec_id=nationalId',
  truth: 'rec_id',
  pattern: String.raw`rec-(\d+)-`,
}

export const labelledSets: readonly LabelledSet[] = [
  { name: 'febrl dataset1', file: 'febrl/dataset1.csv', ...febrl },
  { name: 'febrl dataset2', file: 'febrl/dataset2.csv', ...febrl },
  { name: 'febrl dataset3', file: 'febrl/dataset3.csv', ...febrl },
  {
    name: 'fake_1000',
    file: 'fake_1000/fake_1000.csv',
    map: 'first_name=givenName,surname=familyName,dob=birthDate,city=locality,email=email',
    truth: 'cluster',
  },
  {
    name: 'rldata500',
    file: 'rldata500/RLdata500.csv',
    map: 'fname_c1=givenName,fname_c2=givenName,lname_c1=familyName,lname_c2=familyName,by=birthYear,bm=birthMonth,bd=birthDay',
    truth: 'ent_id',
  },
  { name: 'senzing truth set, people', file: 'senzing_truthset', map: senzingMap, truth: 'person' },
]

export type LabelledResult = { readonly set: LabelledSet; readonly records: number; readonly figures: Figures }

const threshold = 0.5

/** Undefined when the set is not in the folder. */
export async function runLabelled(
  set: LabelledSet,
  folder: string,
  threads: number,
): Promise<LabelledResult | undefined> {
  const source = path.join(folder, set.file)
  if (!existsSync(source)) return undefined
  if (source.endsWith('.csv')) return runFile(set, source, threads)
  const work = mkdtempSync(path.join(tmpdir(), 'pamoja-quality-'))
  try {
    const file = path.join(work, 'people.csv')
    writeFileSync(file, senzingCsv(source))
    return await runFile(set, file, threads)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function runFile(set: LabelledSet, path: string, threads: number): Promise<LabelledResult> {
  const file = await openCsv(path)
  const plan = makePlan(mergeHeadings([file.headings]), { map: [set.map], truth: set.truth })
  const read = await readCsv([file], plan, { signal: new AbortController().signal, onProgress: () => undefined })
  if (!read.truth) throw new Error(`${set.name} has no column ${set.truth}`)
  const pattern = set.pattern === undefined ? undefined : truthPattern(set.pattern)
  const { truth, unknown } = readTruth(read.truth, read.table.size, pattern)
  const linked = await dedupe(read.table, { threshold, threads })
  return { set, records: read.table.size, figures: measure(linked, truth, unknown, undefined) }
}
