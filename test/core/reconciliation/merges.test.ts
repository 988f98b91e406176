/** Findings of groups that name one of their people: they follow her when she turns out to be somebody else. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Totals } from '../../../core/reconciliation/totals.ts'
import { law } from '../../../reconciliation/law/countries.ts'
import { groupRule } from '../../../reconciliation/rule.ts'
import { eventsOf } from '../../../store/reconciliation/findings.ts'
import { type Night, nightHub, standing } from '../../kit/night.ts'
import { sharedPhone } from '../../kit/night-rules.ts'

/** Each of the people with one telephone, apart. */
const oneOfPhone = groupRule({
  ...sharedPhone,
  id: 'T04',
  subject: 'phone',
  least: 2,
  parameters: {},
  begin: () => {
    const seen: { person: string; registry: string; record: string; version: number; pointer: string }[] = []
    return {
      add: ({ person, records: [first] }) => {
        if (first)
          seen.push({
            person,
            registry: first.registry,
            record: first.id,
            version: first.version,
            pointer: '/phones/0',
          })
      },
      end: () =>
        seen.map(({ person, ...ref }) => {
          return {
            about: `phone ${person}`,
            owner: ref.registry,
            evidence: [ref],
            facts: { count: 1 },
            persons: [person],
          }
        }),
    }
  },
})

let now: Date
let hub: Night
beforeEach(async () => {
  now = new Date('2026-11-22T04:00:00Z')
  const reconciliation = { at: '04:00', timeZone: 'Africa/Nairobi', book: { rules: [oneOfPhone], law } }
  hub = await nightHub({ now: () => now, reconciliation })
  await hub.fill(20)
})
afterEach(() => hub.close())

async function night() {
  now = new Date(now.getTime() + 3_600_000)
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  await hub.core.reconciliation.run(id, new AbortController().signal)
  const totals = (await hub.core.reconciliation.read(id))?.totals as Totals | undefined
  return totals?.rules.T04
}

test('the finding keeps its id and what was decided of it, and what happened is told', async () => {
  expect(await night()).toMatchObject({ new: 5 })
  const [pair] = await hub.owner.query<{ finding: string; one: string; other: string }>(
    `select f.id as finding, f.persons[1] as one, m.person as other from finding f, membership m
     where not exists (select from finding g where m.person = any(g.persons)) limit 1`,
  )
  const { finding = '', one = '', other = '' } = pair ?? {}
  await hub.owner.query(`update finding set state = 'dismissed' where id = $1`, [finding])
  now = new Date(now.getTime() + 3_600_000)
  await hub.owner.query(
    `with gone as (update membership set until = $3 where person = $1 and until is null returning record)
     insert into membership (record, person, since, reason) select record, $2, $3, 'regrouped' from gone`,
    [one, other, now],
  )
  await hub.owner.query('update person set merged_into = $2 where id = $1', [one, other])
  expect(await night()).toMatchObject({ new: 0, persisting: 5, resolved: 0, reopened: 0 })
  const stands = (await standing(hub)).filter(({ about }) => about.includes(other))
  expect(stands).toMatchObject([{ about: `phone ${other}`, state: 'dismissed', gone: false }])
  expect((await standing(hub)).some(({ about }) => about.includes(one))).toBe(false)
  expect(
    (await eventsOf(hub.owner, hub.needs.keys, finding, 5)).map(({ kind, text, officer }) => [kind, text, officer]),
  ).toEqual([
    ['note', expect.stringContaining('turned out to be another person'), null],
    ['found', null, null],
  ])
})
