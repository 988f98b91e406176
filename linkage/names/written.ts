/** The words of a written name: what is a name in it, what stands before one, what says which of father and son it is. */
import { foldWord, wordsOf } from './fold.ts'
import { splitFullName } from './han.ts'
import { isSyllable } from './pinyin.ts'
import { type Word, wordOf } from './word.ts'

export type WrittenWord = {
  readonly word: Word
  /** Which of the texts it stands in, and the how manieth written word of it. */
  readonly text: number
  readonly nth: number
  /** With the particles before it as one word: van Dyke, Vandyke; al-Hassan, Alhassan. Or without a title that is written as one with it. */
  readonly joined?: Word
  /** The second part of a Chinese full name, which is the given name. */
  readonly given?: boolean
}

export type WrittenName = {
  readonly words: readonly WrittenWord[]
  /** 1 Sr, 2 Jr or II, 3 III, ...: two people of one name in one family. */
  readonly generation?: number
}

/** Words that stand before a family name wherever they stand in the name. */
const sureParticles = new Set('von vom zum zur del dela della delle delos dei dos das vander vanden ould'.split(' '))
/** Words that do so within a name, and may be a name at its beginning or end: Van Nguyen, Al, Ben, De. */
const likelyParticles = new Set('de da do di du d van den der ten ter te zu al el ul ur ud us bou abu ben'.split(' '))

/** Words that go with one of these before them: de la Cruz. */
const articles = new Set(['la', 'las', 'los', 'les'])

const generations = new Map<string, number>([
  ...['sr', 'snr'].map((word) => [word, 1] as const),
  ...['jr', 'jnr'].map((word) => [word, 2] as const),
  ...['ii'].map((word) => [word, 2] as const),
  ...['iii'].map((word) => [word, 3] as const),
  ...['iv'].map((word) => [word, 4] as const),
])
/** Words that are names too, so they say a generation only behind two names. */
const spokenGenerations = new Map([
  ['senior', 1],
  ['junior', 2],
  ['filho', 2],
  ['neto', 3],
])

type Piece = {
  readonly written: string
  readonly plain: string
  readonly text: number
  readonly nth: number
  readonly given?: boolean
}

/**
 * Reads the texts of one name in writing order, such as its parts. Particles are taken off and kept with the word behind them;
 * a last word that says the generation is told apart.
 */
export function readWritten(texts: readonly string[], skip: (written: string) => boolean = () => false): WrittenName {
  const pieces = texts.flatMap((value, text) =>
    wordsOf(value).flatMap((written, nth) => (skip(written) ? [] : piecesOf(written, text, nth))),
  )
  const generation = takeGeneration(pieces)
  const words: WrittenWord[] = []
  let before = ''
  for (const [index, { written, plain, text, nth, given }] of pieces.entries()) {
    if (index + 1 < pieces.length && isParticle(pieces, index)) {
      before += plain
      continue
    }
    const word = wordOf(written)
    if (!word) continue
    const joined = before === '' ? withoutTitle(plain) : wordOf(before + plain)
    words.push({ word, text, nth, ...(joined && { joined }), ...(given && { given }) })
    before = ''
  }
  return { words, ...(generation !== undefined && { generation }) }
}

/** Nangnoy, whom another office writes Nang Noy or, as titles are no names, Noy. */
const gluedTitle = /^nang(?=\p{L}{3})/u
const withoutTitle = (plain: string): Word | null =>
  gluedTitle.test(plain) ? wordOf(plain.replace(gluedTitle, '')) : null

function piecesOf(written: string, text: number, nth: number): Piece[] {
  const plain = /^\p{Script=Latin}+$/u.test(written) ? written.toLowerCase() : ''
  const parts = plain === '' ? splitFullName(foldWord(written)) : [written]
  return (parts.length > 1 ? parts : [written]).map((part, at) => ({
    written: part,
    plain,
    text,
    nth: nth + at,
    ...(parts.length > 1 && at === 1 && { given: true }),
  }))
}

function isParticle(pieces: readonly Piece[], index: number): boolean {
  const plain = pieces[index]?.plain ?? ''
  if (sureParticles.has(plain)) return true
  if (articles.has(plain)) return pieces[index - 1]?.plain === 'de'
  if (!likelyParticles.has(plain)) return false
  const next = pieces[index + 1]?.plain ?? ''
  // Wang De Sheng is Wang Desheng.
  return index > 0 ? !isSyllable(next) : likelyParticles.has(next) || articles.has(next)
}

/** Takes the generation out of the pieces, unless it is the first word or all that is there. */
function takeGeneration(pieces: Piece[]): number | undefined {
  for (let index = pieces.length - 1; index > 0; index -= 1) {
    const plain = pieces[index]?.plain ?? ''
    const isLast = index === pieces.length - 1
    const generation = generations.get(plain) ?? (isLast && index > 1 ? spokenGenerations.get(plain) : undefined)
    if (generation === undefined) continue
    pieces.splice(index, 1)
    return generation
  }
  return undefined
}
