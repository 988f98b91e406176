/** Each command and each example of the README does what the README says, in the order in which a newcomer types them. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LookupAnswer } from '../../schemas/contract.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
const usual = { url: 'http://127.0.0.1:8080', home: '.pamoja' }
const run = promisify(execFile)

type Block = { readonly language: string; readonly text: string }
/** What can be typed or run; a picture is neither. */
const blocks: readonly Block[] = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
  .map(([, language = '', text = '']) => ({ language, text: text.trim() }))
  .filter(({ language }) => language !== 'mermaid')

const cases = {
  start: /^npm ci && npm start$/,
  test: /^npm ci && npm test$/,
  lookup: /^npx pamoja lookup \d+$/,
  curl: /^curl -s /,
  reconcile: /^npx pamoja reconcile$/,
  typescript: /from '@pamoja\/sdk'/,
}
const blockOf = (name: keyof typeof cases): string => {
  const [found, ...more] = blocks.filter(({ text }) => cases[name].test(text))
  if (!found || more.length > 0) throw new Error(`the README has no block, or several, for ${name}`)
  return found.text
}

test('each block of the README is run by a case of this file', () => {
  const covered = (text: string) => Object.values(cases).filter((pattern) => pattern.test(text)).length
  expect(blocks.filter(({ text }) => covered(text) !== 1)).toEqual([])
  expect(blocks).toHaveLength(Object.keys(cases).length)
})

test('the README’s two commands are what the continuous run does, from a clean clone', () => {
  const script = readFileSync(path.join(root, '.ci', 'run'), 'utf8')
  for (const command of ['npm ci', 'npm test'])
    expect(script).toMatch(new RegExp(`^step '${command}' ${command}( --[a-z-]+)*$`, 'm'))
  expect(readFileSync(path.join(root, '.ci', 'newcomer.mjs'), 'utf8')).toContain("spawn('npm', ['start']")
  for (const name of ['start', 'test'] as const)
    for (const command of blockOf(name).split(' && ')) expect(`${script} npm start`).toContain(command)
})

test('every file and folder that the README links to is there', () => {
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target = '']) => target)
  expect(links.length).toBeGreaterThan(4)
  expect(links.filter((target) => !existsSync(path.join(root, target)))).toEqual([])
})

type Process = { readonly pid: number; readonly parent: number; readonly group: number; readonly command: string }
const processes = async (): Promise<Process[]> =>
  (await run('ps', ['-A', '-o', 'pid=,ppid=,pgid=,args='])).stdout.split('\n').flatMap((line) => {
    const [, pid, parent, group, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
    return pid ? [{ pid: Number(pid), parent: Number(parent), group: Number(group), command }] : []
  })

describe('a hub that was started as the README says', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'pamoja-readme-'))
  // The embedded server of root runs as another user.
  chmodSync(home, 0o755)
  let hub: ChildProcess
  let printed = ''
  let url = ''

  beforeAll(async () => {
    const [command = '', ...rest] = blockOf('start').split(' && ').at(-1)?.split(' ') ?? []
    hub = spawn(command, rest, {
      cwd: root,
      env: {
        ...process.env,
        PAMOJA_HOME: home,
        PORT: '0',
        DATABASE_URL: '',
        REDIS_URL: '',
        PAMOJA_PROFILE: '',
        LOG_LEVEL: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    hub.stdout?.on('data', (text) => {
      printed += text
    })
    hub.stderr?.on('data', (text) => {
      printed += text
    })
    while (!url) {
      if (hub.exitCode !== null || hub.signalCode !== null)
        throw new Error(`the hub ended before it was ready:\n${printed}`)
      url = /^Pamoja is ready: (\S+)/m.exec(printed)?.[1] ?? ''
      await sleep(50)
    }
  }, 180_000)
  afterAll(async () => {
    if (hub.pid && hub.exitCode === null && hub.signalCode === null) process.kill(-hub.pid, 'SIGKILL')
    const postmaster = postmasterOf(home)
    for (const { pid } of await processes()) if (pid === postmaster) process.kill(pid, 'SIGQUIT')
    rmSync(home, { recursive: true, force: true, maxRetries: 10 })
  })

  const here = (text: string) => text.replaceAll(usual.url, url).replaceAll(`${usual.home}/`, `${home}/`)
  const bash = async (text: string) =>
    (
      await run('bash', ['-c', here(text)], {
        cwd: root,
        env: { ...process.env, PAMOJA_HOME: home, PORT: new URL(url).port },
      })
    ).stdout
  const stated = (answer: LookupAnswer) => {
    if (answer.outcome !== 'match') throw new Error('nobody was found')
    const { name, enrolments = [] } = answer.beneficiary
    return {
      name: name?.full,
      registries: new Set(enrolments.map(({ registry }) => registry)),
      lines: enrolments.map(({ scheme, status }) => `${scheme}: ${status}`),
    }
  }
  let shown: ReturnType<typeof stated>

  test('has loaded as many people as the README says, and names the look-up that comes next', () => {
    const [people = ''] = /[\d,]+ made-up people of Kenya and Laos/.exec(readme) ?? []
    expect(printed).toContain(people)
    expect(printed).toContain(blockOf('lookup'))
    expect(printed).toMatch(/^ke-nssf: succeeded, .* read = /m)
  })

  test('answers the look-up from the command line: one person, as NSSF and SHA know her', async () => {
    shown = stated(JSON.parse(await bash(blockOf('lookup'))))
    expect(shown.registries).toEqual(new Set(['ke-nssf', 'ke-sha']))
    expect(shown.name).toMatch(/\p{L}+ \p{L}+/u)
  }, 60_000)

  test('answers curl with the same person', async () => {
    expect(stated(JSON.parse(await bash(blockOf('curl'))))).toEqual(shown)
  }, 60_000)

  test('answers the TypeScript example, which also compiles, with the same person', async () => {
    const folder = path.join(home, 'example')
    mkdirSync(path.join(folder, 'node_modules', '@pamoja'), { recursive: true })
    symlinkSync(path.join(root, 'sdk'), path.join(folder, 'node_modules', '@pamoja', 'sdk'))
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}')
    const file = path.join(folder, 'example.ts')
    writeFileSync(file, here(blockOf('typescript')))
    const tool = (name: string) => path.join(root, 'node_modules', '.bin', name)
    const types = path.join(root, 'node_modules', '@types')
    const strict = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--target',
      'es2023',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--typeRoots',
      types,
    ]
    const compiled = await run(tool('tsc'), [...strict, file]).catch((failure) => failure)
    expect(compiled.stdout).toBe('')
    const { stdout } = await run(tool('tsx'), [file], { cwd: folder })
    expect(stdout).toContain(shown.name)
    expect(shown.lines.filter((line) => !stdout.includes(line))).toEqual([])
  }, 60_000)

  test('answers the SDK’s own example, which is told no more than the port and the home', async () => {
    const printed = await bash('node sdk/examples/lookup.js')
    expect(printed.split('\n')[0]).toBe(shown.name)
    expect(await bash('node sdk/examples/findings.js')).toBe('Nothing is overdue.\n')
  }, 60_000)

  test('reconciles the registries beside the running hub: a table by rule, and a report for each registry', async () => {
    const table = await bash(blockOf('reconcile'))
    expect(table).toMatch(/^R02 +Paid after death +[1-9]/m)
    const [, count = '', folder = ''] = /^(\d+) reports written to (.+)$/m.exec(table) ?? []
    expect(readdirSync(path.resolve(root, folder))).toHaveLength(Number(count))
    expect(readFileSync(path.resolve(root, folder, 'ke-nssf.html'), 'utf8')).toMatch(
      /<h1>Reconciliation of .*National Social Security Fund/,
    )
  }, 120_000)

  test('serves the page that the README points to', async () => {
    const [page = ''] = new RegExp(`${usual.url}/[a-z]+`).exec(readme.replace(/```.*?```/gs, '')) ?? []
    const answer = await fetch(here(page))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
  })

  test('leaves no process behind when it is told to stop, its database included', async () => {
    const all = await processes()
    const ours = new Set([hub.pid ?? -1, postmasterOf(home) ?? -1])
    // Parents stand before their children as a rule, but not always.
    for (let size = 0; size < ours.size; ) {
      size = ours.size
      for (const one of all)
        if (ours.has(one.parent) || one.group === hub.pid || one.command.includes(home)) ours.add(one.pid)
    }
    expect(all.filter(({ pid, command }) => ours.has(pid) && command.includes('postgres')).length).toBeGreaterThan(1)
    expect(all.filter(({ pid, command }) => ours.has(pid) && command.includes('pamoja.js')).length).toBeGreaterThan(1)
    if (hub.pid) process.kill(-hub.pid, 'SIGTERM')
    const left = async () => (await processes()).filter(({ pid, command }) => ours.has(pid) || command.includes(home))
    const patience = Date.now() + 15_000
    while ((await left()).length > 0 && Date.now() < patience) await sleep(100)
    expect((await left()).map(({ command }) => command)).toEqual([])
    expect(printed).toMatch(/^stopping$/m)
  }, 60_000)
})

/** The first line of postmaster.pid is the server's process id. */
function postmasterOf(home: string): number | undefined {
  const file = path.join(home, 'postgres', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined
}
