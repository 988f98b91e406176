/** A story's people, filled out from the little that the story says about them. */
import { addMonths } from './calendar.ts'
import { handleOf } from './households.ts'
import * as numbers from './numbers.ts'
import type { Employer, NameWord, Person, Place, Sex, ShaMembership, Told } from './person.ts'
import { kenyanPlace, laoPlace } from './places.ts'
import { Random } from './random.ts'

export type Sketcher = {
  readonly asOf: string
  readonly coveredUntil: string
  readonly employers: readonly Employer[]
  /** The next free person number and household number. */
  index(): number
  household(): number
}

/** A story: what it says, and its people. */
export type Teller = { readonly says: string; readonly people: (s: Sketcher) => Person[] }

export const word = (written: string, lao?: string): NameWord => ({
  written,
  variants: [],
  ...(lao !== undefined && { lao }),
})

type KenyanSketch = {
  readonly name: string
  readonly sex: Sex
  readonly born: string
  /** National identity number, unless `idType` says otherwise; without one: a child with a birth certificate. */
  readonly id?: string
  readonly idType?: 'refugee-id'
  readonly county?: string
  readonly place?: Place
  readonly household?: number
  readonly role?: Person['role']
  readonly died?: string
  /** Monthly pay of a salaried person. */
  readonly pay?: number
  /** Saves in Haba Haba. */
  readonly saver?: boolean
  readonly contractedOut?: boolean
  readonly earlierNumber?: boolean
  readonly cover?: ShaMembership['cover']
  readonly nhif?: boolean
  readonly nhifFamily?: number
  readonly phones?: number
  readonly told?: Told
}

export const kenyan = (s: Sketcher, sketch: KenyanSketch): Person => {
  const index = s.index()
  const { role = 'head', household = s.household() } = sketch
  const place = sketch.place ?? kenyanPlace(new Random('story', sketch.name), [sketch.county ?? '047'])
  const cover = role === 'head' ? coverOf(s, sketch) : { cover: 'dependant' as const }
  const nhif = nhifOf(index, sketch)
  return {
    ...bare(index, sketch, household, role),
    country: 'ke',
    handle: handleOf('ke', index),
    words: sketch.name.split(' ').map((written) => word(written)),
    place,
    phones:
      role === 'child'
        ? []
        : Array.from({ length: sketch.phones ?? 1 }, (_, i) => numbers.phoneOf('ke', index + i * 500)),
    identity: sketch.id
      ? { type: sketch.idType ?? 'national-id', number: sketch.id }
      : { type: 'birth-certificate', number: numbers.birthCertificate(index) },
    ...(sketch.id && !sketch.idType && { taxPin: numbers.taxPinOf(index) }),
    ...(sketch.pay && { job: jobOf(s, index, 'ke', sketch.pay) }),
    ...((sketch.pay || sketch.saver) && { nssf: nssfOf(s, index, sketch) }),
    sha: {
      ...numbers.shaNumbers(index),
      household: numbers.householdNumber(household),
      ...cover,
      ...(nhif && { nhif }),
    },
  }
}

type LaoSketch = {
  readonly given: NameWord
  readonly family?: NameWord
  readonly sex: Sex
  readonly born: string
  readonly province: string
  readonly pay: number
  readonly earlier?: { readonly place: Place; readonly words: readonly NameWord[] }
}

export const lao = (s: Sketcher, sketch: LaoSketch): Person => {
  const index = s.index()
  const { earlier } = sketch
  return {
    ...bare(index, sketch, s.household(), 'head'),
    country: 'la',
    handle: handleOf('la', index),
    words: sketch.family ? [sketch.given, sketch.family] : [sketch.given],
    place: laoPlace(new Random('story', sketch.given.written), sketch.province),
    phones: [numbers.phoneOf('la', index)],
    identity: { type: 'national-id', number: numbers.laoId(index) },
    job: jobOf(s, index, 'la', sketch.pay),
    lsso: {
      number: numbers.lssoNumber(sketch.province, index),
      kind: 'enterprise',
      ...(earlier && { earlier: { ...earlier, number: numbers.lssoNumber(earlier.place.code, index + 9_000_000) } }),
    },
  }
}

type Bare = Pick<Person, 'index' | 'sex' | 'born' | 'died' | 'household' | 'role' | 'told'>
const bare = (
  index: number,
  { sex, born, ...rest }: { readonly sex: Sex; readonly born: string; readonly died?: string; readonly told?: Told },
  household: number,
  role: Person['role'],
): Bare => ({
  index,
  sex,
  born,
  household,
  role,
  told: { clean: true, ...rest.told },
  ...(rest.died && { died: rest.died }),
})

const coverOf = (
  s: Sketcher,
  { pay, saver, cover, died }: KenyanSketch,
): Pick<ShaMembership, 'cover' | 'coveredUntil'> => {
  if (died) return { cover: 'none' }
  const kind = cover ?? (pay ? 'employed' : saver ? 'informal' : 'none')
  return kind === 'none' ? { cover: kind } : { cover: kind, coveredUntil: s.coveredUntil }
}

const nhifOf = (index: number, { nhif, nhifFamily, role = 'head' }: KenyanSketch): ShaMembership['nhif'] => {
  if (nhifFamily !== undefined)
    return { number: numbers.nhifNumber(9_000_000 + nhifFamily), dependant: role === 'head' ? 0 : index }
  return nhif ? { number: numbers.nhifNumber(index), dependant: 0 } : undefined
}

const jobOf = (s: Sketcher, index: number, country: Employer['country'], pay: number): Person['job'] & object => {
  const employer = s.employers.find((one) => one.country === country && one.sector === 'enterprise')
  return {
    employer: employer?.index ?? 0,
    payrollNo: `S${String(index + 1).padStart(3, '0')}`,
    since: addMonths(s.asOf, -30),
    pay,
  }
}

const nssfOf = (
  s: Sketcher,
  index: number,
  { pay, contractedOut = false, earlierNumber }: KenyanSketch,
): Person['nssf'] & object => ({
  number: numbers.nssfNumber(index),
  joined: `${addMonths(s.asOf, -36)}-05`,
  kind: pay ? 'employed' : 'haba-haba',
  contractedOut,
  ...(earlierNumber && { earlierNumber: numbers.nssfNumber(index + 90_000_000) }),
})
