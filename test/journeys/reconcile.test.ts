/** `pamoja reconcile` on the demo country, as an operator uses it. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { failureOf } from '../../cli/failure.ts'
import { type ReconcileOptions, reconcileInForeground } from '../../cli/reconcile/run.ts'
import { syncInForeground } from '../../cli/sync.ts'
import { type DemoHub, demoHub } from '../kit/demo-hub.ts'

let demo: DemoHub
let folder: string
let printed = ''
beforeAll(async () => {
  demo = await demoHub(200)
  folder = await mkdtemp(path.join(tmpdir(), 'pamoja-reports-'))
}, 300_000)
afterAll(async () => {
  await demo?.close()
  await rm(folder, { recursive: true })
})
beforeEach(() => {
  printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
})
afterEach(() => void vi.restoreAllMocks())

const reconcile = (options: Partial<ReconcileOptions> = {}): Promise<number> =>
  reconcileInForeground(demo.config, { workers: 1, ...options })
/** The rows of the table: new, persisting, resolved, reopened, by rule. */
const table = () =>
  new Map(
    [...printed.matchAll(/^(R\d+\w*) .*?\s{2,}([\d,]+)\s+([\d,]+)\s+([\d,]+)\s+([\d,]+)/gm)].map(
      ([, rule, ...counts]) => [rule, counts.map(Number)],
    ),
  )

test('the first run prints what is new by rule and writes a report for every registry, for the operator alone', async () => {
  const first = path.join(folder, 'first')
  expect(await reconcile({ report: first })).toBe(0)
  expect(table().get('R02')).toEqual([expect.any(Number), 0, 0, 0])
  expect(table().size).toBeGreaterThan(10)
  expect([...table().values()].every(([found = 0, ...rest]) => found > 0 && rest.every((count) => count === 0))).toBe(
    true,
  )
  expect(printed).toMatch(/KES [\d,]+\.\d\d/)
  const files = await readdir(first)
  const registries = await demo.hub.core.registries()
  expect(files).toHaveLength(3 * registries.length)
  expect((await stat(path.join(first, 'ke-nssf.csv'))).mode & 0o777).toBe(0o600)
})

test('run again at once, nothing is new, and the reports are the same but for the run’s id and its times', async () => {
  const second = path.join(folder, 'second')
  expect(await reconcile({ report: second })).toBe(0)
  expect([...table().values()].every(([found = 0, persisting = 0]) => found === 0 && persisting > 0)).toBe(true)
  const runs = await demo.owner.query<{ id: string }>('select id from reconciliation_run')
  const timeless = (text: string) =>
    runs.reduce((left, { id }) => left.replaceAll(id, 'RUN'), text).replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME')
  for (const file of await readdir(second)) {
    const [before, after] = await Promise.all(
      ['first', 'second'].map(async (night) => timeless(await readFile(path.join(folder, night, file), 'utf8'))),
    )
    expect(after, file).toBe(before)
  }
})
test('settings are tried without a trace, and every change is told with the finding that it is', async () => {
  const before = await demo.owner.query('select xmin::text, id, state, version from finding order by id')
  const file = path.join(folder, 'try.yaml')
  await writeFile(file, 'rules: { R02: { off: true } }\n')
  expect(await reconcile({ try: file })).toBe(0)
  const vanished = [...printed.matchAll(/^- {2}R02 .*finding ([0-9a-f-]{36})$/gm)].map(([, id]) => id)
  const findings = await demo.owner.query<{ id: string }>(`select id from finding where rule = 'R02'`)
  expect(vanished.sort()).toEqual(findings.map(({ id }) => id).sort())
  expect(printed.match(/^[+-] /gm)).toHaveLength(vanished.length)
  expect(await demo.owner.query('select xmin::text, id, state, version from finding order by id')).toEqual(before)
})

const today = new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 10)
const wrong: [says: string, options: Partial<ReconcileOptions>, yaml: string, told: RegExp][] = [
  ['a day that has not come', { asOf: '2199-01-01' }, '', /\/asOf \(past\)/],
  ['a past night and a trial at once', { asOf: today, try: 'YAML' }, '', /--try \(alone\)/],
  ['a file that is not there', { try: '/nowhere.yaml' }, '', /--try \(file\).*ENOENT/],
  ['a file that is no YAML', { try: 'YAML' }, 'rules: {', /--try \(yaml\)/],
  ['a folder that is a file', { report: 'YAML' }, '', /--report \(folder\)/],
  ['a rule that is none', { try: 'YAML' }, 'rules: { R99: { off: true } }', /\/rules\/R99 \(known-name\)/],
  ['a setting out of range', { try: 'YAML' }, 'rules: { R06: { gapMonths: 0 } }', /\/rules\/R06\/gapMonths \(range\)/],
]
test('the block of hub.yaml may be pasted as it stands there, and a change is told by what it says', async () => {
  const file = path.join(folder, 'pasted.yaml')
  await writeFile(file, 'reconciliation:\n  at: "04:00"\n  rules: { R03: { off: true } }\n')
  expect(await reconcile({ try: file })).toBe(0)
  expect(printed).toMatch(/^- {2}R03 {2}\S+ holds a death record .*\. {2}person [0-9a-f-]{36} {2}owner \S+/m)
})

test.each(wrong)('%s ends with 2 and says what to mend', async (_, options, yaml, told) => {
  const file = path.join(folder, 'wrong.yaml')
  await writeFile(file, yaml)
  const named = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, value === 'YAML' ? file : value]),
  )
  const failure = failureOf(await reconcile(named).catch((reason: unknown) => reason))
  expect(failure).toEqual({ code: 2, text: expect.stringMatching(told) })
  expect(printed).toBe('')
})

test('a past night is answered for machines in one line', async () => {
  expect(await reconcile({ asOf: today, json: true, report: path.join(folder, 'past') })).toBe(0)
  const answer = JSON.parse(printed)
  expect(answer).toMatchObject({ kind: 'as-of', asOf: today, totals: { faults: {} } })
  expect(answer.totals.found).toBe(
    Object.values<{ new: number; persisting: number }>(answer.totals.rules).reduce(
      (sum, one) => sum + one.new + one.persisting,
      0,
    ),
  )
})

test('a delivery that is held back is told with the folder that it lies in', async () => {
  const inbox = path.join(demo.home, 'demo', 'inbox', 'ke-inua')
  const list = path.join(inbox, 'beneficiary.full.ndjson')
  const whole = await readFile(list, 'utf8')
  try {
    await writeFile(list, `${whole.split('\n')[0]}\n`)
    expect(await syncInForeground(demo.config, 'ke-inua', {})).toBe(1)
  } finally {
    await writeFile(list, whole)
  }
  expect(printed).toMatch(/^ke-inua: held, /m)
  expect(printed).toContain(`The files of ke-inua lie in ${inbox}\n`)
})

test('a sync that was stopped is gone on with by the next one', async () => {
  const stopped = syncInForeground(demo.config, 'ke-inua', {})
  process.emit('SIGINT')
  expect(await stopped).toBe(1)
  expect(printed).toMatch(/^ke-inua: queued, /m)
  expect(printed).not.toContain('The files of')
  expect(await syncInForeground(demo.config, 'ke-inua', {})).toBe(0)
  expect(printed).toMatch(/^ke-inua: succeeded, /m)
})
