/** Asking about people: from the contract's words to the core's, and back. Nothing is decided here. */
import { type Answering, type Handlers, ok } from '../handler.ts'
import { toAsker } from './asking.ts'

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
