import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoRegistries, furtherRegistries } from '../../demo/settings.ts'
import { loadKeys } from '../../store/keys.ts'
import { sourceKey } from '../../store/records.ts'
import { type DemoHub, demoHub } from '../kit/demo-hub.ts'

let demo: DemoHub
beforeAll(async () => {
  demo = await demoHub(400)
  const { reconciliation } = demo.hub.core
  const { id } = await reconciliation.start({ kind: 'live' })
  await reconciliation.run(id, new AbortController().signal)
}, 180_000)
afterAll(() => demo?.close())

const numberOf = (story: string, person = 0) => {
  const [identifier] = demo.stories[story]?.people[person]?.identifiers ?? []
  if (!identifier) throw new Error(`no story ${story}`)
  return identifier
}

test('all registries were read, and every record is a source record or a rejection with a reason', async () => {
  const registries = await demo.client('demo-operator').registries.list()
  expect(registries.map(({ id }) => id).sort()).toEqual([...demoRegistries].sort())
  expect(registries.filter(({ lastSync }) => lastSync?.status !== 'succeeded')).toEqual([])
  for (const { id, counts, lastSync } of registries) {
    expect(counts.records).toBeGreaterThan(Object.hasOwn(furtherRegistries, id) ? 0 : 50)
    expect(lastSync?.counts.read).toBe(
      (lastSync?.counts.added ?? 0) +
        (lastSync?.counts.changed ?? 0) +
        (lastSync?.counts.unchanged ?? 0) +
        (lastSync?.counts.rejected ?? 0),
    )
  }
})

test('the person of the README is answered with enrolments of NSSF and SHA', async () => {
  const answer = await demo.client('demo').lookup(numberOf('example'))
  if (answer.outcome !== 'match') throw new Error('no match')
  expect(new Set(answer.beneficiary.enrolments?.map((enrolment) => enrolment.registry))).toEqual(
    new Set(['ke-nssf', 'ke-sha']),
  )
})

test('the clinic does not learn that a Lao person exists, nor the Lao office a Kenyan', async () => {
  expect(await demo.client('demo-lao').lookup(numberOf('example'))).toMatchObject({ outcome: 'none' })
})

test('a purpose without agreement, an expired one and a wrong key are refused, each with its code', async () => {
  await expect(demo.client('demo', 'made-up').lookup(numberOf('example'))).rejects.toMatchObject({
    code: 'agreement_missing',
    status: 403,
  })
  await expect(demo.client('demo', 'reconciliation').lookup(numberOf('example'))).rejects.toMatchObject({
    code: 'agreement_missing',
  })
  const answer = await fetch(`${demo.url}/v1/registries`, { headers: { authorization: 'Bearer made-up' } })
  expect(answer.status).toBe(401)
  expect(await answer.json()).toMatchObject({ code: 'token_invalid' })
})

test('no table of the database holds a name, number, telephone number or birth date of a demo person in clear', async () => {
  const { people } = JSON.parse(await readFile(path.join(demo.home, 'demo', 'country.json'), 'utf8'))
  expect(people).toBe(400)
  const secrets = await secretsOf(demo)
  expect(secrets.length).toBeGreaterThan(1_500)
  const tables = await demo.owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  )
  expect(tables.map((table) => table.name)).toEqual(
    expect.arrayContaining(['public.source_record', 'public.rejection', 'public.beneficiary', 'public.audit_leaf']),
  )
  const filled = ['finding', 'finding_event', 'run_finding', 'reconciliation_run', 'reconciliation_slice']
  for (const table of filled) expect((await dumpOf(`public.${table}`)).length, table).toBeGreaterThan(100)
  let bytes = 0
  for (const { name } of tables) {
    const dump = await dumpOf(name)
    bytes += dump.length
    expect(secrets.filter((secret) => dump.includes(secret)).map((secret) => `${secret} stands in ${name}`)).toEqual([])
  }
  expect(bytes, 'the dump holds the data').toBeGreaterThan(1_000_000)
})

test('the logs of the whole run name nobody either', async () => {
  const log = demo.log.join('\n')
  expect(log.length).toBeGreaterThan(100)
  expect((await secretsOf(demo)).filter((secret) => log.includes(secret))).toEqual([])
})

test('records that are one person were found to be one, and no two people became one', async () => {
  const truth = await readTruth()
  const rows = await demo.owner.query<{ registry: string; key: Buffer; person: string }>(
    `select r.registry, r.source_key as key, m.person from source_record r join membership m on m.record = r.id and m.until is null`,
  )
  const personOf = new Map(rows.map((row) => [`${row.registry} ${row.key.toString('hex')}`, row.person]))
  const known = truth.flatMap(({ registry, key, handle }) => {
    const person = personOf.get(`${registry} ${key}`)
    return person ? [{ handle, person }] : []
  })
  expect(known.length).toBeGreaterThan(truth.length * 0.85)
  const { precision, recall } = pairwise(known)
  expect({ precision, recall: recall >= 0.95 ? 'at least .95' : recall }).toEqual({
    precision: 1,
    recall: 'at least .95',
  })
})

/** Runs of digits that mean nothing: UUIDs, 64-bit hashes, fractions. In thousands of them some eight digits are somebody's by chance. */
const noise = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|-?\d{16,20}|\d+\.\d+/g

/** Text of every row; bytes as they are, so that plain text inside them would show. */
async function dumpOf(table: string): Promise<string> {
  const rows = await demo.owner.query<Record<string, unknown>>(`select * from ${table}`)
  const shown = (value: unknown): string => {
    if (Buffer.isBuffer(value)) return value.toString('latin1')
    if (value instanceof Date) return ''
    return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(noise, ' ')
  }
  return rows.map((row) => Object.values(row).map(shown).join(' | ')).join('\n')
}

/** What must not show: full names as the registries write them, identifiers, telephone numbers, and birth dates. */
async function secretsOf({ hub, owner, home }: DemoHub): Promise<string[]> {
  const { readRecords } = await import('../../store/records.ts')
  const keys = loadKeys(path.join(home, 'keys'), { create: false })
  const ids = await owner.query<{ id: string }>('select id from source_record')
  const records = await readRecords(
    owner,
    keys,
    ids.map((row) => row.id),
  )
  expect(hub.settings.registries).toBeDefined()
  const secrets = records.flatMap(({ record }) => [
    ...record.names.flatMap((name) => [
      name.full,
      ...name.parts.map((part) => part.value).filter((part) => part.length > 5),
    ]),
    ...record.identifiers.map((identifier) => identifier.value),
    ...(record.phones ?? []),
    // Dates of joining and the like are no secrets; they are all of this century.
    ...(record.birthDate && record.birthDate.length === 10 && record.birthDate < '2000' ? [record.birthDate] : []),
  ])
  return [...new Set(secrets)].filter((secret) => secret.length > 5)
}

async function readTruth() {
  const keys = loadKeys(path.join(demo.home, 'keys'), { create: false })
  const [, ...lines] = (await readFile(path.join(demo.home, 'demo', 'truth.csv'), 'utf8')).trim().split('\n')
  return lines.map((line) => {
    const [registry = '', , sourceId = '', handle = ''] = line.split(',')
    return { registry, handle, key: sourceKey(keys, registry, sourceId).toString('hex') }
  })
}

function pairwise(known: readonly { handle: string; person: string }[]) {
  const pairs = (keyOf: (one: { handle: string; person: string }) => string) => {
    const sizes = new Map<string, number>()
    for (const one of known) sizes.set(keyOf(one), (sizes.get(keyOf(one)) ?? 0) + 1)
    return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  }
  const both = pairs((one) => `${one.handle} ${one.person}`)
  return { precision: both / pairs((one) => one.person), recall: both / pairs((one) => one.handle) }
}
