/** Look-ups at a steady rate, as counters all over a country ask; each is timed from the moment it was due. */
import { setTimeout as sleep } from 'node:timers/promises'

/** `headers` are asked for anew each time: a token lives shorter than a night. */
export type Target = { url: string; headers: () => Promise<Record<string, string>>; bodies: readonly string[] }
export type Latencies = { asked: number; p50: number; p99: number; worst: number; refused: number }

/** Asks until `stop` is called; then answers how long callers waited, in milliseconds. */
export function askSteadily(target: Target, perSecond: number): { stop: () => Promise<Latencies> } {
  const times: number[] = []
  const underWay = new Set<Promise<void>>()
  let refused = 0
  let next = 0
  let over = false
  const ask = async (due: number) => {
    const body = target.bodies[next++ % target.bodies.length] ?? ''
    const headers = { 'content-type': 'application/json', ...(await target.headers()) }
    const answer = await fetch(target.url, { method: 'POST', headers, body }).catch(() => undefined)
    await answer?.arrayBuffer()
    if (!answer?.ok) refused += 1
    times.push(performance.now() - due)
  }
  const round = async () => {
    for (let due = performance.now(); !over; due += 1000 / perSecond) {
      const wait = due - performance.now()
      if (wait > 0) await sleep(wait)
      const one: Promise<void> = ask(due).finally(() => underWay.delete(one))
      underWay.add(one)
    }
    await Promise.all(underWay)
  }
  const running = round()
  return {
    async stop() {
      over = true
      await running
      times.sort((a, b) => a - b)
      const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? Number.NaN).toFixed(1))
      return {
        asked: times.length,
        p50: at(0.5),
        p99: at(0.99),
        worst: Number((times.at(-1) ?? Number.NaN).toFixed(1)),
        refused,
      }
    },
  }
}
