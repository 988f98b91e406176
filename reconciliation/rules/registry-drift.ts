import { registryRule } from '../rule.ts'

/** Its settings are the limits by which a delivery is held back before any of it is taken in; the finding tells of it until it is settled. */
export const registryDrift = registryRule({
  subject: 'registry',
  id: 'R30',
  name: 'registry-drift',
  title: 'Delivery held back: it does not look like the ones before',
  says: 'A delivery is looked through as a whole before any of it is taken in. When far more people than before are said to be dead, when a column is suddenly empty or unreadable, or when a list is much shorter or longer than the lists before, the delivery is held back and nothing of it is applied.',
  message: 'The delivery of {list} was held back on {day}: {why}. What was known before stands.',
  reason:
    'A file that was cut off, shifted by a column or exported with the wrong filter would otherwise end the cover of people who have nothing to do with it.',
  severity: 'S2',
  action: 'report',
  aim: 'quality',
  evidence: 'linked',
  dueInDays: 1,
  parameters: {
    fewest: { value: 50, says: 'Deliveries of fewer records are not judged by shares.', least: 1, most: 1_000_000 },
    deadJump: {
      value: 0.05,
      says: 'Share of people said to be dead above that of the last delivery.',
      least: 0,
      most: 1,
    },
    emptyJump: {
      value: 0.05,
      says: 'Share of records without a field above that of the last delivery.',
      least: 0,
      most: 1,
    },
    doubtfulJump: {
      value: 0.05,
      says: 'Share of numbers that do not fit their rule above that of the last delivery.',
      least: 0,
      most: 1,
    },
    rejectedJump: {
      value: 0.05,
      says: 'Share of unreadable records above that of the last delivery.',
      least: 0,
      most: 1,
    },
    deviations: { value: 4, says: 'Standard deviations from the lengths of the lists before.', least: 1, most: 100 },
    lengthChange: {
      value: 0.1,
      says: 'Smallest change of a list’s length that counts, as a share.',
      least: 0,
      most: 10,
    },
  },
  find: ({ registry, held }) =>
    held.map(({ list, run, day, reasons }) => ({
      about: list,
      owner: registry,
      evidence: [{ registry, record: run, version: 1, pointer: '' }],
      facts: { list, day, why: reasons.map(({ message }) => message.replace(/\.$/, '')).join('; ') },
    })),
})
