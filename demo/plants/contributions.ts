/** R12 and R13: what employers declare beside what the fund received, and beside what the law says. */
import { money } from './money.ts'
import type { Planter } from './planter.ts'

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

const rates = (p: Planter): void => {
  const employer = p.employer(3)
  const tooLittle = p.kenyan({ age: 30, pay: 52_000, employer, cover: 'employed', told: { shareOf: { nssf: 45_000 } } })
  p.fires('R13', 'The pension contribution was worked out on last year’s pay.', [tooLittle])
  const tooMuch = p.kenyan({ age: 36, pay: 20_000, employer, cover: 'employed', told: { shareOf: { nssf: 26_000 } } })
  p.fires('R13', 'Too much was taken from the wage.', [tooMuch])
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
  rates(p)
}
