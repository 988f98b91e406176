/** A hub whose one registry is read by its real adapter from files in an inbox. */
import { expect } from 'vitest'
import type { Adapter } from '../../adapters/contract.ts'
import { adapters } from '../../adapters/registry.ts'
import type { Needs } from '../../core/needs.ts'
import type { Rejection, SyncRun } from '../../schemas/contract.ts'
import { readRecords, type StoredRecord } from '../../store/records.ts'
import { type Inbox, makeInbox } from '../adapters/folder.ts'
import { type TestCore, testCore } from './core.ts'

export const today = '2026-11-22'

export type InboxHub = {
  readonly hub: TestCore
  readonly inbox: Inbox
  /** Drops files into the inbox, syncs and resolves. */
  deliver(files: Readonly<Record<string, string | Uint8Array>>): Promise<SyncRun>
  /** Every record that is listed, by its source id. */
  records(): Promise<Map<string, StoredRecord>>
  rejections(state?: Rejection['state']): Promise<Rejection[]>
  /** Ids of listed records that no person, or more than one, is made of. */
  strays(): Promise<string[]>
  close(): Promise<void>
}

/** `wrap` puts another adapter around the real one. */
export async function inboxHub(
  registry: keyof typeof adapters,
  wrap: (adapter: Adapter) => Adapter = (adapter) => adapter,
  overrides: Partial<Needs> = {},
): Promise<InboxHub> {
  const inbox = await makeInbox()
  const timeZone = registry === 'la-lsso' ? 'Asia/Vientiane' : 'Africa/Nairobi'
  const settings = { registry, timeZone, today, inbox: inbox.path, options: { settleMs: 0 } }
  const hub = await testCore([wrap(adapters[registry](settings))], overrides)
  const ids = async (sql: string) => (await hub.owner.query<{ id: string }>(sql)).map((row) => row.id)
  return {
    hub,
    inbox,
    async deliver(files) {
      for (const [name, content] of Object.entries(files)) await inbox.put(name, content)
      const { run, status, problem } = await hub.sync(registry)
      expect({ status, problem }).toEqual({ status: 'succeeded', problem: undefined })
      await hub.core.resolveWaiting()
      return hub.core.syncRun(registry, run)
    },
    async records() {
      const listed = await ids('select id from source_record where absent_since is null')
      const found = await readRecords(hub.owner, hub.needs.keys, listed)
      return new Map(found.map((stored) => [stored.record.sourceId, stored]))
    },
    async rejections(state) {
      const all: Rejection[] = []
      let cursor: string | undefined
      do {
        const page = await hub.core.rejections(registry, { limit: 200, cursor, state })
        all.push(...page.items)
        cursor = page.nextCursor
      } while (cursor !== undefined)
      return all
    },
    strays: () =>
      ids(
        `select r.id from source_record r left join membership m on m.record = r.id and m.until is null
         where r.absent_since is null group by r.id having count(m.person) <> 1`,
      ),
    async close() {
      await hub.close()
      await inbox.remove()
    },
  }
}
