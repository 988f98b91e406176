/** The what-if lab: what other settings, or what is known by now, would change about a night. Living findings are only read. */
import { type Difference, onlyIn } from '../../store/reconciliation/run-findings.ts'
import { readReconciliation } from '../../store/reconciliation/runs.ts'
import type { Needs } from '../needs.ts'
import { toMessage } from './shown.ts'

/** `appears`: the run found it and the living one did not; `vanishes`: the other way round. */
export type Change = { readonly change: 'appears' | 'vanishes' } & Omit<Difference, 'key' | 'facts'> & {
    readonly key: string
    /** The rule's sentence with the figures of this case. */
    readonly message: string
  }

const changesAtOnce = 500

/** Every difference, those that appear first, by owner and rule; a page is read when it is asked for. */
export async function* differences(needs: Needs, id: string): AsyncGenerator<Change> {
  const { db, keys } = needs
  const rules = new Map(needs.reconciliation.book.rules.map((rule) => [rule.id, rule]))
  const run = await readReconciliation(db, id)
  if (!run) return
  const sides = [
    { change: 'appears' as const, run: id, other: run.before },
    ...(run.before ? [{ change: 'vanishes' as const, run: run.before, other: id }] : []),
  ]
  for (const { change, run: from, other } of sides)
    for (let after: Pick<Difference, 'owner' | 'rule' | 'key'> | null = null; ; ) {
      const page = await onlyIn(db, keys, from, other, { after, limit: changesAtOnce })
      for (const { key, facts, ...row } of page) {
        const rule = rules.get(row.rule)
        yield { change, ...row, message: rule ? toMessage(rule, facts) : row.about, key: key.toString('hex') }
      }
      const last = page.at(-1)
      if (!last || page.length < changesAtOnce) break
      after = last
    }
}
