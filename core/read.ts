/** Reading a person whom the asker has met: by the hub's own id, which stays valid after a merge. */
import { HubError } from '../errors.ts'
import type {
  Beneficiary,
  BeneficiaryBenefit,
  BeneficiaryContribution,
  BeneficiaryEnrolment,
  BeneficiaryRecord,
  Branch,
} from '../schemas/contract.ts'
import { type Document, type Field, fields, readBeneficiaries } from '../store/beneficiaries.ts'
import {
  type BenefitRow,
  benefitPage,
  type ContributionRow,
  contributionPage,
  type FactCursor,
  type FactQuery,
} from '../store/fact-pages.ts'
import { currentPerson } from '../store/persons.ts'
import { recordsOf, type StoredRecord } from '../store/records.ts'
import { toBeneficiary, visible } from './answer.ts'
import type { Asker } from './asker.ts'
import { disclose } from './disclose.ts'
import type { Needs } from './needs.ts'
import { type PageOf, type PageQuery, pageOf, readCursor, usualLimit } from './page.ts'
import { statedFields } from './persons/document.ts'
import type { Permission, Permit } from './policy.ts'
import type { Registries } from './registries/registries.ts'

export type MonthQuery = PageQuery & { from?: string | undefined; to?: string | undefined }

export function makeReads(needs: Needs, permit: Permit, registries: Registries) {
  /** The document, or `not_found`: absent, foreign and forbidden look the same from outside, and each leaves a leaf. */
  async function meet(id: string, permission: Permission, chosen: readonly Field[], asker: Asker): Promise<Document> {
    const agreed = chosen.every((field) => permission.fields.includes(field))
    const person = agreed ? await currentPerson(needs.db, id) : undefined
    const [document] = person ? await readBeneficiaries(needs.db, needs.keys, [person], chosen) : []
    if (document && visible(document, permission)) return document
    await disclose(needs, asker, permission, 'none', [])
    throw new HubError('not_found')
  }

  /** A page of facts that is read from its table: met, read, audited, shown. */
  async function factPage<Row extends { record: string; seq: number; month: string | null }, Item>(
    field: 'contributions' | 'benefits',
    read: (db: Needs['db'], query: FactQuery) => Promise<Row[]>,
    toItem: (row: Row) => Item,
    id: string,
    query: MonthQuery,
    asker: Asker,
  ): Promise<PageOf<Item>> {
    const after = factCursor(query.cursor)
    const permission = await permit(asker)
    const { person } = await meet(id, permission, [field], asker)
    const limit = query.limit ?? usualLimit
    const asked = { person, registries: permission.registries, from: query.from ?? null, to: query.to ?? null }
    const rows = await read(needs.db, { ...asked, after, limit: limit + 1 })
    await disclose(needs, asker, { ...permission, fields: [field] }, 'shown', [person])
    return pageOf(rows, limit, (row) => `${row.month ?? ''}_${row.record}_${row.seq}`, toItem)
  }

  return {
    async read(id: string, asker: Asker): Promise<Beneficiary> {
      const permission = await permit(asker)
      const document = await meet(id, permission, permission.fields, asker)
      const answer = toBeneficiary(
        document,
        permission,
        await registries.status(permission, document.registries, new Map()),
      )
      await disclose(needs, asker, permission, 'shown', [document.person])
      return answer
    },

    async enrolments(id: string, query: PageQuery, asker: Asker): Promise<PageOf<BeneficiaryEnrolment>> {
      const permission = await permit(asker)
      const document = await meet(id, permission, ['enrolments'], asker)
      await disclose(needs, asker, { ...permission, fields: ['enrolments'] }, 'shown', [document.person])
      return slice(toBeneficiary(document, permission, []).enrolments ?? [], query, (enrolment) => enrolment)
    },

    contributions: (id: string, query: MonthQuery, asker: Asker): Promise<PageOf<BeneficiaryContribution>> =>
      factPage('contributions', contributionPage, toContribution, id, query, asker),

    benefits: (id: string, query: MonthQuery, asker: Asker): Promise<PageOf<BeneficiaryBenefit>> =>
      factPage('benefits', benefitPage, toBenefit, id, query, asker),

    /** Which records the person is made of: where they stand and what they state, not their values. */
    async records(id: string, query: PageQuery, asker: Asker): Promise<PageOf<BeneficiaryRecord>> {
      const permission = await permit(asker)
      const { person } = await meet(id, permission, [], asker)
      const members = (await recordsOf(needs.db, needs.keys, [person])).filter(({ record }) =>
        permission.registries.includes(record.registry),
      )
      await disclose(needs, asker, { ...permission, fields: [] }, 'shown', [person])
      return slice(members, query, (stored) => toRecord(stored, permission))
    },
  }
}

/** What a record is, without telling by the way what is not agreed: some streams name a place, and notes name any field. */
export function toRecord({ record, ...stored }: StoredRecord, permission: Permission): BeneficiaryRecord {
  const agreed = (field: Field) => permission.fields.includes(field)
  const [list = ''] = record.stream.split('/')
  return {
    id: stored.id,
    registry: record.registry,
    stream: agreed('addresses') ? record.stream : list,
    firstSeen: stored.firstSeen.toISOString(),
    lastSeen: stored.seenAt.toISOString(),
    changedAt: stored.changedAt.toISOString(),
    ...(stored.absentSince && { absentSince: stored.absentSince.toISOString() }),
    states: statedFields(record).filter(agreed),
    quality: fields.every(agreed) ? [...record.quality] : [],
  }
}

function factCursor(cursor: string | undefined): FactCursor | null {
  const [month = '', record = '', seq = '0'] = readCursor(cursor, 'fact') ?? []
  return record ? { month, record, seq: Number(seq) } : null
}

/** A page of a list that is at hand whole; the cursor is the place to go on from. */
function slice<Row, Item>(
  rows: readonly Row[],
  { cursor, limit = usualLimit }: PageQuery,
  toItem: (row: Row) => Item,
): PageOf<Item> {
  const start = Number(readCursor(cursor, 'place')?.[0] ?? 0)
  return pageOf(rows.slice(start, start + limit + 1), limit, () => String(start + limit), toItem)
}

const stated = (row: { registry: string; changed_at: Date }) => ({
  registry: row.registry,
  asOf: row.changed_at.toISOString(),
})

type Currency = NonNullable<ContributionRow['currency']>
const money = (key: string, amount: number | null, currency: Currency | null) =>
  amount === null || currency === null ? {} : { [key]: { amount, currency } }

const toContribution = (row: ContributionRow): BeneficiaryContribution => ({
  scheme: row.scheme,
  month: row.month,
  state: row.state,
  ...(row.component && { component: row.component }),
  ...money('base', row.base, row.currency),
  ...money('employeeShare', row.employee_share, row.currency),
  ...money('employerShare', row.employer_share, row.currency),
  ...money('total', row.total, row.currency),
  ...(row.paid_on && { paidOn: row.paid_on }),
  ...stated(row),
})

const toBenefit = (row: BenefitRow): BeneficiaryBenefit => ({
  scheme: row.scheme,
  branch: row.branch as Branch,
  kind: row.kind,
  state: row.state,
  ...(row.month && { month: row.month }),
  ...money('amount', row.amount, row.currency),
  ...(row.paid_on && { paidOn: row.paid_on }),
  ...stated(row),
})
