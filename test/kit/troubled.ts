/** People with whom something is wrong, by many rules at once; and everything about them that no finding may repeat. */
import type { Dossier, DossierRecord } from '../../reconciliation/dossier.ts'
import type { Benefit, Contribution, Identifier, SourceRecord } from '../../schemas/contract.ts'
import { held, person } from './dossiers.ts'

const kes = (shillings: number) => ({ amount: shillings * 100, currency: 'KES' }) as const
const employer = { id: '990000001', name: 'Kazi Bora Ltd' }
const id = (
  value: string,
  type: Identifier['type'] = 'national-id',
  issuer: Identifier['issuer'] = 'ke',
): Identifier => ({
  type,
  issuer,
  value,
})
const line = (month: string, more: Partial<Contribution> = {}): Contribution => ({
  scheme: 'ke-nssf/act-2013',
  month,
  state: 'allocated',
  component: 'tier-1',
  base: kes(50_000),
  total: kes(1_000),
  employer,
  ...more,
})
const pension = (month: string, more: Partial<Benefit> = {}): Benefit => ({
  scheme: 'ke-nssf/act-2013',
  branch: 'old-age',
  kind: 'cash',
  state: 'paid',
  month,
  amount: kes(12_000),
  entitled: kes(9_000),
  reference: 'PAY-1',
  ...more,
})
type Extra = Partial<SourceRecord> & { name?: string; absent?: boolean }
const wanjiru = {
  name: 'Grace Wanjiru Kamau',
  birthDate: '1984-03-12',
  sex: 'female',
  phones: ['+254700990001'],
} as const
const record = (registry: string, sourceId: string, facts: Extra): DossierRecord =>
  held(registry, { ...wanjiru, phones: [...wanjiru.phones], identifiers: [id('99000001')], sourceId, ...facts })

/** She is said to be dead, works, is paid twice, is listed twice, and is written in many ways. */
const troubled = person(
  'person-a',
  record('cn-social', '1', { identifiers: [id('110105198403120015', 'national-id', 'cn')], birthDate: '1984-03-21' }),
  record('ke-iprs', '1', {
    stream: 'person',
    death: { status: 'registered', date: '2026-02-03' },
    birthDate: '1985-03-12',
  }),
  record('ke-inua', '1', {
    households: [{ number: 'H-77', role: 'head', from: '2024-01-01' }],
    accounts: [{ institution: 'mpesa', number: '0700990001' }],
    enrolments: [
      { scheme: 'ke-inua/older-persons', branches: ['old-age'], status: 'active', from: '2025-01-01' },
      { scheme: 'ke-inua/orphans', branches: ['family'], status: 'active', from: '2025-01-01' },
    ],
    benefits: ['2026-07', '2026-08', '2026-09'].map((month) => pension(month, { scheme: 'ke-inua/older-persons' })),
  }),
  record('ke-nssf', '1', {
    identifiers: [id('99000001'), id('200000001', 'nssf-number')],
    enrolments: [
      {
        scheme: 'ke-nssf/act-2013',
        branches: ['old-age'],
        status: 'active',
        from: '2024-05-01',
        category: 'employed',
        employer,
      },
    ],
    benefits: [pension('2026-09')],
  }),
  record('ke-nssf', '2', {
    name: 'Grace Wanjiru Kamao',
    identifiers: [id('99000001'), id('200000452', 'nssf-number')],
  }),
  record('ke-nssf', '3', {
    stream: 'return',
    contributions: ['2026-03', '2026-04', '2026-07'].map((month) =>
      line(month, { state: 'declared', employeeShare: kes(500) }),
    ),
  }),
  record('ke-nssf', '4', { stream: 'ledger', contributions: [line('2025-11'), line('2026-03'), line('2026-08')] }),
  record('ke-payroll', '1', {
    enrolments: [{ scheme: 'ke-payroll/public-pension', branches: ['old-age'], status: 'active', from: '2024-02-01' }],
  }),
  record('ke-sha', '1', {
    stream: 'client',
    identifiers: [id('99000001'), id('99777123')],
    name: 'Grace Wanjira Kamau',
  }),
)

/** His cover for health has lapsed, and she who bears his number is somebody else. */
const pensioner = person(
  'person-b',
  record('ke-nssf', '9', {
    name: 'Peter Otieno Odhiambo',
    birthDate: '1955-07-30',
    sex: 'male',
    phones: ['+254700990002'],
    identifiers: [id('99000001')],
    benefits: [pension('2026-10')],
    relations: [
      { role: 'spouse', name: { full: 'Mary Achieng', script: 'Latn', parts: [] }, identifier: id('99000777') },
    ],
  }),
)

/** Nobody pays for his health. */
const worker = person(
  'person-c',
  record('ke-nssf', '12', {
    stream: 'ledger',
    name: 'Brian Kiprotich Koech',
    birthDate: '1990-11-05',
    phones: ['+254700990003'],
    identifiers: [id('99000321')],
    contributions: [line('2026-08', { total: kes(1_080) })],
  }),
)

export const troubledPeople: readonly Dossier[] = [troubled, pensioner, worker]

/** Names and their words, numbers, telephones, accounts, birth dates: of everybody above, and of their relatives. */
export const personal: readonly string[] = [
  ...new Set(
    troubledPeople.flatMap(({ records }) =>
      records.flatMap(
        ({
          record: { names, birthDate, identifiers, phones = [], accounts = [], relations = [], households = [] },
        }) => [
          ...[...names, ...relations.flatMap(({ name }) => name ?? [])].flatMap(({ full }) => [
            full,
            ...full.split(' '),
          ]),
          ...(birthDate ? [birthDate] : []),
          ...[...identifiers, ...relations.flatMap(({ identifier }) => identifier ?? [])].map(({ value }) => value),
          ...phones,
          ...accounts.map(({ number }) => number),
          ...households.map(({ number }) => number),
        ],
      ),
    ),
  ),
]
