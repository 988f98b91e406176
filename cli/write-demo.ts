/** `pamoja demo`: a made-up country on disk. */
import { writeCountry } from '../demo/write.ts'
import { grouped, progressBar, seconds } from './progress.ts'

export async function writeDemo(options: {
  people: number
  seed: number
  asOf: string
  faults: number
  out: string
}): Promise<void> {
  const began = performance.now()
  const bar = progressBar('demo')
  const { counts } = await writeCountry({
    ...options,
    planted: true,
    onProgress: (_step, done, total) => bar.update(done, total),
  })
  bar.stop()
  const rows = counts.nssfMembers + counts.nssfReturns + counts.nhif + counts.byProducts + counts.lsso + counts.records
  process.stdout.write(
    `${grouped(counts.people)} people in ${grouped(rows)} rows of ${counts.files} files under ${options.out} (${seconds(began)}); truth.csv says who is who, findings.csv what does not add up\n`,
  )
}
