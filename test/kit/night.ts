/** Nights on a small hub: registries on paper, and what a run left behind in a form that can be compared. */

import { law } from '../../reconciliation/law/countries.ts'
import { bodyContext, openBody } from '../../store/reconciliation/findings.ts'
import { runFindings } from '../../store/reconciliation/run-findings.ts'
import { type TestCore, testCore } from './core.ts'
import { nightRules } from './night-rules.ts'
import { type Line, type Paper, paperRegistry } from './paper.ts'

const consonants = 'bcdfghjklm'
const spell = (n: number) => [...String(n)].map((digit) => `${consonants[Number(digit)]}a`).join('')

/** Person `n`: in the second registry too for two of three, without a birth date for every fifth, ten to a telephone at times. */
export function personLine(n: number, registry: 'ke-nssf' | 'ke-sha'): Line {
  const isSecond = registry === 'ke-sha'
  return {
    no: isSecond ? `CR${9_900_000_000_000 + n}-1` : String(990_000_000 + n),
    name: `Ngi${spell(n)} Wa${spell(n * 7 + 3)} Ku${spell(n * 13 + 5)}`,
    sex: n % 2 === 0 ? 'female' : 'male',
    id: String(90_000_000 + n * 37),
    phone: `+25471${String(n % 4 === 0 ? Math.floor(n / 40) : 100_000 + n).padStart(7, '0')}`,
    months: isSecond ? [] : ['2026-08', '2026-09', '2026-10'].slice(0, n % 4),
    ...((n % 5 !== 0 || isSecond) && { born: `19${50 + (n % 40)}-0${1 + (n % 9)}-1${n % 9}` }),
  }
}

export type Night = TestCore & { papers: { nssf: Paper; sha: Paper }; fill: (people: number) => Promise<void> }

/** A hub with two Kenyan registries on paper. */
export async function nightHub(overrides: Parameters<typeof testCore>[1] = {}): Promise<Night> {
  const nssf = paperRegistry('ke-nssf')
  const sha = paperRegistry('ke-sha', { stream: 'client' })
  const reconciliation = { at: '04:00', timeZone: 'Africa/Nairobi', book: { rules: nightRules, law } }
  const hub = await testCore([nssf, sha, paperRegistry('la-lsso')], { reconciliation, ...overrides })
  return {
    ...hub,
    papers: { nssf, sha },
    async fill(people) {
      const all = [...Array(people).keys()]
      nssf.lines = all.map((n) => personLine(n, 'ke-nssf'))
      sha.lines = all.filter((n) => n % 3 !== 0).map((n) => personLine(n, 'ke-sha'))
      for (const registry of ['ke-nssf', 'ke-sha']) await hub.sync(registry)
      await hub.core.resolveWaiting()
    },
  }
}

/** Everything that a run found, opened, in the order of keys: equal for equal runs, byte for byte. */
export async function foundBy({ owner, needs }: TestCore, run: string): Promise<string[]> {
  const all = await runFindings(owner, needs.keys, run, { lower: Buffer.alloc(0), upper: null })
  return all.map(({ key, ...rest }) => JSON.stringify({ key: key.toString('hex'), ...rest }))
}

/** Findings as they live on, without ids and times of their own; by rule, subject and what they are about. */
export async function standing({ owner, needs }: TestCore) {
  const rows = await owner.query<{
    id: string
    rule: string
    subject: string
    owner: string
    state: string
    version: number
    gone: boolean
    amount: number | null
    events: number
    sealed: Buffer
  }>(
    `select id, rule, subject, owner, state, version, gone_run is not null as gone, amount::float8 as amount, sealed,
       (select count(*)::int from finding_event e where e.finding = f.id) as events
     from finding f order by rule, subject`,
  )
  const all = rows.map(({ id, sealed, ...row }) => ({
    ...row,
    about: openBody(needs.keys, bodyContext('finding', id), sealed).about,
  }))
  const placeOf = ({ rule, subject, about }: (typeof all)[number]) => JSON.stringify([rule, subject, about])
  return all.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
}
