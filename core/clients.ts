/** Clients of the token endpoint, and token ids that are good for one use. */
import { readClient } from '../store/agreements.ts'
import { seeOnce } from '../store/idempotency.ts'
import type { Needs } from './needs.ts'

export const makeClients = ({ db }: Needs) => ({
  /** A client that may ask for tokens now; undefined when it is unknown or switched off. */
  find: (id: string) => readClient(db, id),
  /** True the first time, false for ever after (until it has expired anyway). */
  rememberOnce: (id: string, expiresAt: Date) => seeOnce(db, id, expiresAt),
})
