/** Policy: what an asker may see now, from the agreement of its agency for its purpose. */
import { HubError } from '../errors.ts'
import { agreementsFor } from '../store/agreements.ts'
import { type Field, fields } from '../store/beneficiaries.ts'
import type { Asker } from './asker.ts'
import type { Needs } from './needs.ts'

export type Permission = {
  readonly agreement: string
  readonly agency: string
  readonly registries: readonly string[]
  readonly fields: readonly Field[]
}

/** Agreements are read again after this long; their dates are compared with the clock at every call. */
const rememberMs = 5_000
const mostRemembered = 10_000

type Remembered = { readAt: number; agreements: Awaited<ReturnType<typeof agreementsFor>> }

/** Finds permissions; an agreement that ends takes effect at once, one that is withdrawn within five seconds. */
export function makePermit(needs: Needs) {
  const remembered = new Map<string, Remembered>()

  async function agreements(client: string, purpose: string, now: number) {
    const name = `${client} ${purpose}`
    const before = remembered.get(name)
    if (before && now - before.readAt < rememberMs) return before.agreements
    const found = await agreementsFor(needs.db, client, purpose)
    if (remembered.size >= mostRemembered) remembered.clear()
    remembered.set(name, { readAt: now, agreements: found })
    return found
  }

  return async ({ client, purpose, officer }: Asker): Promise<Permission> => {
    const now = needs.now()
    const found = await agreements(client, purpose, now.getTime())
    const agreement = found.find((one) => one.valid_from <= now && now < one.valid_until)
    if (!agreement) throw new HubError('agreement_missing')
    if (agreement.needs_officer && !officer) throw new HubError('officer_missing')
    return {
      agreement: agreement.id,
      agency: agreement.agency,
      registries: agreement.registries,
      fields: fields.filter((field) => agreement.fields.includes(field)),
    }
  }
}
export type Permit = ReturnType<typeof makePermit>
