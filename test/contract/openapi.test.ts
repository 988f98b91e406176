/** Rules of the contract that a linter does not know. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { statuses } from '../../api/problem.ts'
import { catalogue } from '../../errors.ts'
import { packageFile } from '../../schemas/files.ts'
import { contractDocument, type JsonSchema, type Operation, operations, schemaFiles } from '../../schemas/operations.ts'
import { validators } from '../../schemas/validate.ts'

const table = operations().map((operation) => [operation.id, operation] as const)
const files = [...schemaFiles()]

/** Operations that need no token: they show no registry and no person. */
const open = [
  'getIssuerMetadata',
  'issueToken',
  'getTokenKeys',
  'getHealth',
  'getReadiness',
  'getMetrics',
  'getContract',
  'getDocs',
  'getDocsAsset',
  'getProblemType',
]
/** Writes that are safe to repeat because they only ask. */
const asking = ['lookupBeneficiary', 'searchBeneficiaries', 'matchRecord', 'explainPair', 'issueToken']

type Document = { paths: Record<string, Record<string, { summary?: string; tags?: string[] }>> }

describe.each(table)('%s', (id, operation: Operation) => {
  test('has a summary without a full stop, one known tag, and an id that is a verb with an object', () => {
    const raw = (contractDocument() as Document).paths[operation.path]?.[operation.method]
    expect(raw?.summary).toMatch(/^[A-Z].{5,60}[^.]$/)
    expect(raw?.tags).toHaveLength(1)
    expect(id).toMatch(
      /^(get|list|lookup|search|push|start|replay|issue|decide|withdraw|merge|split|match|explain|transition|note|assign|create|update|redeliver)[A-Z]/,
    )
  })

  test('asks for a scope unless it is one of the open ones', () => {
    expect(operation.scopes.length === 0).toBe(open.includes(id))
    if (operation.path.startsWith('/v1/')) expect(operation.scopes).toHaveLength(1)
  })

  test('documents its problems as problems', () => {
    const failures = Object.entries(operation.responses).filter(([status]) => status >= '400')
    expect(failures.length).toBeGreaterThan(0)
    const plain = operation.servedBy !== undefined || id === 'getReadiness'
    for (const [status, media] of failures)
      if (!plain) expect(Object.keys(media), status).toEqual(['application/problem+json'])
    if (operation.scopes.length > 0)
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(['400', '401', '403', '406', '500', '503']),
      )
    if (operation.body && operation.servedBy === undefined)
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['413', '415']))
  })

  test('needs an Idempotency-Key exactly when it writes', () => {
    const writes = operation.method === 'post' && !asking.includes(id)
    expect(operation.idempotent).toBe(writes)
    expect(operation.parameters.some((parameter) => parameter.name === 'Idempotency-Key' && parameter.required)).toBe(
      writes,
    )
  })

  test('asks for the purpose exactly when it is about people, or about what is said of them', () => {
    const purpose = operation.parameters.find((parameter) => parameter.name === 'Pamoja-Purpose')
    expect(purpose?.required ?? false).toBe(
      ['beneficiaries', 'matching', 'reconciliation', 'events'].includes(operation.tag),
    )
  })

  test('keeps what names a person out of paths and queries', () => {
    for (const { name, in: where, schema } of operation.parameters.filter((parameter) => parameter.in !== 'header')) {
      expect(
        [
          'id',
          'registry',
          'run',
          'rejection',
          'review',
          'decision',
          'finding',
          'subscription',
          'delivery',
          'asset',
          'code',
          'cursor',
          'limit',
          'from',
          'to',
          'state',
          'kind',
          'format',
          'audience',
          'change',
          'rule',
          'severity',
          'region',
          'mine',
          'overdue',
          'person',
        ],
        `${where} ${name}`,
      ).toContain(name)
      if (['id', 'person', 'finding'].includes(name)) expect(schema).toEqual({ $ref: 'schemas/uuid.json' })
    }
  })

  test('has examples that fit, for the body and for every answer', () => {
    const check = validators().get(id)
    for (const [type, { examples }] of Object.entries(operation.body ?? {})) {
      expect(Object.keys(examples).length).toBeGreaterThan(0)
      for (const { value } of Object.values(examples)) expect(check?.body.get(type)?.(value)).toEqual([])
    }
    for (const [status, media] of Object.entries(operation.responses)) {
      for (const [type, { examples }] of Object.entries(media)) {
        expect(Object.keys(examples ?? {}).length, `${status} ${type}`).toBeGreaterThan(0)
        for (const { value } of Object.values(examples))
          expect(check?.responses().get(`${status} ${type}`)?.(value)).toEqual([])
      }
    }
  })

  test('has bounded parameters and inline schemas', () => {
    const schemas = [
      ...operation.parameters.map((parameter) => parameter.schema),
      ...Object.values(operation.responses).flatMap((media) => Object.values(media).map(({ schema }) => schema)),
    ]
    for (const schema of schemas) expect(faults(schema, id)).toEqual([])
  })
})

/** Every place in a schema that is unbounded, open or undescribed. */
function faults(schema: JsonSchema, at: string): string[] {
  if (typeof schema.$ref === 'string') return []
  const types = [schema.type].flat()
  const found: string[] = []
  const need = (condition: boolean, what: string) => void (condition || found.push(`${at}: ${what}`))
  const choice = schema.enum !== undefined || schema.const !== undefined
  if (types.includes('string')) need(choice || typeof schema.maxLength === 'number', 'a text without maxLength')
  if (types.includes('array')) need(typeof schema.maxItems === 'number', 'a list without maxItems')
  if (types.includes('integer'))
    need(typeof schema.minimum === 'number' && typeof schema.maximum === 'number', 'a number without limits')
  if (types.includes('object'))
    need(
      schema.additionalProperties === false || typeof schema.maxProperties === 'number',
      'an object that is neither closed nor limited',
    )
  for (const keyword of ['$defs', 'definitions', 'default', '$data', 'nullable', 'uniqueItems'])
    need(!(keyword in schema), `uses ${keyword}`)
  for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    need(name.length <= 40, `the name ${name} is long`)
    need(typeof describe_(property) === 'string', `${name} has no description`)
    found.push(...faults(property, `${at}/${name}`))
  }
  if (typeof schema.items === 'object') found.push(...faults(schema.items as JsonSchema, `${at}[]`))
  if (typeof schema.additionalProperties === 'object')
    found.push(...faults(schema.additionalProperties as JsonSchema, `${at}/*`))
  return found
}

/** Its own description, or that of the file it refers to. */
const describe_ = (property: JsonSchema) =>
  property.description ??
  (typeof property.$ref === 'string' ? schemaFiles().get(property.$ref)?.description : undefined)

describe('the schema files', () => {
  test.each(files)('%s: one definition, named as its file, described and bounded', (file, schema) => {
    const title = file
      .replace('.json', '')
      .split('-')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('')
    expect(schema.title).toBe(title)
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(schema.description).toMatch(/^[A-Za-z].{10,}\.$/)
    // hub.yaml is filled up with defaults; a request never is: what was not sent was not said.
    const found = faults(schema, file).filter((fault) => file !== 'settings.json' || !fault.endsWith('uses default'))
    expect(found).toEqual([])
  })

  // A closed object cannot be extended by reference, so these repeat the canonical properties and must not drift.
  test.each([
    ['name', ['registry'], []],
    ['death', ['registry'], []],
    ['address', ['registry'], []],
    ['identifier', ['registries'], []],
    ['enrolment', ['registry', 'asOf'], []],
    ['contribution', ['registry', 'asOf'], ['reference']],
    ['benefit', ['registry', 'asOf'], ['entitled', 'reference', 'from', 'until', 'eventOn']],
  ])(
    'beneficiary-%s is the canonical one with its source, less what is stated for reconciliation alone',
    (name, more, less) => {
      type Closed = { properties: Record<string, unknown>; required: string[] }
      const [canonical, shown] = [`${name}.json`, `beneficiary-${name}.json`].map(
        (file) => schemaFiles().get(file) as unknown as Closed,
      )
      const { properties = {}, required = [] } = canonical ?? {}
      expect(
        Object.fromEntries(Object.entries(shown?.properties ?? {}).filter(([key]) => !more.includes(key))),
      ).toEqual(Object.fromEntries(Object.entries(properties).filter(([key]) => !less.includes(key))))
      expect(shown?.required).toEqual([...required, ...more])
    },
  )

  test('no pattern repeats what repeats already, and long hostile texts are simply refused', () => {
    const patterns = files.flatMap(([file, schema]) =>
      [...JSON.stringify(schema).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) => [
        file,
        JSON.parse(text) as string,
      ]),
    )
    const inline = [...readFileSync(packageFile('openapi.yaml'), 'utf8').matchAll(/pattern: '([^']+)'/g)].map(
      ([, text = '']) => ['openapi.yaml', text],
    )
    expect(patterns.length).toBeGreaterThan(8)
    for (const [file, pattern = ''] of [...patterns, ...inline]) {
      // The shape behind exponential patterns: a repeated group that begins with a class and ends with a repeat.
      expect(/\((\?:)?[[.\\][^()]*[+*]\)[+*]/.test(pattern), `${file} ${pattern}`).toBe(false)
      const regex = new RegExp(pattern, 'u')
      for (const piece of ['a', '0', '-', ' ', '/', 'a-', '1 ', '0-0'])
        expect(regex.test(`${piece.repeat(5_000)}\u0001`)).toBe(false)
    }
  })
})

describe('problems', () => {
  test('the codes of the contract are the codes of the catalogue', () => {
    expect(schemaFiles().get('error-code.json')?.enum).toEqual(Object.keys(catalogue))
  })

  test('every code has a status that RFC 9110 gives that meaning', () => {
    for (const [code, status] of Object.entries(statuses)) expect(status, code).toBeGreaterThanOrEqual(400)
    expect(Object.keys(statuses).sort()).toEqual(Object.keys(catalogue).sort())
  })
})

describe('generated types', () => {
  test('are marked, and the same for the hub and the SDK but for readonly, which openapi-fetch cannot read', () => {
    const [hub, sdk] = ['schemas/contract.ts', 'sdk/contract.ts'].map((file) => readFileSync(packageFile(file), 'utf8'))
    expect(hub).toMatch(/^\/\*\*\n \* This file was auto-generated by openapi-typescript/)
    expect(sdk).toBe(hub?.replaceAll('readonly ', ''))
  })
})
