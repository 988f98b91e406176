/** The API process: the core behind HTTP, with the built-in issuer or another one. */
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import type { Logger } from 'pino'
import { makeApp } from '../api/app.ts'
import { localKeys, makeTokenCheck, remoteKeys } from '../api/auth.ts'
import { makeIssuer, newSigningKey, publicKeys } from '../api/issuer.ts'
import { makeMetrics } from '../api/metrics.ts'
import { type Listening, listen } from '../api/server.ts'
import { addressOf, type Config } from '../config.ts'
import { HubError } from '../errors.ts'
import type { Hub } from '../hub.ts'

export type Served = Listening & { readonly url: string }

/**
 * Serves the API. `url` is where callers reach it, and what tokens are issued by and for. `checkAnswers` holds every answer
 * against the contract; for tests.
 */
export async function serve(
  config: Config,
  hub: Hub,
  log: Logger,
  options: { readonly checkAnswers?: boolean } = {},
): Promise<Served> {
  const port = config.port === 0 ? await freePort(config.host) : config.port
  const url = hub.settings.publicUrl ?? addressOf(config.host, port)
  const isActive = async (client: string) => (await hub.core.clients.find(client)) !== undefined
  const metrics = makeMetrics({ process: true })
  const tokens = await makeTokens(config, url, isActive)
  const issuer = tokens.signingKeys && {
    issuer: makeIssuer({
      issuer: url,
      audience: url,
      signingKeys: tokens.signingKeys,
      clients: hub.core.clients,
      onFailure: (error) => log.error({ error: error.name }, 'issuer_failed'),
    }),
  }
  const app = makeApp({ core: hub.core, tokens: tokens.check, log, metrics, ...issuer, ...options })
  const listening = await listen(app, { host: config.host, port }).catch((cause) => {
    throw whyNotThere(port, cause)
  })
  return { ...listening, url }
}

/** Throws when another process has the port, before anything is written that it may live on. */
export async function mustBeFree({ host, port }: Config): Promise<void> {
  const server = createServer().listen(port, host)
  await once(server, 'listening').catch((cause) => {
    throw whyNotThere(port, cause)
  })
  await new Promise((closed) => server.close(closed))
}

const whyNotThere = (port: number, cause: NodeJS.ErrnoException): Error =>
  cause.code === 'EADDRINUSE'
    ? new HubError('bad_config', { detail: `Port ${port} is taken. Set PORT to another one, or to 0 for any.`, cause })
    : cause

type IsActive = (client: string) => Promise<boolean>

async function makeTokens({ oidcIssuer, keys }: Config, url: string, isActive: IsActive) {
  if (oidcIssuer) {
    const check = makeTokenCheck({
      issuer: oidcIssuer,
      audience: url,
      keys: remoteKeys(await keysOf(oidcIssuer)),
      isActive,
    })
    return { check, signingKeys: undefined }
  }
  const signingKeys = await loadSigningKeys(path.join(keys, 'issuer.json'))
  const check = makeTokenCheck({ issuer: url, audience: url, keys: localKeys(publicKeys(signingKeys)), isActive })
  return { check, signingKeys }
}

type SigningKey = Awaited<ReturnType<typeof newSigningKey>>

/** The token-signing keys, made on the first start. Several processes of one hub share the file. */
async function loadSigningKeys(file: string): Promise<SigningKey[]> {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    const key = await newSigningKey(new Date().toISOString().slice(0, 10))
    try {
      writeFileSync(file, JSON.stringify([key]), { mode: 0o600, flag: 'wx' })
    } catch (reason) {
      if (!existsSync(file)) throw reason
    }
  }
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Where another issuer publishes its keys (OpenID Connect Discovery 1.0, section 4). */
async function keysOf(issuer: string): Promise<string> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
  const metadata: unknown = answer?.ok ? await answer.json() : undefined
  if (metadata && typeof metadata === 'object' && 'jwks_uri' in metadata && typeof metadata.jwks_uri === 'string')
    return metadata.jwks_uri
  throw new HubError('bad_config', { detail: `OIDC_ISSUER: ${address} does not answer with a jwks_uri.` })
}

const freePort = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, host, () => {
      const address = probe.address()
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0))
    })
  })
