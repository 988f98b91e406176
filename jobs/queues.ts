/** The queues: the only file that knows BullMQ. On PostgreSQL, or on Redis where there is one; the same promises on both. */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  assertSchemaCompatibility,
  createPostgresBackend,
  DelayedError,
  type Job,
  type JobsOptions,
  LATEST_SCHEMA_VERSION,
  PostgresConnection,
  type PostgresPoolConfig,
  Queue,
  runMigrations,
  SchemaMigrationRequiredError,
  Worker,
  type WorkerOptions,
} from 'bullmq'
import { HubError } from '../errors.ts'

/** What a job of each name carries: ids only, never anything about a person. */
export type JobData = {
  sync: { run: string }
  resolve: Record<string, never>
  deliver: Record<string, never>
  reconcile: { run: string }
  sweep: Record<string, never>
  nightly: Record<string, never>
}
export type JobName = keyof JobData

export type AddOptions = {
  /** At most one job of this id waits. If one runs already, one more runs after it, so that no wake-up is lost. */
  id?: string
  delayMs?: number
  /** Default 5. */
  attempts?: number
  /** The wait before the second attempt, 1,000 by default; it doubles from then on. */
  backoffMs?: number
}

/** `attempt` counts from 1. `signal` fires when the process is to end: a handler that throws after that gives its job back. */
export type JobContext = { attempt: number; signal: AbortSignal }
export type Handler<Name extends JobName> = (data: JobData[Name], context: JobContext) => Promise<unknown>

export type Queues = {
  /** Throws HubError `unavailable` when the queue cannot be reached; what must not be lost then stands in a table of ours. */
  add: <Name extends JobName>(name: Name, data: JobData[Name], options?: AddOptions) => Promise<void>
  /** As `add`, once for each worker that there may be: those that find nothing to do end at once. */
  addForAll: <Name extends JobName>(name: Name, data: JobData[Name], id: string) => Promise<void>
  /** Starts a worker in this process. A job runs again when its worker dies or loses its connection: handlers must bear that. */
  work: <Name extends JobName>(name: Name, handler: Handler<Name>, options?: { concurrency?: number }) => void
  /** One schedule a name, replacing the one there was: a cron pattern in a time zone, or every so many milliseconds. */
  every: (name: Exclude<JobName, 'sync' | 'reconcile'>, when: string | number, timeZone?: string) => Promise<void>
  counts: (name: JobName) => Promise<Record<'waiting' | 'active' | 'delayed' | 'failed', number>>
  /** Takes no more jobs, waits for those that run, then lets go of the connections. */
  close: () => Promise<void>
}

export type QueueOptions = {
  databaseUrl: string
  redisUrl?: string
  /** Keeps the queues of one hub apart from those of another on the same server. Default `pamoja`. */
  prefix?: string
  /** A worker that is silent for this long is taken for dead, and its job runs again. Default 30,000. */
  stalledAfterMs?: number
  log: Log
}

/** Processes that share one piece of work. */
const mostWorkers = 8

type Log = (event: string, details: Readonly<Record<string, string | number | boolean>>) => void

const day = 86_400
const jobOptions = {
  removeOnComplete: { age: day, count: 1_000 },
  removeOnFail: { age: 7 * day, count: 5_000 },
  stackTraceLimit: 0,
} satisfies JobsOptions

/** Opens the queues. On PostgreSQL this makes or renews their schema, `bullmq`, when it has to. */
export async function openQueues(options: QueueOptions): Promise<Queues> {
  const { log, prefix = 'pamoja', stalledAfterMs = 30_000 } = options
  const backend =
    options.redisUrl === undefined ? await reaching(() => onPostgres(options.databaseUrl)) : onRedis(options.redisUrl)
  const report = withoutRepeats(log)
  const queues = new Map<JobName, ReturnType<typeof backend.queue>>()
  const workers: ReturnType<typeof backend.worker>[] = []
  const ending = new AbortController()
  let closing: Promise<void> | undefined
  let closed = false

  const queueOf = (name: JobName) => {
    if (closed) throw new HubError('unavailable', { detail: 'The queues are closed.' })
    const queue = queues.get(name) ?? backend.queue(`${prefix}-${name}`)
    if (!queues.has(name)) queue.on('error', report)
    queues.set(name, queue)
    return queue
  }
  const closeAll = async () => {
    ending.abort()
    // Workers first: what a running job still adds has to find its queue.
    await Promise.all(workers.map((worker) => worker.close()))
    closed = true
    await Promise.all([...queues.values()].map((queue) => queue.close()))
  }
  return {
    add: (name, data, how = {}) => reaching(async () => void (await queueOf(name).add(name, data, toJobOptions(how)))),
    addForAll: async (name, data, id) => {
      for (let slot = 0; slot < mostWorkers; slot++)
        await reaching(
          async () => void (await queueOf(name).add(name, data, toJobOptions({ id: `${name}-${id}-${slot}` }))),
        )
    },
    work: (name, handler, { concurrency = 1 } = {}) => {
      const run = (job: Job, token?: string) => runJob(job, token, handler, ending.signal, log)
      const settings = { concurrency, lockDuration: stalledAfterMs, stalledInterval: stalledAfterMs, maxStalledCount }
      const worker = backend.worker(`${prefix}-${name}`, run, settings)
      worker.on('error', report)
      worker.on('stalled', () => log('job_stalled', { job: name }))
      workers.push(worker)
    },
    every: (name, when, timeZone = 'UTC') => {
      const times = typeof when === 'number' ? { every: when } : { pattern: when, tz: timeZone }
      const template = { name, data: {}, opts: jobOptions }
      return reaching(async () => void (await queueOf(name).upsertJobScheduler(name, times, template)))
    },
    counts: (name) =>
      reaching(async () => {
        const {
          waiting = 0,
          active = 0,
          delayed = 0,
          failed = 0,
        } = await queueOf(name).getJobCounts(...(['waiting', 'active', 'delayed', 'failed'] as const))
        return { waiting, active, delayed, failed }
      }),
    close: () => {
      closing ??= closeAll()
      return closing
    },
  }
}

// A crashed process is not the job's fault: only our own tables, never the queue, give a job up for that.
const maxStalledCount = 10_000

const toJobOptions = ({ id, delayMs = 0, attempts = 5, backoffMs = 1_000 }: AddOptions): JobsOptions => ({
  ...jobOptions,
  ...(id !== undefined && { deduplication: { id, keepLastIfActive: true } }),
  delay: delayMs,
  attempts,
  backoff: { type: 'exponential', delay: backoffMs, jitter: 0.25 },
})

async function runJob<Name extends JobName>(
  job: Job<JobData[Name]>,
  token: string | undefined,
  handler: Handler<Name>,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  const attempt = job.attemptsMade + 1
  try {
    // What it gives back is not kept: it may know more than a queue should.
    await handler(job.data, { attempt, signal })
  } catch (error) {
    if (signal.aborted) {
      await job.moveToDelayed(Date.now(), token)
      throw new DelayedError()
    }
    const reason = reasonOf(error)
    log('job_failed', { job: job.name, attempt, reason })
    throw new Error(reason)
  }
}

// The queue keeps the reason. A HubError's is safe to show; any other's text may quote data.
function reasonOf(error: unknown): string {
  if (error instanceof HubError) return `${error.code}: ${error.message}`
  const code = error instanceof Error && 'code' in error ? ` ${String(error.code)}` : ''
  return error instanceof Error ? `${error.name}${code}` : 'unknown'
}

const patienceMs = 5_000

// A client that has never reached its server waits for it without end; the caller of an API must not.
async function reaching<T>(work: () => Promise<T>): Promise<T> {
  const timer = new AbortController()
  const late = sleep(patienceMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer within ${patienceMs} ms`)
  })
  try {
    return await Promise.race([work(), late])
  } catch (cause) {
    if (cause instanceof HubError) throw cause
    throw new HubError('unavailable', {
      detail: 'The queue cannot be reached. Ask again shortly.',
      retryAfter: 5,
      cause,
    })
  } finally {
    late.catch(() => {})
    timer.abort()
  }
}

// A server that is away makes every connection complain once a second.
function withoutRepeats(log: Log): (error: Error) => void {
  const last = new Map<string, number>()
  return (error) => {
    const reason = reasonOf(error)
    if (Date.now() - (last.get(reason) ?? 0) < 30_000) return
    last.set(reason, Date.now())
    log('queue_error', { reason })
  }
}

type Processor = (job: Job, token?: string) => Promise<void>
type WorkerSettings = Omit<WorkerOptions, 'connection' | 'concurrency'> & { concurrency: number }

async function onPostgres(databaseUrl: string) {
  const connection = poolConfig(databaseUrl)
  await prepareSchema(connection)
  return {
    queue: (name: string) => new Queue(name, { connection: { ...connection, max: 2 } }, createPostgresBackend),
    worker: (name: string, run: Processor, settings: WorkerSettings) => {
      const max = Math.min(settings.concurrency, 4) + 1
      return new Worker(name, run, { ...settings, connection: { ...connection, max } }, createPostgresBackend)
    },
  }
}

function poolConfig(databaseUrl: string): PostgresPoolConfig {
  const url = new URL(databaseUrl)
  // Options in the URL would take the place of the search path that BullMQ sends; beside it they do no harm.
  const options = url.searchParams.get('options')
  url.searchParams.delete('options')
  return {
    connectionString: url.href,
    ...(options !== null && { options }),
    application_name: 'pamoja queue',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  }
}

// Only asks, where there is nothing to do: a process need not have the right to change the schema.
async function prepareSchema(config: PostgresPoolConfig): Promise<void> {
  const connection = new PostgresConnection({ ...config, max: 1 })
  try {
    const client = await connection.pool.connect()
    try {
      const version = await assertSchemaCompatibility(client).catch((error: unknown) => {
        if (error instanceof SchemaMigrationRequiredError) return 0
        throw error
      })
      if (version < LATEST_SCHEMA_VERSION) await runMigrations(client)
    } finally {
      client.release()
    }
  } finally {
    await connection.close()
  }
}

// A producer must answer at once, even with "no"; a worker waits for its server for ever.
function onRedis(url: string) {
  return {
    queue: (name: string) =>
      new Queue(name, {
        connection: { url, enableOfflineQueue: false, connectTimeout: 5_000, maxRetriesPerRequest: 1 },
      }),
    worker: (name: string, run: Processor, settings: WorkerSettings) =>
      new Worker(name, run, { ...settings, connection: { url, connectTimeout: 5_000, maxRetriesPerRequest: null } }),
  }
}
