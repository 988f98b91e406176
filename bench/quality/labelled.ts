/** The labelled sets through `pamoja dedupe`: unsupervised, default threshold; nothing is set for a file but what its columns hold. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { BlockingRecall, PairQuality, ReliabilityBin } from '../../linkage/table/quality.ts'
import { packageFile } from '../../schemas/files.ts'
import { senzingCsv, senzingMap } from './senzing.ts'

export type LabelledSet = {
  readonly name: string
  /** Within the data folder; a folder is the Senzing truth set's. */
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
  { name: 'Senzing truth set, people', file: 'senzing_truthset', map: senzingMap, truth: 'person' },
]

/** As `pamoja dedupe --json` says it. */
export type LabelledResult = {
  readonly set: LabelledSet
  /** What was typed, without the machine's folders. */
  readonly command: string
  readonly records: number
  readonly pairs: number
  readonly quality: PairQuality & { readonly blocking: BlockingRecall }
  readonly reliability: readonly ReliabilityBin[]
}

/** Undefined when the set is not in the folder. Throws what the command says when it fails. */
export function runLabelled(set: LabelledSet, folder: string): LabelledResult | undefined {
  const source = path.join(folder, set.file)
  if (!existsSync(source)) return undefined
  if (set.file.endsWith('.csv')) return runFile(set, source, set.file)
  const work = mkdtempSync(path.join(tmpdir(), 'pamoja-quality-'))
  try {
    const file = path.join(work, 'people.csv')
    writeFileSync(file, senzingCsv(source))
    return runFile(set, file, 'people.csv')
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function runFile(set: LabelledSet, file: string, shown: string): LabelledResult {
  const options = [
    ...['--map', set.map, '--truth', set.truth],
    ...(set.pattern === undefined ? [] : ['--truth-pattern', set.pattern]),
  ]
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [packageFile('dist/cli.js'), 'dedupe', file, ...options, '--json'],
    { encoding: 'utf8', maxBuffer: 1 << 26 },
  )
  if (status !== 0) throw new Error(`${set.name}: ${stderr}`)
  const { records, pairs, quality, reliability } = JSON.parse(stdout)
  const command = ['npx pamoja dedupe', shown, ...options.map((one) => (/[\\(]/.test(one) ? `'${one}'` : one))].join(
    ' ',
  )
  return { set, command, records, pairs, quality, reliability }
}
