// Starts the hub with an empty home on a free port, looks the README's person up with the SDK, and stops the hub.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const home = mkdtempSync(path.join(tmpdir(), 'pamoja-newcomer-'))
chmodSync(home, 0o755)
const hub = spawn('npm', ['start'], {
  env: { ...process.env, PAMOJA_HOME: home, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
})
const timer = setTimeout(() => process.kill(-hub.pid, 'SIGKILL'), 180_000)
try {
  const { url, seconds } = await ready()
  const { pamoja } = await import('@pamoja/sdk')
  const privateKey = JSON.parse(readFileSync(path.join(home, 'keys', 'clients', 'demo.json'), 'utf8'))
  const client = pamoja({
    baseUrl: url,
    clientId: 'demo',
    privateKey,
    purpose: 'coverage-check',
    officer: 'demo-officer',
  })
  const answer = await client.lookup({ type: 'national-id', issuer: 'ke', value: '99000001' })
  assert.equal(answer.outcome, 'match')
  const registries = new Set(answer.beneficiary.enrolments.map((enrolment) => enrolment.registry))
  assert.deepEqual([...registries].sort(), ['ke-nssf', 'ke-sha'])
  console.log(`ready after ${seconds} s; the demo person has enrolments from ${[...registries].join(' and ')}`)
} finally {
  process.kill(-hub.pid, 'SIGTERM')
  await Promise.race([once(hub, 'exit'), new Promise((done) => setTimeout(done, 20_000))])
  clearTimeout(timer)
  rmSync(home, { recursive: true, force: true })
}

function ready() {
  let text = ''
  return new Promise((resolve, reject) => {
    hub.stdout.on('data', (chunk) => {
      process.stdout.write(chunk)
      text += chunk
      const line = /Pamoja is ready: (\S+) \((\S+) s\)/.exec(text)
      if (line) resolve({ url: line[1], seconds: Number(line[2]) })
    })
    hub.once('exit', () => reject(new Error('the hub ended before it was ready')))
  })
}
