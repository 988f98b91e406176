/** Matched positions of the longer word; reused, so that a call allocates nothing. */
const taken = new Uint8Array(64)
/** Matched letters of the shorter word, in its order; reused too. */
const order = new Uint16Array(64)

/**
 * Jaro-Winkler similarity of two words, 0 to 1, with the usual prefix scale 0.1 over at most four letters. Symmetric.
 * Only the first 64 letters count.
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  const shorter = Math.min(short.length, 64)
  const longer = Math.min(long.length, 64)
  if (shorter === 0) return 0
  const jaro = jaroOf(short, long, shorter, longer)
  let prefix = 0
  while (prefix < 4 && prefix < shorter && short.charCodeAt(prefix) === long.charCodeAt(prefix)) prefix += 1
  return jaro + prefix * 0.1 * (1 - jaro)
}

function jaroOf(short: string, long: string, shorter: number, longer: number): number {
  const reach = Math.max(0, (longer >> 1) - 1)
  taken.fill(0, 0, longer)
  let matches = 0
  for (let i = 0; i < shorter; i += 1) {
    const code = short.charCodeAt(i)
    const last = Math.min(longer - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= last; j += 1) {
      if (taken[j] === 0 && long.charCodeAt(j) === code) {
        taken[j] = 1
        order[matches] = code
        matches += 1
        break
      }
    }
  }
  if (matches === 0) return 0
  let moved = 0
  let next = 0
  for (let j = 0; j < longer; j += 1) {
    if (taken[j] !== 1) continue
    if (long.charCodeAt(j) !== order[next]) moved += 1
    next += 1
  }
  return (matches / shorter + matches / longer + (matches - moved / 2) / matches) / 3
}
