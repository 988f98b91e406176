/**
 * Disclosure: the audit leaf is durable before the answer leaves. If it cannot be written, nothing is shown.
 * Every question leaves a leaf, also one that found nobody.
 */
import { HubError } from '../errors.ts'
import { insertLeaves, type Leaf } from '../store/audit.ts'
import type { Queryable } from '../store/pool.ts'
import { blind } from '../store/seal.ts'
import type { Asker } from './asker.ts'
import type { Needs } from './needs.ts'
import type { Permission } from './policy.ts'

export type Outcome = 'shown' | 'none' | 'conflict' | 'too-many' | 'listed' | 'decided' | 'withdrawn'

/** Writes one leaf a person shown, or one for a question that showed nobody. Throws `audit_unavailable`. */
export async function disclose(
  needs: Needs,
  asker: Asker,
  permission: Permission,
  outcome: Outcome,
  persons: readonly string[],
): Promise<void> {
  await needs.audit.append(leavesOf(needs, asker, permission, outcome, persons)).catch(unavailable)
}

/** The same for a write: its leaves are durable exactly when it is. */
export async function discloseWithin(
  tx: Queryable,
  needs: Needs,
  asker: Asker,
  permission: Permission,
  outcome: Outcome,
  persons: readonly string[],
): Promise<void> {
  await insertLeaves(tx, leavesOf(needs, asker, permission, outcome, persons)).catch(unavailable)
}

function unavailable(cause: unknown): never {
  throw new HubError('audit_unavailable', { cause, retryAfter: 5 })
}

function leavesOf(
  { keys, now }: Needs,
  asker: Asker,
  permission: Permission,
  outcome: Outcome,
  persons: readonly string[],
): Leaf[] {
  const at = now()
  const common = {
    at: at.toISOString(),
    operation: asker.operation,
    outcome,
    agency: permission.agency,
    client: asker.client,
    purpose: asker.purpose,
    agreement: permission.agreement,
    ...(asker.officer && { officer: asker.officer }),
    ...(asker.case && { case: asker.case }),
    ...(asker.xRoad && { xRoad: asker.xRoad }),
    traceId: asker.traceId,
  }
  const leaves: Leaf[] = persons.map((person) => {
    const subject = blind(keys.auditKey, person, 16)
    return {
      at,
      subject,
      body: {
        ...common,
        subject: subject.toString('hex'),
        fields: permission.fields,
        registries: permission.registries,
      },
    }
  })
  return leaves.length > 0 ? leaves : [{ at, subject: null, body: common }]
}
