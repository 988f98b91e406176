import type { Draft } from '../finding.ts'
import { registryRule } from '../rule.ts'

export const staleRegistry = registryRule({
  subject: 'registry',
  id: 'R31',
  name: 'stale-registry',
  title: 'No new delivery',
  says: 'A registry whose list did not come in by its time, that sent the same list again under another name, or whose latest month lies before that of the delivery before. The last good list stands.',
  message: '{list}: {why}. The last good list, of {day}, stands.',
  reason:
    'Whoever asks the hub gets an answer as old as the last list; the owner can send the right one before anybody is turned away.',
  severity: 'S2',
  action: 'notify',
  aim: 'quality',
  evidence: 'linked',
  dueInDays: 1,
  parameters: {
    graceHours: {
      value: 0,
      says: 'Hours after the registry’s own limit before it counts as late.',
      least: 0,
      most: 8_760,
    },
  },
  find: ({ registry, staleAfterHours, last, lists }, { parameters }) => {
    const draft = (kind: string, list: string, run: string, why: string, day: string): Draft => ({
      about: `${kind} ${list}`,
      owner: registry,
      evidence: [{ registry, record: run, version: 1, pointer: '' }],
      facts: { list, why, day },
    })
    const late =
      last && last.hoursAgo > staleAfterHours + parameters.graceHours
        ? [draft('late', 'all lists', last.run, `no complete list for more than ${staleAfterHours} hours`, last.day)]
        : []
    const odd = lists.flatMap(({ now, before }) => {
      // A single file says something about its own month only; whole lists follow each other.
      if (!before || !now.profile.whole || !before.profile.whole) return []
      const { list, run, day } = now
      const [is, was] = [now.profile, before.profile]
      if (is.digest === was.digest && is.records > 0)
        return [draft('repeated', list, run, 'the delivery holds exactly what the one before held', day)]
      return is.latestMonth && was.latestMonth && is.latestMonth < was.latestMonth
        ? [draft('backwards', list, run, `it ends with ${is.latestMonth}, the one before with ${was.latestMonth}`, day)]
        : []
    })
    return [...late, ...odd]
  },
})
