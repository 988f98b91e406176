/** Turns ajv's errors into reasons that teach: where, which rule, what would be right. Never what was sent. */
import type { ErrorObject } from 'ajv'
import type { Reason } from './contract.ts'

/** A request with more faults than this is not going to be read fault by fault. */
const most = 100

type Schema = { readonly [keyword: string]: unknown }

/**
 * At most 100 reasons, in the order of the document. `at` stands before each pointer: nothing for a body, `query` and the
 * like for parameters, so that `query/limit` is not taken for a property of the body.
 */
export function toReasons(errors: readonly ErrorObject[], at = ''): Reason[] {
  // Inside a choice each branch complains; the choice itself says it better.
  const choices = errors.filter((error) => error.keyword === 'anyOf' || error.keyword === 'oneOf')
  const inChoice = (error: ErrorObject) =>
    choices.some((choice) => error !== choice && error.schemaPath.startsWith(`${choice.schemaPath}/`))
  const reasons = errors
    .filter((error) => error.keyword !== 'if' && !inChoice(error))
    .map((error) => toReason(error, at))
  const seen = new Set<string>()
  const fresh = (reason: Reason) => {
    const key = `${reason.pointer} ${reason.message}`
    return !seen.has(key) && seen.add(key)
  }
  return reasons.filter(fresh).slice(0, most)
}

function toReason(error: ErrorObject, at: string): Reason {
  const schema: Schema = error.parentSchema ?? {}
  const write = messages[error.keyword]
  return {
    pointer: shownPointer(at + error.instancePath + named(error)),
    rule: error.keyword,
    message: cut(write ? write(error, schema) : `This breaks the rule "${error.keyword}".${about(schema)}`, 400),
  }
}

/** The field that is missing, or should not be there, within the object that ajv points at. */
function named({ keyword, params }: ErrorObject): string {
  if (keyword === 'required') return `/${String(params.missingProperty)}`
  if (keyword === 'additionalProperties' && isPlain(params.additionalProperty)) return `/${params.additionalProperty}`
  return ''
}

/** A name that the sender chose and that may be repeated. */
const isPlain = (name: unknown): name is string => typeof name === 'string' && /^[\w-]{1,60}$/.test(name)

/** Pointers run through names that the sender chose; a name that is no plain heading is not repeated. */
export function shownPointer(pointer: string): string {
  const parts = pointer.split('/')
  return cut(
    parts.map((part) => (/^[\p{L}\p{M}\p{N}_ .,~()'#&%+-]{0,60}$/u.test(part) ? part : '(name)')).join('/'),
    200,
  )
}

const cut = (text: string, length: number) => (text.length <= length ? text : `${text.slice(0, length - 1)}…`)

const about = (schema: Schema) => (typeof schema.description === 'string' ? ` ${schema.description}` : '')

const names: Record<string, string> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
}
const formats: Record<string, string> = {
  uuid: 'a UUID such as 0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f',
  'date-time': 'a moment such as 2026-11-22T20:30:00Z',
}
const plural = (count: unknown, word: string) => `${String(count)} ${word}${count === 1 ? '' : 's'}`

const messages: Record<string, (error: ErrorObject, schema: Schema) => string> = {
  required: ({ params }) => `${String(params.missingProperty)} is missing.`,
  additionalProperties: ({ params }, schema) => {
    const known = typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : []
    const name: unknown = params.additionalProperty
    const what = isPlain(name) ? name : 'One of the names'
    return `${what} is not part of the contract. ${known.length > 0 ? `Known here: ${known.join(', ')}.` : 'Nothing is expected here.'}`
  },
  type: ({ params }, schema) => {
    const types: unknown[] = [params.type].flat()
    return `Write ${types.map((type) => names[String(type)] ?? String(type)).join(' or ')}.${about(schema)}`
  },
  enum: ({ params }) => `Write one of: ${(params.allowedValues as readonly unknown[]).map(String).join(', ')}.`,
  const: ({ params }) => `Write ${JSON.stringify(params.allowedValue)}.`,
  pattern: ({ params }, schema) =>
    `This does not have the expected form.${about(schema)} Form: ${String(params.pattern)}`,
  format: ({ params }) => `Write ${formats[String(params.format)] ?? String(params.format)}.`,
  minLength: ({ params }) => `Write at least ${plural(params.limit, 'character')}.`,
  maxLength: ({ params }) => `Write at most ${plural(params.limit, 'character')}.`,
  minimum: ({ params }) => `The smallest allowed value is ${String(params.limit)}.`,
  maximum: ({ params }) => `The greatest allowed value is ${String(params.limit)}.`,
  minItems: ({ params }) => `Send at least ${plural(params.limit, 'item')}.`,
  maxItems: ({ params }) => `Send at most ${plural(params.limit, 'item')}.`,
  minProperties: ({ params }) => `Send at least ${plural(params.limit, 'field')}.`,
  maxProperties: ({ params }) => `Send at most ${plural(params.limit, 'field')}.`,
  propertyNames: () => 'A name of a field is too long.',
  anyOf: ({ schema }) => {
    const choices = Array.isArray(schema)
      ? schema.flatMap((choice: Schema) => (Array.isArray(choice.required) ? choice.required : []))
      : []
    return choices.length > 0 ? `Give at least one of: ${choices.join(', ')}.` : 'This fits none of the allowed shapes.'
  },
  oneOf: () => 'This fits none of the allowed shapes, or more than one.',
}
