/** Listening and closing. */
import { expect, test } from 'vitest'
import { listen } from '../../api/server.ts'
import { makeKit } from './kit.ts'

test('lets a running request finish when it is closed', async () => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  const slow = await makeKit((core) => ({ registries: () => held.then(core.registries) }))
  const server = await listen(slow.app, { host: '127.0.0.1', port: 0 })
  const running = fetch(`http://127.0.0.1:${server.port}/v1/registries`, {
    headers: { authorization: `Bearer ${await slow.token()}` },
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  const closed = server.close()
  release()
  expect((await running).status).toBe(200)
  await closed
  await expect(fetch(`http://127.0.0.1:${server.port}/healthz`)).rejects.toThrow()
})

test('a taken port is an error, not a hub that nobody reaches', async () => {
  const { app } = await makeKit()
  const first = await listen(app, { host: '127.0.0.1', port: 0 })
  await expect(listen(app, { host: '127.0.0.1', port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await first.close()
})
