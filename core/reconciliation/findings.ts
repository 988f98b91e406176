/**
 * Findings for the registries that have to act: listed, read, decided. A finding of another registry looks like none. Whoever decides
 * is named, says why, and decides on what she read; what is against somebody waits for its notice.
 */
import { type ErrorCode, HubError } from '../../errors.ts'
import {
  makeMove,
  movesFrom,
  type Refusal,
  type Standing,
  type State,
  unsettled,
  usualNoticeDays,
} from '../../reconciliation/state.ts'
import type { Finding, FindingDetail, FindingSeverity } from '../../schemas/contract.ts'
import { announce } from '../../store/deliveries.ts'
import { currentPerson } from '../../store/persons.ts'
import type { Queryable } from '../../store/pool.ts'
import {
  bodyContext,
  changeFinding,
  eventsOf,
  type FindingChange,
  type FindingEvent,
  type FindingRow,
  lastUpheld,
  listFindings,
  lockFinding,
  openBody,
  personsWithin,
  putFindingEvent,
  readFinding,
  type SealedFinding,
} from '../../store/reconciliation/findings.ts'
import type { Asker } from '../asker.ts'
import { disclose, discloseWithin } from '../disclose.ts'
import { wakeToDeliver } from '../events/deliver.ts'
import type { Event } from '../events/event.ts'
import type { Needs } from '../needs.ts'
import { type PageOf, type PageQuery, pageOf, readCursor, usualLimit } from '../page.ts'
import { asSteward, type Steward } from '../persons/rule.ts'
import { showEvidence, showsFigures, withheldFrom } from './evidence.ts'
import { mustBeRule } from './misfits.ts'
import type { Scope, Scoped } from './scope.ts'
import { adverse, dayOf, type RuleOf, stateOf, toEvent, toFinding, toMessage } from './shown.ts'

export type FindingQuery = PageQuery & {
  rule?: string | undefined
  state?: State | undefined
  severity?: FindingSeverity | undefined
  registry?: string | undefined
  region?: string | undefined
  /** Only what the asking officer sees to; who that is stands in no URL. */
  mine?: 'true' | undefined
  overdue?: 'true' | 'false' | undefined
  person?: string | undefined
  run?: string | undefined
}
export type Transition = { to: State; reason: string; version: number }
export type Assignment = { assignee?: string | undefined; version: number }

/** What an answer shows at most, as the contract says. */
const mostPersons = 1_000
const mostShown = 200
const dayMs = 86_400_000

export function makeFindings(needs: Needs, scoped: Scoped, ruleOf: RuleOf) {
  const bodyOf = ({ id, sealed }: SealedFinding) => openBody(needs.keys, bodyContext('finding', id), sealed)
  const show = (row: SealedFinding, scope: Scope) =>
    toFinding(row, ruleOf(row.rule), needs.now(), showsFigures(bodyOf(row).evidence, scope))

  /** The finding, or `not_found`: another registry's and one that never was look the same, and each leaves a leaf. */
  async function meet<Row extends FindingRow>(row: Row | undefined, scope: Scope, asker: Asker): Promise<Row> {
    if (row && scope.owned.includes(row.owner)) return row
    await disclose(needs, asker, scope, 'none', [])
    throw new HubError('not_found')
  }

  async function standing(db: Queryable, row: FindingRow): Promise<Standing> {
    const by = await lastUpheld(db, row.id)
    return {
      state: stateOf(row),
      adverse: adverse(row, ruleOf(row.rule)),
      earliestDecision: row.earliest_decision,
      upheldBy: by ? nameOf(by.agency, by.officer) : null,
    }
  }

  /** Changes a finding as `change` says, with the event that tells of it and the leaf that proves it. */
  async function decide(
    id: string,
    asker: Asker,
    change: (
      tx: Queryable,
      row: FindingRow,
      by: Steward,
      scope: Scope,
    ) => Promise<{ to: Partial<FindingChange>; event: Pick<FindingEvent, 'kind' | 'text'> }>,
  ): Promise<Finding> {
    const by = asSteward(asker)
    const scope = await scoped(asker)
    await meet(await readFinding(needs.db, id), scope, asker)
    const work = async (tx: Queryable): Promise<Finding> => {
      const row = await lockFinding(tx, id)
      if (!row || !scope.owned.includes(row.owner)) throw new HubError('not_found')
      const { to, event } = await change(tx, row, by, scope)
      const { owner, severity, amount, currency } = row
      const after = await changeFinding(tx, id, { ...row, ...to })
      if (!after) throw new HubError('not_found')
      await putFindingEvent(tx, needs.keys, id, {
        ...event,
        at: needs.now(),
        from_state: after.state === row.state ? null : row.state,
        to_state: event.kind === 'transition' ? after.state : null,
        run: null,
        agency: scope.agency,
        client: by.client,
        officer: by.officer,
        basis: event.kind === 'transition' ? { ...bodyOf(row), owner, severity, amount, currency } : null,
      })
      const told: Event = {
        type: 'finding.changed',
        registry: after.owner,
        subject: id,
        data: { rule: after.rule, state: after.state, what: event.kind },
      }
      await announce(tx, [told], needs.now())
      const persons = await personsWithin(tx, row.persons, scope.registries, mostPersons)
      await discloseWithin(tx, needs, by, scope, 'decided', persons)
      return show(after, scope)
    }
    const after = await needs.db.transaction(work).catch(async (reason: unknown) => {
      // A refusal tells how the finding stands.
      if (reason instanceof HubError && refusals.includes(reason.code)) await disclose(needs, by, scope, 'conflict', [])
      throw reason
    })
    await wakeToDeliver(needs)
    return after
  }

  return {
    async list(query: FindingQuery, asker: Asker): Promise<PageOf<Finding>> {
      const { limit = usualLimit, rule = null, registry, person } = query
      const before = readCursor(query.cursor, 'id')?.[0] ?? null
      mustBeRule(needs.reconciliation.book.rules, query.rule)
      const scope = await scoped(asker)
      const persons = person === undefined ? null : await known(needs.db, person, scope)
      const rows = await listFindings(needs.db, {
        owners: registry === undefined ? scope.owned : scope.owned.filter((owner) => owner === registry),
        rule,
        persons,
        before,
        state: query.state ?? null,
        severity: query.severity ?? null,
        region: query.region ?? null,
        assignee: query.mine ? asSteward(asker).officer : null,
        run: query.run ?? null,
        overdue: query.overdue === undefined ? null : query.overdue === 'true',
        today: dayOf(needs.now()),
        unsettled,
        limit: limit + 1,
      })
      // Asked about one person, a list says something about her.
      const about = persons === null ? 'listed' : rows.length > 0 ? 'shown' : 'none'
      await disclose(needs, asker, scope, about, about === 'shown' ? (persons ?? []) : [])
      return pageOf(
        rows,
        limit,
        (row) => row.id,
        (row) => show(row, scope),
      )
    },

    async read(id: string, asker: Asker): Promise<FindingDetail> {
      const scope = await scoped(asker)
      const row = await meet(await readFinding(needs.db, id), scope, asker)
      const { about, evidence, facts } = bodyOf(row)
      const rule = ruleOf(row.rule)
      const open = showsFigures(evidence, scope)
      const persons = await personsWithin(needs.db, row.persons, scope.registries, mostPersons)
      const by = nameOf(scope.agency, asker.officer ?? '')
      const detail: FindingDetail = {
        ...show(row, scope),
        message: rule ? (open ? toMessage(rule, facts) : rule.says) : row.rule,
        reason: rule?.reason ?? row.rule,
        ...(open && { about, figures: facts }),
        withheld: withheldFrom(evidence, scope),
        persons,
        personCount: row.persons.length,
        evidence: await showEvidence(needs, evidence.slice(0, mostShown), scope),
        evidenceCount: evidence.length,
        events: (await eventsOf(needs.db, needs.keys, id, mostShown)).map((event) =>
          toEvent(event, rule, (basis) => showsFigures(basis.evidence, scope)),
        ),
        moves: movesFrom(await standing(needs.db, row), { by, at: needs.now() }),
      }
      await disclose(needs, asker, scope, 'shown', persons)
      return detail
    },

    /** Throws `finding_changed`, or `move_refused` with the reason. */
    transition: (id: string, { to, reason, version }: Transition, asker: Asker): Promise<Finding> =>
      decide(id, asker, async (tx, row, by, scope) => {
        mustBe(version, row)
        const at = needs.now()
        const move = { to, reason, at, by: nameOf(scope.agency, by.officer), noticeDays: usualNoticeDays }
        const moved = makeMove(await standing(tx, row), move)
        if ('refused' in moved) throw refused(row, to, moved)
        const days = ruleOf(row.rule)?.dueInDays ?? usualNoticeDays
        const dueAnew = to === 'reopened' && { due_on: dayOf(new Date(at.getTime() + days * dayMs)) }
        return {
          to: { state: moved.state, earliest_decision: moved.earliestDecision, state_since: at, ...dueAnew },
          event: { kind: 'transition', text: reason },
        }
      }),

    note: (id: string, text: string, asker: Asker): Promise<Finding> =>
      decide(id, asker, async () => ({ to: {}, event: { kind: 'note', text } })),

    /** Throws `finding_changed`. */
    assign: (id: string, { assignee, version }: Assignment, asker: Asker): Promise<Finding> =>
      decide(id, asker, async (_tx, row) => {
        mustBe(version, row)
        const to = assignee ?? null
        return { to: { assignee: to }, event: { kind: 'assignment', text: to } }
      }),
  }
}

const nameOf = (agency: string, officer: string) => `${agency} ${officer}`

const refusals: readonly ErrorCode[] = ['finding_changed', 'move_refused', 'not_found']

/** The ids under which findings may know a person of whom a record is agreed; none when there is no such record. */
async function known(db: Queryable, person: string, { registries }: Scope): Promise<string[]> {
  const seen = await personsWithin(db, [person], registries, 1)
  return seen.length === 0 ? [] : [...new Set([person, (await currentPerson(db, person)) ?? person])]
}

function mustBe(version: number, row: FindingRow): void {
  if (version !== row.version) throw new HubError('finding_changed')
}

function refused({ state }: FindingRow, to: State, { refused: why, from }: Refusal): HubError {
  const message = words[why](state, to, from)
  return new HubError('move_refused', {
    detail: message,
    reasons: [{ pointer: '/to', rule: why.replaceAll('_', '-'), message }],
  })
}

const words: Record<Refusal['refused'], (state: string, to: string, from?: Date) => string> = {
  no_such_move: (state, to) =>
    `A finding that is ${state} does not become ${to}. Read it for the states that it may be brought to.`,
  reason_missing: () => 'Say why.',
  notice_missing: () => 'This is against somebody, who was not told. Give notice first.',
  too_early: (_state, _to, from) =>
    `The person has until ${from?.toISOString()} to answer, and to add to an answer. Wait until then.`,
  other_officer: () => 'An appeal is not turned down by whoever decided before. Another officer has to hear it.',
  never_upheld: () => 'It was never upheld, so there is nothing to appeal against.',
}
