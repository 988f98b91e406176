/** `pamoja token` and `pamoja lookup`: what an agency's system does, with a client whose key lies in this home. */
import { addressOf, type Config } from '../config.ts'
import type { LookupAnswer, StatedIdentifier } from '../schemas/contract.ts'
import { pamoja } from '../sdk/pamoja.ts'
import type { Scope } from '../sdk/scope.ts'
import { makeTokens } from '../sdk/token.ts'
import { wronglyAsked } from './failure.ts'
import { readClientKey } from './home.ts'

export type Caller = { client: string; url?: string }

function urlOf({ host, port }: Config, given: string | undefined): string {
  if (given === undefined) return addressOf(host, port)
  if (/^https?:\/\//.test(given) && URL.canParse(given)) return given
  throw wronglyAsked('--url', 'url', `${given} is no address of a hub, such as http://127.0.0.1:8080.`)
}

/** An access token for one scope. */
export function requestToken(config: Config, { client, url, scope }: Caller & { scope: Scope }): Promise<string> {
  return makeTokens({
    baseUrl: urlOf(config, url),
    clientId: client,
    privateKey: readClientKey(config, client),
    fetch,
  }).get(scope)
}

export type LookupOptions = Caller & {
  type: string
  issuer: string
  purpose: string
  officer: string
  refresh?: boolean
}

/** One look-up through the SDK. */
export function lookUp(config: Config, value: string, options: LookupOptions): Promise<LookupAnswer> {
  const { client, url, purpose, officer, refresh = false } = options
  const hub = pamoja({
    baseUrl: urlOf(config, url),
    clientId: client,
    privateKey: readClientKey(config, client),
    purpose,
    officer,
  })
  // The hub checks type and issuer against its contract and says which there are.
  return hub.lookup({ type: options.type, issuer: options.issuer, value } as StatedIdentifier, { refresh })
}
