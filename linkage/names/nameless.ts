/** Names that say nothing but that there is none yet: a child called by its mother, or by its sex and its place in a birth. */

/** Somebody's child, up to the end of the name: B/O Mary, Baby of Mary, RN de María, Bayi Ny. Siti, Mtoto wa Amina. */
const somebodys =
  /^[^\p{L}\p{N}]*(?:[bsd]\s*\/\s*o\b|(?:(?:baby|infant|newborn|child|son|daughter|twin)(?:\s+(?:boy|girl|male|female|[ab12]))?\s+of|rn\s+d[aeo]|b[eé]b[eé]\s+d[aeo]|(?:nouveau[\s-]n[eé]e?|enfant|hij[oa]|filh[oa]|reci[eé]n nacid[oa]|rec[eé]m[\s-]nascid[oa])\s+d[aeou]|(?:bayi|by)\W+(?:ny|nyonya|ibu)|mtoto\s+wa)\b).*$/iu
/** A child by its sex and place among those born together, and clerks' words for a name that nobody knew. */
const unnamed =
  /\b(?:(?:baby|infant|newborn|twin)\W+(?:boy|girl|male|female|one|two|three|[abc]|\d)(?:\W+(?:[abc]|\d|one|two|three))?|(?:male|female)\W+(?:baby|infant|child)|newborn|unnamed|no name|not named|fnu|lnu|nfn|nln|nmn)\b/giu
const nobody = /^[^\p{L}\p{N}]*(?:baby|infant|child|twin)?(?:\W+\d)?[^\p{L}\p{N}]*$/iu
const lone = new Set('baby infant newborn unnamed fnu lnu nfn nln nmn'.split(' '))
/** Whether a whole name of one word, in small letters, is no name. */
export const isPlaceholder = (word: string): boolean => lone.has(word)

/** Most names hold none of these, which one look tells. */
const hint =
  /bab|inf|newb|twin|unnam|n[aeo][mt]|\wn[mnu]\b|child|\/\s*o\b|^\W*(?:rn|bayi|by|b[eé]b|nouv|enf|hij|filh|rec|mto|son|dau)\b|^\W*(?:enf|hij|filh|rec|nouv|mto|son|dau)/iu

/** What is left of a written name when those words are taken out; mostly all of it. */
export function withoutPlaceholders(written: string): string {
  if (!hint.test(written)) return written
  const left = written.replace(somebodys, '').replace(unnamed, ' ')
  return nobody.test(left) ? '' : left
}
