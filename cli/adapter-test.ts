/** `pamoja adapter test NAME`: the contract suite for one adapter, as the developer of an adapter runs it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { adapters } from '../adapters/registry.ts'
import { HubError } from '../errors.ts'
import { packageFile } from '../schemas/files.ts'

export async function testAdapter(name: string): Promise<number> {
  if (!Object.hasOwn(adapters, name))
    throw new HubError('bad_config', {
      detail: `There is no adapter ${name}. There are: ${Object.keys(adapters).join(', ')}.`,
    })
  const vitest = packageFile('node_modules/vitest/vitest.mjs')
  const suite = spawn(process.execPath, [vitest, 'run', `test/adapters/${name}`], {
    cwd: packageFile('.'),
    stdio: 'inherit',
  })
  const [code] = await once(suite, 'exit')
  return typeof code === 'number' ? code : 1
}
