import { CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { day, factor, processes, whole } from '../../cli/arguments.ts'
import { exitCodes, failureOf } from '../../cli/failure.ts'
import { HubError } from '../../errors.ts'
import { PamojaProblem } from '../../sdk/problem.ts'

const { failed, wrongUse } = exitCodes
const reasons = [
  { pointer: '/PORT', rule: 'port', message: 'PORT is a number.' },
  { pointer: '/LOG_LEVEL', rule: 'choice', message: 'LOG_LEVEL is one of warn, info.' },
]
const cases: [says: string, reason: unknown, code: number, told: RegExp][] = [
  ['an option that Commander refuses', new CommanderError(1, 'commander.unknownOption', 'x'), wrongUse, /^$/],
  ['help that was asked for', new CommanderError(0, 'commander.helpDisplayed', 'x'), exitCodes.done, /^$/],
  [
    'settings that do not fit, all of them',
    new HubError('bad_config', { reasons }),
    wrongUse,
    /\/PORT \(port\): PORT is.*\n {2}\/LOG_LEVEL \(choice\)/,
  ],
  ['a registry that is none', new HubError('not_found', { detail: 'There are: ke-nssf.' }), wrongUse, /ke-nssf/],
  ['a database that is away', new HubError('unavailable'), failed, /cannot reach its database/],
  [
    'a database that nobody serves',
    new HubError('unavailable', {
      cause: Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { syscall: 'connect' }),
    }),
    failed,
    /its database\. .*\(connect ECONNREFUSED 10\.0\.0\.1:5432\)$/,
  ],
  [
    'a number of no form',
    new PamojaProblem('identifier_invalid', 'No.', { reasons }),
    wrongUse,
    /^identifier_invalid: No/,
  ],
  ['a hub that is not there', new PamojaProblem('unreachable', 'No answer.'), failed, /Start a hub with npm start/],
  ['a purpose that is not agreed', new PamojaProblem('agreement_missing', 'No.'), failed, /^agreement_missing: No\.$/],
  [
    'a folder of somebody else',
    Object.assign(new Error("EACCES: permission denied, mkdir '/x'"), { syscall: 'mkdir' }),
    failed,
    /^EACCES.*'\/x'$/,
  ],
  ['a fault of ours', new TypeError('x is no function'), failed, /x is no function\n +at /],
]
test.each(cases)('%s: the exit code and what is said', (_, reason, code, told) => {
  const failure = failureOf(reason)
  expect(failure.code).toBe(code)
  expect(failure.text).toMatch(told)
})

const values: [read: (text: string) => unknown, text: string, value: unknown][] = [
  [whole, '0', 0],
  [whole, '1e3', undefined],
  [whole, '-1', undefined],
  [processes, '64', 64],
  [processes, '0', undefined],
  [processes, '65', undefined],
  [factor, '0', 0],
  [factor, '0.5', 0.5],
  [factor, 'x', undefined],
  [factor, '', undefined],
  [day, '2026-02-28', '2026-02-28'],
  [day, '2026-02-30', undefined],
  [day, 'yesterday', undefined],
]
test.each(values)('%o reads %j as %j', (read, text, value) => {
  if (value === undefined) expect(() => read(text)).toThrow(/needed/)
  else expect(read(text)).toBe(value)
})
