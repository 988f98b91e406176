/** Listens. Slow senders are cut off, and closing lets running requests finish. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Listening = { readonly host: string; readonly port: number; close(): Promise<void> }

/** How long running requests may take after the last call, in milliseconds. */
const lastCallMs = 10_000

/** `port` 0 takes any free port. Rejects when the port is taken. */
export function listen(app: RequestListener, { host, port }: { host: string; port: number }): Promise<Listening> {
  // A body has 15 s to arrive, headers 5 s; a quiet connection is kept a little longer than a proxy in front keeps it.
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 15_000, keepAliveTimeout: 65_000 }, app)
  const close = () =>
    new Promise<void>((resolve) => {
      const cut = setTimeout(() => server.closeAllConnections(), lastCallMs)
      // A kept connection falls idle when its last request is done; nobody else would close it then.
      const sweep = setInterval(() => server.closeIdleConnections(), 50)
      server.close(() => {
        clearTimeout(cut)
        clearInterval(sweep)
        resolve()
      })
    })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve({ host, port: (server.address() as AddressInfo).port, close })
    })
  })
}
