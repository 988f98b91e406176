/**
 * A country of namesakes, to measure linkage where it is hardest: neighbours of one name and about one age, sons who bear their
 * fathers' names, twins with one telephone. Far more of them than in life, on purpose.
 */
import type { Person } from './person.ts'
import { Random } from './random.ts'

/** What the head of a family takes over from an earlier one of the same country and sex; undefined where the two do not fit. */
type Tie = {
  /** How much younger the head may be, in years. */
  readonly younger: readonly [number, number]
  readonly taken: (head: Person, earlier: Person, random: Random) => Partial<Person> | undefined
}

/** Two of one village who bear one name and are about one age. */
const neighbour: Tie = { younger: [-2, 2], taken: (_, { words }) => ({ words }) }

/** Grown sons and daughters who bear the parent's whole name; some still use the family's telephone. */
const namedAfter: Tie = {
  younger: [18, 45],
  taken: (_, { words, phones }, random) => ({ words, ...(random.chance(0.3) && { phones }) }),
}

/** Born on one day, with one telephone; all but the family name is their own, and no parents give two children one name. */
const twin: Tie = {
  younger: [-2, 2],
  taken: ({ words }, { words: theirs, born, phones }) =>
    words.length > 1 && words[0]?.written !== theirs[0]?.written
      ? { words: [...words.slice(0, -1), ...theirs.slice(-1)], born, phones }
      : undefined,
}

const ties: readonly { readonly weight: number; readonly tie?: Tie }[] = [
  { weight: 25, tie: neighbour },
  { weight: 15, tie: namedAfter },
  { weight: 5, tie: twin },
  { weight: 55 },
]

/** How many families back somebody may be tied to. */
const near = 200
/** Of the children of the head's sex: those who bear the head's whole name. */
const namedAfterHead = 0.2

/** Ties families to earlier ones, in the order in which they come. */
export const makeNamesakes = (seed: number): ((family: readonly Person[]) => Person[]) => {
  const heads = new Map<string, readonly Person[]>()
  return (family) => {
    const [head, ...others] = family
    if (!head) return []
    const random = new Random(seed, 'namesakes', head.household)
    const kind = `${head.country} ${head.sex}`
    const known = heads.get(kind) ?? []
    const { tie } = random.weighed(ties)
    const earlier = tie && fittingOne(known, head, tie, random)
    const taken = earlier && tie?.taken(head, earlier, random)
    const tied = taken ? { ...head, place: earlier.place, ...taken } : head
    // Twins are two: a third of one birth date might get the given name of the second.
    const left = taken && tie === twin ? known.filter((one) => one !== earlier) : [...known.slice(1 - near), tied]
    heads.set(kind, left)
    const wordsOf = (person: Person): Person['words'] =>
      person.role === 'child' && person.sex === tied.sex && random.chance(namedAfterHead) ? tied.words : person.words
    return [tied, ...others.map((person) => ({ ...person, words: wordsOf(person), place: tied.place }))]
  }
}

const fittingOne = (known: readonly Person[], head: Person, tie: Tie, random: Random): Person | undefined => {
  const [least, most] = tie.younger
  const fitting = known.filter((earlier) => {
    const years = yearOf(head) - yearOf(earlier)
    return years >= least && years <= most
  })
  return fitting.length > 0 ? random.pick(fitting) : undefined
}

const yearOf = ({ born }: Person): number => Number(born.slice(0, 4))
