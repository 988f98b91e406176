import { join } from 'node:path'
import { laLsso } from '../../../adapters/la-lsso/adapter.ts'
import { adapterContract, readFixtures, type Subject } from '../../contract/adapter.ts'
import { csv, makeInbox, workbook } from '../folder.ts'
import { headings, insuredRow, titles, totalsRow } from './source.ts'

const people = Array.from({ length: 17 }, (_, i) => i + 1)

const subjectOn = async (
  files: Record<string, string | Uint8Array>,
  settings: { inbox?: string } = {},
): Promise<Subject> => {
  const inbox = await makeInbox(files)
  const adapter = laLsso({
    registry: 'la-lsso',
    timeZone: 'Asia/Vientiane',
    today: '2026-11-22',
    inbox: inbox.path,
    options: { settleMs: 0, pageSize: 5 },
    ...settings,
  })
  return { adapter, close: inbox.remove }
}

adapterContract({
  name: 'la-lsso',
  make: async (source) => {
    // The poison: an amount in words. The person stays insured; the payment alone is refused.
    const row = (i: number) => (source === 'poisoned' && i === 8 ? insuredRow(i).with(12, 'ສອງແສນ') : insuredRow(i))
    const other = people.map((i) => insuredRow(i, { province: 'ຈຳປາສັກ' }).with(1, `16-99${1_000_000 + i}`))
    return subjectOn({
      'attapeu.xlsx': await workbook([...titles, headings, ...people.map(row), totalsRow(17 * 287_500)]),
      'champasack.csv': csv([
        headings,
        ...other,
        insuredRow(3, { province: 'ຈຳປາສັກ', month: '03/2026' }).with(1, '16-991000003'),
      ]),
    })
  },
  fixtures: readFixtures(join(import.meta.dirname, 'fixtures')),
  failures: [
    {
      name: 'the inbox is not there',
      make: () => subjectOn({}, { inbox: join(import.meta.dirname, 'nowhere') }),
      recovery: 'stop',
    },
  ],
  secrets: ['ສົມສັກ', 'ແກ້ວມະນີ', '17-99', '16-99', '991000'],
})
