/** E-mail addresses as the kernel compares them: the name before the @ first of all. */
import { type Ints, sharedInts } from './shared.ts'
import { isSlip, lengthOf, packTexts, similarity, type Texts } from './texts.ts'

export const emailLevels = ['exact', 'same-name', 'similar', 'else'] as const
export type Emails = { readonly kind: 'email'; readonly local: Ints; readonly texts: Texts }

export const foldEmail = (written: string): string => written.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')

export function emailFeatures(values: readonly string[]): Emails {
  const known = new Map<string, number>()
  const locals = values.map((value) => value.split('@')[0] ?? '')
  const local = sharedInts(values.length)
  for (const [index, text] of locals.entries()) {
    const at = known.get(text) ?? known.size
    known.set(text, at)
    local[index] = at
  }
  return { kind: 'email', local, texts: packTexts(locals) }
}

export function compareEmail({ local, texts }: Emails, x: number, y: number): number {
  if (x === y) return 0
  if (local[x] === local[y] || (lengthOf(texts, x) >= 4 && isSlip(texts, x, y))) return 1
  return similarity(texts, x, y, 0.88) >= 0.88 ? 2 : 3
}
