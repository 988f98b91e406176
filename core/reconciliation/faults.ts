/** What went wrong in a slice without stopping it: by rule, or `unreadable` for dossiers that do not open or cannot be taken apart. */
import type { Needs } from '../needs.ts'

export class Faults {
  private readonly byRule = new Map<string, { count: number; error: string }>()

  /** Nothing of the error but its name is kept: its text may quote what the rule looked at. */
  note(rule: string, reason: unknown): void {
    const error = reason instanceof Error ? reason.name : 'unknown'
    const before = this.byRule.get(rule)
    this.byRule.set(rule, { count: (before?.count ?? 0) + 1, error: before?.error ?? error })
  }

  /** The count by rule; logged once a slice. */
  tell({ log }: Needs, run: string): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const [rule, { count, error }] of [...this.byRule].sort(([a], [b]) => (a < b ? -1 : 1))) {
      counts[rule] = count
      log('reconciliation_rule_failed', { run, rule, error, subjects: count })
    }
    return counts
  }
}
