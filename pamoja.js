#!/usr/bin/env node
// The `pamoja` command. Runs the compiled hub, compiled anew first where a source is younger than what was compiled from it.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const compiled = join(root, 'dist', '.tsbuildinfo')
const sources = [
  'adapters',
  'api',
  'bench',
  'cli',
  'core',
  'demo',
  'jobs',
  'linkage',
  'reconciliation',
  'schemas',
  'sdk',
  'store',
]

const isYounger = (file, than) => statSync(file).mtimeMs > than
const anyYounger = (folder, than) =>
  readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? entry.name !== 'dist' && entry.name !== 'node_modules' && anyYounger(join(folder, entry.name), than)
      : entry.name.endsWith('.ts') && isYounger(join(folder, entry.name), than),
  )

function isStale() {
  if (!existsSync(compiled)) return true
  // An installed package carries no sources.
  if (!existsSync(join(root, 'cli.ts'))) return false
  const { mtimeMs } = statSync(compiled)
  return (
    ['cli.ts', 'config.ts', 'errors.ts', 'hub.ts'].some((file) => isYounger(join(root, file), mtimeMs)) ||
    sources.some((folder) => anyYounger(join(root, folder), mtimeMs))
  )
}

if (isStale()) {
  process.stderr.write('compiling\n')
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const built = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--noCheck'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (built.status !== 0) process.exit(built.status ?? 1)
}
await import(join(root, 'dist', 'cli.js'))
