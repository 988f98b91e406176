/** An insured person of a province's list: who they are, and that they are enrolled. */
import type { Branch, SourceRecord } from '../../schemas/contract.ts'
import type { AdapterSettings, Normalised, RawRecord } from '../contract.ts'
import { makeRemarks } from '../transports/cells.ts'
import { employerOf } from './employer.ts'
import { readInsured, readRows } from './identity.ts'

export const scheme = 'la-lsso/nssf'
/**
 * What the fund itself pays. Medical care is not here: since 2019 the health ministry's bureau (NHIB) keeps that list,
 * so this one cannot say who is covered at a clinic. The self-employed are not insured for injury and unemployment.
 */
const voluntaryBranches: readonly Branch[] = ['sickness', 'maternity', 'invalidity', 'old-age', 'survivors']
const workerBranches: readonly Branch[] = [...voluntaryBranches, 'employment-injury', 'unemployment']

export const normaliseInsured = (raw: RawRecord, settings: AdapterSettings): Normalised => {
  const remarks = makeRemarks()
  const rows = readRows(raw.data, remarks)
  const { number, said } = readInsured(rows, settings, remarks, 'refuse')
  const employer = rows.map((row) => employerOf(row, remarks)).at(-1)
  if (remarks.reasons.length > 0 || !number || !said)
    return { outcome: 'rejection', ...(number && { sourceId: number }), reasons: remarks.reasons }
  const record: SourceRecord = {
    registry: settings.registry,
    stream: raw.stream,
    sourceId: number,
    ...said,
    enrolments: [
      {
        scheme,
        branches: employer ? workerBranches : voluntaryBranches,
        status: 'active',
        memberNumber: number,
        category: employer ? 'employed' : 'voluntary',
        ...(employer && { employer }),
      },
    ],
    contributions: [],
    benefits: [],
    quality: remarks.notes,
  }
  return { outcome: 'record', record }
}
