/**
 * A seeded source of chance (sfc32), so that a demo country depends on nothing but its seed.
 * Every part of the country draws from its own stream (`new Random(seed, 'ke-nssf', 12)`): adding a draw in one place
 * changes nobody elsewhere.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private d: number

  constructor(...salt: readonly (string | number)[]) {
    this.a = hash(0x9e3779b9, salt)
    this.b = hash(0x243f6a88, salt)
    this.c = hash(0xb7e15162, salt)
    this.d = 1
    for (let i = 0; i < 12; i++) this.next()
  }

  /** A number in [0, 1). */
  next(): number {
    const t = (this.a + this.b + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (this.c << 21) | (this.c >>> 11)
    this.c = (this.c + t) | 0
    return (t >>> 0) / 4294967296
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  /** True with probability `p`. */
  chance(p: number): boolean {
    return this.next() < p
  }

  /** One of the list, all alike. Throws on an empty list: that is a fault in the demo's own tables. */
  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.next() * list.length)]
    if (item === undefined) throw new Error('Nothing to pick from: a table of the demo country is empty.')
    return item
  }

  /** One of the list, by its `weight`. */
  weighed<T extends { readonly weight: number }>(list: readonly T[]): T {
    let left = this.next() * list.reduce((sum, item) => sum + item.weight, 0)
    for (const item of list) {
      left -= item.weight
      if (left < 0) return item
    }
    return this.pick(list)
  }
}

/** FNV-1a over the salt's characters, finished with the murmur mixer so that neighbouring salts do not resemble. */
const hash = (start: number, salt: readonly (string | number)[]): number => {
  let h = start
  for (const grain of salt) {
    const text = `${grain}\u0000`
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
