import { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { codeOf } from './binaries.ts'

/**
 * One process's stake in a shared server: a session that holds a shared advisory lock. The operating system ends it with the
 * process, however that dies, so there is no file to trust or to clean up.
 */
export type Keeper = {
  /** Gives the stake up. True when nobody else holds one; then nobody can take one until `close`. */
  isLast: () => Promise<boolean>
  close: () => Promise<void>
}

// Two advisory locks of the database "postgres", where nothing else takes any: the stake, and the turn to leave.
const stake = 7_301
const turn = 7_302

/**
 * Takes a stake in the server at `url`, which must name the database "postgres", and makes `database` where it is missing.
 * Rejects when the server goes down meanwhile.
 */
export async function keep(url: string, database: string): Promise<Keeper> {
  let closed = false
  let held = await openStake(url, renew)
  await createDatabase(held.client, database)
  // A process that forgets to leave shall still be able to end.
  held.socket.unref()
  return {
    isLast: async () => {
      closed = true
      held.socket.ref()
      // A session that was cut off may not have been renewed yet.
      return leaveTurn(held.client).catch(async () => {
        held = await openStake(url, () => {})
        return leaveTurn(held.client)
      })
    },
    close: async () => {
      closed = true
      await held.client.end().catch(() => {})
    },
  }

  // An administrator or a crashed neighbour may end our session while the server lives on.
  async function renew(): Promise<void> {
    for (let attempt = 1; attempt <= 10 && !closed; attempt++) {
      await sleep(attempt * 100, undefined, { ref: false })
      const opened = closed ? undefined : await openStake(url, renew).catch(() => undefined)
      if (opened === undefined) continue
      if (closed) await opened.client.end()
      else held = opened
      opened.socket.unref()
      return
    }
  }
}

type Stake = { client: pg.Client; socket: Socket }

async function openStake(url: string, onLost: () => void): Promise<Stake> {
  const socket = new Socket()
  const client = new pg.Client({
    connectionString: url,
    application_name: 'pamoja keeper',
    connectionTimeoutMillis: 5_000,
    stream: () => socket,
  })
  client.on('error', () => {})
  await client.connect()
  await client.query('select pg_advisory_lock_shared($1)', [stake])
  client.once('end', onLost)
  return { client, socket }
}

async function leaveTurn(client: pg.Client): Promise<boolean> {
  await client.query('select pg_advisory_lock($1)', [turn])
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [stake])
  if (rows[0]?.alone) return true
  await client.query('select pg_advisory_unlock_shared($1), pg_advisory_unlock($2)', [stake, turn])
  return false
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const known = await client.query('select 1 from pg_database where datname = $1', [name])
  if (known.rowCount) return
  try {
    await client.query(`create database ${pg.escapeIdentifier(name)}`)
  } catch (error) {
    if (!['42P04', '23505'].includes(codeOf(error) ?? '')) throw error // another starter made it
  }
}
