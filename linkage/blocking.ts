/** Blocking keys: two records are compared when they share at least one. Each kind is built for an error that happens. */
import type { Prepared, PreparedBirth } from './features.ts'
import { halvesOf } from './names/han.ts'
import type { Token } from './names/tokens.ts'
import { type Word, wordOf } from './names/word.ts'

/**
 * The keys of a record, each once, in a stable order. They hold personal data in clear: hash them before they are stored.
 *
 * - `i` an identifier's value whatever its type, so that a number in the wrong column is found too
 * - `p` telephone and a name's first sound: shared telephones do not join everybody
 * - `n` two words of a name, in either order, as they sound; `j` two words written as one
 * - `y` one word and the birth year: a middle name dropped, a family name changed, a day typed wrong
 * - `b` birth day and a name's first sound; day and month in either order
 */
export function blockingKeys(prepared: Prepared): string[] {
  const keys = new Set<string>()
  for (const { issuer, value } of prepared.identifiers) keys.add(`i:${issuer}:${value}`)
  const words = fullWords(prepared)
  const sounds = new Set(words.map((word) => word.key.charAt(0)))
  for (const phone of prepared.phones) for (const sound of sounds) keys.add(`p:${phone}:${sound}`)
  for (const { tokens } of prepared.names) addPairs(keys, tokens.flatMap(spoken))
  if (prepared.birth) addBirth(keys, prepared.birth, words, sounds)
  return [...keys]
}

/**
 * A key and, where many records may hold it, the parts of its holders that are worth a look. `own`: the part that the record
 * itself stands in; undefined when it does not say, and then it is worth a look for everybody. `sought`: undefined for all. `mayCall`:
 * who meets by this key may share a telephone; who shares one meets by such a key, or by none.
 */
export type PartedKey = {
  readonly key: string
  readonly own?: string
  readonly sought?: readonly string[]
  readonly mayCall?: boolean
}

/**
 * The keys of a record with their parts. Two words of a name (`n`) are parted by birth year: without an identifier or a telephone,
 * a year that is no guess, no slip in one digit next door and not ten years off leaves two words of a name nothing to say. One
 * word and the year (`y`) is parted by month and sex, the day (`b`) by region and sex, as it is for those all of whose words are
 * miswritten: what differs there too is found by another key or is nobody's. Who does not say which part he stands in is looked at
 * by everybody.
 */
export function partedKeys(prepared: Prepared): PartedKey[] {
  const { birth } = prepared
  const parts: { readonly [kind: string]: Parts } = birth ? partsOf(birth, prepared) : {}
  return blockingKeys(prepared).map((key) => ({ key, mayCall: mayCall(key), ...parts[key.charAt(0)] }))
}

type Parts = Pick<PartedKey, 'own' | 'sought'>

// The other keys are made of words and sounds of names, so that two who meet by one and share a telephone have its key in common too.
const mayCall = (key: string): boolean => key.startsWith('p:') || key.startsWith('i:')

const partsOf = (birth: PreparedBirth, { sex, places }: Prepared): { readonly [kind: string]: Parts } => ({
  n: { own: String(birth.year), sought: nearYears.map((years) => String(birth.year + years)) },
  y: birth.heaped || birth.day === 0 ? {} : monthAndSex(birth, sex),
  b: regionAndSex(places, sex),
})

function regionAndSex(places: Prepared['places'], sex: Prepared['sex']): Parts {
  const regions = places.map(({ region }) => region).filter((region) => region !== '')
  const [first] = regions
  return sex && first !== undefined
    ? { own: `${first} ${sex}`, sought: regions.map((region) => `${region} ${sex}`) }
    : {}
}

function monthAndSex({ month, day }: PreparedBirth, sex: Prepared['sex']): Parts {
  const sexes = sex ? [sex, ''] : ['male', 'female', '']
  // Day and month are swapped now and then.
  const months = day <= 12 && day !== month ? [month, day] : [month]
  return { own: `${month} ${sex ?? ''}`, sought: months.flatMap((one) => sexes.map((other) => `${one} ${other}`)) }
}

/** Ages are guessed within two years; the digit that clerks take for its neighbour is mostly the last or the last but one. */
const nearYears = [-10, -2, -1, 0, 1, 2, 10]

const fullWords = ({ names }: Prepared): Word[] =>
  names.flatMap(({ tokens }) => tokens.filter((token) => !token.initial).flatMap((token) => [token, ...halves(token)]))

/** 王伟 in two words, as registers in Latin letters have it. */
const halves = ({ text }: Word): Word[] => (halvesOf(text) ?? []).flatMap((half) => wordOf(half) ?? [])
const spoken = (token: Token): readonly Word[] => (halvesOf(token.text) ? halves(token) : [token])

function addPairs(keys: Set<string>, tokens: readonly Word[]): void {
  const full = tokens.filter((token) => !token.initial).slice(0, 4)
  for (const [index, one] of full.entries())
    for (const other of full.slice(index + 1))
      keys.add(one.key < other.key ? `n:${one.key}+${other.key}` : `n:${other.key}+${one.key}`)
}

function addBirth(keys: Set<string>, birth: PreparedBirth, words: readonly Word[], sounds: ReadonlySet<string>): void {
  for (const { key } of words) keys.add(`y:${key}:${birth.year}`)
  if (birth.day === 0 || birth.heaped) return
  const [low, high] = birth.day <= 12 && birth.day < birth.month ? [birth.day, birth.month] : [birth.month, birth.day]
  for (const sound of sounds) keys.add(`b:${birth.year}-${low}-${high}:${sound}`)
}
