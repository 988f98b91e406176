/** Validation against the contract with ajv 2020-12. Compiled once; a mistake in a schema shows at boot, not at a request. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Reason, SourceRecord } from './contract.ts'
import { base, type JsonSchema, type Location, type Operation, once, operations, schemaFiles } from './operations.ts'
import { toReasons } from './teach.ts'

/** Every reason why a value does not fit; none when it does. */
export type Validate = (value: unknown) => Reason[]

export type OperationValidators = {
  /** By content type. */
  readonly body: ReadonlyMap<string, Validate>
  readonly path: Validate
  readonly query: Validate
  /** Only the headers that the contract names are looked at. */
  readonly header: Validate
  /** By `status content-type`, such as `200 application/json`. Compiled when first asked for: only tests hold answers against them. */
  readonly responses: () => ReadonlyMap<string, Validate>
}

// `$data` stays off: it makes patterns of what was sent. `ownProperties`: a required `toString` is not found on {}.
const ajv = once(() => {
  const made = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: true,
    ownProperties: true,
    verbose: true,
    addUsedSchema: false,
  })
  formats.default(made, ['uuid', 'date', 'date-time'])
  for (const [file, schema] of schemaFiles()) made.addSchema({ ...schema, $id: `${base}schemas/${file}` })
  for (const keyword of ['example', 'x-body-limit']) made.addKeyword(keyword)
  return made
})

function compile(name: string, schema: JsonSchema, at = ''): Validate {
  const check: ValidateFunction = ajv().compile({ ...schema, $id: `${base}${name}` })
  return (value) => (check(value) ? [] : toReasons(check.errors ?? [], at))
}

/** The validators of every operation, by operationId. */
export const validators = once(
  (): ReadonlyMap<string, OperationValidators> =>
    new Map(operations().map((operation) => [operation.id, compileOperation(operation)])),
)

function compileOperation(operation: Operation): OperationValidators {
  const bodies = Object.entries(operation.body ?? {})
  const answers = Object.entries(operation.responses).flatMap(([status, media]) =>
    Object.entries(media).map(([type, { schema }]) => [`${status} ${type}`, schema] as const),
  )
  return {
    body: new Map(bodies.map(([type, { schema }], index) => [type, compile(`${operation.id}.body.${index}`, schema)])),
    path: compileParameters(operation, 'path'),
    query: compileParameters(operation, 'query'),
    header: compileParameters(operation, 'header'),
    responses: once(
      () => new Map(answers.map(([key, schema], index) => [key, compile(`${operation.id}.answer.${index}`, schema)])),
    ),
  }
}

function compileParameters(operation: Operation, location: Location): Validate {
  const here = operation.parameters.filter((parameter) => parameter.in === location)
  const schema = {
    type: 'object',
    required: here.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    properties: Object.fromEntries(here.map((parameter) => [parameter.name, parameter.schema])),
    additionalProperties: false,
  }
  return compile(`${operation.id}.${location}`, schema, location)
}

const sourceRecord = once(() => compile('source-record', { $ref: 'schemas/source-record.json' }))

/** Why a normalised record does not fit the canonical schema; nothing when it does. */
export const validateSourceRecord = (record: SourceRecord): Reason[] => sourceRecord()(record)

const settings = once(() => compile('settings', { $ref: 'schemas/settings.json' }))

/** Why a settings file does not fit; nothing when it does. */
export const validateSettings = (value: unknown): Reason[] => settings()(value)
