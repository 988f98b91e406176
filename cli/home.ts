/** What the demo keeps in PAMOJA_HOME: the made-up country, the clients' key pairs, hub.yaml. */
import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config.ts'
import { demoClients } from '../demo/settings.ts'
import { HubError } from '../errors.ts'

export const clientKeyFile = (config: Config, client: string) => path.join(config.keys, 'clients', `${client}.json`)

/** The private key (JWK) of a client whose key lies in this home. */
export function readClientKey(config: Config, client: string): Record<string, string> {
  const file = clientKeyFile(config, client)
  if (/^[a-z0-9][a-z0-9.-]*$/.test(client) && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  throw new HubError('bad_config', {
    detail: `No key of client ${client} lies in ${path.dirname(file)}. The demo's clients are ${Object.keys(demoClients).join(', ')}; npm start makes their keys.`,
  })
}

/** Public keys of the demo's clients; the pairs are made on the first start and lie in 0600 files. */
export function demoClientKeys(config: Config): Record<string, { publicKey: object }> {
  return Object.fromEntries(
    Object.keys(demoClients).map((client) => {
      const file = clientKeyFile(config, client)
      if (!existsSync(file)) makeClientKey(file)
      const { d: _private, ...publicKey } = readClientKey(config, client)
      return [client, { publicKey }]
    }),
  )
}

function makeClientKey(file: string): void {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, JSON.stringify({ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }), {
    mode: 0o600,
  })
}

/**
 * Writes the demo's hub.yaml, readable by the operator alone. A file that the demo did not write is somebody's own: it is left
 * as it is, with `bad_config`.
 */
export function writeSettings(file: string, text: string): void {
  const [mark = ''] = text.split('\n')
  if (existsSync(file) && !readFileSync(file, 'utf8').startsWith(mark))
    throw new HubError('bad_config', {
      detail: `${file} was not written by the demo, so the demo does not touch it. Set PAMOJA_PROFILE to development or production, or PAMOJA_HOME to another folder.`,
    })
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text, { mode: 0o600 })
  chmodSync(file, 0o600)
}
