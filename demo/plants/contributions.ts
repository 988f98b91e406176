/** R12 to R14: what employers declare beside what the fund received, and beside what the law says; money that is nobody's yet. */
import { makeName } from '../../schemas/values/name.ts'
import { nationalId } from '../numbers.ts'
import type { Employer, Person } from '../person.ts'
import { nssfShare } from '../schemes.ts'
import { money } from './money.ts'
import type { Planter, Subject } from './planter.ts'

const declaredAndReceived = (p: Planter): void => {
  const month = p.month(4)
  const keeps = p.employer(6)
  const robbed = p.kenyan({ age: 42, pay: 31_000, employer: keeps, cover: 'employed', told: { unreceived: [month] } })
  p.kenyan({ age: 39, pay: 28_000, employer: keeps, cover: 'employed' })
  p.fires(
    'R12',
    'Deducted from the wage and declared; the fund never saw it. As the employer’s month has it, and as the worker’s.',
    [robbed],
    {
      from: `${month}-01`,
    },
  )

  const forgets = p.employer(6)
  const undeclared = p.kenyan({
    age: 27,
    pay: 22_000,
    employer: forgets,
    cover: 'employed',
    told: { undeclared: [month] },
  })
  p.kenyan({ age: 48, pay: 35_000, employer: forgets, cover: 'employed' })
  p.fires('R12', 'Received for a worker whom the return does not name.', [undeclared], { from: `${month}-01` })

  const early = p.kenyan({
    age: 34,
    pay: 24_000,
    employer: p.employer(6),
    cover: 'employed',
    told: { unreceived: [p.month(1)] },
  })
  p.near('R12', 'Last month’s money is not late yet.', [early])
}

/** Two digits change places, as in hurried typing. */
const slipped = (number: string): string =>
  `${number.slice(0, 3)}${number.slice(4, 5)}${number.slice(3, 4)}${number.slice(5)}`

const inSuspense = (p: Planter): void => {
  const receipt = (
    n: number,
    employer: Employer,
    month: string,
    paidOn: string,
    units: number,
    of: Person & Subject,
    id: string,
  ) => {
    const handle = `ke-receipt-${n}`
    // The bank's slip has a given name and no more.
    const name = makeName(of.words[0]?.written ?? '')
    p.list('ke-nssf', handle, {
      stream: 'ledger',
      sourceId: `suspense/${n}`,
      names: name ? [name] : [],
      identifiers: [{ type: 'national-id', issuer: 'ke', value: id }],
      contributions: [
        {
          scheme: 'ke-nssf/act-2013',
          month,
          state: 'suspense',
          total: money(units),
          paidOn,
          employer: { id: employer.number, name: employer.name },
          reference: `S-${n}`,
        },
      ],
    })
    return { handle }
  }
  const due = (pay: number, month: string): number => {
    const { tier1, tier2 } = nssfShare(pay, month)
    return 2 * (tier1 + tier2)
  }
  const worker = (age: number, employer: Employer, month: string) =>
    p.kenyan({ age, pay: 33_000, employer, cover: 'employed', told: { unreceived: [month] } })

  const [old, recent] = [p.month(4), p.month(1)]
  const employer = p.employer(6)
  const owner = worker(41, employer, old)
  const lost = receipt(
    1,
    employer,
    old,
    `${p.month(3)}-08`,
    due(33_000, old),
    owner,
    slipped(owner.identity?.number ?? ''),
  )
  p.fires('R14', 'A receipt whose identity number has two digits swapped; the worker has nothing for the month.', [
    lost,
    owner,
  ])
  p.fires('R12', 'Declared for the worker, and in suspense instead of on the account.', [owner])

  const other = p.employer(6)
  const late = worker(38, other, recent)
  const fresh = receipt(2, other, recent, p.day(12), due(33_000, recent), late, slipped(late.identity?.number ?? ''))
  p.near('R14', 'In suspense for a few days.', [fresh, late])

  const third = p.employer(6)
  p.kenyan({ age: 45, pay: 30_000, employer: third, cover: 'employed' })
  const stranger = p.kenyan({ age: 50, cover: false })
  const nobody = receipt(3, third, old, `${p.month(3)}-08`, 1_234, stranger, nationalId(p.nextIndex() + 400_000))
  p.fires('R14', 'A receipt that fits no worker of the employer.', [nobody])
  p.fires('R12', 'More was received than the employer declared.', [nobody])
}

/** The limits of the fund’s fifth year are not known yet, so nothing can be said of its contributions. */
const limitsEnd = '2027-02'

const rates = (p: Planter): void => {
  const employer = p.employer(3)
  const known = p.month(3) < limitsEnd
  const tooLittle = p.kenyan({ age: 30, pay: 52_000, employer, cover: 'employed', told: { shareOf: { nssf: 45_000 } } })
  if (known) p.fires('R13', 'The pension contribution was worked out on last year’s pay.', [tooLittle])
  const tooMuch = p.kenyan({ age: 36, pay: 20_000, employer, cover: 'employed', told: { shareOf: { nssf: 26_000 } } })
  if (known) p.fires('R13', 'Too much was taken from the wage.', [tooMuch])
  const tierOne = p.kenyan({ age: 50, pay: 80_000, employer, cover: 'employed', contractedOut: true })
  p.near('R13', 'The second tier is paid to another fund.', [tierOne])
  const rounded = p.kenyan({ age: 28, pay: 31_117, employer, cover: 'employed' })
  p.near('R13', 'Rounded to whole shillings.', [rounded])

  const lao = p.lao({ sex: 'male', age: 40, pay: 3_600_000, shareOf: 2_900_000 })
  p.fires('R13', 'The Lao employer paid on less than the wage it declares.', [lao])
  const capped = p.lao({ sex: 'female', age: 43, pay: 7_500_000 })
  p.near('R13', 'Pay above the ceiling.', [capped])

  const eobi = (id: string, name: string, total: number) => {
    const one = p.foreigner('pk', { name, sex: 'male', born: '1984-05-06', id })
    p.record('pk-eobi', 'return', one, {
      contributions: [3, 2, 1].map((ago) => ({
        scheme: 'pk-eobi/old-age',
        month: p.month(ago),
        state: 'declared',
        base: money(52_000, 'PKR'),
        total: money(total, 'PKR'),
        employer: { id: 'FAA4320', name: 'Ravi Textile Mills' },
      })),
    })
    return one
  }
  p.fires('R13', 'Six per cent of no wage that any court has named.', [eobi('3520100000011', 'Imran Qureshi', 1_500)])
  p.near('R13', 'Six per cent of Rs 3,000, as some courts say.', [eobi('3520100000033', 'Bilal Ahmed', 180)])
}

export const plantContributions = (p: Planter): void => {
  declaredAndReceived(p)
  inSuspense(p)
  rates(p)
}
