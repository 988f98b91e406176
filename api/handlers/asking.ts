/** Who asks, read from the headers of a request about people. */
import type { Asker } from '../../core/asker.ts'

type Asking = {
  readonly operation: string
  readonly client: string
  readonly traceId: string
  readonly headers: {
    readonly 'Pamoja-Purpose': string
    readonly 'Pamoja-Officer'?: string
    readonly 'Pamoja-Case'?: string
    readonly 'X-Road-Client'?: string
    readonly 'X-Road-UserId'?: string
    readonly 'X-Road-Id'?: string
  }
}

export function toAsker({ operation, client, traceId, headers }: Asking): Asker {
  const { 'Pamoja-Purpose': purpose, 'Pamoja-Officer': officer, 'Pamoja-Case': caseOf, ...xRoad } = headers
  return {
    client,
    purpose,
    operation,
    traceId,
    ...(officer !== undefined && { officer }),
    ...(caseOf !== undefined && { case: caseOf }),
    ...(Object.keys(xRoad).length > 0 && { xRoad }),
  }
}
