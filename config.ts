/** The only reader of process.env: one frozen Config, or every problem at once. */
import { statSync } from 'node:fs'
import path from 'node:path'
import { HubError, type Reason } from './errors.ts'

const profiles = ['demo', 'development', 'production'] as const
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

export type Config = {
  readonly port: number
  readonly host: string
  /** Folder of everything the hub keeps on disk: settings, keys, inboxes, the embedded database. */
  readonly home: string
  /** Undefined: the embedded PostgreSQL under home. */
  readonly databaseUrl: string | undefined
  /** Undefined: queues on PostgreSQL. */
  readonly redisUrl: string | undefined
  readonly profile: (typeof profiles)[number]
  /** Folder of the key files. */
  readonly keys: string
  readonly logLevel: (typeof logLevels)[number]
  /** Undefined: the hub issues its own tokens. */
  readonly oidcIssuer: string | undefined
}

type Env = { readonly [name: string]: string | undefined }

/** Reads the settings of design and README. Throws `bad_config` with one reason for each setting that does not fit. */
export function readConfig(env: Env = process.env): Config {
  const reasons: Reason[] = []
  const set = (name: string) => env[name] || undefined
  const wrong = (name: string, rule: string, message: string) =>
    void reasons.push({ pointer: `/${name}`, rule, message })
  const choice = <const Choices extends readonly string[]>(name: string, choices: Choices, usual: Choices[number]) => {
    const value = set(name) ?? usual
    if (!choices.includes(value)) wrong(name, 'choice', `${name} is one of ${choices.join(', ')}.`)
    return value as Choices[number]
  }
  const url = (name: string, protocols: readonly string[]) => {
    const value = set(name)
    if (value && !protocols.some((protocol) => value.startsWith(`${protocol}://`) && URL.canParse(value)))
      wrong(name, 'url', `${name} is a URL that begins with ${protocols.map((one) => `${one}://`).join(' or ')}.`)
    return value
  }
  const port = Number(set('PORT') ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    wrong('PORT', 'port', 'PORT is a number from 0 (any free port) to 65535.')
  const home = path.resolve(set('PAMOJA_HOME') ?? usualHome())
  const profile = choice('PAMOJA_PROFILE', profiles, 'demo')
  const config: Config = {
    port,
    host: set('HOST') ?? '127.0.0.1',
    home,
    databaseUrl: url('DATABASE_URL', ['postgres', 'postgresql']),
    redisUrl: url('REDIS_URL', ['redis', 'rediss']),
    profile,
    keys: path.resolve(set('PAMOJA_KEYS') ?? path.join(home, 'keys')),
    logLevel: choice('LOG_LEVEL', logLevels, profile === 'demo' ? 'warn' : 'info'),
    oidcIssuer: url('OIDC_ISSUER', ['https', 'http']),
  }
  if (config.profile === 'production' && !set('PAMOJA_KEYS'))
    wrong(
      'PAMOJA_KEYS',
      'production-keys',
      'In production, say where the keys are: PAMOJA_KEYS, a folder that is backed up apart from the database.',
    )
  if (config.profile === 'production' && config.oidcIssuer?.startsWith('http:'))
    wrong('OIDC_ISSUER', 'production-https', 'In production the issuer is reached over https.')
  if (reasons.length > 0) throw new HubError('bad_config', { reasons })
  return Object.freeze(config)
}

/**
 * `.pamoja` in the folder the hub was started from. PostgreSQL refuses to run as root, so for root it runs as another user, who
 * cannot pass through a private folder such as /root; then the system's own place for data.
 */
function usualHome(): string {
  const here = process.cwd()
  if (process.getuid?.() !== 0) return path.join(here, '.pamoja')
  const above = here.split(path.sep).map((_, depth, parts) => parts.slice(0, depth + 1).join(path.sep) || path.sep)
  return above.every((folder) => (statSync(folder).mode & 0o001) !== 0) ? path.join(here, '.pamoja') : '/var/lib/pamoja'
}

/** Where a hub that listens there is reached from its own machine. Who listens everywhere is reached at the machine's own address. */
export function addressOf(host: string, port: number): string {
  const near = { '0.0.0.0': '127.0.0.1', '::': '::1' }[host] ?? host
  return `http://${near.includes(':') ? `[${near}]` : near}:${port}`
}

/** The environment of a child process that works on the same hub. */
export const childEnvironment = (config: Config, databaseUrl: string): Record<string, string | undefined> => ({
  ...process.env,
  PAMOJA_HOME: config.home,
  PAMOJA_KEYS: config.keys,
  DATABASE_URL: databaseUrl,
})
