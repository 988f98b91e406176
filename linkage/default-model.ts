/**
 * The first model, set by hand from the sources' fault rates (how often names lose a part, dates are heaped, numbers
 * are missing) and from what chance allows: about 1 in 25,000 for a birth date, 1 in 50 to 100 for a common name.
 * Three words of a name are worth about as much as a birth date; an identifier outweighs either, never both against it.
 * The prior stands for a hub of about a million people.
 */
import type { ModelData } from './model-data.ts'

/** Two or more full words agree and nothing contradicts. */
const threeWords = ['same-3', 'reordered-3', 'alike-3', 'part-missing-3']
const fullNames = [...threeWords, 'same-2', 'reordered-2', 'alike-2']
/** At least two words agree, one of the rest may be a slip or missing. */
const twoWords = [...fullNames, 'similar-3', 'part-missing-2']

export const defaultModelData: ModelData = {
  name: '2026-11',
  prior: 1e-6,
  thresholds: { link: 0.99, review: 0.1 },
  comparisons: {
    name: {
      'same-3': { m: 0.24, u: 4e-6 },
      'reordered-3': { m: 0.08, u: 1.5e-6 },
      'alike-3': { m: 0.08, u: 4e-6 },
      'part-missing-3': { m: 0.03, u: 3e-6 },
      'similar-3': { m: 0.02, u: 5e-6 },
      'same-2': { m: 0.12, u: 6e-5 },
      'reordered-2': { m: 0.05, u: 3e-5 },
      'alike-2': { m: 0.07, u: 7e-5 },
      'part-missing-2': { m: 0.12, u: 1.6e-4 },
      similar: { m: 0.06, u: 3e-4 },
      initials: { m: 0.04, u: 8e-4 },
      'two-agree': { m: 0.03, u: 7e-4 },
      'same-1': { m: 0.01, u: 0.001 },
      'one-of-more': { m: 0.02, u: 0.006 },
      'one-agrees': { m: 0.02, u: 0.03 },
      'given-differs': { m: 0.002, u: 0.03 },
      different: { m: 0.004, u: 0.92 },
    },
    birthDate: {
      exact: { m: 0.7, u: 4e-5 },
      month: { m: 0.02, u: 3e-5 },
      swapped: { m: 0.008, u: 3e-5 },
      year: { m: 0.1, u: 0.002 },
      near: { m: 0.03, u: 0.0018 },
      'near-year': { m: 0.03, u: 0.022 },
      'same-year': { m: 0.02, u: 0.018 },
      'other-year': { m: 0.03, u: 0.2 },
      different: { m: 0.02, u: 0.7 },
    },
    sex: { same: { m: 0.99, u: 0.5 }, different: { m: 0.01, u: 0.5 } },
    identifier: {
      exact: { m: 0.9, u: 2e-7 },
      // One of fifty people met by chance works for the same employer, as where the state is the largest.
      'swapped-at-work': { m: 0.004, u: 2e-8 },
      // Of eight digits seven pairs may be swapped, of tens of millions of numbers; those next door, which families hold, are no swap.
      swapped: { m: 0.008, u: 1e-6 },
      near: { m: 0.02, u: 1.8e-4 },
      'wrong-column': { m: 0.01, u: 1e-4 },
      another: { m: 0.03, u: 0.05 },
      second: { m: 0.001, u: 0.04 },
      different: { m: 0.008, u: 0.9 },
    },
    // What `shared` weighs at the least, however many hold the telephone; see phones.ts.
    phone: { same: { m: 0.3, u: 0.003 }, shared: { m: 0.002, u: 0.002 }, different: { m: 0.698, u: 0.947 } },
    household: { number: { m: 0.2, u: 0.003 }, relative: { m: 0.2, u: 0.004 }, 'none-shared': { m: 0.6, u: 0.99 } },
    locality: {
      locality: { m: 0.3, u: 0.004 },
      district: { m: 0.15, u: 0.02 },
      region: { m: 0.2, u: 0.09 },
      different: { m: 0.35, u: 0.88 },
    },
  },
  guards: [
    {
      name: 'shared-identifier',
      reason: 'Both records carry one identifier, so somebody has to say whether they are one person.',
      bound: 'at-least',
      outcome: 'review',
      when: [{ on: 'identifier', in: ['exact'] }],
      unless: [],
    },
    {
      name: 'twins',
      reason: 'Two given names and two numbers: brothers, sisters or twins, whose numbers often follow each other.',
      bound: 'at-most',
      outcome: 'distinct',
      when: [
        { on: 'name', in: ['given-differs'] },
        { on: 'identifier', in: ['swapped-at-work', 'swapped', 'near', 'second', 'different'] },
      ],
      unless: [[{ on: 'identifier', in: ['exact', 'wrong-column'] }]],
    },
    {
      name: 'names-differ',
      reason: 'The names, or the given names of what may be twins, speak of two people, whatever else agrees.',
      bound: 'at-most',
      outcome: 'review',
      when: [{ on: 'name', in: ['given-differs', 'different', 'missing'] }],
      unless: [],
    },
    {
      name: 'one-name-only',
      reason: 'One word of a name is too little without an identifier.',
      bound: 'at-most',
      outcome: 'review',
      when: [{ on: 'name', in: ['same-1', 'one-of-more', 'one-agrees', 'initials'] }],
      unless: [[{ on: 'identifier', in: ['exact'] }]],
    },
    {
      name: 'sex-differs',
      reason: 'Recorded as man and as woman.',
      bound: 'at-most',
      outcome: 'review',
      when: [{ on: 'sex', in: ['different'] }],
      unless: [
        [
          { on: 'identifier', in: ['exact'] },
          { on: 'name', in: twoWords },
        ],
      ],
    },
    {
      name: 'identifiers-conflict',
      reason: 'Two different valid values of a number that a person has one of.',
      bound: 'at-most',
      outcome: 'review',
      when: [{ on: 'identifier', in: ['different'] }],
      unless: [],
    },
    {
      name: 'enrolled-twice',
      reason: 'Two different numbers of one scheme, and not everything else says that one person was enrolled twice.',
      bound: 'at-most',
      outcome: 'review',
      when: [{ on: 'identifier', in: ['second'] }],
      unless: [
        [
          { on: 'identifier', in: ['exact'] },
          { on: 'name', in: twoWords },
          { on: 'birthDate', in: ['exact', 'month', 'year'] },
          { on: 'sex', in: ['same'] },
        ],
      ],
    },
    {
      name: 'identifier-digits-swapped',
      reason: 'Two digits of the number are swapped, and the rest does not say enough.',
      bound: 'at-most',
      outcome: 'review',
      when: [{ on: 'identifier', in: ['swapped-at-work', 'swapped'] }],
      unless: [
        // Money that nobody can be found for: an employer's list without the fund's number, and a slip in the other one.
        [
          { on: 'identifier', in: ['swapped-at-work'] },
          { on: 'name', in: twoWords },
          { on: 'birthDate', in: ['exact', 'month', 'year', 'missing'] },
          { on: 'sex', in: ['same', 'missing'] },
        ],
        [
          { on: 'name', in: threeWords },
          { on: 'birthDate', in: ['exact', 'month', 'year', 'missing'] },
          { on: 'sex', in: ['same', 'missing'] },
        ],
        [
          { on: 'name', in: twoWords },
          { on: 'birthDate', in: ['exact'] },
          { on: 'sex', in: ['same', 'missing'] },
        ],
        [
          { on: 'identifier', in: ['exact'] },
          { on: 'name', in: twoWords },
          { on: 'birthDate', in: ['exact', 'month', 'year', 'missing'] },
        ],
      ],
    },
    {
      name: 'identifier-nearly-the-same',
      reason: 'The numbers differ by one slip, and not everything else agrees.',
      bound: 'at-most',
      outcome: 'review',
      when: [{ on: 'identifier', in: ['near'] }],
      unless: [
        [
          { on: 'name', in: twoWords },
          { on: 'birthDate', in: ['exact'] },
          { on: 'sex', in: ['same', 'missing'] },
        ],
        [
          { on: 'identifier', in: ['exact'] },
          { on: 'name', in: twoWords },
          { on: 'birthDate', in: ['exact', 'month', 'year', 'missing'] },
        ],
      ],
    },
    {
      // Two women of one name in one village; and how many of one name share a birth date in a country.
      name: 'name-and-birth-date-alone',
      reason: 'Nothing but name and birth date agrees, and others may share both.',
      bound: 'at-most',
      outcome: 'review',
      when: [],
      unless: [
        [{ on: 'identifier', in: ['exact', 'swapped-at-work', 'swapped', 'near', 'wrong-column'] }],
        [{ on: 'phone', in: ['same'] }],
        [{ on: 'household', in: ['number', 'relative'] }],
        [
          { on: 'name', in: fullNames },
          { on: 'birthDate', in: ['exact'] },
          { on: 'sex', in: ['same'] },
          { on: 'locality', in: ['locality'] },
        ],
        [
          { on: 'name', in: threeWords },
          { on: 'birthDate', in: ['exact'] },
          { on: 'sex', in: ['same'] },
          { on: 'locality', in: ['district', 'region'] },
        ],
      ],
    },
  ],
}
