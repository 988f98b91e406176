/** Texts numbered in the order in which they come, each once. */

export type Numbering = {
  /** Text `i` is the one that was numbered `i`. */
  readonly texts: string[]
  readonly of: (text: string) => number
}

/** FNV-1a over UTF-16 units, its upper bits mixed into the lower ones, which alone are looked at. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash ^ (hash >>> 15)
}

/** Each slot holds one more than a text's number, 0 when free, and its hash: most others are told apart without a look at their letters. */
type Slots = Int32Array

function firstFree(slots: Slots, hash: number): number {
  let slot = 2 * (hash & (slots.length / 2 - 1))
  while (slots[slot] !== 0) slot = (slot + 2) & (slots.length - 1)
  return slot
}

function larger(slots: Slots): Slots {
  const twice = new Int32Array(2 * slots.length)
  for (let slot = 0; slot < slots.length; slot += 2) {
    if (slots[slot] === 0) continue
    const hash = slots[slot + 1] ?? 0
    const free = firstFree(twice, hash)
    twice[free] = slots[slot] ?? 0
    twice[free + 1] = hash
  }
  return twice
}

/** Numbers from 0. A table beside the texts, as a Map of a hundred thousand looks at texts all over the memory each time. */
export function makeNumbering(): Numbering {
  const texts: string[] = []
  let slots: Slots = new Int32Array(256)
  const of = (text: string): number => {
    const hash = hashOf(text)
    const mask = slots.length - 1
    let slot = (2 * hash) & mask
    for (let number = slots[slot] ?? 0; number !== 0; number = slots[slot] ?? 0) {
      if (slots[slot + 1] === hash && texts[number - 1] === text) return number - 1
      slot = (slot + 2) & mask
    }
    texts.push(text)
    slots[slot] = texts.length
    slots[slot + 1] = hash
    if (4 * texts.length > slots.length) slots = larger(slots)
    return texts.length - 1
  }
  return { texts, of }
}
