/** Live refresh: registries that can be asked about one person are asked now, within a time budget. */
import type { Adapter, RawRecord } from '../adapters/contract.ts'
import type { Identifier } from '../schemas/contract.ts'
import { lockPersons } from '../store/persons.ts'
import { describeFault } from './fault.ts'
import { putPage, readRaw } from './ingest.ts'
import type { Needs } from './needs.ts'
import { resolveRecords } from './resolve.ts'

/** A caller at a counter waits this long for a registry, in milliseconds; then the hub answers from what it holds. */
const budgetMs = 2_000

export type Refreshed = ReadonlyMap<string, 'refreshed' | 'unavailable'>

/** Asks every given registry that can be asked; what it answers is ingested and resolved before this returns. */
export async function refresh(needs: Needs, registries: readonly string[], identifier: Identifier): Promise<Refreshed> {
  const asked = registries.flatMap((registry) => {
    const adapter = needs.adapterOf(registry)
    return adapter?.fetchOne && registry.startsWith(`${identifier.issuer}-`) ? [adapter] : []
  })
  const answers = await Promise.all(asked.map((adapter) => ask(needs, adapter, identifier)))
  return new Map(answers)
}

async function ask(
  needs: Needs,
  adapter: Adapter,
  identifier: Identifier,
): Promise<[string, 'refreshed' | 'unavailable']> {
  try {
    const raws = (await adapter.fetchOne?.(identifier, AbortSignal.timeout(budgetMs))) ?? []
    if (raws.length > 0) await take(needs, adapter, raws)
    return [adapter.registry, 'refreshed']
  } catch (reason) {
    needs.log('refresh_failed', {
      registry: adapter.registry,
      error: describeFault(reason),
    })
    return [adapter.registry, 'unavailable']
  }
}

const take = (needs: Needs, adapter: Adapter, raws: readonly RawRecord[]): Promise<void> =>
  needs.db.transaction(async (tx) => {
    await lockPersons(tx)
    const { touched } = await putPage(needs, tx, adapter.registry, readRaw(needs, adapter, raws), {
      at: needs.now(),
      run: null,
    })
    if (touched.length > 0) await resolveRecords(needs, tx, touched)
  })
