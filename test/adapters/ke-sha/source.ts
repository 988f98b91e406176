/** A source for ke-sha's tests: an inbox of files from a small demo country, and the service that plays SHA. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Adapter, AdapterSettings, PullContext } from '../../../adapters/contract.ts'
import { keSha } from '../../../adapters/ke-sha/adapter.ts'
import type { DemoCountry } from '../../../demo/country.ts'
import { type ShaServer, startShaServer } from '../../../demo/sha-server.ts'
import { writeCountry } from '../../../demo/write.ts'
import type { Identifier } from '../../../schemas/contract.ts'

export const access = { key: 'consumer-key-4711', username: 'hub-user', password: 'hub-password-0815' }
const asOf = '2026-11-22'

export type Source = {
  readonly adapter: Adapter
  readonly server: ShaServer
  readonly country: DemoCountry
  readonly inbox: string
  readonly known: PullContext['known']
  close(): Promise<void>
}

export const settingsFor = (options: AdapterSettings['options'], inbox?: string): AdapterSettings => ({
  registry: 'ke-sha',
  timeZone: 'Africa/Nairobi',
  today: asOf,
  ...(inbox !== undefined && { inbox }),
  options: { settleMs: 0, pageSize: 20, ...options },
})

export const serviceOptions = (url: string) => ({
  baseUrl: url,
  consumerKey: access.key,
  username: access.username,
  password: access.password,
  agent: 'PAMOJA-TEST',
  perSecond: 1000,
  askPage: 20,
})

/** The identifiers that the pension fund holds, in a stable order. */
const knownOf = (country: DemoCountry): PullContext['known'] => {
  const all = country.people.flatMap((person): { cursor: string; identifier: Identifier }[] => {
    const { identity, nssf, handle } = person
    if (!nssf || !identity || identity.type === 'birth-certificate') return []
    return [{ cursor: handle, identifier: { type: identity.type, issuer: 'ke', value: identity.number } }]
  })
  return async function* (types, cursor) {
    for (const one of all)
      if (types.includes(one.identifier.type) && (cursor === undefined || one.cursor > cursor)) yield one
  }
}

/** One country a test file: the files are only read. */
let written: ReturnType<typeof writeSource> | undefined
const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'pamoja-sha-'))
  folders.push(folder)
  return folder
}

const writeSource = async () => {
  const out = await newFolder()
  const { country } = await writeCountry({ people: 120, seed: 11, asOf, out, months: 1 })
  return { out, country }
}

export const makeSource = async (
  given: {
    poisoned?: boolean
    options?: AdapterSettings['options']
    server?: Partial<Parameters<typeof startShaServer>[0]>
  } = {},
): Promise<Source> => {
  written ??= writeSource()
  const { out, country } = await written
  const inbox = given.poisoned ? await poisonedCopy(join(out, 'inbox', 'ke-sha')) : join(out, 'inbox', 'ke-sha')
  const server = await startShaServer({ country, ...access, ...given.server })
  const adapter = keSha(settingsFor({ ...serviceOptions(server.url), ...given.options }, inbox))
  return {
    adapter,
    server,
    country,
    inbox,
    known: knownOf(country),
    close: () => server.close(),
  }
}

/** The README's example gets a member number that a spreadsheet has destroyed. */
const poisonedCopy = async (inbox: string): Promise<string> => {
  const copy = await newFolder()
  await cp(inbox, copy, { recursive: true })
  const file = join(copy, 'nhif-members.csv')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/^\d+(?=,,PRINCIPAL,Kamau,Grace Wanjiru)/m, '9.93E+08'))
  return copy
}
