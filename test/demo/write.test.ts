import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AdapterFactory } from '../../adapters/contract.ts'
import { keNssf } from '../../adapters/ke-nssf/adapter.ts'
import { keSha } from '../../adapters/ke-sha/adapter.ts'
import { laLsso } from '../../adapters/la-lsso/adapter.ts'
import { writeCountry } from '../../demo/write.ts'
import type { SourceRecord } from '../../schemas/contract.ts'
import { validateSourceRecord } from '../../schemas/validate.ts'

const asOf = '2026-11-22'
/** How many months of payments the country is written with. */
const months = 3
const factories: { readonly [registry: string]: AdapterFactory } = {
  'ke-nssf': keNssf,
  'ke-sha': keSha,
  'la-lsso': laLsso,
}
const folders: string[] = []

const write = async (options: { seed?: number; faults?: number; people?: number } = {}) => {
  const out = await mkdtemp(join(tmpdir(), 'pamoja-demo-'))
  folders.push(out)
  const written = await writeCountry({ people: 600, seed: 5, asOf, months, out, ...options })
  return { out, ...written }
}

const digestOf = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const lines = files.map(
    async (file) =>
      `${file.slice(folder.length)} ${createHash('sha256')
        .update(await readFile(file))
        .digest('hex')}`,
  )
  return (await Promise.all(lines)).sort()
}

/** Everything that a registry's adapter makes of its inbox. */
const readBack = async (out: string, registry: string) => {
  const factory = factories[registry]
  if (!factory) throw new Error(registry)
  const adapter = factory({
    registry,
    timeZone: 'Africa/Nairobi',
    today: asOf,
    inbox: join(out, 'inbox', registry),
    options: { settleMs: 0 },
  })
  const records: SourceRecord[] = []
  const rules: string[] = []
  const nobody = async function* () {}
  for await (const page of adapter.pull(undefined, { signal: new AbortController().signal, known: nobody })) {
    for (const raw of page.records) {
      const result = adapter.normalise(raw)
      if (result.outcome === 'record') records.push(result.record)
      else rules.push(...result.reasons.map(({ rule }) => rule))
    }
  }
  return { records, rules }
}

const truthOf = async (out: string): Promise<Map<string, string>> => {
  const text = await readFile(join(out, 'truth.csv'), 'utf8')
  const rows = text.trim().split('\r\n').slice(1)
  return new Map(rows.map((row) => [row.slice(0, row.lastIndexOf(',')), row.slice(row.lastIndexOf(',') + 1)]))
}
const keyOf = ({ registry, stream, sourceId }: SourceRecord) => `${registry},${stream},${sourceId}`

let faulty: Awaited<ReturnType<typeof write>>
let clean: Awaited<ReturnType<typeof write>>
beforeAll(async () => {
  faulty = await write()
  clean = await write({ faults: 0 })
})
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

describe('the written country', () => {
  test('is the same byte for byte for the same seed, workbooks too, and another for another', async () => {
    const [again, other] = [await write(), await write({ seed: 6 })]
    expect(await digestOf(again.out)).toEqual(await digestOf(faulty.out))
    expect(await digestOf(other.out)).not.toEqual(await digestOf(faulty.out))
  })

  test.each(Object.keys(factories))(
    '%s reads every record that the truth file lists, and no other',
    async (registry) => {
      for (const { out } of [clean, faulty]) {
        const truth = await truthOf(out)
        const { records, rules } = await readBack(out, registry)
        // Names in a lost font cannot be read back: the one fault that makes a rejection, of the line as a whole.
        expect(rules.filter((rule) => rule !== 'legacy-font')).toEqual([])
        const expected = [...truth.keys()].filter((key) => key.startsWith(`${registry},`) && !key.includes(',client,'))
        const found = records.map(keyOf)
        expect(new Set(found).size).toBe(found.length)
        expect(found.filter((key) => !truth.has(key))).toEqual([])
        const missing = expected.filter((key) => !found.includes(key))
        expect(missing.filter((key) => !key.includes(',payment/')).length).toBe(rules.length)
        expect(missing.length).toBe(rules.length * (registry === 'la-lsso' ? 1 + months : 1))
      }
    },
  )

  test.each(Object.keys(factories))(
    'every record of %s fits the canonical schema and is marked synthetic',
    async (registry) => {
      const { records } = await readBack(faulty.out, registry)
      expect(records.length).toBeGreaterThan(50)
      expect(records.flatMap((record) => validateSourceRecord(record))).toEqual([])
      expect(records.filter(({ synthetic }) => synthetic !== true)).toEqual([])
    },
  )

  test('without faults, each record says the truth about its person', async () => {
    const truth = await truthOf(clean.out)
    const people = new Map(clean.country.people.map((person) => [person.handle, person]))
    let compared = 0
    for (const registry of ['ke-nssf', 'ke-sha']) {
      for (const record of (await readBack(clean.out, registry)).records) {
        const person = people.get(truth.get(keyOf(record)) ?? '')
        if (record.birthDate) expect(record.birthDate).toBe(person?.born)
        if (record.sex) expect(record.sex).toBe(person?.sex)
        const words = record.names[0]?.full.toUpperCase().split(' ').sort()
        expect(words).toEqual(person?.words.flatMap(({ written }) => written.toUpperCase().split(' ')).sort())
        compared++
      }
    }
    expect(compared).toBeGreaterThan(500)
  })

  test('without faults, every Lao line says who is insured, and its payment alone what was paid', async () => {
    const { records } = await readBack(clean.out, 'la-lsso')
    const [rolls, payments] = ['insured/', 'payment/'].map((list) =>
      records.filter(({ stream }) => stream.startsWith(list)),
    )
    expect(payments?.length).toBe((rolls?.length ?? 0) * months)
    expect(rolls?.filter((record) => record.enrolments.length !== 1 || record.contributions.length > 0)).toEqual([])
    expect(payments?.filter((record) => record.enrolments.length > 0 || record.contributions.length !== 1)).toEqual([])
  })

  test('with faults, some records differ from the truth, and most still have it', async () => {
    const truth = await truthOf(faulty.out)
    const people = new Map(faulty.country.people.map((person) => [person.handle, person]))
    const members = (await readBack(faulty.out, 'ke-nssf')).records.filter(({ stream }) => stream === 'member')
    const wrong = members.filter(
      (record) => record.birthDate !== people.get(truth.get(keyOf(record)) ?? '')?.born,
    ).length
    expect(wrong / members.length).toBeGreaterThan(0.02)
    expect(wrong / members.length).toBeLessThan(0.25)
  })

  test('the example of the README can be looked up by the number that the stories file names', async () => {
    const stories: { stories: { example: { people: { identifiers: { type: string; value: string }[] }[] } } } =
      JSON.parse(await readFile(join(faulty.out, 'stories.json'), 'utf8'))
    const number = stories.stories.example.people[0]?.identifiers.find(({ type }) => type === 'national-id')?.value
    const registries = await Promise.all(['ke-nssf', 'ke-sha'].map((registry) => readBack(faulty.out, registry)))
    for (const { records } of registries) {
      const holders = records.filter(({ identifiers }) =>
        identifiers.some(({ type, value }) => type === 'national-id' && value === number),
      )
      expect(new Set(holders.map(({ names }) => names[0]?.full.split(' ').sort().join(' ').toUpperCase()))).toEqual(
        new Set(['GRACE KAMAU WANJIRU']),
      )
    }
  })

  test('the twins’ numbers are swapped in the pension fund and right in the health insurance', async () => {
    const holderOf = async (registry: string, stream: string, number: string) =>
      (await readBack(faulty.out, registry)).records
        .filter(
          (record) =>
            record.stream === stream &&
            record.identifiers.some(({ type, value }) => type === 'national-id' && value === number),
        )
        .map(({ names }) => names[0]?.full.toUpperCase().split(' ').includes('FAITH'))
    expect(await holderOf('ke-nssf', 'member', '99000002')).toEqual([false])
    expect(new Set(await holderOf('ke-sha', 'by-product', '99000002'))).toEqual(new Set([true]))
  })

  test('a refugee’s number and a citizen’s number with the same digits are two identifiers', async () => {
    const { records } = await readBack(faulty.out, 'ke-nssf')
    const types = records
      .filter(({ stream }) => stream === 'member')
      .flatMap(({ identifiers }) => identifiers.filter(({ value }) => value === '99000042').map(({ type }) => type))
    expect(types.sort()).toEqual(['national-id', 'refugee-id'])
  })
})
