import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { start, toTry } from '../../cli/start.ts'
import { readConfig } from '../../config.ts'

test('a start whose port is taken says so, and touches nothing that the hub there lives on', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'pamoja-start-'))
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    const config = readConfig({ PAMOJA_HOME: home, PORT: String(port), LOG_LEVEL: 'silent' })
    await expect(start(config)).rejects.toMatchObject({ code: 'bad_config', message: /taken/ })
    expect(readdirSync(home)).toEqual([])
  } finally {
    await new Promise((resolve) => other.close(resolve))
    rmSync(home, { recursive: true, force: true })
  }
})

test('what to try is typed as it stands: with the settings that are not the usual ones', () => {
  const usual = readConfig({})
  expect(toTry('http://127.0.0.1:8080', usual.home)).toMatch(/^ {2}npx pamoja lookup 99000001 {2}/m)
  const other = toTry('http://127.0.0.1:9090', '/srv/my hub')
  expect(other).toMatch(/^ {2}PORT=9090 PAMOJA_HOME="\/srv\/my hub" npx pamoja lookup 99000001 {2}/m)
  expect(other).toMatch(/^ {2}http:\/\/127\.0\.0\.1:9090\/docs {2}/m)
})
