/** Turns a document into the beneficiary that one asker may see: agreed registries only, best value first. */
import type {
  Address,
  Beneficiary,
  Benefit,
  Contribution,
  Death,
  Enrolment,
  Identifier,
  Name,
  PartialDate,
  Phone,
  RegistryStatus,
  Sex,
} from '../schemas/contract.ts'
import type { Document, Fact, Field } from '../store/beneficiaries.ts'
import type { RegistryRow } from '../store/registries.ts'
import type { Permission } from './policy.ts'

type Of<Value> = Omit<Fact, 'value'> & { value: Value }
const hour = 3_600_000

/** Per agreed registry: does it hold a record of this person, and as of when do we know. Never "not entitled" for "not known". */
export const statusOf = (
  registries: readonly RegistryRow[],
  permission: Permission,
  holders: readonly string[],
  refreshed: ReadonlyMap<string, 'refreshed' | 'nobody' | 'unavailable'>,
  now: Date,
): RegistryStatus[] =>
  registries
    .filter((registry) => permission.registries.includes(registry.id))
    .map(({ id, synced_at, stale_after_hours }) => {
      const asked = refreshed.get(id)
      const holds = holders.includes(id)
      // A registry that knows nobody now has not confirmed the word of its that we still hold.
      const isRefreshed = asked === 'refreshed' || (asked === 'nobody' && !holds)
      const asOf = isRefreshed ? now : synced_at
      return {
        registry: id,
        status: holds ? 'record' : asOf === null || asked === 'unavailable' ? 'unavailable' : 'no-record',
        ...(asOf && { asOf: asOf.toISOString() }),
        stale: asOf === null || now.getTime() - asOf.getTime() > stale_after_hours * hour,
        refreshed: isRefreshed,
      }
    })

/** The facts of one field that the permission covers. */
const allowed = <Value>(document: Document, permission: Permission, field: Field): Of<Value>[] =>
  (document.facts[field] ?? []).filter((fact) => permission.registries.includes(fact.registry)) as Of<Value>[]

/** Whether anything of this person stands in an agreed registry; if not, the asker must not learn that the person exists. */
export const visible = (document: Document, permission: Permission): boolean =>
  document.registries.some((registry) => permission.registries.includes(registry))

/** The beneficiary as agreed. A field that is not agreed, or of which nothing is known, is not there. */
export function toBeneficiary(document: Document, permission: Permission, registries: RegistryStatus[]): Beneficiary {
  const of = <Value>(field: Field) => allowed<Value>(document, permission, field)
  const [name, ...others] = distinct(of<Name>('name'), (fact) => fact.value.full)
  return {
    id: document.person,
    registries,
    ...(name && { name: { ...name.value, registry: name.registry } }),
    ...(others.length > 0 && {
      otherNames: others.slice(0, 40).map(({ value, registry }) => ({ ...value, registry })),
    }),
    ...single('birthDate', of<PartialDate>('birthDate'), sameDate),
    ...single('sex', of<Sex>('sex'), (a, b) => a === b),
    ...first('death', of<Death>('death')),
    ...list(
      'identifiers',
      gather(of<Identifier>('identifiers'), ({ type, issuer, value }) => ({ type, issuer, value })),
    ),
    ...list(
      'phones',
      gather(of<Phone>('phones'), (number) => ({ number })),
    ),
    ...list(
      'addresses',
      of<Address>('addresses')
        .map(({ value, registry }) => ({ ...value, registry }))
        .slice(0, 40),
    ),
    ...list('enrolments', stated(of<Enrolment>('enrolments')).slice(0, 200)),
    ...list('contributions', stated(of<Contribution>('contributions').map(withoutReference))),
    ...list('benefits', stated(of<Benefit>('benefits').map(asPaid))),
  }
}

/** References of receipts are the registry's own, and no part of an answer. */
const withoutReference = ({ value: { reference: _, ...value }, ...fact }: Of<Contribution>) => ({ ...fact, value })

/** What was due, for which birth or injury, and under which reference: for reconciliation, and no part of an answer. */
const asPaid = ({ value, ...fact }: Of<Benefit>) => {
  const { entitled, reference, from, until, eventOn, ...paid } = value
  return { ...fact, value: paid }
}

const stated = <Value extends object>(facts: readonly Of<Value>[]) =>
  facts.map(({ value, registry, asOf }) => ({ ...value, registry, asOf }))

const list = <Key extends string, Item>(key: Key, items: readonly Item[]) =>
  (items.length > 0 ? { [key]: items } : {}) as { [K in Key]?: Item[] }

const first = <Key extends string, Value extends object>(key: Key, facts: readonly Of<Value>[]) => {
  const [fact] = facts
  return (fact ? { [key]: { ...fact.value, registry: fact.registry } } : {}) as {
    [K in Key]?: Value & { registry: string }
  }
}

/** One value for a field that has one: the most trusted registry's, marked where another one says something else. */
function single<Key extends string, Value>(
  key: Key,
  facts: readonly Of<Value>[],
  same: (a: Value, b: Value) => boolean,
) {
  const [best] = facts
  if (!best) return {} as { [K in Key]?: never }
  const disputed = facts.some((fact) => !same(fact.value, best.value))
  return { [key]: { value: best.value, registry: best.registry, disputed } } as {
    [K in Key]: { value: Value; registry: string; disputed: boolean }
  }
}

/** A less precise date that fits does not dispute a more precise one. */
const sameDate = (a: PartialDate, b: PartialDate) => a.startsWith(b) || b.startsWith(a)

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map([...items].reverse().map((item) => [keyOf(item), item])).values()].reverse()
}

/** The same value stated by several registries is shown once, with all of them. */
function gather<Value, Shown extends object>(
  facts: readonly Of<Value>[],
  show: (value: Value) => Shown,
): (Shown & { registries: string[] })[] {
  const found = new Map<string, Shown & { registries: string[] }>()
  for (const { value, registry } of facts) {
    const shown = show(value)
    const key = JSON.stringify(shown)
    const before = found.get(key)
    if (!before) found.set(key, { ...shown, registries: [registry] })
    else if (!before.registries.includes(registry)) before.registries.push(registry)
  }
  return [...found.values()].slice(0, 40)
}
