/** The commands as they are typed wrongly: each ends with 2, says what to mend, and shows no stack. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageFile } from '../../schemas/files.ts'

const home = mkdtempSync(path.join(tmpdir(), 'pamoja-typed-'))
const file = path.join(home, 'a-file')
writeFileSync(file, '')
afterAll(() => rmSync(home, { recursive: true }))

async function type(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...environment } = process.env
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), packageFile('cli.ts'), ...args], {
    env: { ...environment, PAMOJA_HOME: home, PAMOJA_PROFILE: 'development', LOG_LEVEL: 'silent', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      printed[name] += String(chunk)
    })
  const [code] = await once(child, 'close')
  return { code, ...printed }
}

const wrong: [args: string[], told: RegExp, settings?: Record<string, string>][] = [
  [[], /^Usage: pamoja/],
  [['look-up'], /unknown command 'look-up'(.|\n)*Did you mean lookup\?(.|\n)*--help/],
  [['lookup'], /missing required argument 'value'(.|\n)*--help/],
  [['lookup', '1', '--url', 'hub'], /--url \(url\): hub is no address/],
  [['sync', 'ke-nssf', '--file', 'nowhere/members.csv'], /There is no file \/.*nowhere\/members\.csv/],
  [['sync', 'ke-nssf'], new RegExp(`no hub\\.yaml in ${home}`)],
  [['reconcile', '--as-of', '2026-02-30'], /'--as-of <date>' argument '2026-02-30' is invalid/],
  [['demo', '--out', file], /--out \(folder\): .*a-file is a file/],
  [['demo', '--out', path.join(home, 'new'), '--as-of', '2020-01-01'], /--as-of \(first-day\)/],
  [['demo', '--out', path.join(home, 'new'), '--faults', 'x'], /'--faults <rate>' argument 'x' is invalid/],
  [['adapter', 'test', 'ke-nhif'], /There are: .*ke-nssf/],
  [['migrate'], /\/PORT \(port\)(.|\n)*\/LOG_LEVEL \(choice\)/, { PORT: 'x', LOG_LEVEL: 'loud' }],
]
test.each(wrong)('pamoja %j', { timeout: 60_000 }, async (args, told, settings) => {
  const { code, stdout, stderr } = await type(args, settings)
  expect(stderr).toMatch(told)
  expect(stderr).not.toMatch(/\n +at /)
  expect([code, stdout]).toEqual([2, ''])
  expect(readdirSync(home)).toEqual(['a-file'])
})

test('the exit codes stand in the help', async () => {
  expect(await type(['--help'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/Exit codes: 0 .*; 1 .*; 2 /) })
})
