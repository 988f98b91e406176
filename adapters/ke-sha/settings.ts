/** The settings of this registry, checked whole before anything is read. */
import { type AdapterSettings, PullError } from '../contract.ts'
import { type DropSettings, readDropSettings } from '../transports/files.ts'

export type ServiceSettings = {
  readonly baseUrl: string
  readonly consumerKey: string
  readonly username: string
  readonly password: string
  /** The organisation in whose name the client registry is asked. */
  readonly agent: string
  /** Calls a second that the registry allows us. */
  readonly perSecond: number
  readonly timeoutMs: number
  readonly maxBytes: number
  /** Questions that may be under way at once. */
  readonly inFlight: number
  /** Questions a page. */
  readonly askPage: number
}

export type ShaSettings = {
  readonly registry: string
  readonly timeZone: string
  readonly today: string
  /** Undefined: no files, the service alone. */
  readonly drop: DropSettings | undefined
  /** Undefined: no service, the files alone. */
  readonly service: ServiceSettings | undefined
  /** True when one NHIF export holds everybody, so that who is not in it has left. */
  readonly nhifFullRoll: boolean
}

type Options = { readonly [name: string]: unknown }
type Problem = string | false

/** Throws PullError('stop') naming each field that does not fit; never its value. */
export const readSettings = (settings: AdapterSettings): ShaSettings => {
  const options = settings.options ?? {}
  const { nhifFullRoll = true } = options
  const hasFiles = settings.inbox !== undefined || options.file !== undefined
  const hasService = options.baseUrl !== undefined
  const problems: Problem[] = [
    typeof nhifFullRoll !== 'boolean' && 'options.nhifFullRoll: true or false',
    !isZone(settings.timeZone) && 'timeZone: an IANA zone such as Africa/Nairobi',
    !/^\d{4}-\d{2}-\d{2}$/.test(settings.today) && 'today: YYYY-MM-DD',
    !hasFiles && !hasService && 'inbox or options.baseUrl: name a folder of files, the service, or both',
    ...(hasService ? serviceProblems(options) : []),
  ]
  const found = problems.filter((problem) => problem !== false)
  if (found.length > 0)
    throw new PullError('stop', `The settings of ${settings.registry} do not fit: ${found.join('; ')}.`)
  return {
    registry: settings.registry,
    timeZone: settings.timeZone,
    today: settings.today,
    drop: hasFiles ? readDropSettings(settings) : undefined,
    service: hasService ? serviceOf(options) : undefined,
    nhifFullRoll: nhifFullRoll === true,
  }
}

const isZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Whole-number options with their bounds and what holds when they are not set. */
const numbers = {
  perSecond: { least: 1, most: 1000, otherwise: 5 },
  timeoutMs: { least: 100, most: 120_000, otherwise: 15_000 },
  maxBytes: { least: 1_000, most: 50_000_000, otherwise: 2_000_000 },
  inFlight: { least: 1, most: 32, otherwise: 4 },
  askPage: { least: 1, most: 200, otherwise: 50 },
} as const

const secrets = ['consumerKey', 'username', 'password', 'agent'] as const

const serviceProblems = (options: Options): Problem[] => [
  !isSafeBase(options.baseUrl) && 'options.baseUrl: an absolute https address (http only to this machine)',
  ...secrets.map((name) => !isText(options[name]) && `options.${name}: needed to ask the service`),
  ...Object.entries(numbers).map(
    ([name, { least, most }]) =>
      !isWhole(options[name], least, most) && `options.${name}: a whole number from ${least} to ${most}`,
  ),
]

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
const isWhole = (value: unknown, least: number, most: number): boolean =>
  value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)

/** The credentials and the identifiers travel in every call: only TLS may carry them off this machine. */
const isSafeBase = (value: unknown): boolean => {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname))
}

const serviceOf = (options: Options): ServiceSettings => {
  const text = (name: string): string => String(options[name])
  const number = (name: keyof typeof numbers): number => Number(options[name] ?? numbers[name].otherwise)
  return {
    baseUrl: text('baseUrl'),
    consumerKey: text('consumerKey'),
    username: text('username'),
    password: text('password'),
    agent: text('agent'),
    perSecond: number('perSecond'),
    timeoutMs: number('timeoutMs'),
    maxBytes: number('maxBytes'),
    inFlight: number('inFlight'),
    askPage: number('askPage'),
  }
}
