/** Typed arrays over shared memory: workers read them without a copy. */
export type Ints = Int32Array<SharedArrayBuffer>
export type Letters = Uint16Array<SharedArrayBuffer>
export type Floats = Float32Array<SharedArrayBuffer>

export const sharedInts = (length: number): Ints => new Int32Array(new SharedArrayBuffer(length * 4))
export const sharedFloats = (length: number): Floats => new Float32Array(new SharedArrayBuffer(length * 4))
export const sharedLetters = (length: number): Letters => new Uint16Array(new SharedArrayBuffer(length * 2))

/** Copies numbers into shared memory. */
export function toShared(numbers: readonly number[] | Int32Array): Ints {
  const shared = sharedInts(numbers.length)
  shared.set(numbers)
  return shared
}
