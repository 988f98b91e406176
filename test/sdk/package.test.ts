/** The package as a caller gets it: packed, unpacked elsewhere, with nothing beside it but what it declares. */
import { execFile, execFileSync } from 'node:child_process'
import {
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
import { promisify } from 'node:util'
import { exportPKCS8 } from 'jose'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from '../../api/server.ts'
import { packageFile } from '../../schemas/files.ts'
import { clientId, makeKit } from '../api/kit.ts'

const run = promisify(execFile)
const home = mkdtempSync(path.join(tmpdir(), 'pamoja-sdk-'))
const modules = path.join(home, 'node_modules')
const installed = path.join(modules, '@pamoja/sdk')
type Manifest = { dependencies?: Record<string, string>; exports: unknown }
const manifestOf = (folder: string): Manifest => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))

beforeAll(() => {
  execFileSync('npm', ['pack', '--silent', '--workspace', '@pamoja/sdk', '--pack-destination', home], {
    cwd: packageFile('.'),
    stdio: 'pipe',
  })
  const [tarball = ''] = readdirSync(home).filter((file) => file.endsWith('.tgz'))
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', path.join(home, tarball), '--strip-components=1', '-C', installed])
  link(manifestOf(installed))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Puts what a package declares, and what that declares, beside it. */
function link({ dependencies = {} }: Manifest): void {
  for (const name of Object.keys(dependencies)) {
    const from = packageFile(`node_modules/${name}`)
    if (existsSync(path.join(modules, name))) continue
    symlinkSync(from, path.join(modules, name), 'dir')
    link(manifestOf(from))
  }
}

test('the package holds the code, its types, the examples and the README, and no source', () => {
  const files = readdirSync(installed, { recursive: true }).map(String)
  expect(files).toEqual(
    expect.arrayContaining([
      'README.md',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/contract.d.ts',
      'examples/lookup.js',
      'examples/findings.js',
    ]),
  )
  expect(files.filter((file) => /(?<!\.d)\.ts$/.test(file))).toEqual([])
})

test('the examples print a person and the schemes, and what is overdue, from a real app on a port', async () => {
  const kit = await makeKit()
  const server = await listen(kit.app, { host: '127.0.0.1', port: 0 })
  try {
    const key = path.join(home, 'client.pem')
    writeFileSync(key, await exportPKCS8(kit.clientKey), { mode: 0o600 })
    const env = {
      PATH: process.env.PATH,
      PAMOJA_URL: `http://127.0.0.1:${server.port}`,
      PAMOJA_CLIENT: clientId,
      PAMOJA_KEY: key,
      PAMOJA_PURPOSE: 'clinic-visit',
    }
    const example = path.join(installed, 'examples/lookup.js')
    const { stdout } = await run(process.execPath, [example, 'national-id', 'ke', '24681357'], { cwd: home, env })
    expect(stdout).toBe('NJERI WANJIKU KAMAU\n  ke-nssf/act-2013 active (ke-nssf, 2026-11-22T02:10:00Z)\n')
    const findings = path.join(installed, 'examples/findings.js')
    expect((await run(process.execPath, [findings, 'R02'], { cwd: home, env })).stdout).toBe(
      '2026-12-07 S1 ke-nssf Paid after death: open, KES 25000\n',
    )
    const failed = await run(process.execPath, [example, 'national-id', 'xx', '24681357'], { cwd: home, env }).catch(
      (error: { code: number; stderr: string }) => error,
    )
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^invalid_request: /) })
  } finally {
    await server.close()
  }
})

test('the example of the README compiles against the package alone, and a mistake in it does not', () => {
  const [, example = ''] = /```ts\n([\s\S]+?)```/.exec(readFileSync(path.join(installed, 'README.md'), 'utf8')) ?? []
  expect(example).toContain("from '@pamoja/sdk'")
  expect(compile('good.ts', example)).toEqual([])
  expect(compile('bad.ts', example.replace("type: 'national-id'", "type: 'library-card'")).join()).toContain(
    'library-card',
  )
})

function compile(file: string, source: string): string[] {
  const at = path.join(home, file)
  writeFileSync(at, source)
  writeFileSync(path.join(home, 'package.json'), '{"type":"module"}')
  const program = ts.createProgram([at], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    strict: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [packageFile('node_modules/@types')],
  })
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      (diagnostic) => `${diagnostic.file?.fileName}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`,
    )
}
