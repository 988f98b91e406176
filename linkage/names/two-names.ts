/** When one slip of the pen between two known names is none. */

const vowels = new Set(Array.from('aeiou', (letter) => letter.charCodeAt(0)))

/**
 * Two known names one slip apart, by their lengths, the letters that they begin and end with in common, and the code of the longer one's
 * last letter. A letter left out, doubled or swapped makes one into the other by accident (Jean, Jan), so such pairs stay open; a letter put
 * for another or a closing vowel seldom (Otieno, Atieno; Daniel, Daniela).
 */
export const areTwo = (short: number, long: number, start: number, end: number, last: number): boolean =>
  short === long ? start + end + 1 === short : start === short && vowels.has(last)
