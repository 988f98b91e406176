/** The survey: a delivery of files is looked through as a whole, and held back if it has drifted, before any of it is taken in. */
import type { Adapter, Checkpoint } from '../../adapters/contract.ts'
import { HubError } from '../../errors.ts'
import { type DriftLimits, driftOf, type Profile, Profiler } from '../../reconciliation/drift.ts'
import { registryDrift } from '../../reconciliation/rules/registry-drift.ts'
import { changedRules } from '../../reconciliation/settings.ts'
import type { Reason } from '../../schemas/contract.ts'
import {
  countHeld,
  countListed,
  lastProfiles,
  type ProfileRow,
  type ProfileState,
  profilesOfRun,
  putProfiles,
} from '../../store/profiles.ts'
import { listRegistries } from '../../store/registries.ts'
import type { RunRow } from '../../store/runs.ts'
import type { Needs } from '../needs.ts'
import { type ReadPage, readPages } from './read-ahead.ts'

/** Lists before that tell how much their lengths differ. */
const earlierLists = 8

/** `insured/01` is a list of the kind `insured`. */
const kindOf = (stream: string) => stream.split('/')[0] ?? stream

type Kind = {
  readonly profiler: Profiler
  readonly streams: Map<string, { held: number; complete: boolean }>
  readonly lists: Set<string>
}

/**
 * Surveys what waits for a run, once; answers the deliveries that were surveyed, and undefined where the adapter has none to be
 * looked through. Throws `delivery_drifted` with the reasons, and then nothing was taken in.
 */
export async function survey(
  needs: Needs,
  run: RunRow,
  adapter: Adapter,
  checkpoint: Checkpoint | undefined,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | undefined> {
  if (!adapter.waiting) return undefined
  const before = (await profilesOfRun(needs.db, run.id)) as ProfileRow<Profile, Reason>[]
  // Whoever held it back may have been killed before the run could end so.
  if (before.some(({ state }) => state === 'held')) throw drifted(run.registry, before)
  if (before.length > 0) return new Set(before.flatMap(({ lists }) => lists))
  const kinds = new Map<string, Kind>()
  for await (const page of readPages(needs, adapter, adapter.waiting(checkpoint, signal))) {
    signal.throwIfAborted()
    await count(needs, run.registry, kinds, page)
  }
  const rows = await judge(needs, run, kinds)
  const state: ProfileState = rows.every(({ reasons }) => reasons.length === 0)
    ? 'taken'
    : run.despite_drift
      ? 'released'
      : 'held'
  await putProfiles(
    needs.db,
    rows.filter(({ reasons }) => state !== 'held' || reasons.length > 0).map((row) => ({ ...row, state })),
  )
  if (state === 'held') throw drifted(run.registry, rows)
  return new Set(rows.flatMap(({ lists }) => lists))
}

async function count({ db }: Needs, registry: string, kinds: Map<string, Kind>, page: ReadPage): Promise<void> {
  const keys = new Map<string, Buffer[]>()
  for (const { raw, draft } of page.reads) {
    const stream = draft?.record.stream ?? raw.stream
    const kind = kindIn(kinds, stream)
    if (raw.list !== undefined) kind.lists.add(raw.list)
    if (!draft) kind.profiler.refuse()
    else {
      kind.profiler.add(draft.record, draft.hash)
      keys.set(stream, [...(keys.get(stream) ?? []), draft.key])
    }
  }
  for (const [stream, all] of keys) streamIn(kinds, stream).held += await countHeld(db, registry, all)
  for (const stream of page.completes ?? []) streamIn(kinds, stream).complete = true
}

function kindIn(kinds: Map<string, Kind>, stream: string): Kind {
  const name = kindOf(stream)
  const kind = kinds.get(name) ?? { profiler: new Profiler(), streams: new Map(), lists: new Set<string>() }
  kinds.set(name, kind)
  return kind
}

function streamIn(kinds: Map<string, Kind>, stream: string): { held: number; complete: boolean } {
  const { streams } = kindIn(kinds, stream)
  const one = streams.get(stream) ?? { held: 0, complete: false }
  streams.set(stream, one)
  return one
}

type Judged = Omit<ProfileRow<Profile, Reason>, 'state'>

async function judge(needs: Needs, run: RunRow, kinds: ReadonlyMap<string, Kind>): Promise<Judged[]> {
  const at = needs.now()
  const earlier = (await lastProfiles(needs.db, run.registry, at, earlierLists)) as ProfileRow<Profile>[]
  const limits = await limitsOf(needs, run.registry)
  const judged: Judged[] = []
  for (const [stream, { profiler, streams, lists }] of kinds) {
    const complete = [...streams].flatMap(([name, { complete: isWhole }]) => (isWhole ? [name] : []))
    const listed = await countListed(needs.db, run.registry, complete)
    const held = [...listed.values()].reduce((sum, one) => sum + one, 0)
    const found = [...listed.keys()].reduce((sum, name) => sum + (streams.get(name)?.held ?? 0), 0)
    const whole = complete.length > 0 ? { held, missing: Math.max(0, held - found) } : undefined
    const profile = profiler.profile(whole)
    const past = earlier.filter((row) => row.stream === stream).map((row) => row.profile)
    const reasons = driftOf(profile, past, limits)
    judged.push({ registry: run.registry, stream, run: run.id, taken_at: at, lists: [...lists], profile, reasons })
  }
  return judged
}

/** By R30 as this hub has set it. Switched off, no list is long enough to be judged, and only what is missing counts. */
async function limitsOf({ db, reconciliation }: Needs, registry: string): Promise<DriftLimits> {
  const { id } = registryDrift
  const [rule] = changedRules([registryDrift], { rules: { [id]: reconciliation.settings?.rules?.[id] ?? {} } })
  const limits = (await listRegistries(db)).find((row) => row.id === registry)
  const value = (name: string) => (rule ? Number(rule.parameters[name]?.value) : Number.POSITIVE_INFINITY)
  return {
    fewest: value('fewest'),
    deadJump: value('deadJump'),
    emptyJump: value('emptyJump'),
    doubtfulJump: value('doubtfulJump'),
    rejectedJump: value('rejectedJump'),
    deviations: value('deviations'),
    lengthChange: value('lengthChange'),
    missingShare: limits?.missing_share ?? 1,
    missingFloor: limits?.missing_floor ?? 0,
  }
}

function drifted(registry: string, rows: readonly Judged[]): HubError {
  const why = rows.flatMap(({ stream, lists, reasons }) =>
    reasons.map(({ message }) => `${stream} (${lists.join(', ')}): ${message}`),
  )
  const lines = [
    'The delivery was held back, and nothing of it was taken in:',
    ...why.map((one) => `  ${one}`),
    `Take the file away and ask its sender for a right one. If it is right, let it in: pamoja sync ${registry} --despite-drift`,
  ]
  return new HubError('delivery_drifted', { detail: lines.join('\n') })
}
