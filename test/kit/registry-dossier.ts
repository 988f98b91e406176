/** Registries' dossiers for tests of rules about registries. */
import type { Profile } from '../../reconciliation/drift.ts'
import { law } from '../../reconciliation/law/countries.ts'
import type { Delivery, RegistryDossier } from '../../reconciliation/registry.ts'
import type { Context, Rule } from '../../reconciliation/rule.ts'

const profile: Profile = {
  records: 10,
  rejected: 0,
  dead: 0,
  doubtful: 0,
  empty: {
    birthDate: 0,
    sex: 0,
    identifiers: 0,
    phones: 0,
    addresses: 0,
    enrolments: 0,
    contributions: 0,
    benefits: 0,
  },
  digest: '00',
}

type Told = Partial<Profile> & { readonly list?: string; readonly run?: string; readonly day?: string }

export const delivery = ({ list = 'member', run = 'run-1', day = '2026-11-20', ...rest }: Told): Delivery => ({
  list,
  run,
  day,
  profile: { ...profile, ...rest },
})

export const registry = (rest: Partial<RegistryDossier>): RegistryDossier => ({
  registry: 'ke-nssf',
  staleAfterHours: 36,
  held: [],
  lists: [],
  ...rest,
})

/** The rule's own settings, on 23 November 2026. */
export const contextOf = (rule: Rule): Context => ({
  asOf: '2026-11-23',
  law,
  delivered: () => true,
  parameters: Object.fromEntries(Object.entries(rule.parameters).map(([name, { value }]) => [name, value])),
})
