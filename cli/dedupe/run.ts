/** What `pamoja dedupe` does, from the files to the answer. */
import path from 'node:path'
import { oneName } from '../../linkage/table/columns/one-name.ts'
import { link } from '../../linkage/table/dedupe.ts'
import type { Linked } from '../../linkage/table/linked.ts'
import type { TableModel } from '../../linkage/table/model.ts'
import { clusterLines, countClusters, type Ids, linkLines, makeIds } from './answers.ts'
import { type CsvFile, openCsv } from './csv-file.ts'
import { type Figures, figureLines, measure } from './figures.ts'
import { loadFixed, modelOfFixed } from './fixed.ts'
import { checkLists, checkMemory, collectGarbage } from './limits.ts'
import { checkFit, loadModel, modelText } from './model-file.ts'
import { checkOptions, type DedupeOptions, type Request } from './options.ts'
import { checkOutputs, type Output, writeWhole } from './outputs.ts'
import { fieldsOf, makePlan, mergeHeadings, type Plan } from './plan.ts'
import { InputProblem } from './problem.ts'
import type { ReadTable } from './read-csv.ts'
import { readPeople } from './read-people.ts'
import type { Reader } from './reader.ts'
import { reportHtml } from './report.ts'
import { readNotes, stageBars, summary } from './summary.ts'
import { type KnownTruth, readTruth } from './truth.ts'
import { examplesOf, sidesOf, waterfallLines, waterfallOf } from './waterfall.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)
const note = (line: string) => void process.stderr.write(`${line}\n`)

type Prepared = {
  readonly request: Request
  readonly files: readonly CsvFile[]
  readonly plan: Plan
  readonly model: TableModel | undefined
  /** Levels that training leaves alone. */
  readonly fixed: TableModel | undefined
}

/** `given` is a thread that may read beside this one. Throws InputProblem. */
export async function run(
  paths: readonly string[],
  options: DedupeOptions,
  signal: AbortSignal,
  given: Reader | undefined,
): Promise<void> {
  const began = performance.now()
  const prepared = await prepare(paths, options)
  const { request, files, plan, model, fixed } = prepared
  const reader = request.threads > 1 && !request.explain ? given : undefined
  const bars = stageBars()
  try {
    const { read, people, others } = await readPeople(files, plan, {
      reader,
      keepText: request.explain !== undefined,
      signal,
      onProgress: (bytes, total) => bars('read', bytes, total),
    })
    bars.stop()
    const { ids, truth } = identify(read, prepared, options)
    const pair = request.explain && findPair(ids, request.explain)
    if (model) for (const line of checkFit(model, fieldsOf(plan))) note(line)
    const lists = request.linkOnly && read.table.source?.codes
    const work = link(people, {
      threshold: request.threshold,
      threads: request.threads,
      others,
      signal,
      onProgress: bars,
      ...(model ? { model } : {}),
      ...(fixed ? { fixed } : {}),
      ...(request.linkOnly ? { linkOnly: request.linkOnly } : {}),
    })
    // The engine works on codes, and has only begun.
    collectGarbage()
    const linked = await unlessStopped(work, signal)
    bars.stop()
    if (linked.pairs === 0 && read.table.size > 1)
      note(
        'No two records have enough in common to be compared. Map more columns: names, birth date, phone, numbers of identity.',
      )
    const figures = truth && measure(linked, truth.truth, truth.unknown, lists)
    await write({ read, linked, ids, figures, truth, options, request, lists, signal })
    const milliseconds = performance.now() - began
    tell({ read, linked, figures, options, request, milliseconds })
    if (pair) {
      const [a, b] = pair
      const named = [ids.idOf(a), ids.idOf(b)] as const
      const lines = waterfallLines(
        waterfallOf(linked, a, b),
        named,
        sidesOf(oneName(read.table), a, b),
        request.threshold,
      )
      ;(options.json ? note : say)(lines.join('\n'))
    }
  } finally {
    bars.stop()
  }
}

/** The engine's threads end with the process. */
const unlessStopped = <Answer>(work: Promise<Answer>, signal: AbortSignal): Promise<Answer> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    work.then(resolve, reject)
  })

/** All that can be wrong is found before the long work. */
async function prepare(paths: readonly string[], options: DedupeOptions): Promise<Prepared> {
  const request = checkOptions(options)
  if (paths.length === 0)
    throw new InputProblem('Name at least one CSV file, such as: pamoja dedupe people.csv --out links.csv')
  const files: CsvFile[] = []
  for (const one of paths) files.push(await openCsv(one))
  await checkOutputs(outputsOf(options), [
    ...paths,
    ...[options.model, options.fix].filter((file) => file !== undefined),
  ])
  for (const warning of files.flatMap(({ warnings }) => warnings)) note(warning)
  const headings = mergeHeadings(files.map((file) => file.headings))
  const plan = makePlan(headings, { map: options.map ?? [], id: options.id, truth: options.truth })
  const loaded = options.model === undefined ? undefined : await loadModel(options.model)
  for (const line of [...plan.notes, ...(loaded?.notes ?? [])]) note(line)
  const fixed = options.fix === undefined ? undefined : modelOfFixed(await loadFixed(options.fix), fieldsOf(plan))
  checkMemory(files, plan)
  return { request, files, plan, model: loaded?.model, fixed }
}

function outputsOf({ out, clusters, saveModel, report }: DedupeOptions): Output[] {
  const named = { '--out': out, '--clusters': clusters, '--save-model': saveModel, '--report': report }
  return Object.entries(named).flatMap(([option, file]) => (file === undefined ? [] : [{ option, file }]))
}

function identify(
  read: ReadTable,
  { request }: Prepared,
  options: DedupeOptions,
): { ids: Ids; truth: KnownTruth | undefined } {
  for (const line of readNotes(read)) note(line)
  if (request.linkOnly) checkLists(read)
  if (read.table.size < 2 && (options.report !== undefined || options.saveModel !== undefined))
    throw new InputProblem('One record teaches nothing: --report and --save-model need two at least.')
  const ids = makeIds(read)
  const truth = read.truth && readTruth(read.truth, read.table.size, request.pattern)
  for (const line of [...ids.notes, ...(truth?.notes ?? [])]) note(line)
  return { ids, truth }
}

function findPair(ids: Ids, explain: readonly [string, string]): [number, number] {
  const [a, b] = explain.map((id) => {
    const [row, ...others] = ids.rowsOf(id)
    if (row === undefined) throw new InputProblem(`--explain: no record has the id ${id}.`)
    if (others.length > 0)
      throw new InputProblem(
        `--explain: ${others.length + 1} records have the id ${id}. Say which: ${[row, ...others].map(ids.idOf).join(' or ')}.`,
      )
    return row
  })
  if (a === undefined || b === undefined) throw new InputProblem('--explain needs two ids.')
  return [a, b]
}

type Answer = {
  readonly read: ReadTable
  readonly linked: Linked
  readonly figures: Figures | undefined
  readonly options: DedupeOptions
  readonly request: Request
}

type Written = Answer & {
  readonly ids: Ids
  readonly truth: KnownTruth | undefined
  readonly lists: Int32Array | undefined
  readonly signal: AbortSignal
}

async function write({ read, linked, ids, figures, truth, options, request, lists, signal }: Written): Promise<void> {
  if (options.out !== undefined) await writeWhole(options.out, linkLines(linked, ids, lists), signal)
  if (options.clusters !== undefined) await writeWhole(options.clusters, clusterLines(linked, ids), signal)
  if (options.saveModel !== undefined) await writeWhole(options.saveModel, [modelText(linked.model)], signal)
  if (options.report === undefined) return
  const html = reportHtml({
    linked,
    files: read.files.map(({ file }) => path.basename(file.path)),
    records: read.table.size,
    threshold: request.threshold,
    figures,
    truth: truth?.truth,
    examples: examplesOf(linked, request.threshold),
  })
  await writeWhole(options.report, [html], signal)
}

function tell({ read, linked, figures, options, request, milliseconds }: Answer & { milliseconds: number }): void {
  const counts = countClusters(linked.clusters)
  const { text, facts } = summary({ read, linked, counts, figures, milliseconds, threshold: request.threshold })
  const lines = figures ? figureLines(figures, request.linkOnly ? 'links' : 'clusters') : []
  if (!options.json) {
    say([text, ...lines].join('\n'))
    if (outputsOf(options).length === 0 && !request.explain && !figures)
      note('Nothing was written: name a file with --out LINKS.csv or --clusters CLUSTERS.csv.')
    return
  }
  if (lines.length > 0) note(lines.join('\n'))
  say(JSON.stringify(facts))
}
