/** Turns: each transaction that writes keys and evidence of records, under the persons' lock, takes the next. */
import type { Queryable } from './pool.ts'

/** The turn that was committed last. What is read after it is at least as young. */
export const lastTurn = async (db: Queryable): Promise<number> =>
  turnOf(await db.query('select turn from resolve_turn'))

/** Takes the next turn; it is nobody's if the transaction is undone. */
export const takeTurn = async (tx: Queryable): Promise<number> =>
  turnOf(await tx.query('update resolve_turn set turn = turn + 1 returning turn'))

const turnOf = ([row]: readonly { turn: string }[]): number => Number(row?.turn)
