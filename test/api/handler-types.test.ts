/** The compiler as a test: mistakes in a handler that must not compile. */
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { packageFile } from '../../schemas/files.ts'

const health = `getHealth: async () => ok({ status: 'ok' })`
const cases: { name: string; handlers: string; kind?: 'Partial' | 'whole'; complaint: RegExp | undefined }[] = [
  { name: 'a handler as documented', handlers: health, complaint: undefined },
  {
    name: 'a missing handler',
    handlers: health,
    kind: 'whole',
    complaint: /missing the following properties from type 'Handlers': .* and \d+ more/,
  },
  {
    name: 'an operation that is not in the contract',
    handlers: `getWealth: async () => ok({})`,
    complaint: /'getWealth' does not exist/,
  },
  {
    name: 'a status that is not documented',
    handlers: `getHealth: async () => accepted({ status: 'ok' as const })`,
    complaint: /Type '202' is not assignable to type '200'/,
  },
  {
    name: 'a misspelt field of the answer',
    handlers: `getHealth: async () => ok({ statsu: 'ok' as const })`,
    complaint: /statsu/,
  },
  {
    name: 'a value that the contract does not know',
    handlers: `replayRejection: async () => ok({ outcome: 'maybe' as const, reasons: [] })`,
    complaint: /"maybe"/,
  },
  {
    name: 'a misspelt field of the body',
    handlers: `lookupBeneficiary: async ({ body }) => ok({ outcome: 'none', registries: [], x: body.identifer })`,
    complaint: /identifer/,
  },
  {
    name: 'a misspelt parameter',
    handlers: `getRegistry: async ({ path }) => core.registry(path.registri).then(ok)`,
    complaint: /registri/,
  },
  {
    name: 'a body where there is none',
    handlers: `startSync: async ({ path, body }) => accepted(await core.startSync(path.registry, body.file))`,
    complaint: /'body' is possibly 'undefined'|Property 'file' does not exist/,
  },
  {
    name: 'a write that does not say who writes',
    handlers: `replayRejections: async ({ path }) => ok(await core.replayRejections(path.registry))`,
    complaint: /Expected 2 arguments, but got 1/,
  },
  {
    name: 'the client of an open operation',
    handlers: `getHealth: async ({ client }) => ok({ status: client.length > 0 ? 'ok' : 'ok' })`,
    complaint: /'client' is possibly 'undefined'|does not exist on type 'undefined'|never/,
  },
]

const complaints = compileAll()

/** Compiles every case in one program: a file each, that exists in memory only. */
function compileAll(): string[] {
  const folder = packageFile('test/api')
  const sources = new Map(
    cases.map(({ handlers, kind }, index) => [
      path.join(folder, `case-${index}.ts`),
      `import { type Answering, type Handlers, accepted, ok } from '../../api/handler.ts'
       declare const core: Answering
       export const handlers = { ${handlers} } satisfies ${kind === 'whole' ? 'Handlers' : 'Partial<Handlers>'}
       export const used = [core, accepted, ok]`,
    ]),
  )
  const config = ts.readConfigFile(packageFile('tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, packageFile('.'))
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (file) => sources.has(file) || fileExists(file)
  host.readFile = (file) => sources.get(file) ?? readFile(file)
  host.getSourceFile = (file, target, ...rest) => {
    const source = sources.get(file)
    return source === undefined ? getSourceFile(file, target, ...rest) : ts.createSourceFile(file, source, target)
  }
  const program = ts.createProgram([...sources.keys()], options, host)
  return [...sources.keys()].map((file) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'))
      .join('\n'),
  )
}

describe('a handler does not compile with', () => {
  test.each(cases.map((one, index) => [one.name, one.complaint, complaints[index] ?? ''] as const))(
    '%s',
    (_name, expected, complaint) => {
      if (expected) expect(complaint).toMatch(expected)
      else expect(complaint).toBe('')
    },
  )
})
