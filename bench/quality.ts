/**
 * How good the linkage is: `pamoja dedupe` on labelled files, and the hub's own engine on the demo country beside its truth. Writes
 * docs/linkage-quality.md. Options: --data DIR (labelled files; ../shared/data/linkage where that is), --people N (100,000),
 * --seed N (2026), --namesakes mild|hard|both (both: the country as it is, and full of namesakes), --threads N (all cores), --dry
 * (writes nothing). The last line is JSON.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defaultModel } from '../linkage/model.ts'
import { packageFile } from '../schemas/files.ts'
import { machine, option, say, textOption } from './place.ts'
import { type LabelledResult, labelledSets, runLabelled } from './quality/labelled.ts'
import { measure, scopes } from './quality/measure.ts'
import { formPersons } from './quality/persons.ts'
import { readCountry } from './quality/registries.ts'
import { type DemoResult, goals, standings, toMarkdown } from './quality/report.ts'
import { precisionOf, recallOf } from './quality/score.ts'

const recipe = { people: option('people', 100_000), seed: option('seed', 2026), asOf: '2026-11-22' }
const threads = option('threads', availableParallelism())
for (const [name, value] of Object.entries({ people: recipe.people, seed: recipe.seed, threads }))
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} takes a whole number from 1 on`)

function labelled(): LabelledResult[] | undefined {
  const asked = textOption('data')
  const folder = asked ?? packageFile('../shared/data/linkage')
  if (!existsSync(folder)) {
    if (asked !== undefined) throw new Error(`--data ${asked}: there is no such folder`)
    say('labelled files: none here (name their folder with --data DIR); going on with the demo country')
    return undefined
  }
  return labelledSets.flatMap((set) => {
    const result = runLabelled(set, folder)
    say(result ? lineOf(result) : `${set.name}: not in the folder`)
    return result ?? []
  })
}

const figure = (value: number | undefined) => (value === undefined ? 'n/a' : value.toFixed(4))
const lineOf = ({ set, quality: { precision, recall, f1, blocking } }: LabelledResult) =>
  `${set.name}: precision ${figure(precision)}, recall ${figure(recall)}, F1 ${figure(f1)}, blocking recall ${figure(blocking.recall)}`

async function demo(namesakes: DemoResult['namesakes']): Promise<DemoResult> {
  const began = performance.now()
  const note = (line: string) => say(`  ${line} (${((performance.now() - began) / 1000).toFixed(0)} s)`)
  say(`demo country of ${recipe.people} people, namesakes: ${namesakes}`)
  const { country, records, persons: truth, rejected, untrue } = await readCountry({ ...recipe, namesakes })
  if (untrue > 0) throw new Error(`${untrue} records are not in the truth`)
  const found = await formPersons(records, threads, note)
  const measured = measure(country, { records, truth, found })
  for (const scope of scopes) {
    const score = measured.scores.get(scope)
    if (score) say(`  ${scope}: precision ${precisionOf(score).toFixed(5)}, recall ${recallOf(score).toFixed(4)}`)
  }
  for (const { of, worst, best, gap } of standings(measured))
    say(`  by ${of}: worst ${worst.group}, best ${best.group}, ${gap.toFixed(4)} apart (goal: ${goals.gap})`)
  return {
    namesakes,
    ...recipe,
    records: records.length,
    statements: found.statements.records.length,
    rejected,
    model: defaultModel.version,
    compared: found.compared,
    truncated: found.truncated,
    reviews: found.reviews,
    measured,
  }
}

const kinds = { mild: ['mild'], hard: ['hard'], both: ['mild', 'hard'] } as const
const asked = textOption('namesakes') ?? 'both'
if (asked !== 'mild' && asked !== 'hard' && asked !== 'both') throw new Error('--namesakes takes mild, hard or both')

const toJson = ({ measured, ...facts }: DemoResult) => ({
  ...facts,
  scores: Object.fromEntries(measured.scores),
  reviewsPerThousand: (facts.reviews / facts.records) * 1000,
})

const sets = labelled()
const countries: DemoResult[] = []
for (const kind of kinds[asked]) countries.push(await demo(kind))
const date = new Date().toISOString().slice(0, 10)
if (!process.argv.includes('--dry')) {
  const file = packageFile('docs/linkage-quality.md')
  writeFileSync(file, toMarkdown({ date, labelled: sets, demo: countries }))
  say(`written: ${file}`)
}
say(
  JSON.stringify({
    bench: 'quality',
    machine: machine(),
    labelled: sets?.map(({ set, quality }) => ({ set: set.name, ...quality })) ?? null,
    demo: countries.map(toJson).find(({ namesakes }) => namesakes === 'mild') ?? null,
    namesakes: countries.map(toJson).find(({ namesakes }) => namesakes === 'hard') ?? null,
  }),
)
