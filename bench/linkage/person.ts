/** A record as text; an unknown value is empty. */
export type Person = {
  nationalId: string
  givenName: string
  familyName: string
  /** `YYYY-MM-DD`. */
  birthDate: string
  sex: string
  phone: string
  county: string
  ward: string
}

export const twoDigits = (value: number) => String(value).padStart(2, '0')
