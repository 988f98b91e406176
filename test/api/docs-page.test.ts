/** The script of /docs, run on a document of its own: it must show the whole contract and send what the forms say. */

import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { beforeEach, describe, expect, test } from 'vitest'
import { packageFile } from '../../schemas/files.ts'
import { contractDocument, operations, schemaFiles } from '../../schemas/operations.ts'

type Child = Element | string
type Listener = (event: { preventDefault(): void }) => Promise<void>

/** As much of a DOM element as the script uses. */
class Element {
  readonly attributes = new Map<string, string>()
  readonly listeners = new Map<string, Listener>()
  readonly name: string
  children: Child[] = []
  value = ''
  hidden = false
  constructor(name: string) {
    this.name = name
  }
  setAttribute(key: string, value: string) {
    this.attributes.set(key, String(value))
  }
  addEventListener(event: string, run: Listener) {
    this.listeners.set(event, run)
  }
  append(...children: Child[]) {
    this.children.push(...children)
  }
  replaceChildren(...children: Child[]) {
    this.children = children
  }
  scrollIntoView() {}
  get textContent(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.textContent)).join('')
  }
  set textContent(text: string) {
    this.children = [text]
  }
  *all(): Generator<Element> {
    yield this
    for (const child of this.children) if (typeof child !== 'string') yield* child.all()
  }
}

const places = new Map<string, Element>()
const sent: { url: string; init: RequestInit }[] = []

beforeEach(async () => {
  places.clear()
  sent.length = 0
  for (const id of ['main', 'index', 'state']) places.set(id, new Element('div'))
  const fetchOf = async (url: string, init: RequestInit = {}) => {
    if (url === '/openapi.json') return Response.json(contractDocument())
    sent.push({ url, init })
    return Response.json({ outcome: 'none' })
  }
  const script = readFileSync(packageFile('api/docs/docs.js'), 'utf8')
  const world = {
    document: { createElement: (name: string) => new Element(name), getElementById: (id: string) => places.get(id) },
    location: { hash: '' },
    fetch: fetchOf,
    Headers,
    URLSearchParams,
    crypto,
  }
  await runInNewContext(`(async () => {${script}\n})()`, world)
})

const main = () => places.get('main') ?? new Element('none')
const byId = (id: string) => [...main().all()].find((element) => element.attributes.get('id') === id)
const input = (form: Element | undefined, label: string) =>
  [...(form?.all() ?? [])]
    .find((element) => element.name === 'label' && element.textContent.startsWith(label))
    ?.children.find((child) => typeof child !== 'string' && ['input', 'textarea'].includes(child.name)) as
    | Element
    | undefined

describe('the page', () => {
  test('shows every operation with its path, and links to it', () => {
    for (const { id, path } of operations()) expect(byId(id)?.textContent, id).toContain(path)
    const links = [...(places.get('index')?.all() ?? [])].map((element) => element.attributes.get('href'))
    expect(links).toEqual(expect.arrayContaining(operations().map(({ id }) => `#${id}`)))
  })

  test('shows every schema of the contract, and links to none that is not there', () => {
    const shown = Object.keys((contractDocument() as { components: { schemas: object } }).components.schemas)
    expect(shown.length).toBeGreaterThan(60)
    for (const name of shown) expect(byId(`schema-${name}`), name).toBeDefined()
    const links = [...main().all()]
      .map((element) => element.attributes.get('href'))
      .filter((href) => href?.startsWith('#schema-'))
    for (const href of new Set(links)) expect(byId(href?.slice(1) ?? ''), href).toBeDefined()
    expect(byId('schema-Settings')).toBeUndefined()
    expect(schemaFiles().has('settings.json')).toBe(true)
  })

  test('sends what a form says, with the token, and shows the answer', async () => {
    const form = [...(byId('lookupBeneficiary')?.all() ?? [])].find((element) => element.name === 'form')
    const token = [...main().all()].find((element) => element.attributes.get('type') === 'password')
    const purpose = input(form, 'Pamoja-Purpose')
    if (!form || !token || !purpose) return expect.unreachable()
    token.value = 'abc'
    expect(purpose.attributes.get('placeholder')).toBe('coverage-check')
    purpose.value = 'clinic-visit'
    await form.listeners.get('submit')?.({ preventDefault: () => undefined })
    const [{ url, init } = { url: '', init: {} as RequestInit }] = sent
    const headers = new Headers(init.headers)
    expect([url, init.method, headers.get('authorization'), headers.get('pamoja-purpose')]).toEqual([
      '/v1/beneficiaries/lookup',
      'POST',
      'Bearer abc',
      'clinic-visit',
    ])
    expect(JSON.parse(String(init.body))).toMatchObject({ identifier: { type: 'national-id' } })
    expect(form.textContent).toContain('"outcome": "none"')
  })

  test('puts parameters where they belong', async () => {
    const form = [...(byId('listBeneficiaryContributions')?.all() ?? [])].find((element) => element.name === 'form')
    for (const [label, value] of [
      ['id', 'a/b'],
      ['from', '2026-01'],
      ['limit', '5'],
    ] as const) {
      const found = input(form, `${label} (`)
      if (found) found.value = value
    }
    await form?.listeners.get('submit')?.({ preventDefault: () => undefined })
    expect(sent[0]?.url).toBe('/v1/beneficiaries/a%2Fb/contributions?from=2026-01&limit=5')
  })
})
