/** First code point of each decimal digit run that registries write in: Arabic-Indic, Persian/Urdu, Thai, Lao, full-width. */
const zeros = [0x0660, 0x06f0, 0x0e50, 0x0ed0, 0xff10]

const foreignDigit = /[\u0660-\u0669\u06f0-\u06f9\u0e50-\u0e59\u0ed0-\u0ed9\uff10-\uff19]/

/** Any of those scripts' digits as ASCII digits; everything else untouched. */
export function asciiDigits(text: string): string {
  if (!foreignDigit.test(text)) return text
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0e50-\u0e59\u0ed0-\u0ed9\uff10-\uff19]/g, (digit) => {
    const code = digit.charCodeAt(0)
    const zero = zeros.find((first) => code >= first && code < first + 10) ?? code
    return String(code - zero)
  })
}

/** A number that Excel has turned into 1.23457E+13: its last digits are gone for good. */
export const isScientific = (text: string): boolean => /^[+-]?\d+([.,]\d+)?\s*E\s*[+-]?\s*\d+$/i.test(text)
