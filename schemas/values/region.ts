import { laoNormal, tidy } from './name.ts'
import { kenya, laos, type Region } from './regions.ts'

export type FoundRegion = { readonly code: string; readonly name: string }

/** Lower case without accents, marks, spaces and the word for the unit itself. */
const fold = (text: string): string =>
  laoNormal(tidy(text))
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Script=Latin}\p{M}+/gu, (letter) => letter.charAt(0))
    .replace(/\b(county|city county|province|khoueng)\b|ແຂວງ/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')

function indexOf(regions: readonly Region[]): ReadonlyMap<string, FoundRegion> {
  const index = new Map<string, FoundRegion>()
  for (const { code, national, name, also } of regions) {
    const found = { code, name }
    for (const key of [...also, name, code, national, String(Number(national))]) index.set(fold(key), found)
  }
  return index
}

const indices = { ke: indexOf(kenya), la: indexOf(laos) }

/**
 * The county (Kenya) or province (Laos) that a registry means: by name in Latin or Lao script, by the country's own
 * code (`047`), or by ISO 3166-2 (`KE-30`). Undefined when it cannot be told.
 */
export function regionOf(country: 'ke' | 'la', written: string): FoundRegion | undefined {
  const folded = fold(written)
  const index = indices[country]
  return index.get(folded) ?? (/^\d+\D/.test(folded) ? index.get(folded.replace(/^\d+/, '')) : undefined)
}
