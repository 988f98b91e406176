import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCore, testCore } from '../../kit/core.ts'
import { paperRegistry } from '../../kit/paper.ts'

const sent = 20_000
const kills = 10
let hub: TestCore
let inbox: string

const syllables = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu'.split(' ')
/** A name for a number: digits are no letters, and twenty thousand people of one name are another test. */
const spell = (number: number): string =>
  `M${number < 20 ? '' : spell(Math.floor(number / 20)).slice(1)}${syllables[number % 20]}`

beforeAll(async () => {
  hub = await testCore([paperRegistry('ke-nssf')])
  inbox = await mkdtemp(path.join(tmpdir(), 'pamoja-kill-'))
  const heading =
    'Member No,Surname,Other Names,ID No,KRA PIN,DOB,Gender,Phone,County,Scheme,Status,Date joined,Tier II contracted out'
  const lines = [...Array(sent).keys()].map((index) =>
    // Every hundredth row has neither member number nor name: it has to come out as a rejection.
    index % 100 === 7
      ? `,,,${99_000_000 + index},,,,,,,,,`
      : `${990_000_000 + index},${spell(index)},${spell(index % 977)} ${spell(index % 83)},${99_000_000 + index},,${1 + (index % 28)}/${1 + (index % 12)}/${1950 + (index % 50)},F,,Nairobi,Act 2013,Active,01/02/2015,N`,
  )
  await writeFile(path.join(inbox, 'members.csv'), [heading, ...lines].join('\n'))
})
afterAll(async () => {
  await hub.close()
  await rm(inbox, { recursive: true })
})

const worker = (run: string) =>
  spawn(process.execPath, ['--import', 'tsx', 'test/kit/sync-worker.ts', hub.url, run, 'ke-nssf', inbox], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
const count = async (sql: string) => (await hub.owner.query<{ count: number }>(sql))[0]?.count ?? -1
const readSoFar = () => count('select max(read)::int as count from sync_run')

/** Kills the worker when it has committed some pages more, at a different point of a page each time. */
async function killAfterSome(child: ChildProcess, before: number, wait: number) {
  while ((await readSoFar()) <= before && child.exitCode === null) await sleep(5)
  await sleep(wait)
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

test('a worker killed ten times in a sync of 20,000 records loses nothing and does nothing twice', {
  timeout: 600_000,
}, async () => {
  const { id } = await hub.core.startSync('ke-nssf')
  let killed = 0
  while (killed < kills) {
    const before = await readSoFar()
    await killAfterSome(worker(id), before, (killed * 37) % 101)
    killed += 1
  }
  expect(await readSoFar(), 'the last kill came in the middle').toBeLessThan(sent)
  const last = worker(id)
  const [printed] = await once(last.stdout, 'data')
  expect(String(printed)).toBe('ended succeeded\n')
  const run = await hub.core.syncRun('ke-nssf', id)
  expect(run.counts).toMatchObject({
    read: sent,
    rejected: sent / 100,
    added: sent - sent / 100,
    changed: 0,
    unchanged: 0,
  })
  expect(await count('select count(*)::int as count from source_record')).toBe(sent - sent / 100)
  expect(await count('select count(*)::int as count from rejection')).toBe(sent / 100)
  expect(await count('select count(*)::int as count from source_record_version'), 'nothing was applied twice').toBe(0)
  expect(await count('select count(*)::int as count from outbox'), 'everything was resolved').toBe(0)
  expect(
    await count('select count(*)::int as count from membership where until is null'),
    'each record has one person',
  ).toBe(sent - sent / 100)
  expect(await count('select count(*)::int as count from beneficiary')).toBe(
    await count('select count(distinct person)::int as count from membership where until is null'),
  )
})
