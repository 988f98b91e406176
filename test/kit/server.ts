import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '../../store/embedded/server.ts'
import { migrate } from '../../store/migrate.ts'
import { openPool } from '../../store/pool.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The server of this run, and its migrated template. */
    serverUrl: string
    templateName: string
  }
}

const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 }

/** vitest's globalSetup: one throw-away server for the whole run, or the one that TEST_DATABASE_URL names. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL
  const server = given === undefined ? await throwAwayServer() : { url: given, stop: async () => {} }
  const templateName = `pamoja_template_${process.pid}`
  const admin = openPool(server.url, { max: 1, applicationName: 'test setup' })
  await admin.query(`drop database if exists ${templateName}`)
  await admin.query(`create database ${templateName}`)
  const template = openPool(databaseUrl(server.url, templateName), { max: 1 })
  await migrate(template)
  await template.close()
  project.provide('serverUrl', server.url)
  project.provide('templateName', templateName)
  return async () => {
    await admin.query(`drop database if exists ${templateName} with (force)`)
    await admin.close()
    await server.stop()
  }
}

export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

async function throwAwayServer() {
  sweep()
  const home = mkdtempSync(join(tmpdir(), prefix))
  chmodSync(home, 0o755) // root's server runs as another user
  writeFileSync(join(home, 'owner'), String(process.pid))
  const server = await startPostgres({ dataDir: join(home, 'pg'), database: 'postgres', settings })
  // The run may be interrupted: then nobody waits for us any more, and nothing of this server is worth saving.
  const kill = () => {
    end(server.pid)
    rmSync(home, { recursive: true, force: true, maxRetries: 10 })
  }
  process.once('exit', kill)
  // vitest ends by itself on the other signals.
  process.once('SIGHUP', () => process.exit(129))
  return {
    url: server.url,
    stop: async () => {
      await server.stop()
      process.off('exit', kill)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

const prefix = 'pamoja-test-'

// A run that was killed could not clean up: the next one does.
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const home = join(tmpdir(), name)
    const owner = numberIn(join(home, 'owner'))
    if (owner === undefined || isAlive(owner)) continue
    const postmaster = numberIn(join(home, 'pg', 'postmaster.pid'))
    if (postmaster !== undefined) end(postmaster)
    rmSync(home, { recursive: true, force: true, maxRetries: 10 })
  }
}

function numberIn(file: string): number | undefined {
  try {
    const number = Number.parseInt(readFileSync(file, 'utf8'), 10)
    return number > 0 ? number : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

// SIGQUIT is PostgreSQL's immediate shutdown.
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT')
  } catch {
    // it has gone already
  }
}
