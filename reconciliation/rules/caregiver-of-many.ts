import { holds, surely } from '../dates.ts'
import type { FactRef } from '../dossier.ts'
import { at } from '../dossier.ts'
import { evidenceOf, listed } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { identifierKey } from '../groups.ts'
import { inForce } from '../law/law.ts'
import { isMember } from '../person.ts'
import { groupRule } from '../rule.ts'

type Served = {
  readonly homes: Set<string>
  readonly persons: Set<string>
  readonly refs: FactRef[]
  readonly most: number
}

/** R24. Who serves two people of one household serves one household; of whom no household is known, nothing is concluded. */
export const caregiverOfMany = groupRule({
  id: 'R24',
  name: 'caregiver-of-many',
  title: 'One caregiver, many households',
  says: 'One caregiver collects for more households than the scheme’s manual allows. Beneficiaries and their households are those of the day; beneficiaries of whom no household is known are not counted.',
  message: 'One caregiver collects for {households} households in {scheme}; the manual allows {most}.',
  reason:
    'Who collects for many may keep what is not theirs; a grandmother of orphans may also just be needed. Kenya’s Auditor-General found 15,243 such caregivers.',
  severity: 'S1',
  action: 'review',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 14,
  parameters: {},
  subject: 'caregiver',
  least: 2,
  begin: (key, { asOf, law }) => {
    const schemes = new Map<string, Served>()
    return {
      add: (dossier) => {
        for (const held of listed(dossier)) {
          const { relations = [], households = [], enrolments } = held.record
          const caregiver = relations.findIndex(
            ({ role, identifier }) => role === 'caregiver' && identifier && identifierKey(identifier) === key,
          )
          const homes = households.filter((home) => holds(surely(home), asOf))
          if (caregiver < 0 || homes.length === 0) continue
          for (const { scheme } of enrolments.filter((one) => isMember(one, asOf))) {
            const most = inForce(law.schemes[scheme]?.caregiverHouseholds, asOf)
            if (most === undefined) continue
            const served = schemes.get(scheme) ?? { homes: new Set(), persons: new Set(), refs: [], most }
            schemes.set(scheme, served)
            // A record counts its person in one household at a time; were there two, she would be in either.
            served.homes.add(`${held.registry}:${homes[0]?.number}`)
            served.persons.add(dossier.person)
            served.refs.push(at(held, `/relations/${caregiver}`))
          }
        }
      },
      end: () =>
        [...schemes].flatMap(([scheme, { homes, persons, refs, most }]): Draft[] =>
          homes.size <= most
            ? []
            : [
                {
                  about: scheme,
                  owner: law.schemes[scheme]?.registry ?? '',
                  evidence: evidenceOf(refs),
                  facts: { scheme, households: homes.size, most, beneficiaries: persons.size },
                  persons: [...persons],
                },
              ],
        ),
    }
  },
})
