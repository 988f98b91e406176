/** The operations of openapi.yaml as data: what the API binds, validates and documents. Read once a process. */
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { packageFile } from './files.ts'

export type JsonSchema = { readonly [keyword: string]: unknown }
export type Location = 'path' | 'query' | 'header'
type Parameter = {
  readonly name: string
  readonly in: Location
  readonly required: boolean
  readonly schema: JsonSchema
}
type Media = {
  readonly schema: JsonSchema
  readonly examples: Readonly<Record<string, { readonly value: unknown }>>
}
export type Operation = {
  readonly id: string
  readonly method: 'get' | 'post'
  /** As in the contract: `/v1/beneficiaries/{id}`. */
  readonly path: string
  readonly tag: string
  /** Empty for the operations that need no token. */
  readonly scopes: readonly string[]
  readonly parameters: readonly Parameter[]
  /** By content type; none when the operation takes no body. */
  readonly body: Readonly<Record<string, Media>> | undefined
  /** By status, then by content type. */
  readonly responses: Readonly<Record<string, Readonly<Record<string, Media>>>>
  readonly bodyLimit: { readonly bytes: number; readonly keys: number }
  readonly idempotent: boolean
  /** The mounted library that answers it; undefined when a handler of ours does. */
  readonly servedBy: string | undefined
}

/** Where relative references are resolved. Never fetched: everything lies in the package. */
export const base = 'https://pamoja.invalid/'

type Ref = { readonly $ref: string }
type RawParameter = Omit<Parameter, 'required'> & { readonly required?: boolean }
type RawResponse = { readonly content?: Record<string, Media> }
type RawOperation = {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly security: readonly { readonly oauth2?: readonly string[] }[]
  readonly parameters?: readonly (RawParameter | Ref)[]
  readonly requestBody?: { readonly content: Record<string, Media> }
  readonly responses: Record<string, RawResponse | Ref>
  readonly 'x-body-limit'?: { readonly bytes: number; readonly keys: number }
  readonly 'x-idempotent'?: boolean
  readonly 'x-served-by'?: string
}
type RawPath = {
  readonly parameters?: readonly (RawParameter | Ref)[]
  readonly get?: RawOperation
  readonly post?: RawOperation
}
type Document = {
  readonly openapi: string
  readonly info: JsonSchema
  readonly paths: Record<string, RawPath>
  readonly components: Record<string, Record<string, unknown>>
}

/** Small requests need no more; an operation that does says so with x-body-limit. */
const usualBody = { bytes: 65_536, keys: 5_000 }

export const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const document = once((): Document => parse(readFileSync(packageFile('openapi.yaml'), 'utf8')))

/** Every JSON Schema file by its name: `branch.json`. */
export const schemaFiles = once(
  (): ReadonlyMap<string, JsonSchema> =>
    new Map(
      readdirSync(packageFile('schemas'))
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file) => [file, JSON.parse(readFileSync(packageFile(`schemas/${file}`), 'utf8'))]),
    ),
)

/** Every operation of the contract, in its order. */
export const operations = once((): readonly Operation[] =>
  Object.entries(document().paths).flatMap(([path, item]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const raw = item[method]
      return raw ? [toOperation(path, method, raw, item.parameters ?? [])] : []
    }),
  ),
)

function toOperation(
  path: string,
  method: 'get' | 'post',
  raw: RawOperation,
  shared: readonly (RawParameter | Ref)[],
): Operation {
  const responses = Object.entries(raw.responses).map(([status, response]) => [
    status,
    follow<RawResponse>(response).content ?? {},
  ])
  return {
    id: raw.operationId,
    method,
    path,
    tag: raw.tags[0] ?? '',
    scopes: raw.security.flatMap((scheme) => scheme.oauth2 ?? []),
    parameters: [...shared, ...(raw.parameters ?? [])].map((parameter) => ({
      required: false,
      ...follow<RawParameter>(parameter),
    })),
    body: raw.requestBody?.content,
    responses: Object.fromEntries(responses),
    bodyLimit: raw['x-body-limit'] ?? usualBody,
    idempotent: raw['x-idempotent'] ?? false,
    servedBy: raw['x-served-by'],
  }
}

function follow<T extends object>(node: T | Ref): T {
  if (!('$ref' in node)) return node
  const [, , kind = '', name = ''] = node.$ref.split('/')
  const target = document().components[kind]?.[name]
  if (!target) throw new Error(`openapi.yaml refers to ${node.$ref}, which is not there`)
  return target as T
}

/** The whole contract as one JSON document, with the schema files that it reaches inside under their titles. */
export const contractDocument = once((): JsonSchema => {
  const { components, ...rest } = document()
  const reached = new Set<string>()
  const reach = (node: unknown): void => {
    for (const [, file = ''] of JSON.stringify(node).matchAll(/"\$ref":"(?:schemas\/)?([a-z-]+\.json)"/g)) {
      if (reached.has(file)) continue
      reached.add(file)
      reach(schemaFiles().get(file) ?? {})
    }
  }
  reach(document())
  const inside = [...reached].sort().map((file) => {
    const { $schema: _, ...schema } = schemaFiles().get(file) ?? {}
    return [schema.title, inline(schema)]
  })
  const parts = inline(components) as JsonSchema
  return { ...(inline(rest) as JsonSchema), components: { ...parts, schemas: Object.fromEntries(inside) } }
})

function inline(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(inline)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? inlineRef(value) : inline(value),
    ]),
  )
}

function inlineRef(ref: string): string {
  if (ref.startsWith('#')) return ref
  return `#/components/schemas/${String(schemaFiles().get(ref.replace(/^schemas\//, ''))?.title)}`
}
