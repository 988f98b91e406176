import { addDays, firstDay, lastDay } from '../dates.ts'
import { benefitsOf, contributionsOf, type Dossier, eventsOf, type FactRef } from '../dossier.ts'
import { evidenceOf } from '../facts.ts'
import { grouped } from '../grouped.ts'
import { deathsOf } from '../person.ts'
import { personRule } from '../rule.ts'

type Sign = { readonly registry: string; readonly day: string; readonly ref: FactRef }

/** What only the living do: work and pay in, be treated, be seen. Being on a list, or being paid by standing order, is no sign of life. */
const signsOfLife = (dossier: Dossier): Sign[] => [
  ...contributionsOf(dossier).flatMap(({ value, registry, ref }) =>
    value.state === 'due' || value.state === 'reversed' ? [] : [{ registry, day: firstDay(value.month), ref }],
  ),
  ...benefitsOf(dossier).flatMap(({ value, registry, ref }) => {
    const day = value.eventOn ?? value.from ?? value.month
    const isUsed = value.kind === 'service' || value.branch === 'maternity' || value.branch === 'employment-injury'
    return isUsed && day && value.state !== 'failed' ? [{ registry, day: firstDay(day), ref }] : []
  }),
  ...eventsOf(dossier).flatMap(({ value, registry, ref }) =>
    value.kind === 'unpaid-leave' ? [] : [{ registry, day: firstDay(value.on), ref }],
  ),
]

export const deadHereAliveThere = personRule({
  id: 'R03',
  name: 'dead-here-alive-there',
  title: 'Dead in one registry, alive in another',
  says: 'One registry holds a death record; another saw the person work, be treated or prove to be alive long after that day. Either the death is wrong, or somebody uses the name of a dead person, or two people are held for one. Both registries are asked.',
  message:
    '{dead} holds a death record ({status}) of {died}; {alive} saw the person {signs} times since, last in {last}.',
  reason:
    'A death that did not happen takes cover and pension from a living person. It is as harmful as money that is paid to the dead.',
  severity: 'S1',
  action: 'review',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 14,
  parameters: {
    afterDays: { value: 60, says: 'Days after the death from which a sign of life counts.', least: 0, most: 366 },
    registered: {
      value: true,
      says: 'A registered death counts; otherwise only one that the civil registrar verified.',
    },
  },
  subject: 'person',
  find: (dossier, { asOf, parameters }) => {
    const deaths = deathsOf(dossier).filter(
      ({ status }) => status === 'verified' || (parameters.registered && status === 'registered'),
    )
    if (deaths.length === 0) return []
    const signs = grouped(signsOfLife(dossier), ({ registry }) => registry)
    return [...grouped(deaths, ({ registry }) => registry)].flatMap(([dead, stated]) =>
      [...signs].flatMap(([alive, seen]) => {
        const [death] = [...stated].sort((a, b) => (lastDay(a.date) < lastDay(b.date) ? 1 : -1))
        if (!death || alive === dead) return []
        const since = addDays(lastDay(death.date), parameters.afterDays)
        const after = seen.filter(({ day }) => day > since && day <= asOf)
        if (after.length === 0) return []
        const evidence = evidenceOf([death.ref, ...after.map(({ ref }) => ref)])
        const last =
          after
            .map(({ day }) => day.slice(0, 7))
            .sort()
            .at(-1) ?? ''
        const facts = { dead, alive, status: death.status, died: death.date.slice(0, 7), signs: after.length, last }
        return [dead, alive].map((owner) => ({ about: `${dead} ${alive} ${owner}`, owner, evidence, facts }))
      }),
    )
  },
})
