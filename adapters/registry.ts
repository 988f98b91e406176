/** The adapters that this build has, by name. An adapter is added by a folder, its contract test and a line here. */
import { canonical } from './canonical/adapter.ts'
import type { AdapterFactory } from './contract.ts'
import { keNssf } from './ke-nssf/adapter.ts'
import { keSha } from './ke-sha/adapter.ts'
import { laLsso } from './la-lsso/adapter.ts'

export const adapters = { canonical, 'ke-nssf': keNssf, 'ke-sha': keSha, 'la-lsso': laLsso } satisfies Record<
  string,
  AdapterFactory
>
