/** Headers of questions and of writes, from what the client and the call were told. */
import type { AskOptions, DecideOptions, WriteOptions } from './options.ts'
import { PamojaProblem } from './problem.ts'

type Header = { 'Pamoja-Purpose': string; 'Pamoja-Officer'?: string; 'Pamoja-Case'?: string }
type Key = { 'Idempotency-Key': string }
type Asked<Sent> = { readonly header: Sent; readonly init: { signal?: AbortSignal } }

export type Asking = {
  /** Headers and signal of a question about people. */
  readonly ask: (given: AskOptions) => Asked<Header>
  /** The same of a write about people, with a key of its own. */
  readonly decide: (given: DecideOptions) => Asked<Header & Key>
  readonly key: (given: WriteOptions) => Key
  /** The query of the next page. */
  readonly at: (cursor: string | undefined) => { cursor?: string }
}

export function makeAsking(usual: Pick<AskOptions, 'purpose' | 'officer'>): Asking {
  const ask: Asking['ask'] = ({ purpose = usual.purpose, officer = usual.officer, case: caseOf, signal }) => {
    if (purpose === undefined)
      throw new PamojaProblem('purpose_missing', 'Say why you ask: give pamoja() or the call a purpose.')
    const header = {
      'Pamoja-Purpose': purpose,
      ...(officer !== undefined && { 'Pamoja-Officer': officer }),
      ...(caseOf !== undefined && { 'Pamoja-Case': caseOf }),
    }
    return { header, init: { ...(signal && { signal }) } }
  }
  const key: Asking['key'] = ({ idempotencyKey = crypto.randomUUID() }) => ({ 'Idempotency-Key': idempotencyKey })
  return {
    ask,
    key,
    decide: (given) => {
      const { header, init } = ask(given)
      return { header: { ...header, ...key(given) }, init }
    },
    at: (cursor) => (cursor === undefined ? {} : { cursor }),
  }
}
