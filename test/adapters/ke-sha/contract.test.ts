import { join } from 'node:path'
import { keSha } from '../../../adapters/ke-sha/adapter.ts'
import { adapterContract, readFixtures } from '../../contract/adapter.ts'
import { access, makeSource, settingsFor } from './source.ts'

adapterContract({
  name: 'ke-sha',
  make: (source) => makeSource({ poisoned: source === 'poisoned' }),
  fixtures: readFixtures(join(import.meta.dirname, 'fixtures')),
  failures: [
    {
      name: 'the password is wrong',
      make: () => makeSource({ options: { password: 'another-password' } }),
      recovery: 'stop',
    },
    {
      name: 'the service is down for longer than a breath',
      make: async () => {
        const source = await makeSource()
        source.server.failNext(503, 1000)
        return source
      },
      recovery: 'retry',
    },
    {
      name: 'the service asks us to wait',
      make: () => makeSource({ server: { perSecond: 3 } }),
      recovery: 'retry',
    },
    {
      name: 'nobody listens at the address',
      make: async () => {
        const source = await makeSource()
        await source.server.close()
        return source
      },
      recovery: 'retry',
    },
    {
      name: 'the inbox does not exist',
      make: async () => ({
        adapter: keSha(settingsFor({}, join(import.meta.dirname, 'no-such-folder'))),
        close: async () => {},
      }),
      recovery: 'stop',
    },
  ],
  secrets: [access.key, access.username, access.password, 'another-password', 'Kamau', 'Grace', '99000001', '9.93E+08'],
})
