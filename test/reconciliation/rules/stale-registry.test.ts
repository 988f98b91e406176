import { expect, it } from 'vitest'
import type { RegistryDossier } from '../../../reconciliation/registry.ts'
import { staleRegistry } from '../../../reconciliation/rules/stale-registry.ts'
import { contextOf, delivery, registry } from '../../kit/registry-dossier.ts'

const last = (hoursAgo: number) => ({ last: { run: 'run-1', day: '2026-11-20', hoursAgo } })
const lists = (now: Parameters<typeof delivery>[0], before?: Parameters<typeof delivery>[0]) => ({
  lists: [{ now: delivery(now), ...(before && { before: delivery(before) }) }],
})
const whole = { held: 10, missing: 0 }

it.each<[string, Partial<RegistryDossier>, string[]]>([
  ['a list within the registry’s own limit', last(36), []],
  ['a list that is late by a moment', last(36.1), ['late all lists']],
  ['a registry that never sent a whole list', {}, []],
  ['other content than the last time', lists({ digest: 'aa', whole }, { digest: 'bb', whole }), []],
  ['the same content again', lists({ digest: 'aa', whole }, { digest: 'aa', whole }), ['repeated member']],
  ['the first list', lists({ digest: 'aa', whole }), []],
  ['two empty lists', lists({ digest: '00', records: 0, whole }, { digest: '00', records: 0, whole }), []],
  [
    'a month before that of the last list',
    lists({ digest: 'aa', latestMonth: '2026-08', whole }, { digest: 'bb', latestMonth: '2026-09', whole }),
    ['backwards member'],
  ],
  [
    'the next month',
    lists({ digest: 'aa', latestMonth: '2026-10', whole }, { digest: 'bb', latestMonth: '2026-09', whole }),
    [],
  ],
  [
    'a single file of an earlier month, as when an employer is late',
    lists({ digest: 'aa', latestMonth: '2026-08' }, { digest: 'bb', latestMonth: '2026-09' }),
    [],
  ],
])('%s', (_what, dossier, about) => {
  expect(staleRegistry.find(registry(dossier), contextOf(staleRegistry)).map((draft) => draft.about)).toEqual(about)
})

it('says since when, and that the last good list stands', () => {
  const [draft] = staleRegistry.find(registry(last(100)), contextOf(staleRegistry))
  expect(draft?.facts).toEqual({
    list: 'all lists',
    why: 'no complete list for more than 36 hours',
    day: '2026-11-20',
  })
})
