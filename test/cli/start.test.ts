import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { start, toTry } from '../../cli/start.ts'
import { type Config, readConfig } from '../../config.ts'

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

const usual = { ...readConfig({}), databaseUrl: undefined }
const typed: [settings: string, port: number, config: Partial<Config>, told: string][] = [
  ['the usual settings', 8080, {}, 'npx pamoja'],
  ['a port of its own', 80, {}, 'PORT=80 npx pamoja'],
  ['an address that is not the usual one', 8080, { host: '192.0.2.7' }, 'HOST=192.0.2.7 npx pamoja'],
  ['every address', 8080, { host: '0.0.0.0' }, 'npx pamoja'],
  [
    'a home whose name a shell would read',
    8080,
    { home: "/srv/Mama's $HOME", keys: "/srv/Mama's $HOME/keys" },
    String.raw`PAMOJA_HOME='/srv/Mama'\''s $HOME' npx pamoja`,
  ],
  ['keys elsewhere', 8080, { keys: '/srv/keys' }, 'PAMOJA_KEYS=/srv/keys npx pamoja'],
]
test.each(typed)('what to try can be typed as it stands, with %s', (_, port, config, told) => {
  const [title, lookup, ...more] = toTry({ url: 'http://hub', port }, { ...usual, ...config }, usual).split('\n')
  expect(title).toBe('Try, in another terminal:')
  expect(lookup).toBe(`  ${told} lookup 99000001  one person, as two registries know her`)
  expect(more.at(-1)).toMatch(/^ {2}http:\/\/hub\/docs {2}/)
})

test('what to try asks for the database that was given, and does not repeat its password', () => {
  const told = toTry({ url: 'http://hub', port: 8080 }, { ...usual, databaseUrl: 'postgres://me:secret@db/hub' }, usual)
  expect(told).toMatch(/^Try, in another terminal with the same DATABASE_URL:\n/)
  expect(told).not.toContain('secret')
})
