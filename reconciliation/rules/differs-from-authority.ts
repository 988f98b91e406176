import { compareBirths } from '../../linkage/compare.ts'
import type { BirthLevel, NameLevel } from '../../linkage/levels.ts'
import { at, type DossierRecord } from '../dossier.ts'
import { evidenceOf, isRegister, listed, listOf } from '../facts.ts'
import type { Severity } from '../finding.ts'
import { grouped } from '../grouped.ts'
import { nameLevel, ownNumbers, prepared, typeOf } from '../identity.ts'
import { countryOf } from '../person.ts'
import { personRule } from '../rule.ts'

/** What a comparison comes to, in words, and how much it matters; agreement and what habits explain are no news. */
type Verdict = { readonly words: string; readonly severity?: Severity }
const agrees: Verdict = { words: 'agrees' }
const missing: Verdict = { words: 'not compared' }
const differs: Verdict = { words: 'differs', severity: 'S2' }

const spelling: Verdict = { words: 'is spelt differently', severity: 'S3' }
const names: { readonly [level in NameLevel]?: Verdict } = {
  similar: spelling,
  'similar-3': spelling,
  'two-agree': { words: 'has other words', severity: 'S2' },
  'one-agrees': { words: 'has other words', severity: 'S2' },
  'given-differs': { words: 'has another given name', severity: 'S2' },
  different: differs,
}
const births: { readonly [level in BirthLevel]?: Verdict } = {
  swapped: { words: 'has day and month swapped', severity: 'S3' },
  near: { words: 'is one digit or one year off', severity: 'S3' },
  'same-year': { words: 'has the same year only', severity: 'S2' },
  'other-year': { words: 'is years off', severity: 'S2' },
  different: differs,
}

/** Another script has other spellings of its own; within one, the register's is proposed. */
const nameVerdict = (own: DossierRecord, authority: DossierRecord, level: NameLevel): Verdict => {
  if (!level.startsWith('alike')) return names[level] ?? agrees
  const scripts = new Set(own.record.names.map(({ script }) => script))
  return authority.record.names.some(({ script }) => scripts.has(script)) ? spelling : agrees
}

const verdicts = (
  held: DossierRecord,
  register: DossierRecord,
): { name: Verdict; birthDate: Verdict; sex: Verdict } => {
  const [own, authority] = [prepared(held), prepared(register)]
  const name = nameLevel(own, authority)
  const birth = own.birth && authority.birth && compareBirths(own.birth, authority.birth)
  return {
    name: name ? nameVerdict(held, register, name) : missing,
    birthDate: birth ? (births[birth] ?? agrees) : missing,
    sex: own.sex && authority.sex ? (own.sex === authority.sex ? agrees : differs) : missing,
  }
}

const shareNumber = (one: DossierRecord, other: DossierRecord): boolean => {
  const numbers = new Set(ownNumbers(one).map((number) => `${typeOf(number)} ${number.value}`))
  return ownNumbers(other).some((number) => numbers.has(`${typeOf(number)} ${number.value}`))
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
const byId = (one: DossierRecord, other: DossierRecord): number => compareText(one.id, other.id)

export const differsFromAuthority = personRule({
  id: 'R10',
  name: 'differs-from-authority',
  title: 'Name, birth date or sex differ from the population register',
  says: 'A registry’s record and the population register share the person’s number, and their name, birth date or sex differ. The order of names, other spellings in another script, a missing middle name or a birth date that is known by its year alone are no differences.',
  message:
    'Beside {authority}, in the list {list} of {registry} the name {name}, the birth date {birthDate}, the sex {sex}.',
  reason:
    'Whoever is written differently is not found when it matters. The register’s entry is proposed; if the person can show that the register is wrong, the register is mended.',
  severity: 'S3',
  action: 'fix',
  aim: 'quality',
  evidence: 'linked',
  dueInDays: 60,
  parameters: {
    spelling: { value: true, says: 'Names that are merely spelt differently are told too.' },
  },
  subject: 'person',
  find: (dossier, { law, parameters }) => {
    const isAuthority = ({ registry }: DossierRecord): boolean => {
      const country = countryOf(registry)
      return (country && law.authorities[country]?.includes(registry)) ?? false
    }
    const authorities = listed(dossier).filter(isAuthority).sort(byId)
    if (authorities.length === 0) return []
    const compared = listed(dossier).flatMap((held) => {
      if (isAuthority(held) || !isRegister(law, held)) return []
      const authority = authorities.find((one) => shareNumber(one, held))
      if (!authority) return []
      const told = verdicts(held, authority)
      const severities = Object.values(told).flatMap(({ severity }) => severity ?? [])
      const isSpelling = severities.length === 1 && told.name === spelling
      if (severities.length === 0 || (isSpelling && !parameters.spelling)) return []
      const severity: Severity = severities.includes('S2') ? 'S2' : 'S3'
      return [{ held, authority, ...told, severity }]
    })
    return [...grouped(compared, ({ held }) => `${held.registry} ${listOf(held)}`)].map(([about, differing]) => {
      const worst = differing.sort((a, b) => compareText(a.severity, b.severity) || byId(a.held, b.held))
      const [{ held, authority, name, birthDate, sex, severity }] = worst
      return {
        about,
        owner: held.registry,
        severity,
        evidence: evidenceOf([...worst.map((one) => at(one.held)), at(authority)]),
        facts: {
          registry: held.registry,
          list: listOf(held),
          authority: authority.registry,
          name: name.words,
          birthDate: birthDate.words,
          sex: sex.words,
        },
      }
    })
  },
})
