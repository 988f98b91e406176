import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { HubError } from '../../errors.ts'
import { openQueues, type QueueOptions, type Queues } from '../../jobs/queues.ts'
import { testDatabase } from '../kit/database.ts'
import { findRedis, startRedis } from '../kit/redis.ts'

type Server = { options: { databaseUrl: string; redisUrl?: string }; stop: () => Promise<void> }

const redis = findRedis()
if (redis === undefined)
  console.log('queues on Redis: skipped, as neither redis-server nor valkey-server is on the PATH')

const servers: { name: string; skip: boolean; start: () => Promise<Server> }[] = [
  {
    name: 'PostgreSQL',
    skip: false,
    start: async () => {
      const base = await testDatabase()
      return { options: { databaseUrl: base.url }, stop: base.drop }
    },
  },
  {
    name: `Redis${redis === undefined ? ' (no redis-server on the PATH)' : ''}`,
    skip: redis === undefined,
    start: async () => {
      const server = await startRedis(redis ?? '')
      // Nobody listens there: with Redis, no queue touches the database.
      return { options: { databaseUrl: 'postgres://127.0.0.1:1/none', redisUrl: server.url }, stop: server.stop }
    },
  },
]

const until = (what: () => unknown) => vi.waitFor(() => expect(what()).toBeTruthy(), { timeout: 20_000, interval: 20 })

for (const { name, skip, start } of servers) {
  describe.skipIf(skip)(`queues on ${name}`, () => {
    let server: Server
    let queues: Queues
    let logged: { event: string; details: object }[]
    let number = 0
    const options = (more: Partial<QueueOptions> = {}): QueueOptions => ({
      ...server.options,
      prefix: `test${number}`,
      log: (event, details) => logged.push({ event, details }),
      ...more,
    })

    beforeAll(async () => {
      server = await start()
    })
    afterAll(() => server.stop())
    beforeEach(async () => {
      number++
      logged = []
      queues = await openQueues(options())
    })
    afterEach(() => queues.close())

    test('a job reaches its handler with its data, once', async () => {
      const seen: unknown[] = []
      queues.work('sync', async (data, { attempt }) => seen.push({ data, attempt }))
      await queues.add('sync', { run: 'r1' })
      await until(() => seen.length)
      await sleep(200)
      expect(seen).toEqual([{ data: { run: 'r1' }, attempt: 1 }])
    })

    test('work that is shared reaches every worker, and waits once for each, however often it is added', async () => {
      const seen: string[] = []
      const others = await Promise.all([1, 2].map(() => openQueues(options())))
      let open = () => {}
      const gate = new Promise<void>((resolve) => {
        open = resolve
      })
      for (const [place, other] of others.entries())
        other.work('reconcile', async ({ run }) => {
          seen.push(`${place} ${run}`)
          await gate
        })
      await queues.addForAll('reconcile', { run: 'r1' }, 'r1')
      await until(() => seen.length === 2)
      expect(seen.toSorted()).toEqual(['0 r1', '1 r1'])
      const before = (await queues.counts('reconcile')).waiting
      await queues.addForAll('reconcile', { run: 'r1' }, 'r1')
      expect((await queues.counts('reconcile')).waiting).toBe(before)
      open()
      await Promise.all(others.map((other) => other.close()))
    })

    test('a job that was added before any worker lived is found', async () => {
      await queues.add('sync', { run: 'early' })
      await queues.close()
      queues = await openQueues(options())
      const seen: string[] = []
      queues.work('sync', async ({ run }) => seen.push(run))
      await until(() => seen.includes('early'))
    })

    test('a job that fails is tried again, each time after a longer wait', async () => {
      const times: number[] = []
      queues.work('sync', async (_, { attempt }) => {
        times.push(performance.now())
        if (attempt < 4) throw new Error('not yet')
      })
      await queues.add('sync', { run: 'r' }, { attempts: 4, backoffMs: 100 })
      await until(() => times.length === 4)
      const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0))
      // Doubling from 100, less a quarter of jitter.
      for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(75 * 2 ** index)
      expect((await queues.counts('sync')).failed).toBe(0)
    })

    test('after the last attempt a job counts as failed and does not run again', async () => {
      let runs = 0
      queues.work('sync', async () => {
        runs++
        throw new HubError('too_many_missing')
      })
      await queues.add('sync', { run: 'r' }, { attempts: 2, backoffMs: 10 })
      await vi.waitFor(async () => expect((await queues.counts('sync')).failed).toBe(1), { timeout: 10_000 })
      await sleep(200)
      expect(runs).toBe(2)
    })

    test('neither the log nor the queue keeps the text of a foreign error', async () => {
      queues.work('sync', async () => {
        throw Object.assign(new TypeError('Akinyi Otieno, 12345678'), { code: '22007' })
      })
      await queues.add('sync', { run: 'r' }, { attempts: 1 })
      await until(() => logged.some(({ event }) => event === 'job_failed'))
      expect(logged).toEqual([{ event: 'job_failed', details: { job: 'sync', attempt: 1, reason: 'TypeError 22007' } }])
    })

    test('a delayed job waits', async () => {
      const added = performance.now()
      let waited = 0
      queues.work('resolve', async () => {
        waited = performance.now() - added
      })
      await queues.add('resolve', {}, { delayMs: 300 })
      await until(() => waited)
      expect(waited).toBeGreaterThanOrEqual(295)
    })

    test('a schedule runs again and again, and setting it anew does not double it', async () => {
      const times: number[] = []
      queues.work('sweep', async () => times.push(performance.now()))
      await queues.every('sweep', 200)
      await queues.every('sweep', 200)
      await until(() => times.length >= 5)
      const [second = 0, , , fifth = 0] = times.slice(1)
      // Three intervals lie between the second and the fifth run; a busy machine may delay the second.
      expect(fifth - second).toBeGreaterThan(250)
      const { delayed, waiting } = await queues.counts('sweep')
      expect(delayed + waiting).toBeLessThanOrEqual(1)
    })

    test('a schedule by the clock waits for its hour in its own time zone', async () => {
      await queues.every('nightly', '0 2 * * *', 'Africa/Nairobi')
      expect(await queues.counts('nightly')).toMatchObject({ delayed: 1, waiting: 0 })
      await expect(queues.every('nightly', 'not a pattern')).rejects.toThrow(HubError)
    })

    test('of one id only one job waits', async () => {
      for (let times = 0; times < 5; times++) await queues.add('resolve', {}, { id: 'wake' })
      expect((await queues.counts('resolve')).waiting).toBe(1)
      let runs = 0
      queues.work('resolve', async () => runs++)
      await until(() => runs === 1)
      await sleep(300)
      expect(runs).toBe(1)
    })

    test('an id whose job is running gets exactly one more run, and is free again after that', async () => {
      let runs = 0
      let finish = () => {}
      queues.work('resolve', async () => {
        runs++
        if (runs === 1) await new Promise<void>((done) => (finish = done))
      })
      await queues.add('resolve', {}, { id: 'wake' })
      await until(() => runs === 1)
      for (let times = 0; times < 5; times++) await queues.add('resolve', {}, { id: 'wake' })
      await sleep(200)
      expect(runs).toBe(1)
      finish()
      await until(() => runs === 2)
      await sleep(300)
      expect(runs).toBe(2)
      await queues.add('resolve', {}, { id: 'wake' })
      await until(() => runs === 3)
    })

    test('an id is free again after its job has failed for good', async () => {
      let runs = 0
      queues.work('resolve', async () => {
        runs++
        throw new Error('always')
      })
      await queues.add('resolve', {}, { id: 'wake', attempts: 1 })
      await until(() => runs === 1)
      await vi.waitFor(async () => expect((await queues.counts('resolve')).failed).toBe(1))
      await queues.add('resolve', {}, { id: 'wake', attempts: 1 })
      await until(() => runs === 2)
    })

    test('the job of a worker that was killed runs again in another', async () => {
      const quick = { stalledAfterMs: 1_000 }
      const { log: _, ...plain } = options(quick)
      const child = fork(join(import.meta.dirname, '../kit/hang-in-a-job.ts'), [JSON.stringify(plain)], {
        execArgv: ['--import', 'tsx'],
      })
      await queues.add('sync', { run: 'r7' }, { id: 'r7' })
      expect((await once(child, 'message'))[0]).toBe('r7')
      child.kill('SIGKILL')
      await once(child, 'exit')

      const rescuer = await openQueues(options(quick))
      const seen: { run: string; attempt: number }[] = []
      rescuer.work('sync', async ({ run }, { attempt }) => seen.push({ run, attempt }))
      await until(() => seen.length)
      await rescuer.close()
      expect(seen).toEqual([{ run: 'r7', attempt: 1 }])
      expect(logged).toContainEqual({ event: 'job_stalled', details: { job: 'sync' } })
    })

    test('closing waits for the job that runs, takes what that still adds, and starts no other', async () => {
      const ended: string[] = []
      let started = 0
      queues.work('sync', async ({ run }) => {
        started++
        await sleep(400)
        await queues.add('resolve', {})
        ended.push(run)
      })
      await queues.add('sync', { run: 'a' })
      await queues.add('sync', { run: 'b' })
      await until(() => started)
      await queues.close()
      expect(ended).toEqual(['a'])
      await expect(queues.add('sync', { run: 'c' })).rejects.toMatchObject({ code: 'unavailable' })
      queues = await openQueues(options())
      expect((await queues.counts('sync')).waiting).toBe(1)
      expect((await queues.counts('resolve')).waiting).toBe(1)
    })

    test('a handler that gives up because the process ends leaves its job to the next one, at no cost', async () => {
      let started = false
      queues.work('sync', async (_, { signal }) => {
        started = true
        await sleep(30_000, undefined, { signal })
      })
      await queues.add('sync', { run: 'r' }, { attempts: 1 })
      await until(() => started)
      await queues.close()
      queues = await openQueues(options())
      const seen: { run: string; attempt: number }[] = []
      queues.work('sync', async ({ run }, { attempt }) => seen.push({ run, attempt }))
      await until(() => seen.length)
      expect(seen).toEqual([{ run: 'r', attempt: 1 }])
    })

    test('two hundred jobs at a concurrency of ten all run, never more than ten at a time', async () => {
      const seen = new Set<string>()
      let running = 0
      let most = 0
      queues.work(
        'sync',
        async ({ run }) => {
          most = Math.max(most, ++running)
          await sleep(5)
          running--
          seen.add(run)
        },
        { concurrency: 10 },
      )
      await Promise.all(Array.from({ length: 200 }, (_, index) => queues.add('sync', { run: String(index) })))
      await until(() => seen.size === 200)
      expect(most).toBeGreaterThan(1)
      expect(most).toBeLessThanOrEqual(10)
    })

    test('the queues of two prefixes do not see each other', async () => {
      const other = await openQueues(options({ prefix: `other${number}` }))
      const seen: string[] = []
      other.work('sync', async ({ run }) => seen.push(`other ${run}`))
      queues.work('sync', async ({ run }) => seen.push(`ours ${run}`))
      await queues.add('sync', { run: '1' })
      await other.add('sync', { run: '2' })
      await until(() => seen.length === 2)
      await other.close()
      expect(seen.sort()).toEqual(['other 2', 'ours 1'])
    })
  })
}
