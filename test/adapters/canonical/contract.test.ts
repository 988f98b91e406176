import { join } from 'node:path'
import { canonical } from '../../../adapters/canonical/adapter.ts'
import { adapterContract, readFixtures, type Subject } from '../../contract/adapter.ts'
import { makeInbox } from '../folder.ts'
import { birthLine, deathLine, ndjson } from './source.ts'

const subjectOn = async (files: Record<string, string>, settings: { inbox?: string } = {}): Promise<Subject> => {
  const inbox = await makeInbox(files)
  const adapter = canonical({
    registry: 'ke-crs',
    timeZone: 'Africa/Nairobi',
    today: '2026-11-22',
    inbox: inbox.path,
    options: { settleMs: 0, pageSize: 5, streams: ['beneficiary', 'birth', 'death'] },
    ...settings,
  })
  return { adapter, close: inbox.remove }
}

const people = Array.from({ length: 13 }, (_, i) => i + 1)

adapterContract({
  name: 'canonical',
  make: (source) =>
    subjectOn({
      'births.ndjson': ndjson(people.map(birthLine)),
      'death.full.ndjson': ndjson(
        people.map((i) =>
          source === 'poisoned' && i === 8 ? { ...deathLine(i), birthDate: 'in spring' } : deathLine(i),
        ),
      ),
    }),
  fixtures: readFixtures(join(import.meta.dirname, 'fixtures')),
  failures: [
    {
      name: 'the inbox is not there',
      make: () => subjectOn({}, { inbox: join(import.meta.dirname, 'nowhere') }),
      recovery: 'stop',
    },
  ],
  secrets: ['Wafula', 'Barasa', '99101', '99100'],
})
