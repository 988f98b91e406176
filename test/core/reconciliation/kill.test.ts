import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { foundBy, type Night, nightHub, standing } from '../../kit/night.ts'

const people = 2_000
const kills = 20
let hub: Night
beforeAll(async () => {
  hub = await nightHub()
  await hub.fill(people)
})
afterAll(() => hub.close())

const worker = (run: string) =>
  spawn(process.execPath, ['--import', 'tsx', 'test/kit/reconcile-worker.ts', hub.url, run], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
const progress = async (run: string) =>
  (
    await hub.owner.query<{ phase: string; done: number }>(
      `select phase, (select count(*)::int from reconciliation_slice s where s.run = r.id and done_at is not null) as done
       from reconciliation_run r where id = $1`,
      [run],
    )
  )[0] ?? { phase: '', done: 0 }

/** Kills the worker in the middle of whatever it does, when it has done some slices more. */
async function killAfterSome(child: ChildProcess, run: string, slices: number, wait: number) {
  const { done } = await progress(run)
  while (child.exitCode === null && (await progress(run)).done < done + slices) await sleep(2)
  await sleep(wait)
  child.kill('SIGKILL')
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

test('a run killed at twenty points finds what an undisturbed run finds, and settles each finding once', {
  timeout: 600_000,
}, async () => {
  const undisturbed = await hub.core.reconciliation.start({ kind: 'live' })
  await hub.core.reconciliation.run(undisturbed.id, new AbortController().signal)
  const found = await foundBy(hub, undisturbed.id)
  const settled = await standing(hub)
  expect(found.length).toBeGreaterThan(people / 2)
  await hub.owner.query('delete from finding_event')
  await hub.owner.query('delete from finding')

  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  const phases = new Set<string>()
  for (let kill = 0; kill < kills; kill++) {
    await killAfterSome(worker(id), id, kill === 0 ? 0 : 1 + (kill % 11), (kill * 13) % 47)
    phases.add((await progress(id)).phase)
  }
  expect([...phases], 'killed in every phase').toEqual(expect.arrayContaining(['people', 'groups', 'settle']))
  const last = worker(id)
  let printed = ''
  for await (const chunk of last.stdout) printed += chunk
  expect(printed).toBe('started\nended succeeded\n')
  expect(await foundBy(hub, id)).toEqual(found)
  expect(await standing(hub)).toEqual(settled)
  const before = await hub.core.reconciliation.read(undisturbed.id)
  expect((await hub.core.reconciliation.read(id))?.totals).toEqual(before?.totals)
})
