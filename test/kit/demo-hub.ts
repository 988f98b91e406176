/** The whole hub on a small demo country: database, queues, worker, SHA service, API, as `npm start` puts them together. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { loadDemo, openDemo } from '../../cli/demo.ts'
import { readClientKey } from '../../cli/home.ts'
import { serve } from '../../cli/serve.ts'
import { type Config, readConfig } from '../../config.ts'
import { type Hub, openHub } from '../../hub.ts'
import { startWorker } from '../../jobs/worker.ts'
import { type Pamoja, pamoja } from '../../sdk/pamoja.ts'
import type { Db } from '../../store/pool.ts'
import { testDatabase } from './database.ts'

export type Story = {
  says: string
  people: {
    person: string
    name: string
    born: string
    identifiers: { type: 'national-id'; issuer: 'ke'; value: string }[]
  }[]
}
export type DemoHub = {
  hub: Hub
  config: Config
  url: string
  home: string
  /** As the owner of the tables. */
  owner: Db
  /** A client of the demo, by its id. */
  client: (id: string, purpose?: string) => Pamoja
  stories: Record<string, Story>
  log: string[]
  close: () => Promise<void>
}

export async function demoHub(people: number, options: { faults?: number } = {}): Promise<DemoHub> {
  const database = await testDatabase()
  const home = await mkdtemp(path.join(tmpdir(), 'pamoja-demo-'))
  const config = readConfig({ PAMOJA_HOME: home, PORT: '0', DATABASE_URL: database.url, LOG_LEVEL: 'trace' })
  const log: string[] = []
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) })
  const note = (event: string, details: object) => void log.push(JSON.stringify({ event, ...details }))
  const demo = await openDemo(config, { people, seed: 11, ...options })
  const hub = await openHub(config, note, { queues: true })
  if (!hub.queues) throw new Error('no queues')
  const worker = await startWorker(hub.core, hub.queues, note)
  const served = await serve(config, hub, logger, { checkAnswers: true })
  await loadDemo(hub.core, new AbortController().signal, (line) => void log.push(line))
  const stories = JSON.parse(await readFile(path.join(home, 'demo', 'stories.json'), 'utf8')).stories
  return {
    hub,
    config,
    url: served.url,
    home,
    owner: database.db,
    client: (id, purpose = 'coverage-check') =>
      pamoja({
        baseUrl: served.url,
        clientId: id,
        privateKey: readClientKey(config, id),
        purpose,
        officer: 'officer-1',
      }),
    stories,
    log,
    async close() {
      await served.close()
      await worker.stop()
      await hub.close()
      await demo.sha.close()
      await database.drop()
      await rm(home, { recursive: true })
    },
  }
}
