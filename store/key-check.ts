/** Notices a key file that does not belong to this database, before anything is sealed with it. */
import { HubError } from '../errors.ts'
import { fingerprint, type Keys } from './keys.ts'
import type { Queryable } from './pool.ts'

/** Remembers the keys' fingerprint the first time; throws `wrong_key` when it is another later. */
export async function checkKeys(db: Queryable, keys: Keys): Promise<void> {
  const print = fingerprint(keys)
  await db.query('insert into key_check (version, fingerprint) values ($1, $2) on conflict do nothing', [
    keys.version,
    print,
  ])
  const [row] = await db.query<{ fingerprint: Buffer }>('select fingerprint from key_check where version = $1', [
    keys.version,
  ])
  if (!row?.fingerprint.equals(print)) throw new HubError('wrong_key')
}

/** Whether anything may have been sealed in this database already. */
export const isSealed = async (db: Queryable): Promise<boolean> =>
  (await db.query('select version from key_check limit 1', [])).length > 0
