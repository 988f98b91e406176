/** The composition root: config -> database -> store -> adapters -> use cases -> close. Nothing else knows all the parts. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type Adapter, PullError } from './adapters/contract.ts'
import { adapters } from './adapters/registry.ts'
import type { Config } from './config.ts'
import { type Core, makeCore } from './core/core.ts'
import type { Needs } from './core/needs.ts'
import { applySettings, nightOf, readSettings, type Settings } from './core/settings.ts'
import { HubError, type Reason } from './errors.ts'
import { openQueues, type Queues } from './jobs/queues.ts'
import { defaultModel } from './linkage/model.ts'
import { law } from './reconciliation/law/countries.ts'
import { rules } from './reconciliation/rules.ts'
import { checkSettings } from './reconciliation/settings.ts'
import { openAuditLog } from './store/audit.ts'
import { startPostgres } from './store/embedded/server.ts'
import { checkKeys, isSealed } from './store/key-check.ts'
import { loadKeys } from './store/keys.ts'
import { migrate } from './store/migrate.ts'
import { openPool } from './store/pool.ts'

export type Log = Needs['log']
export type Hub = {
  readonly core: Core
  readonly settings: Settings
  /** Undefined where the hub was opened without: for work in the foreground. */
  readonly queues: Queues | undefined
  close(): Promise<void>
}

/** A run whose worker was not heard of for this long is taken over. */
const quietMs = 15_000

/** The role that the hub works as: it owns nothing, and may only insert into the audit log. */
const appRole = 'pamoja_app'

export const settingsFile = (config: Config) => path.join(config.home, 'hub.yaml')

/** The database of this configuration: the given one, or the embedded one, started or joined. */
export async function openDatabase(config: Config, log: Log): Promise<{ url: string; stop: () => Promise<void> }> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => undefined }
  const dataDir = path.join(config.home, 'postgres')
  return startPostgres({ dataDir, log: (message) => log('postgres', { message: message.trim() }) })
}

/** Brings a database up to date, as the role that owns it. */
export async function migrateDatabase(url: string): Promise<{ applied: string[] }> {
  const owner = openPool(url, { max: 1, statementTimeoutMs: 600_000 })
  try {
    return await migrate(owner)
  } finally {
    await owner.close()
  }
}

/** Opens the hub. Throws HubErrors that say what to mend. */
export async function openHub(config: Config, log: Log, options: { queues: boolean }): Promise<Hub> {
  const settings = readHubYaml(config)
  checkRules(settings)
  const adapterOf = makeAdapters(config, settings)
  checkAdapters(Object.keys(settings.registries), adapterOf)
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const database = await openDatabase(config, log)
    closers.push(database.stop)
    await migrateDatabase(database.url)
    const db = openPool(database.url, { role: appRole, durable: true })
    closers.push(() => db.close())
    // Connections of its own, so that an answer never waits for its audit leaf behind somebody's long write.
    const auditDb = openPool(database.url, { role: appRole, durable: true, max: 2, applicationName: 'pamoja audit' })
    closers.push(() => auditDb.close())
    // A database that was sealed before needs its own key; a new one in its place would hide the loss.
    const keys = loadKeys(config.keys, { create: !(await isSealed(db)) })
    await checkKeys(db, keys)
    await applySettings(db, settings, config.profile)
    const queues = options.queues
      ? await openQueues({
          databaseUrl: database.url,
          log: (message) => log('queue', { message }),
          ...(config.redisUrl && { redisUrl: config.redisUrl }),
        })
      : undefined
    if (queues) closers.push(() => queues.close())
    const core = makeCore({
      db,
      keys,
      audit: openAuditLog(auditDb),
      model: defaultModel,
      adapterOf,
      now: () => new Date(),
      wake: async (wake) => {
        if (wake.work === 'sync') await queues?.add('sync', { run: wake.run }, { id: `sync-${wake.run}` })
        else if (wake.work === 'reconcile') await queues?.addForAll('reconcile', { run: wake.run }, wake.run)
        else await queues?.add(wake.work, {}, { id: wake.work })
      },
      log,
      events: { source: settings.publicUrl ?? 'urn:pamoja:hub', networks: settings.events?.networks ?? [] },
      reconciliation: { ...nightOf(settings), book: { rules, law } },
      quietMs,
    })
    return { core, settings, queues, close }
  } catch (reason) {
    await close()
    throw reason
  }
}

function readHubYaml(config: Config): Settings {
  const file = settingsFile(config)
  if (existsSync(file)) return readSettings(readFileSync(file, 'utf8'))
  const message = `There is no hub.yaml in ${config.home} (PAMOJA_HOME). It names the registries and who may ask; docs/operating.md shows one. To try the hub with a made-up country, run npm start.`
  throw new HubError('bad_config', { detail: message })
}

/** Settings of rules that do not fit them are told at the start too. */
function checkRules(settings: Settings): void {
  const reasons = checkSettings(rules, nightOf(settings).settings)
  if (reasons.length === 0) return
  const within = reasons.map((reason) => ({ ...reason, pointer: `/reconciliation${reason.pointer}` }))
  throw new HubError('bad_config', { reasons: within })
}

/** Settings that an adapter refuses are told at the start, all at once, and not at night. */
function checkAdapters(registries: readonly string[], adapterOf: Needs['adapterOf']): void {
  const reasons = registries.flatMap((registry): Reason[] => {
    try {
      adapterOf(registry)
      return []
    } catch (reason) {
      if (reason instanceof PullError)
        return [{ pointer: `/registries/${registry}`, rule: 'adapter-settings', message: reason.message }]
      if (reason instanceof HubError) return reason.reasons
      throw reason
    }
  })
  if (reasons.length > 0) throw new HubError('bad_config', { reasons })
}

/** Adapters by registry. One instance a day and registry, so that rate limits and circuit breakers keep their memory. */
function makeAdapters(config: Config, settings: Settings): Needs['adapterOf'] {
  const made = new Map<string, { today: string; adapter: Adapter }>()
  return (registry, file) => {
    const one = settings.registries[registry]
    if (!one) return undefined
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: one.timeZone }).format(new Date())
    const before = made.get(registry)
    if (before?.today === today && file === undefined) return before.adapter
    const factory = Object.hasOwn(adapters, one.adapter) ? adapters[one.adapter as keyof typeof adapters] : undefined
    if (!factory) {
      const message = `There is no adapter ${one.adapter}. There are: ${Object.keys(adapters).join(', ')}.`
      throw new HubError('bad_config', {
        reasons: [{ pointer: `/registries/${registry}/adapter`, rule: 'known-name', message }],
      })
    }
    const adapter = factory({
      registry,
      timeZone: one.timeZone,
      today,
      ...(one.inbox && { inbox: path.resolve(config.home, one.inbox) }),
      options: { ...one.options, ...(file !== undefined && { file }) },
    })
    if (file === undefined) made.set(registry, { today, adapter })
    return adapter
  }
}
