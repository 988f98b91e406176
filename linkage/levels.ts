/**
 * The vocabulary of the engine: what is compared, and how far it may agree, best first. A comparison that cannot be
 * made has the level `missing` and no weight.
 */
export const levels = {
  /**
   * Names as sets of words. The number is how many words agree: 1, 2, or 3 and more.
   * same: letter for letter; reordered: the same words in another order; alike: the same names in another spelling or
   * script; part-missing: the rest is missing on one side, or an initial; similar: a slip of the pen among them;
   * two-agree, one-agrees: both sides have words the other has not; given-differs: one given name against another.
   */
  name: [
    'same-3',
    'reordered-3',
    'alike-3',
    'part-missing-3',
    'similar-3',
    'same-2',
    'reordered-2',
    'alike-2',
    'part-missing-2',
    'similar',
    'initials',
    'two-agree',
    'same-1',
    'one-of-more',
    'one-agrees',
    'given-differs',
    'different',
  ],
  /**
   * exact: the same day, by dates that are no habit of the office; month, year: the same, no more being known; swapped: day and
   * month; near: one digit or one year off; near-year: a year that is a guess anyway is at most two off.
   */
  birthDate: ['exact', 'month', 'swapped', 'year', 'near', 'near-year', 'same-year', 'other-year', 'different'],
  sex: ['same', 'different'],
  /**
   * Per type. swapped: two neighbouring digits are; swapped-at-work: not the last two, and two lists name one
   * employer; near: one digit wrong, missing or too many; wrong-column: the same digits under another type; another, second, different: two values of a type that
   * people hold several of, that a scheme gives to whom it enrols, so that who was enrolled twice holds two, or that they hold one of.
   */
  identifier: ['exact', 'swapped-at-work', 'swapped', 'near', 'wrong-column', 'another', 'second', 'different'],
  /** shared: more people hold it than live in a household; such a telephone says little about who it is. */
  phone: ['same', 'shared', 'different'],
  /** number: one household number; relative: both name one relative. */
  household: ['number', 'relative', 'none-shared'],
  locality: ['locality', 'district', 'region', 'different'],
} as const

export type ComparisonName = keyof typeof levels
export type LevelOf<Name extends ComparisonName> = (typeof levels)[Name][number]
export type NameLevel = LevelOf<'name'>
export type BirthLevel = LevelOf<'birthDate'>
export type IdentifierLevel = LevelOf<'identifier'>
export type HouseholdLevel = LevelOf<'household'>
export type LocalityLevel = LevelOf<'locality'>

/** The better of two levels of one comparison; undefined loses. */
export function better<Name extends ComparisonName>(
  on: Name,
  one: LevelOf<Name> | undefined,
  other: LevelOf<Name>,
): LevelOf<Name> {
  const order: readonly string[] = levels[on]
  return one === undefined || order.indexOf(other) < order.indexOf(one) ? other : one
}
