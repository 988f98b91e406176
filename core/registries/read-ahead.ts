/** Reads a page ahead: the next page is pulled, normalised and hashed while the one before is in its transaction. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { Adapter, Page } from '../../adapters/contract.ts'
import type { Needs } from '../needs.ts'
import { type Read, readRaw } from './ingest.ts'

export type ReadPage = Page & { readonly reads: readonly Read[] }

/** So many records are normalised at a stretch; then the database's answers and the calls of others have their turn. */
const stretch = 32

/** The pages of a pull with what was read from them, in order. Nothing is written, so nothing is lost when it is left off. */
export const readPages = (needs: Needs, adapter: Adapter, pages: AsyncIterable<Page>): AsyncGenerator<ReadPage> =>
  oneAhead(normalised(needs, adapter, pages))

async function* normalised(needs: Needs, adapter: Adapter, pages: AsyncIterable<Page>): AsyncGenerator<ReadPage> {
  for await (const page of pages) {
    const reads: Read[] = []
    for (let from = 0; from < page.records.length; from += stretch) {
      reads.push(...readRaw(needs, adapter, page.records.slice(from, from + stretch)))
      await breathe()
    }
    yield { ...page, reads }
  }
}

/** Asks for one item more than was taken, and no more. A failure comes in its turn, after the items before it. */
async function* oneAhead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  let next = items.next()
  try {
    for (;;) {
      const step = await next
      if (step.done) return
      next = items.next()
      // Nobody waits for it yet: the failure is told by the `await` above, or by nobody when the run has ended for another reason.
      next.catch(() => undefined)
      yield step.value
    }
  } finally {
    await items.return(undefined).catch(() => undefined)
  }
}
