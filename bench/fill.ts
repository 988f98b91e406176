/** Fills a hub's tables with a population fast: indexes away, a process a core, indexes again. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpus } from 'node:os'
import { createInterface } from 'node:readline'
import { packageFile } from '../schemas/files.ts'
import { type Db, openPool } from '../store/pool.ts'
import { say } from './place.ts'

/** Tables whose keys are spread at random: to build their indexes at the end is many times faster. */
const spread = ['identifier', 'blocking_key', 'membership', 'decision', 'enrolment', 'contribution', 'benefit']

/** What a process that fills the store runs: `file url ...args from until`. */
type Filler = { readonly file: string; readonly args: readonly string[] }

/** Fills a migrated, empty database with people `0` to `people`. */
export async function fill(
  url: string,
  people: number,
  filler: Filler = { file: 'dist/bench/fill-worker.js', args: [] },
): Promise<void> {
  const owner = openPool(url, { max: 1, statementTimeoutMs: 3_600_000 })
  const indexes = await takeIndexes(owner)
  await owner.query('alter table source_record alter column resolved_version set default 1')
  const workers = cpus().length
  const share = Math.ceil(people / workers)
  let done = 0
  const told = setInterval(() => say(`filled ${done} of ${people} people`), 30_000)
  await Promise.all(
    [...Array(workers).keys()].map((nth) =>
      runWorker(filler, url, nth * share, Math.min(people, (nth + 1) * share), (count) => {
        done += count
      }),
    ),
  ).finally(() => clearInterval(told))
  say(`filled ${done} people; building indexes`)
  await owner.query('alter table source_record alter column resolved_version set default 0')
  await owner.query(`set maintenance_work_mem = '1GB'`)
  for (const statement of indexes) await owner.query(statement)
  await owner.query('vacuum analyze')
  await owner.query('checkpoint')
  await owner.close()
}

/** Drops the indexes of the spread tables; answers the statements that make them again. */
async function takeIndexes(owner: Db): Promise<string[]> {
  const constraints = await owner.query<{ drop: string; add: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
       format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
     from pg_constraint where contype = 'p' and conrelid::regclass::text = any($1)`,
    [spread],
  )
  for (const { drop } of constraints) await owner.query(drop)
  const plain = await owner.query<{ drop: string; add: string }>(
    `select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as add
     from pg_index where indrelid::regclass::text = any($1)`,
    [spread],
  )
  for (const { drop } of plain) await owner.query(drop)
  return [...constraints, ...plain].map(({ add }) => add)
}

async function runWorker(
  { file, args }: Filler,
  url: string,
  from: number,
  until: number,
  onDone: (people: number) => void,
): Promise<void> {
  if (from >= until) return
  const child = spawn(process.execPath, [packageFile(file), url, ...args, String(from), String(until)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) onDone(Number(line))
  const [code] = await ended
  if (code !== 0) throw new Error(`a process that fills the store ended with ${code}`)
}
