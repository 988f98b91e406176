/** Asking about people: from the contract's words to the core's, and back. Nothing is decided here. */
import type { Asker } from '../../core/asker.ts'
import { type Answering, type Handlers, ok } from '../handler.ts'

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

function toAsker({ operation, client, traceId, headers }: Asking): Asker {
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

export const beneficiaryHandlers = (core: Answering) =>
  ({
    lookupBeneficiary: async (request) => {
      const { identifier, refresh = false } = request.body
      return ok(await core.lookup({ identifier, refresh }, toAsker(request)))
    },
    searchBeneficiaries: async (request) => ok(await core.search(request.body, toAsker(request))),
    getBeneficiary: async (request) => ok(await core.readBeneficiary(request.path.id, toAsker(request))),
    listBeneficiaryEnrolments: async (request) =>
      ok(await core.listEnrolments(request.path.id, request.query, toAsker(request))),
    listBeneficiaryContributions: async (request) =>
      ok(await core.listContributions(request.path.id, request.query, toAsker(request))),
    listBeneficiaryBenefits: async (request) =>
      ok(await core.listBenefits(request.path.id, request.query, toAsker(request))),
    listBeneficiaryRecords: async (request) =>
      ok(await core.listRecords(request.path.id, request.query, toAsker(request))),
  }) satisfies Partial<Handlers>
