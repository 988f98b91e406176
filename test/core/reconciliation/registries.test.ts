/** What a night says about the registries themselves. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeCore } from '../../../core/core.ts'
import { type InboxHub, inboxHub } from '../../kit/inbox-hub.ts'
import { foundBy, standing } from '../../kit/night.ts'
import { lineOf, registerFile, rowOf } from '../../kit/register.ts'

const people = 120
const never = new AbortController().signal
const clean = (rows = people) => registerFile('x', rows, () => undefined).bytes
const allDead = registerFile('x', people, (index) => lineOf({ ...rowOf(index), Status: 'Deceased' })).bytes

let now: Date
let register: InboxHub
beforeEach(async () => {
  now = new Date('2026-11-22T01:00:00Z')
  register = await inboxHub('ke-nssf', undefined, { now: () => now })
  await register.deliver({ 'members-1.csv': clean() })
})
afterEach(() => register.close())

const later = (hours: number) => {
  now = new Date(now.getTime() + hours * 3_600_000)
}
/** The findings about registries after a night, and how they stand. */
async function night() {
  const { core } = register.hub
  later(1)
  const { id } = await core.reconciliation.start({ kind: 'live' })
  expect(await core.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  return (await standing(register.hub))
    .filter(({ rule }) => ['R30', 'R31'].includes(rule))
    .map(({ rule, subject, about, owner, state }) => ({
      rule,
      subject,
      about,
      owner,
      state,
    }))
}
const held = { rule: 'R30', subject: 'ke-nssf', about: 'member', owner: 'ke-nssf' }

test('a delivery that was held back is a finding until another one is taken in', async () => {
  expect(await night()).toEqual([])
  later(1)
  await register.inbox.put('members-2.csv', allDead)
  expect((await register.hub.sync('ke-nssf')).status).toBe('held')
  expect(await night()).toEqual([{ ...held, state: 'open' }])
  await rm(join(register.inbox.path, 'members-2.csv'))
  later(1)
  await register.deliver({ 'members-3.csv': clean(people + 1) })
  expect(await night()).toEqual([{ ...held, state: 'resolved' }])
})

test('a registry whose list does not come is told of, once, and no more when it has come', async () => {
  later(40)
  const late = { rule: 'R31', subject: 'ke-nssf', about: 'late all lists', owner: 'ke-nssf' }
  expect(await night()).toEqual([{ ...late, state: 'open' }])
  expect(await night()).toEqual([{ ...late, state: 'open' }])
  later(1)
  await register.deliver({ 'members-2.csv': clean(people + 1) })
  expect(await night()).toEqual([{ ...late, state: 'resolved' }])
})

test('a past night is told as it was known then', async () => {
  later(1)
  await register.inbox.put('members-2.csv', allDead)
  expect((await register.hub.sync('ke-nssf')).status).toBe('held')
  await night()
  await rm(join(register.inbox.path, 'members-2.csv'))
  later(24)
  await register.deliver({ 'members-3.csv': clean(people + 1) })
  later(24)
  const { id } = await register.hub.core.reconciliation.start({ kind: 'as-of', asOf: '2026-11-22' })
  expect(await register.hub.core.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  const found = (await foundBy(register.hub, id))
    .map((one) => JSON.parse(one))
    .filter(({ subject_kind }) => subject_kind === 'registry')
  expect(found.map(({ rule, body }) => [rule, JSON.parse(body).about])).toEqual([['R30', 'member']])
})

const settings: [says: string, changes: Record<string, unknown>, status: string][] = [
  ['as the rule has it', {}, 'held'],
  ['a share of dead that this hub allows', { deadJump: 1 }, 'succeeded'],
  ['switched off', { off: true }, 'succeeded'],
]
test.each(settings)('a delivery is looked through by the settings of R30: %s', async (_, changes, status) => {
  const { needs } = register.hub
  const core = makeCore({
    ...needs,
    reconciliation: { ...needs.reconciliation, settings: { rules: { R30: changes } } },
  })
  later(1)
  await register.inbox.put('members-2.csv', allDead)
  const { id } = await core.startSync('ke-nssf')
  expect((await core.runSync(id, never)).status).toBe(status)
})
