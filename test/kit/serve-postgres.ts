/** A process that joins the server of a data directory, tells which, and leaves it when told to. */
import { startPostgres } from '../../store/embedded/server.ts'

const { pid, shared, url, stop } = await startPostgres({ dataDir: process.argv[2] ?? '' })
process.send?.({ pid, shared, url })
process.once('message', async () => {
  await stop()
  process.disconnect?.()
})
