/** What of a draft is kept: nothing that another registry than its owner knows. */
import { expect, test } from 'vitest'
import { regionsOf, toFindings } from '../../../core/reconciliation/findings-of.ts'
import type { Dossier } from '../../../reconciliation/dossier.ts'
import { noBirthDate } from '../../kit/night-rules.ts'
import { toRecord } from '../../kit/paper.ts'

const lived = (registry: string, regionCode: string | undefined, absent = false) => ({
  registry,
  id: `${registry} ${regionCode}`,
  version: 1,
  absent,
  record: {
    ...toRecord({ no: '1', name: 'Wanjiku Kamau' }, registry),
    ...(regionCode !== undefined && { addresses: [{ lines: ['somewhere'] }, { lines: ['there'], regionCode }] }),
  },
})
const dossier = {
  person: '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f',
  records: [
    lived('ke-sha', 'KE-30'),
    lived('ke-nssf', 'KE-01', true),
    lived('ke-nssf', undefined),
    lived('ke-nssf', 'KE-47'),
    lived('la-lsso', undefined),
  ],
} as unknown as Dossier

test('the region of a finding is where its owner knows the person to live; nobody is told of an address of another registry', () => {
  const owners = ['ke-nssf', 'ke-sha', 'la-lsso']
  const subject = { kind: 'person', id: dossier.person, regions: regionsOf(dossier) } as const
  const drafts = owners.map((owner) => ({
    about: owner,
    owner,
    evidence: [{ registry: owner, record: 'r', version: 1, pointer: '' }],
    facts: {},
  }))
  const found = toFindings(noBirthDate, subject, drafts, new Set(owners))
  expect(found.map(({ owner, region }) => [owner, region])).toEqual([
    ['ke-nssf', 'KE-47'],
    ['ke-sha', 'KE-30'],
    ['la-lsso', null],
  ])
})
