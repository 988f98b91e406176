/** Live refresh: registries that can be asked about one person are asked now, within a time budget. */
import { type Adapter, PullError, type RawRecord } from '../../adapters/contract.ts'
import type { Identifier } from '../../schemas/contract.ts'
import { lockPersons } from '../../store/persons.ts'
import { lockRegistry } from '../../store/registries.ts'
import { describeFault } from '../fault.ts'
import type { Needs } from '../needs.ts'
import { resolveRecords } from '../persons/resolve.ts'
import { putPage, readRaw } from './ingest.ts'

/** A caller at a counter waits this long for a registry, in milliseconds; then the hub answers from what it holds. */
const budgetMs = 2_000
/** Taking an answer in waits this long for whoever is writing; the caller is not kept longer, nor is a connection. */
const lockMs = 1_000
/** Refreshes under way at once in one process: plain look-ups keep their connections. */
const mostAtOnce = 3

/** What asking came to: its records were taken in, it knows nobody, or there was no answer to use. Who was not asked is not in it. */
export type Refreshed = ReadonlyMap<string, 'refreshed' | 'nobody' | 'unavailable'>

let underWay = 0

/** Asks every given registry that can be asked; what it answers is ingested and resolved before this returns. */
export async function refresh(needs: Needs, registries: readonly string[], identifier: Identifier): Promise<Refreshed> {
  const asked = registries.flatMap((registry) => {
    const adapter = needs.adapterOf(registry)
    return adapter?.fetchOne ? [adapter] : []
  })
  if (underWay >= mostAtOnce) return new Map()
  underWay += 1
  try {
    const answers = await Promise.all(asked.map((adapter) => ask(needs, adapter, identifier)))
    return new Map(answers.flat())
  } finally {
    underWay -= 1
  }
}

type Answer = [registry: string, outcome: 'refreshed' | 'nobody' | 'unavailable']

async function ask(needs: Needs, adapter: Adapter, identifier: Identifier): Promise<Answer[]> {
  try {
    const raws = (await adapter.fetchOne?.(identifier, AbortSignal.timeout(budgetMs))) ?? []
    if (raws.length === 0) return [[adapter.registry, 'nobody']]
    return [[adapter.registry, (await take(needs, adapter, raws)) ? 'refreshed' : 'unavailable']]
  } catch (reason) {
    // It cannot be asked by this kind of number: that says nothing about the person.
    if (reason instanceof PullError && reason.recovery === 'skip') return []
    needs.log('refresh_failed', { registry: adapter.registry, error: describeFault(reason) })
    return [[adapter.registry, 'unavailable']]
  }
}

/** Takes an answer in; false when every record of it had to be refused. */
const take = (needs: Needs, adapter: Adapter, raws: readonly RawRecord[]): Promise<boolean> =>
  needs.db.transaction(
    async (tx) => {
      await lockPersons(tx)
      await lockRegistry(tx, adapter.registry)
      const reads = readRaw(needs, adapter, raws)
      const page = await putPage(needs, tx, adapter.registry, reads, { at: needs.now(), run: null })
      if (page.touched.length > 0) await resolveRecords(needs, tx, page.touched)
      return page.rejected < page.read
    },
    { settings: { lock_timeout: `${lockMs}ms` } },
  )
