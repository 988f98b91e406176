/** Registries: pushes, syncs, rejections. From the contract's words to the core's, and back. */
import { type Answering, accepted, type Handlers, ok } from '../handler.ts'

export const registryHandlers = (core: Answering) =>
  ({
    listRegistries: async () => ok({ items: await core.registries() }),
    getRegistry: async ({ path }) => ok(await core.registry(path.registry)),
    pushRecords: async ({ path, body, client }) => ok(await core.pushRecords(path.registry, body, { client })),
    startSync: async ({ path, client }) => {
      const run = await core.startSync(path.registry, { client })
      return { ...accepted(run), headers: { Location: `/v1/registries/${run.registry}/syncs/${run.id}` } }
    },
    listSyncRuns: async ({ path, query }) => ok(await core.syncRuns(path.registry, query)),
    getSyncRun: async ({ path }) => ok(await core.syncRun(path.registry, path.run)),
    listRejections: async ({ path, query }) => ok(await core.rejections(path.registry, query)),
    replayRejection: async ({ path, client }) =>
      ok(await core.replayRejection(path.registry, path.rejection, { client })),
    replayRejections: async ({ path, client }) => ok(await core.replayRejections(path.registry, { client })),
  }) satisfies Partial<Handlers>
