import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseStrictJson } from '../../api/json-scan.ts'
import { HubError } from '../../errors.ts'

const limits = { depth: 32, keys: 5_000 }
const read = (text: string | Uint8Array) =>
  parseStrictJson(typeof text === 'string' ? new TextEncoder().encode(text) : text, limits)

/** The rule that a text breaks; undefined when it is read. */
function ruleOf(text: string | Uint8Array): string | undefined {
  try {
    read(text)
    return undefined
  } catch (error) {
    if (!(error instanceof HubError) || error.code !== 'malformed_body') throw error
    return error.reasons[0]?.rule
  }
}

const nested = (depth: number, open: string, close: string, inside = '') =>
  open.repeat(depth) + inside + close.repeat(depth)

describe('a strict JSON body', () => {
  test.each<[string, string | Uint8Array, string | undefined]>([
    ['a plain object', '{"a":1,"b":[true,null,"x"]}', undefined],
    ['the same name in two objects', '[{"a":1},{"a":2}]', undefined],
    ['the same name in an inner object', '{"a":{"a":1}}', undefined],
    ['a comma and a quote inside a text', '{"a":"x,\\"a\\":1","b":2}', undefined],
    ['a backslash before the closing quote', '{"a":"\\\\","b":"\\\\\\""}', undefined],
    ['an emoji, as it is and as a pair of escapes', '["😀","\\ud83d\\ude00"]', undefined],
    ['the greatest safe integer', '[9007199254740991,-9007199254740991]', undefined],
    ['a fraction and an exponent', '[1.5,1e3,-0.25E-7]', undefined],
    ['32 levels', nested(32, '[', ']'), undefined],
    ['a name that only looks dangerous', '{"constructor":1,"toString":2}', undefined],
    ['two equal names', '{"a":1,"a":2}', 'duplicate-key'],
    ['two equal names, one escaped', '{"a":1,"\\u0061":2}', 'duplicate-key'],
    ['two equal names after a list', '{"a":[{"b":1},2],"b":0,"a":1}', 'duplicate-key'],
    ['__proto__', '{"a":{"__proto__":{"admin":true}}}', 'forbidden-name'],
    ['__proto__, escaped', '{"\\u005f_proto__":1}', 'forbidden-name'],
    ['an integer that would lose its last digit', '[9007199254740993]', 'safe-number'],
    ['a number beyond every double', '[1e400]', 'safe-number'],
    ['a large number with an exponent', '[1e17]', 'safe-number'],
    ['NUL', '["a\\u0000b"]', 'nul'],
    ['NUL in a name', '{"a\\u0000":1}', 'nul'],
    ['half a pair', '["\\ud83d"]', 'unicode'],
    ['the second half first', '["\\ude00\\ud83d"]', 'unicode'],
    ['33 levels', nested(33, '[', ']'), 'depth'],
    ['100,000 levels', nested(100_000, '{"a":', '}', '1'), 'depth'],
    ['5,001 names', `{${Array.from({ length: 5_001 }, (_, at) => `"k${at}":0`).join()}}`, 'keys'],
    ['nothing', '', 'json'],
    ['a word', 'undefined', 'json'],
    ['a comment', '{/* */}', 'json'],
    ['a trailing comma', '[1,]', 'json'],
    ['an open text', '{"a":"x', 'json'],
    ['a bad escape', '["\\x"]', 'json'],
    ['a line break in a text', '["a\nb"]', 'json'],
    ['two documents', '{} {}', 'json'],
    ['brackets that do not match', '{"a":[}]', 'json'],
    ['a leading zero', '[01]', 'json'],
    ['NaN', '[NaN]', 'json'],
    ['a byte order mark', '\ufeff{}', 'json'],
    ['Latin-1', Uint8Array.of(0x22, 0xe9, 0x22), 'utf-8'],
    ['an overlong form', Uint8Array.of(0x22, 0xc0, 0xaf, 0x22), 'utf-8'],
    ['a surrogate in UTF-8', Uint8Array.of(0x22, 0xed, 0xa0, 0xbd, 0x22), 'utf-8'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0), 'utf-8'],
  ])('%s', (_name, text, rule) => {
    expect(ruleOf(text)).toBe(rule)
  })

  test('is read exactly as JSON.parse reads it when nothing is wrong with it', () => {
    const wellFormed = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 6 },
        wellFormed,
        fc.maxSafeInteger(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 6 }),
        fc.dictionary(
          wellFormed.filter((key) => key !== '__proto__'),
          tie('any'),
          { maxKeys: 6 },
        ),
      ),
    })).any
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 2), (given, space) => {
        const text = JSON.stringify(given, null, space)
        expect(read(text)).toEqual(JSON.parse(text))
      }),
      { numRuns: 500 },
    )
  })

  test('never fails in another way, whatever is sent', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      '"a"',
      '"__proto__"',
      '1',
      '-',
      '1e9',
      'true',
      'nul',
      ' ',
      '\\u0000',
      '\\ud800',
      '😀',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(text, (given) => {
        const rule = ruleOf(given)
        if (rule === undefined) expect(() => JSON.parse(given)).not.toThrow()
      }),
      { numRuns: 2_000 },
    )
  })

  test('says where, and never what', () => {
    const secret = 'Njeri-24681357'
    for (const text of [`{"${secret}":1,"${secret}":2}`, `{"a":"${secret}`, `["${secret}\\u0000"]`, `[${secret}]`]) {
      try {
        read(text)
        expect.unreachable()
      } catch (error) {
        expect(error).toBeInstanceOf(HubError)
        expect(JSON.stringify([String(error), error])).not.toContain(secret)
      }
    }
  })
})
