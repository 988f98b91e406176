import path from 'node:path'
import { expect, test } from 'vitest'
import { addressOf, readConfig } from '../config.ts'
import { HubError } from '../errors.ts'

const problemsOf = (env: Record<string, string>) => {
  try {
    readConfig(env)
    return []
  } catch (reason) {
    if (reason instanceof HubError) return reason.reasons.map(({ pointer }) => pointer)
    throw reason
  }
}

test('nothing set is the demo on 127.0.0.1:8080 with everything under one home', () => {
  const config = readConfig({ PAMOJA_HOME: '/srv/pamoja' })
  expect(config).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    profile: 'demo',
    logLevel: 'warn',
    home: '/srv/pamoja',
  })
  expect(config.keys).toBe(path.join('/srv/pamoja', 'keys'))
  expect([config.databaseUrl, config.redisUrl, config.oidcIssuer]).toEqual([undefined, undefined, undefined])
  expect(Object.isFrozen(config)).toBe(true)
})

test('every setting that does not fit is named at once', () => {
  const env = {
    PORT: 'eighty',
    DATABASE_URL: 'mysql://x',
    REDIS_URL: 'localhost',
    PAMOJA_PROFILE: 'prod',
    LOG_LEVEL: 'loud',
    OIDC_ISSUER: 'x',
  }
  expect(problemsOf(env).sort()).toEqual([
    '/DATABASE_URL',
    '/LOG_LEVEL',
    '/OIDC_ISSUER',
    '/PAMOJA_PROFILE',
    '/PORT',
    '/REDIS_URL',
  ])
})

test('production wants its keys apart and its issuer over https', () => {
  expect(problemsOf({ PAMOJA_PROFILE: 'production', OIDC_ISSUER: 'http://x' }).sort()).toEqual([
    '/OIDC_ISSUER',
    '/PAMOJA_KEYS',
  ])
  expect(problemsOf({ PAMOJA_PROFILE: 'production', PAMOJA_KEYS: '/keys' })).toEqual([])
})

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8080'],
  ['0.0.0.0', 'http://127.0.0.1:8080'],
  ['::', 'http://[::1]:8080'],
  ['::1', 'http://[::1]:8080'],
  ['hub.example.org', 'http://hub.example.org:8080'],
])('a hub that listens on %s is reached from its own machine at %s', (host, address) => {
  expect(addressOf(host, 8080)).toBe(address)
})
