/** Words before a name that are none: one office writes them, the next does not, and they change with marriage and age. */

/** Words of their own; those that are names elsewhere only with their point. */
const latin =
  /^[^\p{L}\p{N}]*(?:(?:(?:mr|mrs|ms|miss|dr|prof|rev|mme|mlle|monsieur|madame|herr|frau|señora?|sra|srta|sig\.ra|sig|dott\.ssa|dott|smt|shri)\b|(?:hon|tn|ny|bpk|sdr)\.)[.\s]+)+(?=\p{L}{2})/iu
/** Thai writes them as one with the name. */
const thai = /^\s*(?:นางสาว|นาง|นาย|น\.\s?ส\.|ด\.\s?[ชญ]\.|เด็กชาย|เด็กหญิง)\s*(?=[\u0e00-\u0e7f]{2})/u

export const withoutTitles = (written: string): string => written.replace(latin, '').replace(thai, '')
