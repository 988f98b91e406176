/** The law of all countries that the hub knows. */
import { china, chineseIncompatibilities, chineseSchemes } from './china.ts'
import { kenya, kenyanIncompatibilities, kenyanSchemes } from './kenya.ts'
import { kyrgyzSchemes, kyrgyzstan } from './kyrgyzstan.ts'
import { laoSchemes, laos } from './laos.ts'
import type { Law } from './law.ts'
import { pakistan, pakistaniSchemes } from './pakistan.ts'

export const law: Law = {
  schemes: { ...kenyanSchemes, ...laoSchemes, ...chineseSchemes, ...pakistaniSchemes, ...kyrgyzSchemes },
  incompatible: [...kenyanIncompatibilities, ...chineseIncompatibilities],
  countries: { ke: kenya, la: laos, cn: china, pk: pakistan, kg: kyrgyzstan },
  authorities: { ke: ['ke-iprs'] },
  registers: {
    'ke-nssf': ['member'],
    'ke-sha': ['client', 'nhif'],
    'ke-inua': ['beneficiary'],
    'ke-payroll': ['staff', 'pension'],
    'la-lsso': ['insured'],
  },
}

/**
 * The law as far as a hub can judge by it: the schemes of the registries that it reads. What a registry would say that nobody asked is
 * unknown, so no rule may take its silence for an absence, and no finding can be sent to it.
 */
export const within = (whole: Law, registries: Iterable<string>): Law => {
  const read = new Set(registries)
  const schemes = Object.fromEntries(Object.entries(whole.schemes).filter(([, { registry }]) => read.has(registry)))
  return {
    ...whole,
    schemes,
    incompatible: whole.incompatible.filter(({ schemes: pair }) =>
      pair.every((scheme) => Object.hasOwn(schemes, scheme)),
    ),
    authorities: Object.fromEntries(
      Object.entries(whole.authorities).map(([country, known]) => [country, known.filter((id) => read.has(id))]),
    ),
  }
}
