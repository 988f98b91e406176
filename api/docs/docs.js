// Shows /openapi.json, and sends requests to try. Text goes in as text: nothing of the contract is taken for markup.
const main = document.getElementById('main')
const index = document.getElementById('index')

/** An element with attributes and children; a string is text. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on') for (const [event, run] of Object.entries(value)) made.addEventListener(event, run)
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value)
  }
  made.append(...children.filter((child) => child !== undefined && child !== false))
  return made
}
const code = (text) => el('code', {}, text)
const pretty = (value) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

let contract
const follow = (node) => {
  let found = node
  while (found?.$ref)
    found = found.$ref
      .slice(2)
      .split('/')
      .reduce((at, key) => at?.[key], contract)
  return found ?? {}
}
const nameOf = (schema) => schema?.$ref?.split('/').at(-1)

/** How a schema reads in one line: `list of Identifier`, `text`, `Month`. */
function kind(schema) {
  const name = nameOf(schema)
  if (name) return el('a', { href: `#schema-${name}` }, name)
  if (schema.enum) return `one of ${schema.enum.join(', ')}`
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.oneOf)
    return el('span', {}, ...schema.oneOf.flatMap((one, at) => (at ? [' or ', kind(one)] : [kind(one)])))
  if (schema.type === 'array') return el('span', {}, 'list of ', kind(schema.items ?? {}))
  return [schema.type ?? 'anything'].flat().join(' or ')
}
const bounds = {
  pattern: 'form',
  minLength: 'at least',
  maxLength: 'at most',
  minimum: 'from',
  maximum: 'to',
  maxItems: 'at most',
}
const limits = (schema) =>
  Object.entries(bounds)
    .filter(([key]) => schema[key] !== undefined && Math.abs(schema[key]) !== Number.MAX_SAFE_INTEGER)
    .map(([key, word]) => `${word} ${schema[key]}`)
    .join(', ')

function properties(schema, prefix = '') {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const required = schema.required?.includes(name)
    const inner = property.properties ? property : property.items?.properties ? property.items : undefined
    const about = property.description ?? follow(property).description ?? ''
    return [
      el(
        'tr',
        {},
        el('td', {}, el('span', { class: required ? 'required' : '' }, code(prefix + name))),
        el('td', {}, kind(property)),
        el('td', {}, about, limits(property) && el('div', { class: 'muted' }, limits(property))),
      ),
      ...(inner ? properties(inner, `${prefix}${name}${property.items ? '[]' : ''}.`) : []),
    ]
  })
}
const table = (...rows) => el('table', {}, el('tbody', {}, ...rows))

function showSchema(name, schema) {
  const rows = properties(schema)
  return el(
    'article',
    { id: `schema-${name}` },
    el('h3', {}, name),
    el('p', {}, schema.description ?? ''),
    rows.length > 0 ? table(...rows) : el('p', {}, kind(schema), ' ', el('span', { class: 'muted' }, limits(schema))),
  )
}

const examplesOf = (media) => Object.entries(media?.examples ?? {}).map(([name, { value }]) => [name, value])

function showContent(content = {}) {
  return Object.entries(content).flatMap(([type, media]) => [
    el('p', {}, code(type), ' ', media.schema ? kind(media.schema) : ''),
    ...examplesOf(media).map(([name, value]) =>
      el('details', {}, el('summary', {}, name), el('pre', { tabindex: '0' }, pretty(value))),
    ),
  ])
}

function showOperation(path, method, operation, shared) {
  const parameters = [...shared, ...(operation.parameters ?? [])].map(follow)
  const body = operation.requestBody?.content
  const scopes = operation.security?.flatMap((one) => one.oauth2 ?? []) ?? []
  const rows = parameters.map((one) =>
    el(
      'tr',
      {},
      el(
        'td',
        {},
        el('span', { class: one.required ? 'required' : '' }, code(one.name)),
        el('div', { class: 'muted' }, one.in),
      ),
      el('td', {}, kind(one.schema)),
      el('td', {}, one.description ?? ''),
    ),
  )
  const responses = Object.entries(operation.responses).map(([status, response]) => {
    const found = follow(response)
    return el('details', {}, el('summary', {}, `${status} ${found.description}`), ...showContent(found.content))
  })
  return el(
    'article',
    { id: operation.operationId },
    el('h3', {}, operation.summary),
    el(
      'p',
      { class: 'route' },
      el('span', { class: `method ${method}` }, method),
      code(path),
      el('span', { class: 'muted' }, scopes.join(' ')),
    ),
    operation.description && el('p', {}, operation.description),
    rows.length > 0 && el('details', {}, el('summary', {}, 'Parameters'), table(...rows)),
    body && el('details', {}, el('summary', {}, 'Body'), ...showContent(body)),
    ...responses,
    el('details', {}, el('summary', {}, 'Try it'), tryForm(path, method, operation, parameters, body)),
  )
}

/** The token lives in this page only: it is gone when the page is. */
const token = el('input', { type: 'password', autocomplete: 'off', placeholder: 'npx pamoja token' })

function tryForm(path, method, operation, parameters, body) {
  const inputs = parameters.map((one) => [
    one,
    el('input', { required: one.required, maxlength: '400', placeholder: one.example ?? '' }),
  ])
  for (const [one, input] of inputs) if (one.name === 'Idempotency-Key') input.value = crypto.randomUUID?.() ?? ''
  const [type = 'application/json', media] = Object.entries(body ?? {})[0] ?? []
  const text = body && el('textarea', { spellcheck: 'false', 'aria-label': 'Body' })
  if (text) text.value = pretty(examplesOf(media)[0]?.[1] ?? {})
  const answer = el('pre', { hidden: true, 'aria-live': 'polite', tabindex: '0' })
  const send = async (event) => {
    event.preventDefault()
    answer.hidden = false
    answer.textContent = '…'
    answer.textContent = await tried(path, method, operation, inputs, text?.value, type).catch((reason) =>
      String(reason),
    )
  }
  return el(
    'form',
    { on: { submit: send } },
    ...inputs.map(([one, input]) =>
      el('label', {}, el('span', { class: one.required ? 'required' : '' }, `${one.name} (${one.in})`), input),
    ),
    text && el('label', {}, 'Body', text),
    el('button', {}, 'Send'),
    answer,
  )
}

async function tried(path, method, operation, inputs, text, type) {
  const given = inputs.filter(([, input]) => input.value !== '')
  const where = (place) => given.filter(([one]) => one.in === place).map(([one, input]) => [one.name, input.value])
  const url = where('path').reduce((at, [name, value]) => at.replace(`{${name}}`, encodeURIComponent(value)), path)
  const query = new URLSearchParams(where('query'))
  const headers = new Headers(where('header'))
  if (token.value && operation.security?.length) headers.set('Authorization', `Bearer ${token.value.trim()}`)
  if (text !== undefined) headers.set('Content-Type', type)
  const form = type === 'application/x-www-form-urlencoded' && text !== undefined
  const sent = form ? new URLSearchParams(JSON.parse(text)) : text
  const response = await fetch(query.size > 0 ? `${url}?${query}` : url, {
    method: method.toUpperCase(),
    headers,
    body: sent,
  })
  const received = await response.text()
  const json = /json/.test(response.headers.get('content-type') ?? '')
  return `${response.status} ${response.statusText}\n\n${json ? pretty(JSON.parse(received)) : received}`
}

function show() {
  const operations = Object.entries(contract.paths).flatMap(([path, item]) =>
    ['get', 'post']
      .filter((method) => item[method])
      .map((method) => ({ path, method, operation: item[method], shared: item.parameters ?? [] })),
  )
  const parts = [
    el('h1', {}, contract.info.title, ' ', el('small', { class: 'muted' }, contract.info.version)),
    el('p', {}, contract.info.description ?? ''),
    el('p', {}, el('a', { href: '/openapi.json' }, '/openapi.json')),
    el('label', { class: 'token' }, 'Access token, for trying', token),
  ]
  for (const tag of contract.tags) {
    const here = operations.filter(({ operation }) => operation.tags.includes(tag.name))
    parts.push(el('h2', {}, tag.name), el('p', {}, tag.description))
    parts.push(...here.map(({ path, method, operation, shared }) => showOperation(path, method, operation, shared)))
    const links = here.map(({ operation }) =>
      el('li', {}, el('a', { href: `#${operation.operationId}` }, operation.summary)),
    )
    index.append(el('strong', {}, tag.name), el('ul', {}, ...links))
  }
  const schemas = Object.entries(contract.components.schemas).sort(([a], [b]) => a.localeCompare(b))
  parts.push(el('h2', { id: 'schemas' }, 'Schemas'), ...schemas.map(([name, schema]) => showSchema(name, schema)))
  index.append(el('a', { href: '#schemas' }, 'Schemas'))
  main.replaceChildren(...parts)
  // The place in the address existed only in the page that has just been written.
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

try {
  const response = await fetch('/openapi.json')
  if (!response.ok) throw new Error(`${response.status}`)
  contract = await response.json()
  show()
} catch (reason) {
  document.getElementById('state').textContent = `The contract could not be read (${reason}). It is at /openapi.json.`
}
