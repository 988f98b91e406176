/** What the command says while it works and when it is done; counts alone, never a value. */
import type { Linked, Stage } from '../../linkage/table/linked.ts'
import { grouped, type Progress, progressBar } from '../progress.ts'
import type { countClusters } from './answers.ts'
import type { Figures } from './figures.ts'
import type { FileReport, ReadTable } from './read-csv.ts'

const titles: { readonly [stage in Stage | 'read']: string } = {
  read: 'reading',
  encode: 'encoding',
  block: 'blocking',
  train: 'training',
  score: 'scoring',
  cluster: 'clustering',
}

export type StageBars = ((stage: Stage | 'read', done: number, total: number) => void) & { stop: () => void }

/** One bar at a time: that of the stage under work. */
export function stageBars(): StageBars {
  let bar: Progress | undefined
  let current: Stage | 'read' | undefined
  const stop = () => {
    bar?.stop()
    bar = undefined
    current = undefined
  }
  const update = (stage: Stage | 'read', done: number, total: number) => {
    if (stage !== current) {
      stop()
      current = stage
      bar = progressBar(titles[stage].padEnd(10))
    }
    bar?.update(Math.floor(done), Math.floor(total))
  }
  return Object.assign(update, { stop })
}

/** What was odd about the files: rows that were refused, with the lines of the first; columns that one file lacks. */
export function readNotes({ files, unreadable }: ReadTable): string[] {
  const notes = files.flatMap((report) => [...badNotes(report), ...otherNotes(report)])
  if (unreadable > 0)
    notes.push(
      `${counted(unreadable, 'value')} with a character that cannot be read (shown as \ufffd): a part of the file is in another encoding`,
    )
  return notes
}

function badNotes({ file, badCount, badRows }: FileReport): string[] {
  if (badCount === 0) return []
  const first = badRows.map(({ line, why }) => `line ${line} (${why})`).join(', ')
  const more = badCount > badRows.length ? ', ...' : ''
  return [
    `${file.path}: ${grouped(badCount)} bad ${badCount === 1 ? 'row' : 'rows'}: ${first}${more}. Nothing of them is compared; each stands alone in the clusters.`,
  ]
}

function otherNotes({ file, blankRows, missing }: FileReport): string[] {
  return [
    ...(blankRows > 0 ? [`${file.path}: ${counted(blankRows, 'row')} without any value passed over`] : []),
    ...(missing.length > 0 ? [`${file.path} has no column ${missing.join(', ')}; it counts as empty there`] : []),
  ]
}

type Told = {
  readonly read: ReadTable
  readonly linked: Linked
  readonly counts: ReturnType<typeof countClusters>
  readonly figures: Figures | undefined
  readonly milliseconds: number
  readonly threshold: number
}

const counted = (count: number, what: string) => `${grouped(count)} ${what}${count === 1 ? '' : 's'}`

/** One line for people, and the same facts for machines. */
export function summary({ read, linked, counts, figures, milliseconds, threshold }: Told): {
  text: string
  facts: Record<string, unknown>
} {
  const bad = read.files.reduce((sum, { badCount }) => sum + badCount, 0)
  const { training } = linked.model
  const parts = [
    `${counted(read.table.size, 'record')}${bad > 0 ? ` (${grouped(bad)} bad)` : ''}`,
    `${counted(linked.pairs, 'pair')} compared`,
    `${counted(linked.links.a.length, 'link')} at ${threshold}`,
    `${counted(counts.people, 'cluster')}, ${grouped(counts.shared)} of several records`,
  ]
  const text = `${parts.join(', ')} (${(milliseconds / 1000).toFixed(1)} s)${training && !training.converged && linked.pairs > 0 ? '; training stopped at its limit of rounds before it settled' : ''}`
  const facts = {
    records: read.table.size,
    badRows: bad,
    files: read.files.map(({ file, records, badCount, blankRows }) => ({
      file: file.path,
      records,
      badRows: badCount,
      blankRows,
      encoding: file.encoding,
      delimiter: file.delimiter,
    })),
    compared: linked.model.comparisons.map(({ name }) => name),
    pairs: linked.pairs,
    links: linked.links.a.length,
    clusters: counts.people,
    clustersOfSeveral: counts.shared,
    largestCluster: counts.largest,
    threshold,
    ...(training ? { training } : {}),
    ...(figures ? { quality: { ...figures.quality, blocking: figures.blocking, withoutTruth: figures.unknown } } : {}),
    ...(figures ? { reliability: figures.bins } : {}),
    stages: linked.milliseconds,
    milliseconds: Math.round(milliseconds),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
  return { text, facts }
}
