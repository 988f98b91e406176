/** The `pamoja` command. */
import { Command, Option } from 'commander'
import { day, factor, processes, whole } from './cli/arguments.ts'
import { addDedupe } from './cli/dedupe/command.ts'
import { exitCodesHelp, failureOf } from './cli/failure.ts'
import type { ReconcileOptions } from './cli/reconcile/run.ts'
import type { SyncOptions } from './cli/sync.ts'
import type { LookupOptions } from './cli/token.ts'
import { untilStopped } from './cli/until-stopped.ts'
import { type Config, readConfig } from './config.ts'
import { HubError } from './errors.ts'
import { type Scope, scopes } from './sdk/scope.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)
const configured =
  <Arguments extends unknown[]>(action: (config: Config, ...rest: Arguments) => Promise<unknown>) =>
  async (...rest: Arguments): Promise<void> => {
    const code = await action(readConfig(), ...rest)
    if (typeof code === 'number') process.exitCode = code
  }

const program = new Command('pamoja')
  .description('An interoperability hub for national social-protection registries.')
  .version('0.1.0')
  .addHelpText(
    'after',
    `
Settings come from the environment: PORT, HOST, PAMOJA_HOME, DATABASE_URL, REDIS_URL, PAMOJA_PROFILE, PAMOJA_KEYS, LOG_LEVEL, OIDC_ISSUER;
docs/operating.md says what they mean.
${exitCodesHelp}`,
  )
  .showHelpAfterError('pamoja COMMAND --help says what the command takes.')
  .exitOverride()

program
  .command('start')
  .description('everything on this machine; with the demo country on the first start')
  .action(configured(async (config) => (await import('./cli/start.ts')).start(config)))

program
  .command('api')
  .description('the HTTP API of a real deployment')
  .action(
    configured((config) =>
      untilStopped(async ({ onClose }) => {
        const { openHub } = await import('./hub.ts')
        const { serve } = await import('./cli/serve.ts')
        const { eventLog, makeLogger } = await import('./cli/log.ts')
        const logger = makeLogger(config, 'api')
        const hub = await openHub(config, eventLog(logger), { queues: true })
        onClose(hub.close)
        const served = await serve(config, hub, logger)
        onClose(served.close)
        say(`Pamoja is ready: ${served.url}`)
      }),
    ),
  )

program
  .command('worker')
  .description('the worker of a real deployment: syncs, resolving, the nightly round')
  .addOption(new Option('--quiet').hideHelp())
  .action(
    configured((config, { quiet = false }: { quiet?: boolean }) =>
      untilStopped(async ({ onClose }) => {
        const { openHub } = await import('./hub.ts')
        const { startWorker } = await import('./jobs/worker.ts')
        const { eventLog, makeLogger } = await import('./cli/log.ts')
        const log = eventLog(makeLogger(config, 'worker'))
        const hub = await openHub(config, log, { queues: true })
        onClose(hub.close)
        if (!hub.queues) throw new HubError('internal')
        const worker = await startWorker(hub.core, hub.queues, log)
        onClose(worker.stop)
        if (!quiet) say('The worker is ready.')
      }),
    ),
  )

program
  .command('migrate')
  .description('bring the database up to date, and say what was applied')
  .action(
    configured(async (config) => {
      const { migrateDatabase, openDatabase } = await import('./hub.ts')
      const { eventLog, makeLogger } = await import('./cli/log.ts')
      const database = await openDatabase(config, eventLog(makeLogger(config, 'migrate')))
      try {
        const { applied } = await migrateDatabase(database.url)
        say(applied.length > 0 ? applied.map((name) => `applied ${name}`).join('\n') : 'nothing to apply')
      } finally {
        await database.stop()
      }
    }),
  )

program
  .command('token')
  .description('an access token for curl, of a client whose key lies in this home')
  .option('--client <id>', 'the client', 'demo')
  .addOption(new Option('--scope <scope>', 'what the token is for').choices(scopes).default('beneficiaries:read'))
  .option('--url <url>', 'the hub; the configured host and port when missing')
  .action(
    configured(async (config, options: { client: string; url?: string; scope: Scope }) => {
      const { requestToken } = await import('./cli/token.ts')
      say(await requestToken(config, options))
    }),
  )

program
  .command('lookup')
  .description('look a person up by national id, as the demo client does')
  .argument('<value>', 'the number')
  .option('--type <type>', 'the identifier type', 'national-id')
  .option('--issuer <country>', 'who issued it', 'ke')
  .option('--purpose <code>', 'why', 'coverage-check')
  .option('--officer <name>', 'who asks', 'demo-officer')
  .option('--client <id>', 'the client', 'demo')
  .option('--refresh', 'ask the registries that can be asked now')
  .option('--json', 'everything, as the API answers; so too where the output is no terminal')
  .option('--url <url>', 'the hub; the configured host and port when missing')
  .action(
    configured(async (config, value: string, options: LookupOptions & { json?: boolean }) => {
      const { lookUp } = await import('./cli/token.ts')
      const { lookupText } = await import('./cli/lookup-text.ts')
      const answer = await lookUp(config, value, options)
      say(options.json || !process.stdout.isTTY ? JSON.stringify(answer, null, 2) : lookupText(answer))
    }),
  )

program
  .command('sync')
  .description('read a registry now, in the foreground')
  .argument('<registry>', 'such as ke-nssf')
  .option('--file <file>', 'read this file instead of the inbox')
  .option('--despite-drift', 'take a delivery in that was held back, after somebody has looked at it')
  .action(
    configured(async (config, registry: string, options: SyncOptions) =>
      (await import('./cli/sync.ts')).syncInForeground(config, registry, options),
    ),
  )

program
  .command('relink')
  .description(
    'compare every record anew, as after a change of the model; writes differences only, goes on where it stood',
  )
  .action(configured(async (config) => (await import('./cli/relink.ts')).relinkInForeground(config)))

program
  .command('reconcile')
  .description(
    'look for what does not add up between the registries, in the foreground; goes on with a run that was stopped',
  )
  .option('--as-of <date>', 'a past night again, on the facts known then', day)
  .option(
    '--try <file>',
    "other settings of the rules on the last night's facts: what would appear and vanish; nothing is kept",
  )
  .option('--report <dir>', 'write the reports into this folder; reports/DATE in the home when missing')
  .option('--workers <n>', 'processes that share the run', processes, 1)
  .option('--json', 'for machines: one line the outcome, one line each change')
  .addOption(new Option('--join <run>').hideHelp())
  .action(
    configured(async (config, options: ReconcileOptions) =>
      (await import('./cli/reconcile/run.ts')).reconcileInForeground(config, options),
    ),
  )

program
  .command('demo')
  .description("write a made-up country in the registries' own layouts, with its truth")
  .option('--people <n>', 'how many people; those of the situations that rules look for come beside them', whole, 2_000)
  .option('--seed <n>', 'the same seed makes the same country', whole, 2026)
  .option('--as-of <date>', 'the day it is there', day, new Date().toISOString().slice(0, 10))
  .option('--faults <rate>', '0 writes clean records, 1 the usual faults, 2 twice as many', factor, 1)
  .requiredOption('--out <dir>', 'where to write it')
  .action(async (options: { people: number; seed: number; asOf: string; faults: number; out: string }) => {
    const { writeDemo } = await import('./cli/write-demo.ts')
    await writeDemo(options)
  })

addDedupe(program)

program
  .command('adapter')
  .description('tools for adapters')
  .command('test')
  .description('the contract suite for one adapter')
  .argument('<name>', 'such as ke-nssf')
  .action(async (name: string) => {
    process.exitCode = await (await import('./cli/adapter-test.ts')).testAdapter(name)
  })

try {
  await program.parseAsync()
} catch (reason) {
  const { text, code } = failureOf(reason)
  if (text) process.stderr.write(`${text}\n`)
  process.exitCode = code
}
