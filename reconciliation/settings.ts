/**
 * Changed settings of rules, as hub.yaml or a what-if run states them: `{ rules: { R06: { gapMonths: 3 }, R27: { off: true, severity: S1 } } }`.
 * What is not named stays as the rule says. Pure: takes the parsed object.
 */
import { HubError, type Reason } from '../errors.ts'
import { shownPointer } from '../schemas/teach.ts'
import type { Severity } from './finding.ts'
import type { Law } from './law/law.ts'
import type { Parameter, Rule } from './rule.ts'

/** Settings of the rule itself, beside its parameters. `severity` is the usual one: where the case decides, the case still does. */
type Changes = {
  readonly off?: boolean
  readonly severity?: Severity
  readonly [parameter: string]: number | boolean | string | undefined
}

const severities: readonly Severity[] = ['S1', 'S2', 'S3']
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The rules with changed settings, in their own order, without those that are switched off. Throws `bad_config` with every reason at once. */
export function changedRules(rules: readonly Rule[], settings: unknown = {}): readonly Rule[] {
  const reasons = checkSettings(rules, settings)
  if (reasons.length > 0) throw new HubError('bad_config', { reasons })
  const changes = (isObject(settings) && isObject(settings.rules) ? settings.rules : {}) as Record<string, Changes>
  return rules.flatMap((rule) => {
    const { off = false, severity = rule.severity, ...changed } = changes[rule.id] ?? {}
    if (off) return []
    const parameters = Object.entries(rule.parameters).map(([name, parameter]) => [
      name,
      { ...parameter, value: changed[name] ?? parameter.value },
    ])
    return [{ ...rule, severity, parameters: Object.fromEntries(parameters) }]
  })
}

/** Everything that is wrong with changed settings; nothing when they fit the rules. */
export function checkSettings(rules: readonly Rule[], settings: unknown): Reason[] {
  if (!isObject(settings))
    return [reason('', 'type', 'Write an object with `rules`, such as { rules: { R06: { gapMonths: 3 } } }.')]
  const strangers = Object.keys(settings).filter((key) => key !== 'rules')
  const unknown = strangers.map((key) => reason(`/${escaped(key)}`, 'known-name', 'The only field here is `rules`.'))
  if (settings.rules === undefined) return unknown
  if (!isObject(settings.rules)) return [...unknown, reason('/rules', 'type', 'Name rules by their ids, such as R06.')]
  return [
    ...unknown,
    ...Object.entries(settings.rules).flatMap(([id, changes]) => {
      const rule = rules.find((one) => one.id === id)
      const pointer = `/rules/${escaped(id)}`
      if (!rule) return [reason(pointer, 'known-name', 'No rule has this id; docs/rules.md lists them.')]
      if (!isObject(changes)) return [reason(pointer, 'type', 'Write the changed settings of the rule as an object.')]
      return Object.entries(changes).flatMap(([name, value]) =>
        checkChange(rule, `${pointer}/${escaped(name)}`, name, value),
      )
    }),
  ]
}

const reason = (pointer: string, rule: string, message: string): Reason => ({
  pointer: shownPointer(pointer),
  rule,
  message,
})
const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

const checkChange = (rule: Rule, pointer: string, name: string, value: unknown): Reason[] => {
  if (name === 'off') return typeof value === 'boolean' ? [] : [reason(pointer, 'type', '`off` is true or false.')]
  if (name === 'severity')
    return severities.some((one) => one === value)
      ? []
      : [reason(pointer, 'enum', `A severity is one of ${severities.join(', ')}.`)]
  const parameter = Object.hasOwn(rule.parameters, name) ? rule.parameters[name] : undefined
  if (parameter) return checkValue(parameter, pointer, name, value)
  const known = [...Object.keys(rule.parameters), 'off', 'severity'].join(', ')
  return [reason(pointer, 'known-name', `${rule.id} has no such setting; it has ${known}.`)]
}

const checkValue = (
  { value: usual, least, most }: Parameter,
  pointer: string,
  name: string,
  value: unknown,
): Reason[] => {
  if (typeof value !== typeof usual || (typeof value === 'number' && !Number.isFinite(value)))
    return [reason(pointer, 'type', `${name} is a ${typeof usual}, such as ${JSON.stringify(usual)}.`)]
  if (typeof value === 'string')
    return value.length <= 400 ? [] : [reason(pointer, 'length', `${name} has at most 400 characters.`)]
  if (typeof value !== 'number') return []
  if (
    Number.isInteger(usual) &&
    Number.isInteger(least ?? 0) &&
    Number.isInteger(most ?? 0) &&
    !Number.isInteger(value)
  )
    return [reason(pointer, 'integer', `${name} is a whole number.`)]
  if ((least !== undefined && value < least) || (most !== undefined && value > most))
    return [reason(pointer, 'range', `${name} lies between ${least ?? 'any'} and ${most ?? 'any'}.`)]
  return []
}

/** Pays at which a rate is written down, in minor units: below, between and above every limit that the law here knows. */
const tellingPays = [0, 100_000, 900_000, 1_500_000, 5_000_000, 10_900_000, 25_060_000, 1_000_000_000]

/**
 * Everything that decides what a run finds besides the facts, as JSON of one spelling: whoever hashes it knows when two runs judged
 * alike. Rates are functions, so they stand here by what they ask for at telling pays. Code that changes a predicate and none of its
 * words or figures raises `rulesVersion`.
 */
export const describeRules = (rules: readonly Rule[], law: Law): string =>
  canonical({
    version: rulesVersion,
    rules,
    law: {
      ...law,
      countries: Object.fromEntries(
        Object.entries(law.countries).map(([country, figures]) => [
          country,
          {
            ...figures,
            rates: Object.fromEntries(
              Object.entries(figures.rates).map(([key, dated]) => [
                key,
                dated.map(({ figure, ...told }) => ({
                  ...told,
                  due: tellingPays.map((pay) => figure?.(pay) ?? null),
                })),
              ]),
            ),
          },
        ]),
      ),
    },
  })

const rulesVersion = 2

/** JSON with the keys of every object in order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )
