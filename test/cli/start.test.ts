import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { start } from '../../cli/start.ts'
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
