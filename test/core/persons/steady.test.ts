import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { resolveRecords } from '../../../core/persons/resolve.ts'
import { lockPersons } from '../../../store/persons.ts'
import { sourceKey } from '../../../store/records.ts'
import { type TestCore, testCore } from '../../kit/core.ts'
import { type Line, paperRegistry } from '../../kit/paper.ts'

const syllables = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu'.split(' ')
const spell = (number: number): string =>
  `M${number < 20 ? '' : spell(Math.floor(number / 20)).slice(1)}${syllables[number % 20]}`
const people = 240
/** Everybody twice, a little different; in the second round each is somebody else, shifted by a few. */
const lines = (prefix: string, round: number, phone: boolean): Line[] =>
  [...Array(people).keys()].map((n) => {
    const who = (n + round * 7) % people
    return {
      no: `${prefix}${n}`,
      name: `${spell(400 + who)} ${spell(900 + (who % 37))} ${spell(500 + (who % 11))}`,
      born: `${1950 + (who % 50)}-${String(1 + (who % 12)).padStart(2, '0')}-${String(1 + (who % 28)).padStart(2, '0')}`,
      sex: who % 2 ? 'female' : 'male',
      ...(phone && { phone: `+2547120${String(10000 + who)}` }),
    }
  })

type Way = (hub: TestCore, bring: () => Promise<unknown>) => Promise<unknown>
const quietly: Way = async (hub, bring) => {
  await bring()
  await hub.core.resolveWaiting()
}
/** Both lists at once, two who resolve, and turns of others in between. */
const busily: Way = async (hub, bring) => {
  let isOver = false
  const foreign = async () => {
    while (!isOver) {
      await sleep(30)
      const some = await hub.owner.query<{ id: string }>('select id from source_record order by random() limit 3')
      await hub.needs.db.transaction(async (tx) => {
        await lockPersons(tx)
        await resolveRecords(
          hub.needs,
          tx,
          some.map(({ id }) => id),
          { anew: true },
        )
      })
    }
  }
  const resolving = async () => {
    while (!isOver) {
      await hub.core.resolveWaiting()
      await sleep(5)
    }
  }
  const others = [foreign(), resolving(), resolving()]
  await bring()
  isOver = true
  await Promise.all(others)
  await hub.core.resolveWaiting()
}

async function outcome(way: Way): Promise<string[]> {
  const papers = [
    paperRegistry('ke-nssf', { pageSize: 7 }),
    paperRegistry('ke-sha', { pageSize: 11, stream: 'client' }),
  ]
  const hub = await testCore(papers)
  try {
    for (const round of [0, 1]) {
      for (const [nth, paper] of papers.entries()) paper.lines = lines(`99000${nth}`, round * (nth + 1), nth === 1)
      await way(hub, () => Promise.all(papers.map(({ registry }) => hub.sync(registry))))
    }
    const names = new Map(
      papers.flatMap(({ registry, lines }) =>
        lines.map(({ no }) => [sourceKey(hub.needs.keys, registry, no).toString('hex'), `${registry} ${no}`]),
      ),
    )
    const rows = await hub.owner.query<{ person: string; keys: string[] }>(
      `select person, array_agg(encode(source_key, 'hex')) as keys from membership m join source_record r on r.id = m.record
       where until is null group by person`,
    )
    expect(await hub.core.backlog()).toEqual({ waiting: 0, parked: 0 })
    const decisions = await hub.owner.query<{ one: string; other: string; outcome: string }>(
      `select encode(r.source_key, 'hex') as one, encode(s.source_key, 'hex') as other, outcome
       from decision d join source_record r on r.id = d.a join source_record s on s.id = d.b`,
    )
    const nameOf = (key: string) => names.get(key) ?? key
    return [
      ...rows.map(({ keys }) => keys.map(nameOf).sort().join(', ')),
      ...decisions.map(({ one, other, outcome }) => `${outcome}: ${[one, other].map(nameOf).sort().join(' and ')}`),
    ].sort()
  } finally {
    await hub.close()
  }
}

test('people come out the same whoever resolves at the same time, and in whatever order', {
  timeout: 120_000,
}, async () => {
  const quiet = await outcome(quietly)
  expect(quiet.length).toBeGreaterThan(2 * people)
  expect(await outcome(busily)).toEqual(quiet)
})
