/** What is true about the people of the demo country, before any registry writes it down. */

export type CountryCode = 'ke' | 'la'
export type Sex = 'male' | 'female'

/** One word of a name: as its bearer writes it, as others write it, and in Lao script where it has one. */
export type NameWord = { readonly written: string; readonly variants: readonly string[]; readonly lao?: string }

/** Where a person lives. `code` is the country's own county or province code. */
export type Place = {
  readonly code: string
  readonly name: string
  readonly lao?: string
  readonly district: string
  readonly districtLao?: string
  readonly village: string
  readonly villageLao?: string
}

export type Identity = {
  readonly type: 'national-id' | 'refugee-id' | 'birth-certificate'
  readonly number: string
}

/** Paid work: `since` is a month (YYYY-MM), `pay` is whole shillings or kip a month. */
export type Job = {
  readonly employer: number
  readonly payrollNo: string
  readonly since: string
  readonly pay: number
}

/** Membership of Kenya's pension fund. Contracted out: Tier II goes to a private scheme, so only Tier I is seen. */
export type NssfMembership = {
  readonly number: string
  readonly joined: string
  readonly kind: 'employed' | 'haba-haba' | 'retired'
  readonly contractedOut: boolean
  /** Given when a later employer registered the member anew: the older number is still in the register. */
  readonly earlierNumber?: string
}

/** Membership of Kenya's health insurance; `nhif` is the predecessor's number, shared by principal and dependants. */
export type ShaMembership = {
  readonly cr: string
  readonly number: string
  readonly household: string
  readonly cover: 'employed' | 'informal' | 'sponsored' | 'dependant' | 'none'
  readonly coveredUntil?: string
  readonly nhif?: { readonly number: string; readonly dependant: number }
}

/** Membership of Laos's social security fund; `earlier` is the number from before a move to another province. */
export type LssoMembership = {
  readonly number: string
  readonly kind: 'enterprise' | 'state' | 'voluntary'
  readonly earlier?: { readonly number: string; readonly place: Place; readonly words: readonly NameWord[] }
}

export type Person = {
  readonly index: number
  readonly handle: string
  readonly country: CountryCode
  readonly sex: Sex
  /** YYYY-MM-DD. */
  readonly born: string
  readonly died?: string
  /** The name's words in the order its bearer uses: Kenyan with the family word last, Lao with the given name first. */
  readonly words: readonly NameWord[]
  readonly place: Place
  readonly household: number
  readonly role: 'head' | 'spouse' | 'child'
  readonly identity?: Identity
  readonly taxPin?: string
  readonly phones: readonly string[]
  readonly job?: Job
  readonly nssf?: NssfMembership
  readonly sha?: ShaMembership
  readonly lsso?: LssoMembership
  /** What a story makes one registry say against the truth, and whether chance may distort the person's records. */
  readonly told?: Told
}

export type Told = {
  /** No chance faults in any registry. */
  readonly clean?: boolean
  /** The number that the pension fund or the health insurer holds instead of the person's own. */
  readonly nssfIdentity?: string
  readonly shaIdentity?: string
  /** What the old health fund knew before the person moved. */
  readonly nhif?: { readonly place: Place; readonly phone: string }
  /** The client registry's life flag, where it differs from the truth. */
  readonly aliveFlag?: 0 | 1
  /** The eligibility answer says yes and gives a reason for no. */
  readonly contradicted?: boolean
  /** Months (YYYY-MM) in which the employer neither declared nor paid anything, */
  readonly unpaid?: readonly string[]
  /** declared what the fund did not receive, */
  readonly unreceived?: readonly string[]
  /** or paid what it did not declare. */
  readonly undeclared?: readonly string[]
  /** Further people (by index) whom the health insurer lists under this one. */
  readonly dependants?: readonly number[]
  /** The pay by which the employer worked out the contribution, where it is not the pay declared. */
  readonly shareOf?: { readonly nssf?: number; readonly lsso?: number }
}

export type Employer = {
  readonly index: number
  readonly country: CountryCode
  readonly name: string
  readonly nameLao?: string
  readonly place: Place
  readonly taxPin: string
  /** NSSF employer number in Kenya, the fund's unit number in Laos. */
  readonly number: string
  readonly shaCode: string
  readonly sector: 'enterprise' | 'state'
  /** Months of returns and by-products on file, where there are more than usual. */
  readonly history?: number
}

/** Somebody or some people whom docs and tests look up by name. */
export type Story = { readonly says: string; readonly people: readonly number[] }
