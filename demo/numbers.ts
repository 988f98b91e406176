/**
 * Numbers for people who do not exist. National identity numbers come from the range 99000000-99999999, which Kenya has
 * not issued, and run over into nine digits (990000000 and up) when a country needs more than that. All other numbers
 * begin with 99 after their prefix, for the same reason.
 */

/** Numbers below this are kept for the stories. */
const storyNumbers = 1_000
/** So that the last one given is 99999988: 99999999 is a placeholder that clerks type. */
const eightDigitRoom = 998_989

/**
 * Spreads 0..size-1 over the same range without a repeat, so that people born one after another do not get numbers one
 * digit apart: a typing error must not turn one person into the next.
 */
const spread = (i: number, size: number, step: number): number => (i * step + Math.floor(size / 3)) % size

const digits = (value: number, length: number): string => String(value).padStart(length, '0')

/** Kenya's national identity number of the i-th citizen. */
export const nationalId = (i: number): string =>
  i < eightDigitRoom
    ? `99${digits(storyNumbers + spread(i, eightDigitRoom, 387_341), 6)}`
    : `99${digits(spread(i - eightDigitRoom, 9_999_991, 3_874_139), 7)}`

/** Refugee numbers share the digits of national ones, as in life: only the type tells them apart. */
export const refugeeId = (i: number): string => nationalId(i + 500_009)

/** Kenya's tax number of a person. */
export const taxPinOf = (i: number): string => `A99${digits(spread(i, 9_999_991, 5_123_777), 7)}${letter(i)}`
export const employerPinOf = (i: number): string => `P99${digits(spread(i, 9_999_991, 2_123_777), 7)}${letter(i)}`
const letter = (i: number): string => String.fromCharCode(65 + (i % 26))

export const nssfNumber = (i: number): string => `99${digits(spread(i, 99_999_989, 38_741_393), 8)}`
/** Employers' numbers begin with 98: none of them is also somebody's own number. */
export const nssfEmployerNumber = (i: number): string => `98${digits(spread(i, 9_999_991, 7_741_393), 7)}`
export const nhifNumber = (i: number): string => `99${digits(spread(i, 9_999_991, 4_741_393), 7)}`
export const shaEmployerCode = (i: number): string => `E99${digits(i + 1, 5)}`
export const birthCertificate = (i: number): string => `99${digits(spread(i, 99_999_989, 61_803_398), 8)}`

/** The digit after the dash follows no published rule, so any will do. */
const shaTail = (i: number): string => `99${digits(spread(i, 99_999_989, 27_182_819), 11)}-${(i * 7 + 3) % 10}`
export const shaNumbers = (i: number): { cr: string; number: string } => ({
  cr: `CR${shaTail(i)}`,
  number: `SHA${shaTail(i)}`,
})
export const householdNumber = (i: number): string => `HH${shaTail(i + 31_415_926)}`

/** The insured number carries the province that gave it; it has no published format. */
export const lssoNumber = (province: string, i: number): string =>
  `${province}-99${digits(spread(i, 9_999_991, 3_141_593), 7)}`
export const laoId = (i: number): string => `99${digits(spread(i, 99_999_989, 14_142_137), 8)}`

/** Prefixes that no operator is known to use: 0749 in Kenya, 020 4 in Laos. */
export const phoneOf = (country: 'ke' | 'la', i: number): string =>
  country === 'ke'
    ? `+254749${digits(spread(i, 999_983, 618_033), 6)}`
    : `+856204${digits(spread(i, 9_999_991, 6_180_339), 7)}`
