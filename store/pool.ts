import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { HubError } from '../errors.ts'
import { databaseError } from './database-error.ts'

/** What the store's functions take: a pool or a transaction, they need not know which. */
export type Queryable = {
  /**
   * Runs one statement and gives its rows. `name` prepares it once a connection; a name belongs to one text for ever.
   * Columns: bigint and numeric come as strings, date as `YYYY-MM-DD`, timestamptz as Date, bytea as Buffer, jsonb parsed.
   * Parameters: a JSON array has to be stringified by the caller, as an array means a PostgreSQL array.
   * Throws HubError `unavailable` (no connection, timeout, shut down) or `invalid_request` (NUL, broken UTF-8), else pg's own error
   * without the parts that quote data.
   */
  query: <Row extends object>(sql: string, params?: readonly unknown[], name?: string) => Promise<Row[]>
  /** Streams lines into `copy t (a, b) from stdin`; see `copyLine`. Gives the number of rows. Bytes where the format is binary. */
  copyFrom: (sql: string, lines: Lines) => Promise<number>
}

type Lines = Iterable<string | Uint8Array> | AsyncIterable<string>

export type TransactionOptions = {
  isolation?: 'read committed' | 'repeatable read' | 'serializable'
  readOnly?: boolean
  /** For this transaction alone, such as `{ statement_timeout: '60s' }`. */
  settings?: Record<string, string>
}

export type Db = Queryable & {
  /** Commits what `work` did, or nothing. Runs `work` again after a deadlock or a serialisation failure: it must be repeatable. */
  transaction: <T>(work: (tx: Queryable) => Promise<T>, options?: TransactionOptions) => Promise<T>
  /** Connections: open, idle, and callers that wait for one. */
  stats: () => { open: number; idle: number; waiting: number }
  close: () => Promise<void>
}

export type PoolOptions = {
  max?: number
  applicationName?: string
  /** Default 15,000. */
  statementTimeoutMs?: number
  /** The role to work as, when it is not the one that logs in. */
  role?: string
  /** A commit is on disk before it is acknowledged, whatever the server is set to. */
  durable?: boolean
}

const retries = 4

/** A pool on any PostgreSQL 15 or later. Connects when first asked, and again by itself after the server was away. */
export function openPool(url: string, options: PoolOptions = {}): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'pamoja',
    statement_timeout: options.statementTimeoutMs ?? 15_000,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types,
    // Dates are cut out of instants in SQL here and there: in UTC on every machine.
    options: [
      '-c TimeZone=UTC',
      options.role && `-c role=${options.role}`,
      options.durable && '-c synchronous_commit=on',
    ]
      .filter(Boolean)
      .join(' '),
  })
  // A connection that dies while idle, or between two statements of a transaction, must not end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  let closing: Promise<void> | undefined
  return {
    query: (sql, params, name) => run(pool, sql, params, name),
    copyFrom: (sql, lines) => withClient(pool, (client) => copyInto(client, sql, lines)),
    transaction: (work, transactionOptions) => transact(pool, work, transactionOptions ?? {}),
    stats: () => ({ open: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => {
      closing ??= pool.end()
      return closing
    },
  }
}

/** One line of COPY's text format. */
export function copyLine(values: readonly (string | number | bigint | boolean | Buffer | Date | null)[]): string {
  return `${values.map(copyValue).join('\t')}\n`
}

function copyValue(value: string | number | bigint | boolean | Buffer | Date | null): string {
  if (value === null) return '\\N'
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'string') return String(value)
  return value.replace(/[\\\b\f\n\r\t\v]/g, (character) => copyEscapes[character] ?? character)
}

const copyEscapes: Record<string, string> = {
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

// A date has no time zone, and a bigint or numeric more digits than a number: all three stay text.
const types = new pg.TypeOverrides()
const asText = (value: string) => value
const textArray: number = 1009
const asTexts = pg.types.getTypeParser(textArray)
types.setTypeParser(1082, asText) // date
types.setTypeParser(1182, asTexts) // date[]
types.setTypeParser(1016, asTexts) // bigint[]
types.setTypeParser(1231, asTexts) // numeric[]

async function run<Row extends object>(
  on: pg.Pool | pg.PoolClient,
  sql: string,
  params?: readonly unknown[],
  name?: string,
): Promise<Row[]> {
  try {
    const text = { text: sql, ...(params && { values: [...params] }), ...(name && { name }) }
    const result: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await on.query<Row>(text)
    // Several statements in one text, as in a migration, give several results.
    return (Array.isArray(result) ? result.at(-1)?.rows : result.rows) ?? []
  } catch (error) {
    throw databaseError(error)
  }
}

async function copyInto(client: pg.PoolClient, sql: string, lines: Lines): Promise<number> {
  try {
    const stream = client.query(copyFrom(sql))
    await pipeline(Readable.from(lines), stream)
    return stream.rowCount
  } catch (error) {
    throw databaseError(error)
  }
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw databaseError(error)
  })
  let broken = false
  try {
    return await work(client)
  } catch (error) {
    // Most failures are a caller's change of mind. A connection that cannot even undo is not used again.
    broken = await client.query('rollback').then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(broken)
  }
}

async function transact<T>(
  pool: pg.Pool,
  work: (tx: Queryable) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withClient(pool, (client) => attemptTransaction(client, work, options))
    } catch (error) {
      if (!isConflict(error)) throw error
      if (attempt > retries) throw new HubError('unavailable', { retryAfter: 1, cause: error })
      await sleep(10 * 2 ** attempt * (0.5 + Math.random()))
    }
  }
}

async function attemptTransaction<T>(
  client: pg.PoolClient,
  work: (tx: Queryable) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  let over = false
  // One at a time, in the order in which they were asked for; after a failure none of those that still wait may run.
  const inTurn = <Result>(statement: () => Promise<Result>): Promise<Result> => {
    const result = last.then(() => {
      if (over) throw new Error('The transaction is over.')
      return statement()
    })
    last = result.catch(() => undefined)
    return result
  }
  const tx: Queryable = {
    query: (sql, params, name) => inTurn(() => run(client, sql, params, name)),
    copyFrom: (sql, lines) => inTurn(() => copyInto(client, sql, lines)),
  }
  try {
    return await carryOut(tx, work, options)
  } finally {
    over = true
    await last
  }
}

async function carryOut<T>(
  tx: Queryable,
  work: (tx: Queryable) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  await tx.query(
    `begin isolation level ${options.isolation ?? 'read committed'}${options.readOnly ? ' read only' : ''}`,
  )
  for (const [name, value] of Object.entries(options.settings ?? {})) {
    await tx.query('select set_config($1, $2, true)', [name, value])
  }
  const result = await work(tx)
  await tx.query('commit')
  return result
}

// Deadlock, serialisation failure.
function isConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001')
}
