import type { ErrorCode, Problem, Reason } from './contract.ts'

/**
 * The hub's own codes, and three for what happens on the way: `unreachable` (no answer), `token_refused` (the
 * authorization server gave no token), `unexpected_answer` (an answer that is not the hub's, such as a proxy's page).
 */
export type ProblemCode = ErrorCode | 'unreachable' | 'token_refused' | 'unexpected_answer'

/** Every failure of a call. Decide by `code`; show `message`; quote `traceId` to the operator. */
export class PamojaProblem extends Error {
  readonly code: ProblemCode
  /** The HTTP status; undefined when there was no answer. */
  readonly status: number | undefined
  /** Where the request breaks the contract. */
  readonly reasons: readonly Reason[]
  readonly traceId: string | undefined

  constructor(
    code: ProblemCode,
    message: string,
    options: { status?: number; reasons?: readonly Reason[]; traceId?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'PamojaProblem'
    this.code = code
    this.status = options.status
    this.reasons = options.reasons ?? []
    this.traceId = options.traceId
  }
}

/** The body of a failed answer as a PamojaProblem. */
export function toProblem(body: unknown, status: number): PamojaProblem {
  if (!isProblem(body))
    return new PamojaProblem('unexpected_answer', `The answer with status ${status} is not the hub's.`, { status })
  const { code, detail, reasons = [], traceId } = body
  return new PamojaProblem(code, detail, { status, reasons, traceId })
}

export const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'traceId' in body

/** The documented answer, or the problem as an error. */
export function unwrap<Data>({ data, error, response }: { data?: Data; error?: unknown; response: Response }): Data {
  if (data !== undefined && response.ok) return data
  throw toProblem(error, response.status)
}
