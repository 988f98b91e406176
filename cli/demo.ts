/** The demo country of `npm start`: made on the first start, served from then on. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../config.ts'
import { type DemoCountry, makeCountry } from '../demo/country.ts'
import { demoSettings } from '../demo/settings.ts'
import { type ShaServer, startShaServer } from '../demo/sha-server.ts'
import { writeCountry } from '../demo/write.ts'
import { settingsFile } from '../hub.ts'
import { demoClientKeys, writeSettings } from './home.ts'

export type Demo = { readonly country: DemoCountry; readonly isNew: boolean; readonly sha: ShaServer }

type Recipe = { people: number; seed: number; asOf: string }

const firstRecipe = { people: 2_000, seed: 2026 }

/** Makes or remembers the country, starts the service that plays SHA, and writes hub.yaml with its address. */
export async function openDemo(config: Config): Promise<Demo> {
  const out = path.join(config.home, 'demo')
  const file = path.join(out, 'country.json')
  const isNew = !existsSync(file)
  const recipe: Recipe = isNew ? { ...firstRecipe, asOf: new Date().toISOString().slice(0, 10) } : JSON.parse(readFileSync(file, 'utf8'))
  const country = isNew ? (await writeCountry({ ...recipe, out })).country : makeCountry(recipe)
  // Written last: a start that was killed halfway writes the country anew.
  if (isNew) writeFileSync(file, JSON.stringify(recipe))
  const access = { key: 'demo-consumer', username: 'demo', password: 'demo' }
  const sha = await startShaServer({ country, ...access })
  writeSettings(settingsFile(config), demoSettings(demoClientKeys(config), { url: sha.url, ...access }))
  return { country, isNew, sha }
}
