/** Two registries on paper in a hub of their own, and what tests of matching ask about it. */
import { expect } from 'vitest'
import { relink } from '../../core/persons/relink.ts'
import { post } from '../../store/outbox.ts'
import { sourceKey } from '../../store/records.ts'
import { type TestCore, testCore } from './core.ts'
import { type Line, type Paper, paperRegistry } from './paper.ts'

export type PaperHub = Awaited<ReturnType<typeof paperHub>>

/** A line of SHA has a number that begins with CR. */
const registryOf = ({ no }: Line) => (no.startsWith('CR') ? 'ke-sha' : 'ke-nssf')

export async function paperHub() {
  const papers: Record<string, Paper> = {
    'ke-nssf': paperRegistry('ke-nssf'),
    'ke-sha': paperRegistry('ke-sha', { stream: 'client' }),
  }
  const hub: TestCore = await testCore(Object.values(papers))
  const read = async (line: Line) =>
    (
      await hub.owner.query<{ record: string; person: string }>(
        `select r.id as record, m.person from membership m join source_record r on r.id = m.record
         where m.until is null and r.registry = $1 and r.source_key = $2`,
        [registryOf(line), sourceKey(hub.needs.keys, registryOf(line), line.no)],
      )
    )[0] ?? { record: '', person: '' }

  return {
    ...hub,
    /** Both registries' lists are these lines now, resolved. */
    async bring(lines: readonly Line[]): Promise<void> {
      for (const [registry, paper] of Object.entries(papers)) {
        paper.lines = lines.filter((line) => registryOf(line) === registry)
        expect((await hub.sync(registry)).status).toBe('succeeded')
      }
      await hub.core.resolveWaiting()
    },
    personOf: async (line: Line) => (await read(line)).person,
    recordOf: async (line: Line) => (await read(line)).record,
    /** Resolves records again; all of them, each compared anew and a few at a time, when none are given. */
    async resolveAgain(lines?: readonly Line[]): Promise<void> {
      if (!lines) return void (await relink(hub.needs, undefined, undefined, 5))
      const chosen = await Promise.all(lines.map(async (line) => (await read(line)).record))
      await post(hub.owner, 'resolve', chosen, new Date())
      await hub.core.resolveWaiting()
    },
    /** Who belongs to whom, by the lines' numbers, and under which id. */
    async groups(lines: readonly Line[]): Promise<Record<string, string[]>> {
      const found: Record<string, string[]> = {}
      for (const line of lines) {
        const { person } = await read(line)
        found[person] = [...(found[person] ?? []), line.no].sort()
      }
      return found
    },
    leaves: async () =>
      (
        await hub.owner.query<{ body: Buffer; subject: Buffer | null }>(
          'select body, subject from audit_leaf order by xid, id',
        )
      ).map((row) => ({ ...JSON.parse(row.body.toString()), hasSubject: row.subject !== null })),
  }
}
