/** Lao names: given name first, family name (if there is one) last, all in one cell, perhaps with a title before them. */
import type { Name, Sex } from '../../schemas/contract.ts'
import { isPlaceholderName, latinGarble, scriptOf } from '../../schemas/values/name.ts'
import type { Remarks } from '../transports/cells.ts'

type Title = { readonly written: string; readonly sex?: Sex; readonly glued?: true; readonly clan?: true }

/** Longer ones first. `glued` titles are written without a space too; `clan`: also a Hmong clan name when romanised. */
const titles: readonly Title[] = [
  { written: 'ນາງສາວ', sex: 'female', glued: true },
  { written: 'ທ້າວ', sex: 'male', glued: true },
  { written: 'ທ່ານ', glued: true },
  { written: 'ນາງ', sex: 'female', glued: true },
  { written: 'ທ.', sex: 'male', glued: true },
  { written: 'ນ.', sex: 'female', glued: true },
  { written: 'ທ', sex: 'male' },
  { written: 'ນ', sex: 'female' },
  { written: 'mrs', sex: 'female' },
  { written: 'miss', sex: 'female' },
  { written: 'ms', sex: 'female' },
  { written: 'mr', sex: 'male' },
  { written: 'thao', sex: 'male', clan: true },
  { written: 'nang', sex: 'female', clan: true },
]

export type ReadName = { readonly name: Name; readonly titleSex?: Sex }

const longestName = 200
const longestPart = 100
/** The schema holds twelve parts: a title and eleven words. */
const mostWords = 11

/** Reads a one-cell name. `sex` is what the list's own column says, if anything. A refusal is remarked, and gives undefined. */
export const readLaoName = (
  written: string,
  sex: Sex | undefined,
  pointer: string,
  remarks: Remarks,
): ReadName | undefined => {
  if (latinGarble(written)) {
    const message =
      'This name was typed in an old 8-bit Lao font and cannot be read back. Convert the file to Unicode and send it again.'
    return void remarks.refuse(pointer, 'legacy-font', message)
  }
  const { title, bare } = splitTitle(written, sex)
  const words = withoutPlaceholders(bare.split(' ').filter(Boolean), pointer, remarks)
  const full = words.join(' ')
  if (full === '' || isPlaceholderName(full)) {
    return void remarks.refuse(pointer, 'name-missing', 'A record needs the name of a person.')
  }
  const parts = partsOf(words)
  if (full.length > longestName || parts.some(({ value }) => value.length > longestPart)) {
    return void remarks.refuse(pointer, 'name-too-long', `A name holds at most ${longestName} characters.`)
  }
  if (/\p{Script=Lao}/u.test(full) && /\p{Script=Latin}/u.test(full)) remarks.note('script-mixed', pointer)
  const name: Name = {
    full,
    script: scriptOf(full),
    parts: title ? [{ role: 'title', value: title.text }, ...parts] : parts,
  }
  return { name, ...(title?.sex && { titleSex: title.sex }) }
}

const splitTitle = (written: string, sex: Sex | undefined): { title?: { text: string; sex?: Sex }; bare: string } => {
  const lower = written.toLowerCase()
  for (const { written: word, sex: said, glued, clan } of titles) {
    if (!lower.startsWith(word)) continue
    const bare = written.slice(word.length).replace(/^[\s.]+/, '')
    const apart = /^[\s.]/.test(written.slice(word.length))
    if (bare.length < 2 || !(apart || glued)) continue
    // A woman called Thao bears it as her clan, not as "Mr".
    if (clan && sex && said && sex !== said) continue
    return { title: { text: written.slice(0, word.length), ...(said && { sex: said }) }, bare }
  }
  return { bare: written }
}

/** "No surname" stands where a surname would; a lone dash too. */
const withoutPlaceholders = (words: readonly string[], pointer: string, remarks: Remarks): string[] => {
  const kept = words.filter((word) => !isPlaceholderName(word))
  if (kept.length < words.length) remarks.note('placeholder-removed', pointer)
  return kept
}

const partsOf = (words: readonly string[]): { role: 'given' | 'family' | 'unknown'; value: string }[] => {
  const [given = '', ...rest] = words
  const family = rest.pop()
  const middle =
    rest.length > mostWords - 2 ? [...rest.slice(0, mostWords - 3), rest.slice(mostWords - 3).join(' ')] : rest
  return [
    { role: 'given', value: given },
    ...middle.map((value) => ({ role: 'unknown' as const, value })),
    ...(family === undefined ? [] : [{ role: 'family' as const, value: family }]),
  ]
}
