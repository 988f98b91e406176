/** The demo country of `npm start`: made on the first start, served from then on. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../config.ts'
import type { Core } from '../core/core.ts'
import { type DemoCountry, makeCountry } from '../demo/country.ts'
import { asksAboutKnown, demoRegistries, demoSettings } from '../demo/settings.ts'
import { type ShaServer, startShaServer } from '../demo/sha-server.ts'
import { writeCountry } from '../demo/write.ts'
import { settingsFile } from '../hub.ts'
import { demoClientKeys, writeSettings } from './home.ts'
import { progressBar, seconds } from './progress.ts'
import { beginOrGoOn, describe } from './sync.ts'

export type Demo = { readonly country: DemoCountry; readonly isNew: boolean; readonly sha: ShaServer }

/** Countries of older homes are not planted, and have no further registries. */
type Recipe = { people: number; seed: number; asOf: string; planted?: boolean; faults?: number }

const firstRecipe = { people: 2_000, seed: 2026 }

/** Makes or remembers the country, starts the service that plays SHA, and writes hub.yaml with its address. */
export async function openDemo(
  config: Config,
  first: { people: number; seed: number; faults?: number } = firstRecipe,
): Promise<Demo> {
  const out = path.join(config.home, 'demo')
  const file = path.join(out, 'country.json')
  const isNew = !existsSync(file)
  const recipe: Recipe = isNew
    ? { ...first, asOf: new Date().toISOString().slice(0, 10), planted: true }
    : JSON.parse(readFileSync(file, 'utf8'))
  const country = isNew ? (await writeCountry({ ...recipe, out })).country : makeCountry(recipe)
  // Written last: a start that was killed halfway writes the country anew.
  if (isNew) writeFileSync(file, JSON.stringify(recipe))
  const access = { key: 'demo-consumer', username: 'demo', password: 'demo' }
  const { faults } = recipe
  const sha = await startShaServer({ country, ...access, ...(faults !== undefined && { faults }) })
  writeSettings(settingsFile(config), demoSettings(demoClientKeys(config), { url: sha.url, ...access }, recipe.planted))
  return { country, isNew, sha }
}

/**
 * Reads each registry once, in an order in which SHA can be asked about the people that the others know. This process reads while the
 * worker resolves what was read.
 */
export async function loadDemo(core: Core, signal: AbortSignal, say: (line: string) => void): Promise<void> {
  const registries = await core.registries()
  const known = new Set(registries.map(({ id }) => id))
  const done = new Set(registries.filter((one) => one.freshness.asOf !== undefined).map(({ id }) => id))
  for (const registry of demoRegistries) {
    if (done.has(registry) || !known.has(registry) || signal.aborted) continue
    if (registry === asksAboutKnown) await untilResolved(core, signal)
    const began = performance.now()
    const bar = progressBar(registry)
    // The start before may have been stopped in the middle.
    const { id } = await beginOrGoOn(core, registry)
    // The worker hears of it too; whoever is first reads.
    await core.runSync(id, signal, (page) => bar.update(page?.done ?? 0, page?.total))
    let run = await core.syncRun(registry, id)
    while ((run.status === 'queued' || run.status === 'running') && !signal.aborted) {
      await sleep(100)
      run = await core.syncRun(registry, id)
      bar.update(run.progress.done, run.progress.total)
    }
    bar.stop()
    if (!signal.aborted) say(`${describe(run)} (${seconds(began)})`)
  }
  await untilResolved(core, signal)
}

async function untilResolved(core: Core, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && (await core.backlog()).waiting > 0) await sleep(20)
}
