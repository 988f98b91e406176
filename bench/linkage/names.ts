/**
 * Pools of made-up names whose shares fall as those of real names do (Zipf-Mandelbrot: a share of 1 / (rank + flat)).
 * Built of syllables, so that no engine's own list of names or nicknames can help it.
 */
import { Random } from '../../demo/random.ts'

const onsets = [
  'k',
  'm',
  'n',
  'w',
  'b',
  'ch',
  'nj',
  'g',
  't',
  'mw',
  'l',
  's',
  'ny',
  'r',
  'p',
  'd',
  'sh',
  'j',
  'z',
  'th',
  'kh',
  'y',
  'v',
  'f',
  'h',
]
const vowels = ['a', 'i', 'u', 'o', 'e', 'a', 'i', 'aa', 'ee']
const codas = ['', '', '', '', 'n', 'r', 'm', 's', 'l', 'k', 't']

export type Pool = { readonly names: readonly string[]; draw(random: Random): string }

const syllable = (random: Random, withCoda: boolean) =>
  random.pick(onsets) + random.pick(vowels) + (withCoda ? random.pick(codas) : '')

/** Two or three syllables; a few names begin with a vowel, as Otieno and Akinyi do. */
function madeUp(random: Random): string {
  const syllables = random.chance(0.45) ? 2 : 3
  let name = random.chance(0.2) ? random.pick(['o', 'a', 'e', 'i']) : ''
  for (let at = 1; at <= syllables; at++) name += syllable(random, at === syllables || random.chance(0.1))
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** `size` different names; the smaller `flat`, the larger the share of the first ones. */
export function namePool(size: number, flat: number, ...salt: readonly (string | number)[]): Pool {
  const random = new Random(...salt)
  const distinct = new Set<string>()
  while (distinct.size < size) distinct.add(madeUp(random))
  const names = [...distinct]
  // The inverse of the continuous distribution: rank + flat = flat * (size / flat + 1) ^ u.
  const span = Math.log((size + flat) / flat)
  return {
    names,
    draw: (of) => names[Math.min(size - 1, Math.floor(flat * Math.exp(span * of.next()) - flat))] ?? '',
  }
}
