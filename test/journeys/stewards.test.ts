/** A steward's day, on the wire: questions, decisions, the way back, and nobody who may not. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Beneficiary, LookupAnswer, Review, ReviewDetail, StewardDecision } from '../../schemas/contract.ts'
import type { Pamoja } from '../../sdk/pamoja.ts'
import type { Scope } from '../../sdk/scope.ts'
import { type DemoHub, demoHub } from '../kit/demo-hub.ts'
import {
  canariesOf,
  expectProblem,
  lookupPath,
  makeWire,
  nationalId,
  type Sent,
  shapeOf,
  type Wire,
} from '../kit/wire.ts'

const reason = 'Both cards of Mzee Kanariwacho seen at the counter.'
const nobody = '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f'
const member = {
  'NSSF NO': '9907770101',
  SURNAME: 'Kipkemboi',
  'OTHER NAMES': 'Chebet Naserian',
  'ID NO': '99777001',
  DOB: '17/08/1961',
  SEX: 'F',
  'DATE JOINED': '01/02/1999',
  STATUS: 'Active',
}
/** The same number and day of birth, and no name in common: nobody is shown until a steward has looked. */
const renamed = { ...member, 'NSSF NO': '9907770102', SURNAME: 'Auma', 'OTHER NAMES': 'Odhiambo' }

let demo: DemoHub
let wire: Wire
let steward: Pamoja
beforeAll(async () => {
  demo = await demoHub(120)
  wire = makeWire(demo)
  steward = demo.client('demo-steward', 'stewardship')
  const records = [member, renamed].map((data) => ({ data }))
  await demo.client('demo-operator').registries.push('ke-nssf', { stream: 'member', records })
  while ((await demo.hub.core.backlog()).waiting > 0) await sleep(20)
}, 180_000)
afterAll(() => demo?.close())

const send = (path: string, sent: Partial<Sent> = {}, purpose = 'stewardship') =>
  wire.send({
    client: 'demo-steward',
    scope: sent.body === undefined ? 'matching:read' : 'matching:write',
    path,
    ...sent,
    headers: {
      'Pamoja-Purpose': purpose,
      'Pamoja-Officer': 's.achieng',
      ...(sent.body !== undefined && { 'Idempotency-Key': randomUUID() }),
      ...sent.headers,
    },
  })
const lookUp = async (value: string) => wire.send({ path: lookupPath, body: nationalId(value) })
const all = async <Item>(items: AsyncIterable<Item>) => {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}
async function sharers(): Promise<ReviewDetail> {
  for (const { id } of await all(steward.matching.reviews({ registry: 'ke-nssf' }))) {
    const review = await steward.matching.review(id)
    if (review.sides.every(({ stated }) => stated.identifiers?.some(({ value }) => value === '99777001'))) return review
  }
  throw new Error('nobody asks about the number that two people hold')
}

describe('a number under two names', () => {
  test('is a question, with both sides, the reasons and the rule that asks for a human', async () => {
    expectProblem(await lookUp('99777001'), 409, 'identifier_conflict')
    const { sides, evidence, registries } = await sharers()
    expect(sides.map(({ beneficiary }) => beneficiary.name?.full.includes('Kipkemboi')).sort()).toEqual([false, true])
    expect(registries).toEqual(['ke-nssf'])
    expect(evidence.outcome).toBe('review')
    expect(evidence.guards.map(({ name }) => name)).toContain('names-differ')
    expect(evidence.reasons.find(({ on }) => on === 'identifier:national-id')).toMatchObject({ level: 'exact' })
  })

  test('is one person when a steward says so, once however often it is sent, and two again when that is withdrawn', async () => {
    const { id, sides } = await sharers()
    const key = { 'Idempotency-Key': randomUUID() }
    const answer = { body: { outcome: 'link', reason }, headers: key }
    const first = await send(`/v1/reviews/${id}/decide`, answer)
    const again = await send(`/v1/reviews/${id}/decide`, answer)
    expect([first.status, first.faults, again.body]).toEqual([200, [], first.body])
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual(['false', 'true'])
    const decision = first.body as StewardDecision
    const found = (await lookUp('99777001')).body as LookupAnswer & { beneficiary: Beneficiary }
    expect(found).toMatchObject({ outcome: 'match', beneficiary: { id: decision.persons[0] } })
    expect(await steward.matching.explain({ persons: [sides[0]?.person ?? '', sides[1]?.person ?? ''] })).toMatchObject(
      {
        linked: true,
        because: 'steward-link',
        decisions: [decision.id],
      },
    )
    expect(await steward.matching.decision(decision.id)).toMatchObject({ reason, officer: 's.achieng' })
    await steward.matching.withdraw(decision.id, 'The other card was her cousin’s.')
    expectProblem(await lookUp('99777001'), 409, 'identifier_conflict')
    expect((await sharers()).sides.map(({ person }) => person).sort()).toEqual(sides.map(({ person }) => person).sort())
  })

  test('decided to be two people, is asked no more', async () => {
    const { id } = await sharers()
    const decision = await steward.matching.decide(id, { outcome: 'distinct', reason })
    await expect(sharers()).resolves.toMatchObject({ id, state: 'decided' })
    expect((await all(steward.matching.reviews({ state: 'open' }))).map((one) => one.id)).not.toContain(id)
    expect((await all(steward.matching.decisions())).map((one) => one.id)).toContain(decision.id)
    expectProblem(await lookUp('99777001'), 409, 'identifier_conflict')
  })
})

describe('who may', () => {
  const paths: [path: string, scope: Scope, body?: unknown][] = [
    ['/v1/reviews', 'beneficiaries:read'],
    [`/v1/reviews/${nobody}`, 'matching:write'],
    [`/v1/reviews/${nobody}/decide`, 'matching:read', { outcome: 'link', reason }],
    ['/v1/decisions', 'beneficiaries:read'],
    [`/v1/decisions/${nobody}/withdraw`, 'matching:read', { reason }],
    ['/v1/merges', 'matching:read', { persons: [nobody, nobody], reason }],
    ['/v1/splits', 'matching:read', { person: nobody, records: [nobody], reason }],
    ['/v1/matches', 'matching:write', { description: { name: 'Grace', birthDate: '1988' } }],
    ['/v1/matches/explain', 'beneficiaries:read', { persons: [nobody, nobody] }],
  ]
  test.each(paths)('%s with a token for %s is refused', async (path, scope, body) => {
    expectProblem(await send(path, { scope, ...(body !== undefined && { body }) }), 403, 'scope_missing')
  })

  test('a client without the scope gets no token for it', async () => {
    await expect(demo.client('demo').token('matching:read')).rejects.toMatchObject({ code: 'scope_missing' })
  })

  test('without an agreement for the purpose nothing is told', async () => {
    expectProblem(await send('/v1/reviews', {}, 'coverage-check'), 403, 'agreement_missing')
  })

  test('what is not there is not found, and leaves a leaf', async () => {
    for (const [path, body] of [
      [`/v1/reviews/${nobody}`],
      [`/v1/decisions/${nobody}`],
      [`/v1/reviews/${nobody}/decide`, { outcome: 'link', reason }],
      [`/v1/decisions/${nobody}/withdraw`, { reason }],
      ['/v1/merges', { persons: [nobody, nobody], reason }],
      ['/v1/splits', { person: nobody, records: [nobody], reason }],
    ] as const) {
      const { result, left } = await wire.leavesOf(() => send(path, body ? { body } : {}))
      expectProblem(result, 404, 'not_found')
      expect(left).toMatchObject([{ outcome: 'none', officer: 's.achieng' }])
    }
  })

  test.each([
    ['no reason', { outcome: 'link' }],
    ['an empty reason', { outcome: 'link', reason: '   ' }],
    ['an outcome that there is not', { outcome: 'maybe', reason }],
    ['a field that nobody knows', { outcome: 'link', reason, force: true }],
  ])('a decision with %s is refused', async (_, body) => {
    expectProblem(await send(`/v1/reviews/${nobody}/decide`, { body }), 400, 'invalid_request')
  })
})

describe('every question about people', () => {
  test('is in the audit log before it is answered: who was shown, to which officer, for what', async () => {
    const [review] = (await send('/v1/reviews')).body ? await all(steward.matching.reviews()) : []
    const { left } = await wire.leavesOf(() => send(`/v1/reviews/${(review as Review).id}`))
    expect(left).toHaveLength(2)
    for (const leaf of left)
      expect(leaf).toMatchObject({
        operation: 'getReview',
        outcome: 'shown',
        purpose: 'stewardship',
        officer: 's.achieng',
      })
  })

  test('is asked as a dry run too: the record would be linked, and nothing has changed', async () => {
    const [identifier] = demo.stories.example?.people[0]?.identifiers ?? []
    const person = demo.stories.example?.people[0]
    const description = { name: person?.name, birthDate: person?.born, identifiers: [identifier] }
    const count = () => demo.owner.query('select count(*)::int as count from person')
    const before = await count()
    const answer = await send('/v1/matches', { scope: 'matching:read', body: { description } })
    expect([answer.status, answer.faults]).toEqual([200, []])
    expect(answer.body).toMatchObject({ outcome: 'unique', candidates: [{ outcome: 'link' }] })
    expect(await count()).toEqual(before)
  })
})

test('neither a table, nor a log line, nor a refusal holds what a steward wrote or whom it was about', async () => {
  const canaries = canariesOf(demo, ['Kanariwacho', 'Kipkemboi', 'Naserian', '99777001', 'cousin'])
  const tables = await demo.owner.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['ruling', 'review', 'idempotency_key']))
  const texts = [demo.log.join('\n'), ...wire.answers.filter(({ status }) => status >= 400).map(({ text }) => text)]
  for (const name of ['ruling', 'review', 'decision', 'idempotency_key', 'audit_leaf'])
    texts.push(
      (await demo.owner.query<{ row: string }>(`select t::text as row from ${name} t`))
        .map(({ row }) => row)
        .join('\n'),
      ...(name === 'audit_leaf' ? [JSON.stringify(await wire.leaves())] : []),
    )
  const words = canaries.filter((canary) => !/^\d{1,4}$|^\d{4}-\d\d-\d\d$/.test(canary))
  for (const text of texts) expect(words.filter((canary) => text.includes(canary))).toEqual([])
  expect(shapeOf((await send(`/v1/reviews/${nobody}`)) as Parameters<typeof shapeOf>[0])).toMatchObject({ http: 404 })
})
