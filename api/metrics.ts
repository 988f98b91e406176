/** Counters and times for Prometheus. Labels are operation ids and statuses: nothing that a caller chose. */
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

export type Metrics = {
  /** One answered request. `operation` is an operationId, or `none` where no operation was met. */
  readonly answered: (operation: string, status: number, seconds: number) => void
  readonly text: () => Promise<string>
}

export type MetricsOptions = {
  /** Also measure the process: memory, event loop, garbage collection. Once a process. */
  readonly process?: boolean
}

export function makeMetrics({ process = false }: MetricsOptions = {}): Metrics {
  const registry = new Registry()
  if (process) collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'pamoja_http_request_duration_seconds',
    help: 'Time to answer a request.',
    labelNames: ['operation', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  return {
    answered: (operation, status, time) => seconds.observe({ operation, status }, time),
    text: () => registry.metrics(),
  }
}
