/** The contract as served: readable, whole, and from nowhere else. */
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Kit, makeKit } from './kit.ts'

let kit: Kit
beforeAll(async () => {
  kit = await makeKit()
})

describe('the readable contract', () => {
  test('needs nothing from elsewhere, and its policy lets nothing in', async () => {
    const [page, style, script] = await Promise.all(
      ['/docs', '/docs/docs.css', '/docs/docs.js'].map((path) => request(kit.app).get(path)),
    )
    expect(page?.headers['content-security-policy']).toContain("default-src 'none'")
    for (const { text = '' } of [page, style, script].filter((one) => one !== undefined))
      expect(text).not.toMatch(/https?:\/\/|@import|\son\w+=/)
    expect(page?.text).not.toMatch(/<style|style=|<script>/)
    expect(script?.type).toBe('text/javascript')
    expect((await request(kit.app).get('/docs/..%2fapp.ts')).status).toBe(400)
  })

  test('the contract served holds every schema and refers to nothing outside itself', async () => {
    const { body } = await request(kit.app).get('/openapi.json')
    const refs = JSON.stringify(body).match(/"\$ref":"[^"]+"/g) ?? []
    expect(refs.length).toBeGreaterThan(100)
    for (const ref of new Set(refs)) {
      const pointer = JSON.parse(`{${ref}}`).$ref as string
      expect(pointer.startsWith('#/')).toBe(true)
      const found = pointer
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], body)
      expect(found, pointer).toBeDefined()
    }
  })
})
