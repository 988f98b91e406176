const step = 1 << 12

/**
 * Goes through what is many in steps. The runtime makes a function fast that is called again and again sooner, and fewer times, than one that
 * runs for long, and what one loop leaves for the next is still in the cache.
 */
export function inSteps(first: number, last: number, work: (from: number, to: number) => void, each = step): void {
  for (let from = first; from < last; from += each) work(from, Math.min(last, from + each))
}
