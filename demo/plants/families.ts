/** R15 and R16: dependants who came of age, and children under two principals. */
import type { Enrolment } from '../../schemas/contract.ts'
import type { Planter, Subject } from './planter.ts'

const laoHealth = (category: string): Enrolment => ({
  scheme: 'la-nhib/health',
  branches: ['medical-care'],
  status: 'active',
  category,
})

const ofAge = (p: Planter): void => {
  const family = () => {
    const household = p.household()
    return { household, parent: p.kenyan({ age: 48, pay: 37_000, cover: 'employed', household }) }
  }
  const dependant = (age: number) =>
    p.kenyan({
      age,
      role: 'child',
      adult: true,
      cover: 'dependant',
      coveredUntil: p.day(-90),
      household: family().household,
    })
  const registered = (one: Subject): void => p.record('ke-iprs', 'person', one, {})

  const grown = dependant(19)
  registered(grown)
  p.fires('R15', 'Nineteen, and still covered under a parent.', [grown])
  const old = dependant(26)
  registered(old)
  p.record('ke-iprs', 'student', old, { assessments: [{ kind: 'student', value: 1, on: p.month(4) }] })
  p.fires('R15', 'A student past the age to which even students are covered.', [old])
  const student = dependant(22)
  registered(student)
  p.record('ke-iprs', 'student', student, { assessments: [{ kind: 'student', value: 1, on: p.month(4) }] })
  p.near('R15', 'A student is covered for longer.', [student])

  const lao = (age: number) => {
    const one = p.lao({ sex: 'female', age, insured: false })
    p.record('la-nhib', 'covered', one, { enrolments: [laoHealth('dependant')] })
    return one
  }
  p.fires('R15', 'A Lao daughter of twenty on her father’s cover.', [lao(20)])
  p.near('R15', 'Seventeen.', [lao(17)])
}

const principals = (p: Planter): void => {
  const parent = (household = p.household(), dependants: readonly number[] = []) =>
    p.kenyan({ age: 34, pay: 30_000, cover: 'employed', household, told: { dependants } })
  const childIn = (household: number) => p.kenyan({ role: 'child', age: 7, household, cover: 'dependant' })

  const home = p.household()
  const mother = parent(home)
  const shared = childIn(home)
  const other = parent(undefined, [shared.index])
  p.fires('R16', 'A child under two people of two households.', [mother, other])

  const house = p.household()
  const father = parent(house, [p.nextIndex() + 1])
  childIn(house)
  p.fires('R16', 'A child twice under one principal.', [father])

  const both = p.household()
  const first = parent(both)
  const theirs = childIn(both)
  const second = parent(both, [theirs.index])
  p.near('R16', 'Under both parents, who live together.', [first, second])

  const named = (one: Subject, principal: string, household: string, sourceId: string) =>
    p.record('la-nhib', 'covered', one, {
      sourceId,
      enrolments: [laoHealth('child')],
      relations: [{ role: 'principal', identifier: { type: 'lsso-number', issuer: 'la', value: principal } }],
      households: [{ number: household, role: 'child' }],
    })
  const twice = p.lao({ sex: 'male', age: 9, insured: false })
  named(twice, '01-990000101', 'F-1', `${twice.handle}-1`)
  named(twice, '01-990000102', 'F-2', `${twice.handle}-2`)
  p.fires('R16', 'Names two principals of two families.', [twice])
  const once = p.lao({ sex: 'male', age: 8, insured: false })
  named(once, '01-990000103', 'F-3', `${once.handle}-1`)
  named(once, '01-990000104', 'F-3', `${once.handle}-2`)
  p.near('R16', 'Names father and mother of one family.', [once])
}

export const plantFamilies = (p: Planter): void => {
  ofAge(p)
  principals(p)
}
