/** The processes of a real deployment, as an operator starts and stops them, on the embedded PostgreSQL. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { untilStopped } from '../../cli/until-stopped.ts'
import { demoSettings } from '../../demo/settings.ts'
import { packageFile } from '../../schemas/files.ts'

const key = { publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }
const settings = demoSettings(
  { demo: key, 'demo-lao': key, 'demo-operator': key, 'demo-reconciler': key, 'demo-steward': key },
  { url: 'http://127.0.0.1:1', key: 'k', username: 'u', password: 'p' },
)
let home: string
let children: ChildProcess[] = []

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'pamoja-cli-'))
  chmodSync(home, 0o755)
  writeFileSync(path.join(home, 'hub.yaml'), settings)
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
})
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }))

function run(command: string, port: number) {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...environment } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', packageFile('cli.ts'), command], {
    env: { ...environment, PAMOJA_HOME: home, PAMOJA_PROFILE: 'development', PORT: String(port), LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  const said = { text: '' }
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said.text += chunk
    })
  const ended = once(child, 'exit').then(([code]) => ({ code, said: said.text }))
  return { child, said, ended }
}

const postgresRuns = () => existsSync(path.join(home, 'postgres', 'postmaster.pid'))
const until = async (holds: () => boolean, child: ChildProcess) => {
  while (!holds() && child.exitCode === null) await sleep(20)
}

test('an API whose port is taken says so and leaves no PostgreSQL behind', { timeout: 120_000 }, async () => {
  const squatter = createServer().listen(0, '127.0.0.1')
  await once(squatter, 'listening')
  const address = squatter.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    const { child, ended } = run('api', port)
    await until(postgresRuns, child)
    expect(postgresRuns()).toBe(true)
    expect(await ended).toEqual({ code: 2, said: expect.stringContaining(`Port ${port} is taken.`) })
    expect(postgresRuns()).toBe(false)
  } finally {
    squatter.close()
  }
})

const failing: [when: string, signals: NodeJS.Signals[], ends: 'resolves' | 'rejects'][] = [
  ['that fails is told why', [], 'rejects'],
  ['that fails after Ctrl-C, as its database has heard it too, ends well', ['SIGINT'], 'resolves'],
]
test.each(failing)('a start %s, and everything is closed', async (_when, signals, ends) => {
  const closed: string[] = []
  const running = untilStopped(async ({ onClose }) => {
    onClose(async () => void closed.push('database'))
    for (const signal of signals) process.emit(signal)
    throw new Error('The hub cannot reach its database.')
  })
  if (ends === 'rejects') await expect(running).rejects.toThrow(/database/)
  else await expect(running).resolves.toBeUndefined()
  expect(closed).toEqual(['database'])
})

const stops: [command: string, signal: NodeJS.Signals, when: string, isTime: (said: string) => boolean][] = [
  ['api', 'SIGTERM', 'while it is starting', postgresRuns],
  ['worker', 'SIGINT', 'while it is starting', postgresRuns],
  ['api', 'SIGINT', 'when it is ready', (said) => said.includes('Pamoja is ready')],
  ['worker', 'SIGTERM', 'when it is ready', (said) => said.includes('The worker is ready')],
]
test.each(stops)('%s told to stop by %s %s closes everything and ends well', { timeout: 120_000 }, async (...one) => {
  const [command, signal, _when, isTime] = one
  const { child, said, ended } = run(command, 0)
  await until(() => isTime(said.text), child)
  child.kill(signal)
  expect(await ended).toMatchObject({ code: 0 })
  expect(postgresRuns()).toBe(false)
})
