/**
 * Reads a JSON body strictly. `JSON.parse` alone lets through what hurts later: the last of two equal keys wins silently,
 * 9007199254740993 becomes …992, NUL and lone surrogates reach the database, and deep nesting overflows the stack.
 */
import { HubError, type Reason } from '../errors.ts'

export type ScanLimits = { readonly depth: number; readonly keys: number }

/** The parsed body. Anything that is not strict JSON is a `malformed_body` that says where, and never repeats what was sent. */
export function parseStrictJson(bytes: Uint8Array, limits: ScanLimits): unknown {
  const text = decode(bytes)
  const fault = scan(text, limits)
  if (fault) throw malformed(fault)
  try {
    return JSON.parse(text)
  } catch {
    // The engine's own message quotes the body, so it is not passed on.
    throw malformed({ rule: 'json', message: 'The body is not well-formed JSON.' })
  }
}

type Fault = Omit<Reason, 'pointer'>

const malformed = (fault: Fault) => new HubError('malformed_body', { reasons: [{ pointer: '', ...fault }] })

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw malformed({ rule: 'utf-8', message: 'The body is not UTF-8.' })
  }
}

const number = /-?\d+(\.\d+)?([eE][+-]?\d+)?/y
const loneSurrogate = /\p{Surrogate}/u

/** One open object or array; an object remembers its keys, and whether a key comes next. */
type Open = { readonly keys: Set<string> | undefined; expectsKey: boolean }

/** The first thing that strict JSON forbids, or nothing. It does not prove that the text is JSON: the parser does that. */
function scan(text: string, limits: ScanLimits): Fault | undefined {
  const open: Open[] = []
  let keys = 0
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at)
    const top = open.at(-1)
    if (char === '"') {
      const end = endOfString(text, at)
      if (end === undefined) return { rule: 'json', message: place('A text does not end', at) }
      const value = readString(text.slice(at, end))
      if (value === undefined) return { rule: 'json', message: place('A text is not well-formed', at) }
      const isKey = top?.keys !== undefined && top.expectsKey
      const fault = badString(value, at) ?? (isKey ? badKey(value, at, top.keys, ++keys, limits) : undefined)
      if (fault) return fault
      if (isKey) top.expectsKey = false
      at = end
    } else if (char === '{' || char === '[') {
      if (open.length === limits.depth) return { rule: 'depth', message: `Nest at most ${limits.depth} levels deep.` }
      open.push({ keys: char === '{' ? new Set() : undefined, expectsKey: true })
      at++
    } else if (char === '}' || char === ']') {
      open.pop()
      at++
    } else if (char === ',') {
      if (top) top.expectsKey = true
      at++
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      number.lastIndex = at
      const [digits = char, fraction, exponent] = number.exec(text) ?? []
      if (!isSafe(Number(digits), fraction === undefined && exponent === undefined)) {
        return {
          rule: 'safe-number',
          message: place('A number is too large to be kept exactly; send it as a text', at),
        }
      }
      at += digits.length
    } else at++
  }
  return undefined
}

const place = (what: string, at: number) => `${what} (at character ${at}).`

const isSafe = (value: number, whole: boolean) =>
  whole ? Number.isSafeInteger(value) : Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER

function badString(value: string, at: number): Fault | undefined {
  if (value.includes('\0')) return { rule: 'nul', message: place('A text holds a NUL character', at) }
  if (loneSurrogate.test(value)) return { rule: 'unicode', message: place('A text holds half of a surrogate pair', at) }
  return undefined
}

function badKey(value: string, at: number, seen: Set<string>, count: number, limits: ScanLimits): Fault | undefined {
  if (seen.has(value)) return { rule: 'duplicate-key', message: place('A name stands twice in one object', at) }
  if (value === '__proto__') return { rule: 'forbidden-name', message: place('The name __proto__ is not accepted', at) }
  if (count > limits.keys) return { rule: 'keys', message: `Send at most ${limits.keys} names in one body.` }
  seen.add(value)
  return undefined
}

/** Where the text that starts at `at` ends, after its closing quote. */
function endOfString(text: string, at: number): number | undefined {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (text.charAt(end - 1 - slashes) === '\\') slashes++
    if (slashes % 2 === 0) return end + 1
  }
  return undefined
}

function readString(quoted: string): string | undefined {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    return JSON.parse(quoted)
  } catch {
    return undefined
  }
}
