/** The planted country through the whole hub: read, resolved, reconciled, and compared with what is true. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../config.ts'
import { loadKeys } from '../../store/keys.ts'
import { runFindings } from '../../store/reconciliation/run-findings.ts'
import { recordsOf } from '../../store/records.ts'
import { compareWithTruth, type Found, knownFindings } from '../demo/paper-run.ts'
import { type DemoHub, demoHub } from '../kit/demo-hub.ts'

let demo: DemoHub
let found: Found[]
beforeAll(async () => {
  demo = await demoHub(160, { faults: 0 })
  await decideRenumbered()
  const { reconciliation } = demo.hub.core
  const { id } = await reconciliation.start({ kind: 'live' })
  const end = await reconciliation.run(id, new AbortController().signal)
  expect(end.status).toBe('succeeded')
  found = await findingsOf(id)
}, 300_000)
afterAll(() => demo?.close())

/** No machine joins records under two identity numbers: a steward has looked at the card, and says that they are one person's. */
async function decideRenumbered(): Promise<void> {
  const known = await knownFindings(path.join(demo.home, 'demo'))
  const renumbered = new Set(
    known.filter(({ rule, nearMiss }) => rule === 'R09' && !nearMiss).flatMap(({ people }) => people),
  )
  const all = await demo.owner.query<{ person: string }>('select distinct person from membership where until is null')
  const persons = new Map<string, string[]>()
  for (const [person, [handle = '']] of await handlesOf(all.map(({ person }) => person)))
    if (renumbered.has(handle)) persons.set(handle, [...(persons.get(handle) ?? []), person])
  const { matching } = demo.client('demo-steward', 'stewardship')
  const apart = [...persons.values()].filter((ids) => ids.length > 1)
  expect(apart.length).toBeGreaterThan(0)
  for (const [one = '', other = ''] of apart)
    await matching.merge([one, other], 'The new card was shown beside the old one.')
}

const demoKeys = () => loadKeys(readConfig({ PAMOJA_HOME: demo.home }).keys, { create: false })

/** What a run found, by the handles of the people in it. */
async function findingsOf(run: string): Promise<Found[]> {
  const all = { lower: Buffer.alloc(0), upper: null }
  const rows = await runFindings(demo.owner, demoKeys(), run, all)
  const handles = await handlesOf([...new Set(rows.flatMap(({ persons }) => persons))])
  return rows.map(({ rule, owner, persons, body }) => ({
    rule: rule.slice(0, 3),
    people: persons.flatMap((person) => handles.get(person) ?? [person]),
    draft: { about: JSON.parse(body).about, owner, evidence: [], facts: {} },
  }))
}

/** Whom a person of the hub is, in truth: two where two were taken for one. */
async function handlesOf(persons: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const truth = new Map<string, string>()
  for (const row of (await readFile(path.join(demo.home, 'demo', 'truth.csv'), 'utf8')).trim().split('\r\n').slice(1)) {
    const [registry = '', , sourceId = '', handle = ''] = row.split(',')
    truth.set(`${registry} ${sourceId}`, handle)
  }
  const members = await recordsOf(demo.owner, demoKeys(), persons)
  const handles = new Map<string, Set<string>>()
  for (const { person, record } of members) {
    const own = handles.get(person) ?? new Set<string>()
    own.add(truth.get(`${record.registry} ${record.sourceId}`) ?? 'nobody')
    handles.set(person, own)
  }
  return new Map([...handles].map(([person, own]) => [person, [...own]]))
}

test('without faults, all that is true is found, and nothing else', async () => {
  const { missed, wrong, recall, precision } = compareWithTruth(
    found,
    await knownFindings(path.join(demo.home, 'demo')),
  )
  process.stdout.write(`through the hub: recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}\n`)
  expect({ missed, wrong }).toEqual({ missed: [], wrong: [] })
})
