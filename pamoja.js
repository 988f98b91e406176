#!/usr/bin/env node
// The `pamoja` command. Runs the compiled hub; compiles it first where that has not happened (npm ci --ignore-scripts).
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))
const entry = join(root, 'dist', 'cli.js')
if (!existsSync(entry)) {
  const built = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (built.status !== 0) process.exit(built.status ?? 1)
}
await import(entry)
