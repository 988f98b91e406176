import { describe, expect, test, vi } from 'vitest'
import { openQueues } from '../../jobs/queues.ts'
import { testDatabase } from '../kit/database.ts'
import { findRedis, startRedis } from '../kit/redis.ts'

const redis = findRedis()
const until = (what: () => unknown) => vi.waitFor(() => expect(what()).toBeTruthy(), { timeout: 20_000, interval: 20 })

describe('queues whose server goes away', () => {
  const log = () => {}

  test('PostgreSQL: jobs go on after every connection was cut, and none is lost', async () => {
    const base = await testDatabase()
    const queues = await openQueues({ databaseUrl: base.url, stalledAfterMs: 1_000, log })
    const seen = new Set<string>()
    queues.work('sync', async ({ run }) => seen.add(run), { concurrency: 4 })
    const added: string[] = []
    for (let number = 0; number < 150; number++) {
      if (number % 30 === 15) {
        await base.db.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and application_name <> $1`,
          [new URL(base.url).pathname.slice(1)],
        )
      }
      await queues.add('sync', { run: String(number) }).then(
        () => added.push(String(number)),
        (error) => expect(error).toMatchObject({ code: 'unavailable', retryAfter: 5 }),
      )
    }
    await until(() => added.every((run) => seen.has(run)))
    expect(added.length).toBeGreaterThan(100)
    await queues.close()
    await base.drop()
  })

  test('PostgreSQL: a server that is not there is said at once', async () => {
    const opened = openQueues({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', log })
    await expect(opened).rejects.toMatchObject({ code: 'unavailable' })
  })

  test.skipIf(redis === undefined)('Redis: adding fails soon while it is away, and works when it is back', async () => {
    const first = await startRedis(redis ?? '')
    const queues = await openQueues({ databaseUrl: '', redisUrl: first.url, log })
    const seen: string[] = []
    queues.work('sync', async ({ run }) => seen.push(run))
    await queues.add('sync', { run: 'before' })
    await until(() => seen.includes('before'))
    await first.stop()
    await expect(queues.add('sync', { run: 'lost' })).rejects.toMatchObject({ code: 'unavailable' })
    const second = await startRedis(redis ?? '', Number(new URL(first.url).port))
    await vi.waitFor(() => queues.add('sync', { run: 'after' }), { timeout: 20_000, interval: 200 })
    await until(() => seen.includes('after'))
    await queues.close()
    await second.stop()
  })

  test.skipIf(redis === undefined)(
    'Redis: a server that was never there is said within seconds, and closing ends',
    async () => {
      const queues = await openQueues({ databaseUrl: '', redisUrl: 'redis://127.0.0.1:1', log })
      await expect(queues.every('sweep', 1_000)).rejects.toMatchObject({ code: 'unavailable' })
      await queues.close()
    },
  )
})
