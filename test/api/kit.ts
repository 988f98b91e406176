/** An app with a core made by hand: what the API itself does is tested here; what the core does, in test/core. */
import type { Express } from 'express'
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import pino from 'pino'
import request from 'supertest'
import { makeApp } from '../../api/app.ts'
import { localKeys, makeTokenCheck } from '../../api/auth.ts'
import type { Answering } from '../../api/handler.ts'
import { allScopes, makeIssuer, newSigningKey, publicKeys } from '../../api/issuer.ts'
import { makeMetrics } from '../../api/metrics.ts'
import type { Operation } from '../../schemas/operations.ts'
import { operations } from '../../schemas/operations.ts'

export const issuer = 'http://127.0.0.1:8080'
export const personId = '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f'

const operationOf = (id: string): Operation => {
  const found = operations().find((operation) => operation.id === id)
  if (!found) throw new Error(`no operation ${id}`)
  return found
}

/** The first example of an operation's answer or body, as the contract writes it. */
export const exampleAnswer = <Body>(id: string, status: number): Body =>
  Object.values(operationOf(id).responses[status]?.['application/json']?.examples ?? {})[0]?.value as Body
export const exampleBody = (id: string): unknown =>
  Object.values(operationOf(id).body?.['application/json']?.examples ?? {})[0]?.value

/** A core that answers every question with the contract's own example. */
const exampleCore = (client: { id: string; jwk: JWK }): Answering => {
  const seen = new Set<string>()
  const page = async (id: string) => exampleAnswer<never>(id, 200)
  return {
    lookup: async () => exampleAnswer('lookupBeneficiary', 200),
    search: async () => exampleAnswer('searchBeneficiaries', 200),
    readBeneficiary: async () => exampleAnswer('getBeneficiary', 200),
    listEnrolments: () => page('listBeneficiaryEnrolments'),
    listContributions: () => page('listBeneficiaryContributions'),
    listBenefits: () => page('listBeneficiaryBenefits'),
    listRecords: () => page('listBeneficiaryRecords'),
    listReviews: () => page('listReviews'),
    readReview: async () => exampleAnswer('getReview', 200),
    decideReview: async () => exampleAnswer('decideReview', 200),
    listDecisions: () => page('listDecisions'),
    readDecision: async () => exampleAnswer('getDecision', 200),
    withdrawDecision: async () => exampleAnswer('withdrawDecision', 200),
    merge: async () => exampleAnswer('mergePersons', 200),
    split: async () => exampleAnswer('splitPerson', 200),
    match: async () => exampleAnswer('matchRecord', 200),
    explain: async () => exampleAnswer('explainPair', 200),
    runs: {
      rules: async () => exampleAnswer<{ items: never[] }>('listRules', 200).items,
      list: () => page('listReconciliationRuns'),
      read: async () => exampleAnswer('getReconciliationRun', 200),
      report: async () => exampleAnswer('getReport', 200),
      reportText: async () => (async function* () {})(),
      start: async () => exampleAnswer('startReconciliationRun', 202),
      startTrial: async () => exampleAnswer('startTrial', 202),
      listDifferences: () => page('listTrialDifferences'),
    },
    findings: {
      list: () => page('listFindings'),
      read: async () => exampleAnswer('getFinding', 200),
      transition: async () => exampleAnswer('transitionFinding', 200),
      note: async () => exampleAnswer('noteFinding', 200),
      assign: async () => exampleAnswer('assignFinding', 200),
    },
    subscriptions: {
      create: async () => exampleAnswer('createSubscription', 201),
      list: () => page('listSubscriptions'),
      read: async () => exampleAnswer('getSubscription', 200),
      update: async () => exampleAnswer('updateSubscription', 200),
      deliveries: () => page('listDeliveries'),
      redeliver: async () => exampleAnswer('redeliverEvent', 200),
    },
    registries: async () => exampleAnswer<{ items: never[] }>('listRegistries', 200).items,
    registry: async () => exampleAnswer('getRegistry', 200),
    syncRuns: () => page('listSyncRuns'),
    syncRun: async () => exampleAnswer('getSyncRun', 200),
    rejections: () => page('listRejections'),
    pushRecords: async () => exampleAnswer('pushRecords', 200),
    startSync: async () => exampleAnswer('startSync', 202),
    replayRejection: async () => exampleAnswer('replayRejection', 200),
    replayRejections: async () => exampleAnswer('replayRejections', 200),
    idempotent: async (_once, work) => ({ ...(await work()), replayed: false }),
    clients: {
      find: async (id) =>
        id === client.id
          ? {
              id,
              agency: 'county',
              title: 'A county',
              scopes: allScopes,
              registries: ['ke-nssf'],
              jwks: { keys: [{ ...client.jwk }] },
              active: true,
              demo: false,
            }
          : undefined,
      rememberOnce: async (id) => !seen.has(id) && seen.add(id) !== undefined,
    },
    ready: async () => exampleAnswer('getReadiness', 200),
    misfits: new Map(),
  }
}

export type Claims = Record<string, unknown>
export type Kit = {
  readonly app: Express
  readonly log: string[]
  readonly signingKey: JWK
  readonly clientKey: CryptoKey
  readonly clientJwk: JWK
  /** An access token; claims and header given here replace or, when undefined, remove the usual ones. */
  token(claims?: Claims, header?: Claims, key?: CryptoKey | Uint8Array): Promise<string>
  /** A client assertion for the token endpoint. */
  assertion(claims?: Claims): Promise<string>
}

export const clientId = 'county-hospital'

export async function makeKit(
  change: (core: Answering) => Partial<Answering> = () => ({}),
  options: { isActive?: () => Promise<boolean>; issuer?: string; foreignIssuer?: boolean } = {},
): Promise<Kit> {
  const signingKey = await newSigningKey('test-1')
  const pair = await generateKeyPair('ES256', { extractable: true })
  const clientJwk = { ...(await exportJWK(pair.publicKey)), alg: 'ES256', kid: 'client-1' }
  const usual = exampleCore({ id: clientId, jwk: clientJwk })
  const core = { ...usual, ...change(usual) }
  const log: string[] = []
  const iss = options.issuer ?? issuer
  const isActive = options.isActive ?? (async () => true)
  const builtIn = makeIssuer({
    issuer: iss,
    audience: iss,
    signingKeys: [signingKey],
    clients: core.clients,
    onFailure: (error) => log.push(String(error)),
  })
  const app = makeApp({
    core,
    tokens: makeTokenCheck({ issuer: iss, audience: iss, keys: localKeys(publicKeys([signingKey])), isActive }),
    ...(!options.foreignIssuer && { issuer: builtIn }),
    log: pino({}, { write: (line: string) => void log.push(line) }),
    metrics: makeMetrics(),
    checkAnswers: true,
  })
  const now = () => Math.floor(Date.now() / 1000)
  const sign = async (claims: Claims, header: Claims, key?: CryptoKey | Uint8Array) =>
    new SignJWT(JSON.parse(JSON.stringify(claims)))
      .setProtectedHeader({ alg: 'ES256', ...JSON.parse(JSON.stringify(header)) })
      .sign(key ?? (await importJWK(signingKey, 'ES256')))
  return {
    app,
    log,
    signingKey,
    clientKey: pair.privateKey,
    clientJwk,
    token: (claims = {}, header = {}, key) =>
      sign(
        {
          iss,
          aud: iss,
          sub: clientId,
          client_id: clientId,
          iat: now(),
          exp: now() + 300,
          jti: crypto.randomUUID(),
          scope: allScopes.join(' '),
          ...claims,
        },
        { typ: 'at+jwt', kid: 'test-1', ...header },
        key,
      ),
    assertion: (claims = {}) =>
      sign(
        { iss: clientId, sub: clientId, aud: iss, iat: now(), exp: now() + 60, jti: crypto.randomUUID(), ...claims },
        { kid: 'client-1' },
        pair.privateKey,
      ),
  }
}

/** The path of an operation with its examples' ids filled in. */
export const pathOf = (operation: Operation): string =>
  operation.path
    .replace('{id}', personId)
    .replace('{registry}', 'ke-nssf')
    .replace('{run}', personId)
    .replace('{rejection}', personId)
    .replace('{review}', personId)
    .replace('{decision}', personId)
    .replace('{finding}', personId)
    .replace('{subscription}', personId)
    .replace('{delivery}', personId)
    .replace('{asset}', 'docs.css')
    .replace('{code}', 'not_found')

/** The headers that an operation requires, besides the token. */
export const requiredHeaders = (operation: Operation): Record<string, string> =>
  Object.fromEntries(
    operation.parameters
      .filter((parameter) => parameter.in === 'header' && parameter.required)
      .map(({ name }) => [name, name === 'Idempotency-Key' ? crypto.randomUUID() : 'clinic-visit']),
  )

/** Looks the example person up, or whom `body` says. */
export const lookup = async (
  on: Kit,
  headers: Record<string, string> = {},
  body: unknown = exampleBody('lookupBeneficiary'),
) =>
  request(on.app)
    .post('/v1/beneficiaries/lookup')
    .set({
      Authorization: `Bearer ${await on.token()}`,
      'Pamoja-Purpose': 'clinic-visit',
      'Content-Type': 'application/json',
      ...headers,
    })
    .send(JSON.stringify(body))
