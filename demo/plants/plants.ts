/** All that is planted, in a fixed order: the same country has the same plants. */
import type { Employer, Person } from '../person.ts'
import { plantAges } from './ages.ts'
import { plantAssistance } from './assistance.ts'
import { plantContributions } from './contributions.ts'
import { plantDeaths } from './deaths.ts'
import { plantDouble } from './double.ts'
import { plantFamilies } from './families.ts'
import { plantHealth } from './health.ts'
import { plantIdentity } from './identity.ts'
import { plantMaternity } from './maternity.ts'
import { type KnownFinding, type ListedRecord, Planter, type Start } from './planter.ts'
import { plantWork } from './work.ts'

export type Plants = {
  readonly people: readonly Person[]
  readonly employers: readonly Employer[]
  readonly records: readonly ListedRecord[]
  readonly findings: readonly KnownFinding[]
}

const groups: readonly ((planter: Planter) => void)[] = [
  plantDouble,
  plantDeaths,
  plantHealth,
  plantIdentity,
  plantContributions,
  plantFamilies,
  plantMaternity,
  plantWork,
  plantAges,
  plantAssistance,
]

export const plantAll = (start: Start, planted: boolean): Plants => {
  const planter = new Planter(start)
  if (planted) for (const plant of groups) plant(planter)
  return planter
}
