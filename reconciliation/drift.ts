/**
 * What a delivery looks like as a whole, and whether it is still the list that it used to be. A file in which eighty of a hundred people
 * are suddenly dead or gone is a broken file, not a tragedy: it is held back before any of it is taken in.
 */
import type { Reason, SourceRecord } from '../schemas/contract.ts'

/** What is counted about a delivery's records of one kind of list. Figures only, nothing about anybody. */
export type Profile = {
  /** Records read, and those of them that could not be taken in. */
  readonly records: number
  readonly rejected: number
  /** Of those that can be taken in: who is said to be dead, whose number does not fit its rule, and which fields say nothing. */
  readonly dead: number
  readonly doubtful: number
  readonly empty: Readonly<Record<ProfileField, number>>
  /** The latest month of a contribution. */
  readonly latestMonth?: string
  /** The same for the same records, in whatever order. */
  readonly digest: string
  /** Where the delivery is the whole list: how many the hub holds of it, and how many of these it leaves out. */
  readonly whole?: { readonly held: number; readonly missing: number }
}

const emptyOf = {
  birthDate: (record: SourceRecord) => !record.birthDate,
  sex: (record: SourceRecord) => !record.sex,
  identifiers: (record: SourceRecord) => record.identifiers.length === 0,
  phones: (record: SourceRecord) => !record.phones?.length,
  addresses: (record: SourceRecord) => !record.addresses?.length,
  enrolments: (record: SourceRecord) => record.enrolments.length === 0,
  contributions: (record: SourceRecord) => record.contributions.length === 0,
  benefits: (record: SourceRecord) => record.benefits.length === 0,
}
export type ProfileField = keyof typeof emptyOf
const profileFields = Object.keys(emptyOf) as ProfileField[]

/** Counts records one by one. `hash` is the record's content hash. */
export class Profiler {
  #records = 0
  #rejected = 0
  #dead = 0
  #doubtful = 0
  #latestMonth = ''
  readonly #empty = new Map<ProfileField, number>()
  readonly #digest = Buffer.alloc(16)

  add(record: SourceRecord, hash: Buffer): void {
    this.#records += 1
    if (record.death) this.#dead += 1
    if (record.quality.some(({ code }) => code === 'identifier-doubtful')) this.#doubtful += 1
    for (const field of profileFields)
      if (emptyOf[field](record)) this.#empty.set(field, (this.#empty.get(field) ?? 0) + 1)
    for (const { month } of record.contributions) if (month > this.#latestMonth) this.#latestMonth = month
    for (let byte = 0; byte < 16; byte++) this.#digest[byte] = (this.#digest[byte] ?? 0) + (hash[byte] ?? 0)
  }

  refuse(): void {
    this.#records += 1
    this.#rejected += 1
  }

  profile(whole?: Profile['whole']): Profile {
    const empty = Object.fromEntries(profileFields.map((field) => [field, this.#empty.get(field) ?? 0]))
    return {
      records: this.#records,
      rejected: this.#rejected,
      dead: this.#dead,
      doubtful: this.#doubtful,
      empty: empty as Profile['empty'],
      ...(this.#latestMonth && { latestMonth: this.#latestMonth }),
      digest: this.#digest.toString('hex'),
      ...(whole && { whole }),
    }
  }
}

/** When a delivery has drifted. Shares are of 1; a jump is the difference between two shares. */
export type DriftLimits = {
  /** Deliveries of fewer records than this are not judged by shares. */
  readonly fewest: number
  readonly deadJump: number
  readonly emptyJump: number
  readonly doubtfulJump: number
  readonly rejectedJump: number
  /** A whole list's length: so many standard deviations from the lists before, and at least so great a change. */
  readonly deviations: number
  readonly lengthChange: number
  /** The registry's own limit of people missing from a whole list, and the number that is always allowed. */
  readonly missingShare: number
  readonly missingFloor: number
}

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`

/**
 * Why a delivery is held back: nothing when it is like those before (`earlier`, the newest first). Without an earlier one only
 * who is missing can be said.
 */
export function driftOf(now: Profile, earlier: readonly Profile[], limits: DriftLimits): Reason[] {
  return [...missingOf(now, limits), ...jumpsOf(now, earlier[0], limits), ...lengthOf(now, earlier, limits)]
}

function missingOf({ whole }: Profile, { missingFloor, missingShare }: DriftLimits): Reason[] {
  if (!whole || whole.missing <= Math.max(missingFloor, whole.held * missingShare)) return []
  const message = `${whole.missing} of ${whole.held} records that were listed are missing; ${percent(missingShare)} are allowed.`
  return [{ pointer: '', rule: 'missing', message }]
}

function jumpsOf(now: Profile, before: Profile | undefined, limits: DriftLimits): Reason[] {
  if (!before || Math.min(now.records, before.records) < limits.fewest) return []
  const taken = ({ records, rejected }: Profile) => Math.max(records - rejected, 1)
  const jump = (of: (profile: Profile) => number, whole: (profile: Profile) => number = taken) => ({
    was: of(before) / whole(before),
    is: of(now) / whole(now),
  })
  const all = ({ records }: Profile) => records
  const checks = [
    {
      pointer: '/death',
      rule: 'dead',
      says: 'are said to be dead',
      most: limits.deadJump,
      ...jump(({ dead }) => dead),
    },
    {
      pointer: '/identifiers',
      rule: 'doubtful',
      says: 'have a number that does not fit its rule',
      most: limits.doubtfulJump,
      ...jump(({ doubtful }) => doubtful),
    },
    {
      pointer: '',
      rule: 'rejected',
      says: 'could not be read',
      most: limits.rejectedJump,
      ...jump(({ rejected }) => rejected, all),
    },
    ...profileFields.map((field) => ({
      pointer: `/${field}`,
      rule: 'empty',
      says: `say nothing under ${field}`,
      most: limits.emptyJump,
      ...jump(({ empty }) => empty[field]),
    })),
  ]
  return checks.flatMap(({ pointer, rule, says, most, was, is }) =>
    is - was > most
      ? [{ pointer, rule, message: `${percent(is)} of the records ${says}, after ${percent(was)} the last time.` }]
      : [],
  )
}

/** How many lists it takes to know how much their lengths differ. */
const fewestLists = 4

function lengthOf(now: Profile, earlier: readonly Profile[], limits: DriftLimits): Reason[] {
  const lengths = earlier.filter(({ whole }) => whole).map(({ records }) => records)
  if (!now.whole || lengths.length < fewestLists || now.records < limits.fewest) return []
  const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length
  const deviation = Math.sqrt(lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / (lengths.length - 1))
  const change = Math.abs(now.records - mean)
  if (change <= limits.deviations * deviation || change <= limits.lengthChange * mean) return []
  const message = `The list has ${now.records} records; the last ${lengths.length} had ${Math.round(mean)} on average.`
  return [{ pointer: '', rule: 'length', message }]
}
