import { levels } from '../../linkage/levels.ts'
import { isNear } from '../../linkage/near.ts'
import type { Contribution, Money } from '../../schemas/contract.ts'
import { daysBetween, lastDay } from '../dates.ts'
import {
  contributionsOf,
  type Dossier,
  type DossierRecord,
  enrolmentsOf,
  type FactRef,
  type Sourced,
} from '../dossier.ts'
import { evidenceOf, isReceived, listed } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { grouped } from '../grouped.ts'
import { nameLevel, prepared } from '../identity.ts'
import { moneyText, paidIn, sumOf } from '../person.ts'
import { groupRule, personRule } from '../rule.ts'

type Line = Sourced<Contribution>
type Receipt = {
  readonly person: string
  readonly lines: readonly [Line, ...Line[]]
  readonly money: Money
  readonly waited: number
  /** Who the receipt seems to be for, as its record has it. */
  readonly record: DossierRecord
}
type Worker = {
  readonly person: string
  /** Amounts that the employer pays for this worker: lines, and months. */
  readonly lines: ReadonlyMap<string, FactRef>
  /** Months that have their money. */
  readonly settled: ReadonlySet<string>
  readonly records: readonly DossierRecord[]
}

/** Names that are the same but for order, spelling, a missing part or a slip of the pen. */
const sameNames = new Set<string>(levels.name.slice(0, levels.name.indexOf('similar') + 1))

const amountOf = ({ amount, currency }: Money): string => `${currency} ${amount}`
const monthName = ({ scheme, month }: Contribution): string => `${scheme} ${month}`

/** What is needed to tell who somebody is: an employer may have very many workers. */
const slim = (held: DossierRecord): DossierRecord => ({
  ...held,
  record: { ...held.record, enrolments: [], contributions: [], benefits: [], events: [] },
})

const receiptsIn = (dossier: Dossier, lines: readonly Line[], asOf: string): Receipt[] => {
  const receipts = grouped(lines, ({ value, ref }) => `${monthName(value)} ${value.reference ?? ''} ${ref.record}`)
  return [...receipts.values()].flatMap((parts) => {
    const [{ value, ref }] = parts
    const money = sumOf(parts.map((part) => paidIn(part.value)))
    const record = dossier.records.find(({ id }) => id === ref.record)
    const waited = daysBetween(lastDay(value.paidOn ?? value.month), asOf)
    return money && record ? [{ person: dossier.person, lines: parts, money, waited, record: slim(record) }] : []
  })
}

/** `all`: the employer's lines for her wherever they stand. A month that has its money in one of them is settled. */
const workerIn = (dossier: Dossier, lines: readonly Line[], all: readonly Line[]): Worker | undefined => {
  if (lines.length === 0) return undefined
  const months = [...grouped(lines, ({ value }) => `${monthName(value)} ${value.state}`).values()]
  const amounts = [...lines.map((line): [Line, ...Line[]] => [line]), ...months].flatMap((parts) => {
    const money = sumOf(parts.map(({ value }) => paidIn(value)))
    return money ? [[amountOf(money), parts[0].ref] as const] : []
  })
  const settled = all.filter(({ value }) => isReceived(value)).map(({ value }) => monthName(value))
  const said = grouped(listed(dossier), ({ record }) => JSON.stringify([record.names, record.identifiers]))
  return {
    person: dossier.person,
    lines: new Map(amounts),
    settled: new Set(settled),
    records: [...said.values()].map(([held]) => slim(held)),
  }
}

/** What speaks for somebody: the number on the receipt, right or one slip away; or the name. */
const likeness = (receipt: DossierRecord, records: readonly DossierRecord[]): 'number' | 'name' | undefined => {
  const numbers = records.flatMap(({ record }) => record.identifiers)
  const near = receipt.record.identifiers.some(({ type, issuer, value }) =>
    numbers.some(
      (one) => one.type === type && one.issuer === issuer && (one.value === value || isNear(one.value, value)),
    ),
  )
  if (near) return 'number'
  const named = prepared(receipt)
  return records.some((held) => sameNames.has(nameLevel(named, prepared(held)) ?? '')) ? 'name' : undefined
}

type Candidate = { readonly worker: Worker; readonly by: 'number' | 'name'; readonly ref: FactRef }

const candidatesFor = (receipt: Receipt, workers: readonly Worker[]): Candidate[] => {
  const [{ value }] = receipt.lines
  return workers.flatMap((worker): Candidate[] => {
    const ref = worker.lines.get(amountOf(receipt.money))
    if (!ref || worker.settled.has(monthName(value))) return []
    const by = likeness(receipt.record, worker.records)
    return by ? [{ worker, by, ref }] : []
  })
}

const draftOf = (receipt: Receipt, candidates: readonly Candidate[]): Draft => {
  const [{ value, registry, ref }] = receipt.lines
  return {
    about: [monthName(value), value.reference, ref.record].filter((part) => part !== undefined).join(' '),
    owner: registry,
    evidence: evidenceOf([...receipt.lines.map((line) => line.ref), ...candidates.map((one) => one.ref)]),
    money: receipt.money,
    facts: {
      scheme: value.scheme,
      month: value.month,
      amount: moneyText(receipt.money),
      days: receipt.waited,
      candidates: candidates.length,
      byNumber: candidates.filter(({ by }) => by === 'number').length,
      byName: candidates.filter(({ by }) => by === 'name').length,
    },
    persons: [...new Set([receipt.person, ...candidates.map(({ worker }) => worker.person)])],
  }
}

const waiting = {
  reason:
    'Money that is nobody’s is missing in somebody’s pension. Kenya’s NSSF had KES 741.5 million of it unexplained in 2022.',
  severity: 'S2',
  action: 'fix',
  aim: 'quality',
  dueInDays: 30,
} as const
const days = { value: 30, says: 'Days after which money in suspense is told.', least: 1, most: 365 } as const

/** R14. */
export const suspenseMoney = groupRule({
  ...waiting,
  id: 'R14',
  name: 'suspense-money',
  title: 'Money in suspense',
  says: 'A contribution has been received and belongs to nobody yet. Workers of the same employer, for whom the same amount is paid, who have nothing for that month, and whose number is at most one slip away or whose name is the same, are proposed. Somebody of the fund allocates it, or does not.',
  message:
    '{amount} for {month} has been in suspense for {days} days; {candidates} workers of the employer may be meant.',
  evidence: 'confirmed',
  parameters: {
    days,
    mostWorkers: {
      value: 20_000,
      says: 'Workers of one employer who are compared; of a larger employer the first ones by the hub’s own order.',
      least: 100,
      most: 200_000,
    },
  },
  subject: 'employer',
  least: 1,
  begin: (key, { asOf, parameters }) => {
    const receipts: Receipt[] = []
    const workers: Worker[] = []
    return {
      add: (dossier, whole) => {
        const isOwn = ({ registry, value }: Line): boolean =>
          value.employer !== undefined && `${registry}:${value.employer.id}` === key
        const lines = contributionsOf(dossier).filter(isOwn)
        const suspended = lines.filter(({ value }) => value.state === 'suspense')
        receipts.push(...receiptsIn(dossier, suspended, asOf).filter(({ waited }) => waited > parameters.days))
        const own = lines.filter(({ value }) => value.state !== 'suspense' && value.state !== 'reversed')
        const worker =
          workers.length < parameters.mostWorkers
            ? workerIn(dossier, own, contributionsOf(whole).filter(isOwn))
            : undefined
        if (worker) workers.push(worker)
      },
      end: () => receipts.map((receipt) => draftOf(receipt, candidatesFor(receipt, workers))),
    }
  },
})

/** R14, money that came without an employer, as from a telephone: nobody can be proposed by the employer's list. */
export const suspenseUnnamed = personRule({
  ...waiting,
  id: 'R14b',
  name: 'suspense-unnamed',
  title: 'Money in suspense, without an employer',
  says: 'A contribution that names no employer, such as one by telephone, has been received and belongs to nobody yet. If the hub links the receipt with a member of the scheme, it says so. Somebody of the fund allocates it, or does not.',
  message: '{amount} for {month} has been in suspense for {days} days and names no employer. {member}',
  evidence: 'linked',
  parameters: { days },
  subject: 'person',
  find: (dossier, { asOf, parameters }) => {
    const suspended = contributionsOf(dossier).filter(({ value }) => value.state === 'suspense' && !value.employer)
    return receiptsIn(dossier, suspended, asOf).flatMap((receipt) => {
      if (receipt.waited <= parameters.days) return []
      const { scheme } = receipt.lines[0].value
      const member = enrolmentsOf(dossier).find(({ value }) => value.scheme === scheme)
      const { persons: _, ...draft } = draftOf(receipt, [])
      return [
        {
          ...draft,
          evidence: evidenceOf([...draft.evidence, ...(member ? [member.ref] : [])]),
          facts: {
            ...draft.facts,
            member: member ? 'It may be meant for a member of the scheme.' : 'No member is known.',
          },
        },
      ]
    })
  },
})
