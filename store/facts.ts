/**
 * Enrolments, contributions and benefits as plain rows: amounts, months and states, nothing that names anybody. An employer may be
 * one person under her own name, so it stands here as a keyed hash: equal employers of a registry are equal, and that is all.
 */
import type { Benefit, Contribution, Employer, Enrolment, SourceRecord } from '../schemas/contract.ts'
import { copyArray, copyRows } from './copy.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { hashBytes } from './records.ts'
import { blind } from './seal.ts'

type Owned<Fact> = Fact & { record: string; registry: string; seq: number }

const owned = <Fact>(
  rows: readonly { id: string; record: SourceRecord }[],
  list: (record: SourceRecord) => readonly Fact[],
) =>
  rows.flatMap(({ id, record }) =>
    list(record).map((fact, seq): Owned<Fact> => ({ ...fact, record: id, registry: record.registry, seq })),
  )

const employerHash = (keys: Keys, registry: string, employer: Employer | undefined) =>
  employer ? blind(keys.sourceKey(registry), `employer:${employer.id}`, hashBytes) : null

/** Writes the facts of added or changed records; those of the changed records replace what was there. */
export async function putFacts(
  tx: Queryable,
  keys: Keys,
  rows: readonly { id: string; record: SourceRecord }[],
  changed: readonly string[],
): Promise<void> {
  if (changed.length > 0)
    await tx.query(
      `with enrolments as (delete from enrolment where record = any($1)), contributions as (delete from contribution where record = any($1))
       delete from benefit where record = any($1)`,
      [changed],
      'facts_gone',
    )
  await putEnrolments(
    tx,
    keys,
    owned(rows, (record) => record.enrolments),
  )
  await putContributions(
    tx,
    keys,
    owned(rows, (record) => record.contributions),
  )
  await putBenefits(
    tx,
    owned(rows, (record) => record.benefits),
  )
}

const putEnrolments = (tx: Queryable, keys: Keys, facts: readonly Owned<Enrolment>[]) =>
  copyRows(
    tx,
    'enrolment',
    'record, seq, scheme, branches, status, category, valid_from, valid_until, employer',
    facts,
    (fact) => [
      fact.record,
      fact.seq,
      fact.scheme,
      copyArray(fact.branches),
      fact.status,
      fact.category ?? null,
      fact.from ?? null,
      fact.until ?? null,
      employerHash(keys, fact.registry, fact.employer),
    ],
  )

const currencyOf = (fact: Contribution) =>
  (fact.total ?? fact.base ?? fact.employeeShare ?? fact.employerShare)?.currency ?? null

const putContributions = (tx: Queryable, keys: Keys, facts: readonly Owned<Contribution>[]) =>
  copyRows(
    tx,
    'contribution',
    `record, seq, scheme, month, component, state, base, employee_share, employer_share, total, currency, paid_on, employer`,
    facts,
    (fact) => [
      fact.record,
      fact.seq,
      fact.scheme,
      fact.month,
      fact.component ?? null,
      fact.state,
      fact.base?.amount ?? null,
      fact.employeeShare?.amount ?? null,
      fact.employerShare?.amount ?? null,
      fact.total?.amount ?? null,
      currencyOf(fact),
      fact.paidOn ?? null,
      employerHash(keys, fact.registry, fact.employer),
    ],
  )

const putBenefits = (tx: Queryable, facts: readonly Owned<Benefit>[]) =>
  copyRows(
    tx,
    'benefit',
    'record, seq, scheme, branch, kind, state, month, amount, currency, paid_on',
    facts,
    (fact) => [
      fact.record,
      fact.seq,
      fact.scheme,
      fact.branch,
      fact.kind,
      fact.state,
      fact.month ?? null,
      fact.amount?.amount ?? null,
      fact.amount?.currency ?? null,
      fact.paidOn ?? null,
    ],
  )
