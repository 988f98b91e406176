/** Starts a thread: what was built runs as it is; sources, in development and in tests, through the loader that runs us. */
import { Worker, type WorkerOptions } from 'node:worker_threads'

/** `script` ends in `.ts`, as the sources do. */
export function startThread(script: URL, options: WorkerOptions): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(script.href.replace(/\.ts$/, '.js')), options)
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'))
  const run = `import(${loader}).then(({ register }) => (register(), import(${JSON.stringify(script)})))`
  return new Worker(run, { ...options, eval: true })
}
