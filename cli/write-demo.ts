/** `pamoja demo`: a made-up country on disk. */
import { firstDay } from '../demo/country.ts'
import { writeCountry } from '../demo/write.ts'
import { mustBeFolder, wronglyAsked } from './failure.ts'
import { grouped, progressBar, seconds } from './progress.ts'

export async function writeDemo(options: {
  people: number
  seed: number
  asOf: string
  faults: number
  out: string
}): Promise<void> {
  mustBeFolder('--out', options.out)
  if (options.asOf < firstDay)
    throw wronglyAsked(
      '--as-of',
      'first-day',
      `The contribution tables begin on ${firstDay}; no country is made before.`,
    )
  const began = performance.now()
  const bar = progressBar('demo')
  const { country, counts } = await writeCountry({
    ...options,
    planted: true,
    onProgress: (_step, done, total) => bar.update(done, total),
  })
  bar.stop()
  const rows = counts.nssfMembers + counts.nssfReturns + counts.nhif + counts.byProducts + counts.lsso + counts.records
  const { people, findings } = country.plants
  process.stdout.write(
    `${grouped(counts.people - people.length)} people, and ${grouped(people.length)} in ${findings.length} situations for the rules, in ${grouped(rows)} rows of ${counts.files} files under ${options.out} (${seconds(began)}); truth.csv says who is who, findings.csv what does not add up\n`,
  )
}
