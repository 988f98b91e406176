/** What the command says when it does not come to its end, and the exit code. */
import { existsSync, statSync } from 'node:fs'
import { CommanderError } from 'commander'
import { HubError, type Reason } from '../errors.ts'
import { PamojaProblem } from '../sdk/problem.ts'

/** The exit codes of every command. 130 is Ctrl-C's where nothing is left to go on with. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2 } as const

export const exitCodesHelp =
  'Exit codes: 0 done; 1 the work failed or was stopped; 2 asked for wrongly: an option, an argument, a setting or a file that does not fit, and the message says what to mend.'

export type Failure = { readonly text: string; readonly code: number }

/** What is wrong with the question or the settings, not with the hub. */
const askedWrongly: ReadonlySet<string> = new Set(['bad_config', 'invalid_request', 'identifier_invalid', 'not_found'])

/** What went wrong, what to do, and nothing else; a fault of ours with its stack. */
export function failureOf(reason: unknown): Failure {
  // Commander has said it already.
  if (reason instanceof CommanderError)
    return { text: '', code: reason.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse }
  if (reason instanceof HubError)
    return { text: told(reason.message + whyAway(reason), reason.reasons), code: codeOf(reason.code) }
  if (reason instanceof PamojaProblem) {
    const hint = reason.code === 'unreachable' ? [nobodyThere] : []
    return { text: told(`${reason.code}: ${reason.message}`, reason.reasons, hint), code: codeOf(reason.code) }
  }
  if (!(reason instanceof Error)) return { text: String(reason), code: exitCodes.failed }
  // A file or an address that the system refuses; its message names both.
  const isPlain = reason.name === 'PullError' || 'syscall' in reason
  return { text: isPlain ? reason.message : (reason.stack ?? reason.message), code: exitCodes.failed }
}

/** Where nobody answered, as the system says it; a database's own words may quote what it was asked. */
const whyAway = ({ code, cause }: HubError): string =>
  code === 'unavailable' && cause instanceof Error && 'syscall' in cause ? ` (${cause.message})` : ''

const nobodyThere = 'Start a hub with npm start, or say where it is with --url or PORT.'

const codeOf = (code: string) => (askedWrongly.has(code) ? exitCodes.wrongUse : exitCodes.failed)

const told = (message: string, reasons: readonly Reason[], hint: readonly string[] = []) =>
  [message, ...reasons.map(({ pointer, rule, message }) => `  ${pointer} (${rule}): ${message}`), ...hint].join('\n')

/** The command was asked for wrongly; `option` as it is typed. */
export const wronglyAsked = (option: string, rule: string, message: string): HubError =>
  new HubError('invalid_request', { detail: 'This cannot be done:', reasons: [{ pointer: option, rule, message }] })

/** Throws when a folder to write into is a file. */
export function mustBeFolder(option: string, folder: string): void {
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw wronglyAsked(option, 'folder', `${folder} is a file; name a folder, which may be there or not.`)
}
