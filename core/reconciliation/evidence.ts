/** The facts that a finding rests on, as far as the asker may see them: of registries that are not agreed, only that there is one. */
import type { FindingEvidence, SourceRecord, StatedFact } from '../../schemas/contract.ts'
import type { Field } from '../../store/beneficiaries.ts'
import { readVersions } from '../../store/reconciliation/evidence.ts'
import type { FindingBody } from '../../store/reconciliation/findings.ts'
import type { Needs } from '../needs.ts'
import type { Scope } from './scope.ts'

type Ref = FindingBody['evidence'][number]

/** Facts that an answer shows, by the first part of their pointer; other facts are told by their place alone. */
const kinds = {
  names: { field: 'name', read: (record, at) => some('name', record.names[at]) },
  birthDate: { field: 'birthDate', read: (record) => some('birthDate', record.birthDate) },
  sex: { field: 'sex', read: (record) => some('sex', record.sex) },
  death: { field: 'death', read: (record) => some('death', record.death) },
  identifiers: { field: 'identifiers', read: (record, at) => some('identifier', record.identifiers[at]) },
  phones: { field: 'phones', read: (record, at) => some('phone', record.phones?.[at]) },
  addresses: { field: 'addresses', read: (record, at) => some('address', record.addresses?.[at]) },
  enrolments: { field: 'enrolments', read: (record, at) => some('enrolment', record.enrolments[at]) },
  contributions: { field: 'contributions', read: (record, at) => some('contribution', record.contributions[at]) },
  benefits: { field: 'benefits', read: (record, at) => some('benefit', record.benefits[at]) },
} as const satisfies Record<
  string,
  { field: Field; read: (record: SourceRecord, at: number) => StatedFact | undefined }
>
type Kind = keyof typeof kinds

const some = <Name extends keyof StatedFact>(name: Name, value: StatedFact[Name] | undefined) =>
  value === undefined ? undefined : ({ [name]: value } as Pick<StatedFact, Name>)

const isKind = (name: string): name is Kind => Object.hasOwn(kinds, name)

/** The agreed field that a pointer leads into; undefined for what no agreement names. */
function fieldOf({ pointer }: Pick<Ref, 'pointer'>): Field | undefined {
  const name = pointer.split('/')[1] ?? ''
  return isKind(name) ? kinds[name].field : undefined
}

/** Of another registry, only facts that an agreement can name are told of at all: not its assessments, events or families. */
const isTold = (ref: Ref, { registries, owned }: Scope): boolean =>
  registries.includes(ref.registry) && (fieldOf(ref) !== undefined || owned.includes(ref.registry))

/** Registries of which a fact is among these that is not told of. */
export const withheldFrom = (refs: readonly Ref[], scope: Scope): string[] => [
  ...new Set(refs.filter((ref) => !isTold(ref, scope)).map(({ registry }) => registry)),
]

/** Figures tell of every fact they rest on, so they are shown where all of those may be. */
export const showsFigures = (refs: readonly Ref[], scope: Scope): boolean =>
  refs.every((ref) => {
    const field = fieldOf(ref)
    return isTold(ref, scope) && (field === undefined || scope.fields.includes(field))
  })

export async function showEvidence(needs: Needs, refs: readonly Ref[], scope: Scope): Promise<FindingEvidence[]> {
  const agreed = refs.filter((ref) => isTold(ref, scope))
  const versions = await readVersions(
    needs.db,
    needs.keys,
    agreed.map(({ record, version }) => ({ id: record, version })),
  )
  const known = new Map(versions.map(({ id, version, record }) => [`${id} ${version}`, record]))
  return refs.map((ref) => {
    const { registry } = ref
    if (!isTold(ref, scope)) return { registry }
    const record = known.get(`${ref.record} ${ref.version}`)
    return {
      ...ref,
      ...(record &&
        scope.owned.includes(registry) &&
        scope.fields.includes('identifiers') && { sourceId: record.sourceId }),
      ...(record && stated(ref, record, scope)),
    }
  })
}

function stated(ref: Ref, record: SourceRecord, { fields }: Scope): { value: StatedFact } | undefined {
  const [, name = '', at = ''] = ref.pointer.split('/')
  if (!isKind(name) || !fields.includes(kinds[name].field)) return undefined
  const value = kinds[name].read(record, Number(at))
  return value && { value }
}
