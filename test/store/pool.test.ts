import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { HubError } from '../../errors.ts'
import { copyLine, type Db, openPool, type Queryable } from '../../store/pool.ts'
import { type TestDatabase, testDatabase } from '../kit/database.ts'

let base: TestDatabase
let db: Db
beforeAll(async () => {
  base = await testDatabase({ empty: true })
  db = base.db
  await db.query('create table account (id int primary key, amount bigint not null)')
})
afterAll(() => base.drop())
beforeEach(async () => {
  await db.query('delete from account')
  await db.query('insert into account values (1, 100), (2, 100)')
})

const amounts = async () =>
  (await db.query<{ amount: string }>('select amount from account order by id')).map((row) => row.amount)
const unavailable = expect.objectContaining({ code: 'unavailable', retryAfter: 5 })

describe('values', () => {
  const columns: [string, unknown][] = [
    ["date '2001-02-03'", '2001-02-03'],
    ["array[date '2001-02-03', null]", ['2001-02-03', null]],
    ["timestamptz '2026-11-22 21:00:00+03'", new Date('2026-11-22T18:00:00Z')],
    ['9007199254740993::bigint', '9007199254740993'],
    ['array[9007199254740993::bigint]', ['9007199254740993']],
    ['1.10::numeric', '1.10'],
    ['array[1.10::numeric]', ['1.10']],
    ['7::int', 7],
    ["'\\x00ff'::bytea", Buffer.from([0, 255])],
    ["array['\\x00ff'::bytea]", [Buffer.from([0, 255])]],
    ['\'{"a": [1, "ລາວ"]}\'::jsonb', { a: [1, 'ລາວ'] }],
    ["array['a', null, 'b,\"c']::text[]", ['a', null, 'b,"c']],
    ["'018f0000-0000-7000-8000-000000000000'::uuid", '018f0000-0000-7000-8000-000000000000'],
    ['true', true],
    ['null', null],
  ]
  test.each(columns)('%s comes as it is', async (sql, value) => {
    expect(await db.query(`select ${sql} as value`)).toEqual([{ value }])
  })

  const parameters: [string, unknown, unknown][] = [
    ['date', '2001-02-03', '2001-02-03'],
    ['timestamptz', new Date('2026-11-22T18:00:00.123Z'), new Date('2026-11-22T18:00:00.123Z')],
    ['bigint', 2n ** 62n, String(2n ** 62n)],
    ['bigint[]', [2n ** 62n, -1n], [String(2n ** 62n), '-1']],
    ['bytea', Buffer.from([0, 255]), Buffer.from([0, 255])],
    ['bytea[]', [Buffer.from([0, 255]), Buffer.alloc(0)], [Buffer.from([0, 255]), Buffer.alloc(0)]],
    ['text[]', ['a', null, 'b,"c\\'], ['a', null, 'b,"c\\']],
    ['jsonb', { a: 1 }, { a: 1 }],
    ['jsonb', JSON.stringify([1, 2]), [1, 2]],
  ]
  test.each(parameters)('a %s goes in and comes out', async (type, value, back) => {
    expect(await db.query(`select $1::${type} as value`, [value])).toEqual([{ value: back }])
  })

  test('a day is cut out of an instant in UTC, wherever the machine stands', async () => {
    expect(await db.query("select timestamptz '2026-11-22 23:30:00Z'::date as day")).toEqual([{ day: '2026-11-22' }])
  })

  test('COPY takes any text, bytes and nothing as they are', async () => {
    await db.query('create table line (n int, t text, b bytea, at timestamptz, ok boolean, big bigint)')
    const at = new Date('2026-11-22T18:00:00.123Z')
    const rows = [
      [1, 'tab\tback\\slash\nnew\rline\b\f\v', Buffer.from([0, 92, 10, 255]), at, true, 2n ** 62n],
      [2, '\\N', Buffer.alloc(0), null, false, -1n],
      [3, '', null, at, null, null],
      [4, null, null, null, null, null],
      [5, 'ລາວ é 𐐷', null, null, null, null],
    ] as const
    expect(await db.copyFrom('copy line from stdin', rows.map(copyLine))).toBe(5)
    const back = await db.query<Record<string, unknown>>('select n, t, b, at, ok, big from line order by n')
    expect(back.map(({ big, ...row }) => [...Object.values(row), big === null ? null : BigInt(String(big))])).toEqual(
      rows,
    )
  })
})

describe('a statement', () => {
  test('with a name is prepared once a connection', async () => {
    await db.transaction(async (tx) => {
      for (const n of [1, 2, 3])
        expect(await tx.query('select $1::int + 1 as n', [n], 'plus-one')).toEqual([{ n: n + 1 }])
      expect(await tx.query('select name from pg_prepared_statements')).toEqual([{ name: 'plus-one' }])
    })
  })

  test('that takes too long is cut off', async () => {
    const hasty = openPool(base.url, { max: 1, statementTimeoutMs: 50 })
    await expect(hasty.query('select pg_sleep(5)')).rejects.toEqual(unavailable)
    expect(await hasty.query('select 1 as n')).toEqual([{ n: 1 }])
    await hasty.close()
  })

  test.each(['a\0b', '{"a": "\\u0000"}'])(
    "with a character that cannot be stored is the request's fault: %j",
    async (text) => {
      const sql = text.startsWith('{') ? "select $1::jsonb->>'a'" : 'select $1::text'
      await expect(db.query(sql, [text])).rejects.toMatchObject({ name: 'HubError', code: 'invalid_request' })
    },
  )

  test('that fails says which rule it broke, and nothing of the data', async () => {
    const failure = await db.query('insert into account values (1, 4711)').catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: '23505', constraint: 'account_pkey' })
    expect(JSON.stringify([failure, String(failure)])).not.toContain('(1)')
    const broken = await db.query('select $1::date', ['Akinyi "Otieno"']).catch((error: unknown) => error)
    expect(broken).toMatchObject({ code: '22007' })
    expect(JSON.stringify([broken, String(broken)])).not.toMatch(/Akinyi|Otieno/)
  })
})

describe('a transaction', () => {
  const take = (tx: Queryable, id: number) => tx.query('update account set amount = amount - 10 where id = $1', [id])

  test('commits all or nothing', async () => {
    expect(await db.transaction(async (tx) => take(tx, 1).then(() => 'done'))).toBe('done')
    await expect(
      db.transaction(async (tx) => {
        await take(tx, 1)
        await take(tx, 2)
        throw new HubError('not_found')
      }),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await amounts()).toEqual(['90', '100'])
  })

  test('in a deadlock both get through in the end', async () => {
    const move = (from: number, to: number) =>
      db.transaction(async (tx) => {
        await take(tx, from)
        await sleep(100)
        await take(tx, to)
      })
    await Promise.all([move(1, 2), move(2, 1)])
    expect(await amounts()).toEqual(['80', '80'])
  })

  test('that is serializable counts right under a race', async () => {
    const increase = () =>
      db.transaction(
        async (tx) => {
          const [row] = await tx.query<{ amount: string }>('select amount from account where id = 1')
          await sleep(5)
          await tx.query('update account set amount = $1 where id = 1', [Number(row?.amount) + 1])
        },
        { isolation: 'serializable' },
      )
    await Promise.all([increase(), increase(), increase()])
    expect((await amounts())[0]).toBe('103')
  })

  test('that may only read cannot write', async () => {
    await expect(db.transaction((tx) => take(tx, 1), { readOnly: true })).rejects.toMatchObject({ code: '25006' })
  })

  test('has settings of its own, which end with it', async () => {
    const one = openPool(base.url, { max: 1 })
    const show = (on: Queryable) => on.query("select current_setting('statement_timeout') as value")
    expect(await one.transaction(show, { settings: { statement_timeout: '61s' } })).toEqual([{ value: '61s' }])
    expect(await show(one)).toEqual([{ value: '15s' }])
    await one.close()
  })

  test('copies, and undoes a copy', async () => {
    const failing = db.transaction(async (tx) => {
      expect(await tx.copyFrom('copy account from stdin', ['3\t5\n', '4\t5\n'])).toBe(2)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await amounts()).toHaveLength(2)
    await expect(db.copyFrom('copy account from stdin', ['3\tno number\n'])).rejects.toMatchObject({ code: '22P02' })
    expect(await amounts()).toHaveLength(2)
  })

  test('whose copied lines break off in the middle undoes them, and its connection can be used again', async () => {
    const pool = openPool(base.url, { max: 1 })
    const process = () => pool.query('select pg_backend_pid() as pid')
    const before = await process()
    async function* lines() {
      for (let id = 10; id < 5_000; id++) yield copyLine([id, 1])
      throw new Error('the file ends here')
    }
    await expect(pool.copyFrom('copy account from stdin', lines())).rejects.toThrow('the file ends here')
    await expect(pool.transaction((tx) => tx.copyFrom('copy account from stdin', lines()))).rejects.toThrow('ends here')
    await expect(pool.transaction((tx) => tx.query('select 1 / 0'))).rejects.toMatchObject({ code: '22012' })
    expect(await process()).toEqual(before)
    expect(await amounts()).toHaveLength(2)
    await pool.close()
  })

  test('leaves no connection behind, however it ends', async () => {
    const pool = openPool(base.url, { max: 2 })
    for (let times = 0; times < 5; times++) {
      await pool.transaction((tx) => tx.query('select 1 / 0')).catch(() => {})
      await pool.transaction((tx) => tx.query('select 1'))
    }
    const { open, idle, waiting } = pool.stats()
    expect([idle, waiting]).toEqual([open, 0])
    await pool.close()
  })
})

describe('when the server is not there', () => {
  const cutOff = (application: string) =>
    db.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [application])

  test('connections that were cut are replaced, and the process lives on', async () => {
    const pool = openPool(base.url, { max: 4, applicationName: 'cut' })
    await Promise.all(Array.from({ length: 4 }, () => pool.query('select pg_sleep(0.05)')))
    await cutOff('cut')
    await vi.waitFor(async () => expect(await pool.query('select 1 as n')).toEqual([{ n: 1 }]))
    await pool.close()
  })

  test('a transaction that loses its connection between two statements fails as unavailable', async () => {
    const pool = openPool(base.url, { max: 1, applicationName: 'cut between' })
    const failing = pool.transaction(async (tx) => {
      await tx.query('update account set amount = 0')
      await cutOff('cut between')
      await sleep(100)
      await tx.query('select 1')
    })
    await expect(failing).rejects.toEqual(unavailable)
    expect(await amounts()).toEqual(['100', '100'])
    expect(await pool.query('select 1 as n')).toEqual([{ n: 1 }])
    await pool.close()
  })

  test('a transaction that loses its connection in the middle of a statement fails as unavailable', async () => {
    const pool = openPool(base.url, { max: 1, applicationName: 'cut within' })
    const failing = pool.transaction((tx) => tx.query('select pg_sleep(10)'))
    const failed = expect(failing).rejects.toEqual(unavailable)
    await vi.waitFor(async () => expect(await cutOff('cut within')).toHaveLength(1))
    await failed
    await pool.close()
  })

  const urls: [string, (url: URL) => void][] = [
    ['nobody listens', (url) => (url.port = '1')],
    ['the password is wrong', (url) => (url.password = 'guess')],
    ['there is no such database', (url) => (url.pathname = '/none')],
    ['there is no such host', (url) => (url.hostname = 'database.invalid')],
  ]
  test.each(urls)('%s: every kind of call says unavailable', async (_, change) => {
    const url = new URL(base.url)
    change(url)
    const pool = openPool(url.href, { max: 1 })
    await expect(pool.query('select 1')).rejects.toEqual(unavailable)
    await expect(pool.transaction(async () => 1)).rejects.toEqual(unavailable)
    await expect(pool.copyFrom('copy account from stdin', [])).rejects.toEqual(unavailable)
    await pool.close()
  })

  test('a pool that was closed says unavailable, and may be closed again', async () => {
    const pool = openPool(base.url, { max: 1 })
    await pool.close()
    await pool.close()
    await expect(pool.query('select 1')).rejects.toEqual(unavailable)
    await expect(pool.transaction(async () => 1)).rejects.toEqual(unavailable)
  })

  test('who waits too long for a free connection is told so', async () => {
    const pool = openPool(base.url, { max: 1 })
    const busy = pool.query('select pg_sleep(5.5)')
    await expect(pool.query('select 1')).rejects.toEqual(unavailable)
    await busy
    await pool.close()
  })
})
