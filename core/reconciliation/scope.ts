/** Whose findings an asker may see, and whose facts: two different things. */
import { readClient } from '../../store/agreements.ts'
import type { Asker } from '../asker.ts'
import type { Needs } from '../needs.ts'
import type { Permission, Permit } from '../policy.ts'

/** The agreement says whose facts may be shown, and which fields; the client acts for some of those registries. */
export type Scope = Permission & {
  /** The registries whose findings, reports and events these are. */
  readonly owned: readonly string[]
}
export type Scoped = (asker: Asker) => Promise<Scope>

export const makeScoped =
  (needs: Needs, permit: Permit): Scoped =>
  async (asker) => {
    const permission = await permit(asker)
    const actsFor = (await readClient(needs.db, asker.client))?.registries ?? []
    return { ...permission, owned: permission.registries.filter((registry) => actsFor.includes(registry)) }
  }
