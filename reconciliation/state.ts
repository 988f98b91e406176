/**
 * What may become of a finding, and who may do it. A run only notes that the facts are gone or are back; everything else is a
 * person's doing. No state stops a benefit: `upheld` says that the owner may act, after the person concerned was told and had time to answer
 * (ILO Recommendation 202, paragraph 7: complaint and appeal procedures that are impartial, transparent, effective and simple).
 */
import type { Action, Severity } from './finding.ts'
import type { Rule } from './rule.ts'

export const states = [
  'open',
  'notified',
  'answered',
  'upheld',
  'dismissed',
  'appealed',
  'resolved',
  'reopened',
] as const
export type State = (typeof states)[number]

/** Somebody still has to do something: these grow old, and may be overdue. */
export const unsettled: readonly State[] = ['open', 'notified', 'answered', 'appealed', 'reopened']

/** Days between a notice and the first day on which the finding may be upheld, where nobody says otherwise. */
export const usualNoticeDays = 14
const dayMs = 86_400_000

/** What decides which moves a finding allows. */
export type Standing = {
  readonly state: State
  readonly adverse: boolean
  /** Set by a notice: before this instant it may not be upheld. */
  readonly earliestDecision: Date | null
  /** Who upheld it last, however that person is told apart from others; null when nobody ever did. */
  readonly upheldBy: string | null
}

/** A person's move. Its reason is kept beside it, and an empty one is refused here. */
export type Move = {
  readonly to: State
  readonly by: string
  readonly reason: string
  readonly at: Date
  readonly noticeDays: number
}
export type Moved = { readonly state: State; readonly earliestDecision: Date | null }

/** Why a move is refused. `too_early` comes with the instant from which it is possible. */
export type Refusal = {
  readonly refused:
    | 'no_such_move'
    | 'reason_missing'
    | 'notice_missing'
    | 'too_early'
    | 'other_officer'
    | 'never_upheld'
  readonly from?: Date
}

/**
 * Against somebody: a benefit may be held, money asked back, a claim taken away. Rules that reach people who are left out, or
 * that mend data, are never adverse unless they propose to hold. A rule that is not known any more is taken for one about integrity.
 */
export const isAdverse = (finding: { action: Action; money: boolean }, aim: Rule['aim'] | undefined): boolean =>
  finding.action === 'hold' ||
  ((aim === undefined || aim === 'integrity') && (finding.action === 'review' || finding.money))

type Guard = (standing: Standing, move: Move) => Refusal | undefined

const afterNotice: Guard = ({ adverse, earliestDecision }, { at }) => {
  if (!adverse) return undefined
  if (earliestDecision === null) return { refused: 'notice_missing' }
  return at < earliestDecision ? { refused: 'too_early', from: earliestDecision } : undefined
}
const withoutNotice: Guard = ({ adverse }) => (adverse ? { refused: 'notice_missing' } : undefined)
/** An appeal is heard by somebody else than whoever decided before. */
const byAnother: Guard = ({ upheldBy }, { by }) => (upheldBy === by ? { refused: 'other_officer' } : undefined)
const onceUpheld: Guard = ({ upheldBy }) => (upheldBy === null ? { refused: 'never_upheld' } : undefined)
const free: Guard = () => undefined

/** Moves of persons. What is not here does not exist. To be in the clear is always possible; to be held to something takes a notice. */
const moves: Readonly<Record<State, Partial<Readonly<Record<State, Guard>>>>> = {
  open: { notified: free, upheld: withoutNotice, dismissed: free },
  reopened: { notified: free, upheld: withoutNotice, dismissed: free },
  // A notice that came back is sent again, and its time runs anew.
  notified: { notified: free, answered: free, upheld: afterNotice, dismissed: free },
  // An answer shortens nothing: it is the officer who decides that writes it down, and the person may have more to say.
  answered: { notified: free, upheld: afterNotice, dismissed: free },
  upheld: { appealed: free, dismissed: free },
  appealed: { upheld: byAnother, dismissed: free },
  dismissed: { reopened: free },
  // A benefit that was held may make the facts go away: whoever lost it may still appeal.
  resolved: { appealed: onceUpheld },
}

/** Carries a person's move out, or says why it is refused. */
export function makeMove(standing: Standing, move: Move): Moved | Refusal {
  const guard = moves[standing.state][move.to]
  if (!guard) return { refused: 'no_such_move' }
  if (move.reason.trim() === '') return { refused: 'reason_missing' }
  const refusal = guard(standing, move)
  if (refusal) return refusal
  return { state: move.to, earliestDecision: earliestAfter(standing, move) }
}

/** A notice starts the time, a reopening forgets it: what was told of the earlier occurrence says nothing about this one. */
function earliestAfter({ earliestDecision }: Standing, { to, at, noticeDays }: Move): Date | null {
  if (to === 'notified') return new Date(at.getTime() + noticeDays * dayMs)
  return to === 'reopened' ? null : earliestDecision
}

/** The states that a person could bring it to at that instant, in the order of `states`. */
export const movesFrom = (standing: Standing, who: Pick<Move, 'by' | 'at'>): State[] =>
  states.filter((to) => !('refused' in makeMove(standing, { ...who, to, reason: 'asked', noticeDays: 0 })))

/** How much a finding says against somebody. `occasion`: what happened, where the rule tells one occasion from another. */
export type Weight = {
  readonly owner: string
  readonly severity: Severity
  readonly amount: number | null
  readonly currency: string | null
  readonly occasion: string | undefined
}

/** Whether it says more than people were told, or decided: graver, more money, another occasion; or it is another owner who says it. */
export const weighsMore = (before: Weight, now: Weight): boolean =>
  now.owner !== before.owner ||
  now.occasion !== before.occasion ||
  now.severity < before.severity ||
  (now.amount !== null && (before.amount === null || now.currency !== before.currency || now.amount > before.amount))

const toldOrDecided: readonly State[] = ['notified', 'answered', 'upheld', 'dismissed']

/**
 * After a live run that found it: what was resolved is open again, and needs a new notice. So is what now weighs more than what the
 * person was told, or than what was decided; otherwise decisions stay, and a dismissed finding is not brought up again.
 */
export const whenFound = ({ state, earliestDecision }: Moved, isMore: boolean): Moved =>
  state === 'resolved' || (isMore && toldOrDecided.includes(state))
    ? { state: 'reopened', earliestDecision: null }
    : { state, earliestDecision }

/** After a live run that found it no more. An appeal still needs its answer, and a dismissal stays one. */
export const whenGone = ({ state, earliestDecision }: Moved): Moved => ({
  state: state === 'appealed' || state === 'dismissed' ? state : 'resolved',
  earliestDecision,
})
