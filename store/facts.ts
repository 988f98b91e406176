/** Enrolments, contributions and benefits as plain rows: amounts, months and states, nothing that names anybody. */
import type { Benefit, Contribution, Enrolment, SourceRecord } from '../schemas/contract.ts'
import type { Queryable } from './pool.ts'

type Owned<Fact> = Fact & { record: string; seq: number }

const owned = <Fact>(
  rows: readonly { id: string; record: SourceRecord }[],
  list: (record: SourceRecord) => readonly Fact[],
) => rows.flatMap((row) => list(row.record).map((fact, seq): Owned<Fact> => ({ ...fact, record: row.id, seq })))

const column = <Fact>(facts: readonly Fact[], read: (fact: Fact) => unknown) => facts.map((fact) => read(fact) ?? null)

/** Writes the facts of added or changed records; a changed record's old facts go. */
export async function putFacts(
  tx: Queryable,
  rows: readonly { id: string; record: SourceRecord }[],
  replacing: boolean,
): Promise<void> {
  if (replacing) {
    const ids = rows.map((row) => row.id)
    await tx.query('delete from enrolment where record = any($1)', [ids])
    await tx.query('delete from contribution where record = any($1)', [ids])
    await tx.query('delete from benefit where record = any($1)', [ids])
  }
  await putEnrolments(
    tx,
    owned(rows, (record) => record.enrolments),
  )
  await putContributions(
    tx,
    owned(rows, (record) => record.contributions),
  )
  await putBenefits(
    tx,
    owned(rows, (record) => record.benefits),
  )
}

async function putEnrolments(tx: Queryable, facts: readonly Owned<Enrolment>[]) {
  if (facts.length === 0) return
  await tx.query(
    `insert into enrolment (record, seq, scheme, branches, status, category, valid_from, valid_until, employer)
     select record, seq, scheme, string_to_array(branches, ','), status, category, valid_from, valid_until, employer
     from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       as row (record, seq, scheme, branches, status, category, valid_from, valid_until, employer)`,
    [
      column(facts, (fact) => fact.record),
      column(facts, (fact) => fact.seq),
      column(facts, (fact) => fact.scheme),
      column(facts, (fact) => fact.branches.join(',')),
      column(facts, (fact) => fact.status),
      column(facts, (fact) => fact.category),
      column(facts, (fact) => fact.from),
      column(facts, (fact) => fact.until),
      column(facts, (fact) => fact.employer?.id),
    ],
  )
}

const currencyOf = (fact: Contribution) =>
  (fact.total ?? fact.base ?? fact.employeeShare ?? fact.employerShare)?.currency

async function putContributions(tx: Queryable, facts: readonly Owned<Contribution>[]) {
  if (facts.length === 0) return
  await tx.query(
    `insert into contribution
       (record, seq, scheme, month, component, state, base, employee_share, employer_share, total, currency, paid_on, employer)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
       $8::bigint[], $9::bigint[], $10::bigint[], $11::text[], $12::text[], $13::text[])`,
    [
      column(facts, (fact) => fact.record),
      column(facts, (fact) => fact.seq),
      column(facts, (fact) => fact.scheme),
      column(facts, (fact) => fact.month),
      column(facts, (fact) => fact.component),
      column(facts, (fact) => fact.state),
      column(facts, (fact) => fact.base?.amount),
      column(facts, (fact) => fact.employeeShare?.amount),
      column(facts, (fact) => fact.employerShare?.amount),
      column(facts, (fact) => fact.total?.amount),
      column(facts, currencyOf),
      column(facts, (fact) => fact.paidOn),
      column(facts, (fact) => fact.employer?.id),
    ],
  )
}

async function putBenefits(tx: Queryable, facts: readonly Owned<Benefit>[]) {
  if (facts.length === 0) return
  await tx.query(
    `insert into benefit (record, seq, scheme, branch, kind, state, month, amount, currency, paid_on)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::bigint[], $9::text[], $10::text[])`,
    [
      column(facts, (fact) => fact.record),
      column(facts, (fact) => fact.seq),
      column(facts, (fact) => fact.scheme),
      column(facts, (fact) => fact.branch),
      column(facts, (fact) => fact.kind),
      column(facts, (fact) => fact.state),
      column(facts, (fact) => fact.month),
      column(facts, (fact) => fact.amount?.amount),
      column(facts, (fact) => fact.amount?.currency),
      column(facts, (fact) => fact.paidOn),
    ],
  )
}
