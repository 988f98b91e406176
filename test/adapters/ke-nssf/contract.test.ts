import { join } from 'node:path'
import { keNssf } from '../../../adapters/ke-nssf/adapter.ts'
import { adapterContract, readFixtures, type Subject } from '../../contract/adapter.ts'
import { csv, makeInbox, workbook } from '../folder.ts'
import { memberHeadings, memberRow, portalReturn, workerLines } from './source.ts'

const people = Array.from({ length: 23 }, (_, i) => i)

const subjectOn = async (
  files: Record<string, string | Uint8Array>,
  settings: { inbox?: string } = {},
): Promise<Subject> => {
  const inbox = await makeInbox(files)
  const adapter = keNssf({
    registry: 'ke-nssf',
    timeZone: 'Africa/Nairobi',
    today: '2026-11-22',
    inbox: inbox.path,
    options: { settleMs: 0, pageSize: 5 },
    ...settings,
  })
  return { adapter, close: inbox.remove }
}

/** The poison: one member's number is gone. */
const register = (poisoned: boolean) =>
  csv([memberHeadings, ...people.map((i) => (poisoned && i === 11 ? ['', ...memberRow(i).slice(1)] : memberRow(i)))])

adapterContract({
  name: 'ke-nssf',
  make: async (source) =>
    subjectOn({
      'register.csv': register(source === 'poisoned'),
      'return-a.xlsx': await workbook(portalReturn('990000001', '022026', people.flatMap(workerLines))),
      'return-b.xlsx': await workbook(portalReturn('990000002', '022026', people.slice(0, 3).flatMap(workerLines))),
      'notes.pdf': 'not a table',
    }),
  fixtures: readFixtures(join(import.meta.dirname, 'fixtures')),
  failures: [
    {
      name: 'the inbox is not there',
      make: () => subjectOn({}, { inbox: join(import.meta.dirname, 'nowhere') }),
      recovery: 'stop',
    },
  ],
  secrets: ['Wanjiku', 'Njeri', '99100', '99000000', 'A991'],
})
