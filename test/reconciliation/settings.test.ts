import { expect, test } from 'vitest'
import { HubError } from '../../errors.ts'
import { law } from '../../reconciliation/law/countries.ts'
import { rules } from '../../reconciliation/rules.ts'
import { changedRules, checkSettings, describeRules } from '../../reconciliation/settings.ts'

const rule = (id: string, from = rules) => from.find((one) => one.id === id)

test('what is not named stays as the rule says', () => {
  expect(changedRules(rules)).toEqual(rules)
  expect(changedRules(rules, { rules: {} })).toEqual(rules)
})

test('settings change what they name, a rule can weigh otherwise, and can be switched off', () => {
  const changed = changedRules(rules, { rules: { R06: { gapMonths: 3, severity: 'S3' }, R02: { off: true } } })
  expect(rule('R06', changed)).toMatchObject({
    severity: 'S3',
    parameters: { gapMonths: { value: 3 }, lagMonths: { value: 2 } },
  })
  expect(rule('R02', changed)).toBeUndefined()
  expect(changed).toHaveLength(rules.length - 1)
  expect(rule('R06')).toMatchObject({ severity: 'S2', parameters: { gapMonths: { value: 2 } } })
})

test.each<[string, unknown, string, string]>([
  ['no object', [], '', 'type'],
  ['an unknown field', { rule: {} }, '/rule', 'known-name'],
  ['a rule that does not exist', { rules: { R99: {} } }, '/rules/R99', 'known-name'],
  ['a name from the prototype', { rules: { R06: { constructor: 1 } } }, '/rules/R06/constructor', 'known-name'],
  ['a setting that the rule has not', { rules: { R06: { 'a/b': 1 } } }, '/rules/R06/a~1b', 'known-name'],
  ['a text for a number', { rules: { R06: { gapMonths: '3' } } }, '/rules/R06/gapMonths', 'type'],
  ['not a number', { rules: { R06: { gapMonths: Number.NaN } } }, '/rules/R06/gapMonths', 'type'],
  ['half a month', { rules: { R06: { gapMonths: 2.5 } } }, '/rules/R06/gapMonths', 'integer'],
  ['too small', { rules: { R06: { gapMonths: 0 } } }, '/rules/R06/gapMonths', 'range'],
  ['too large', { rules: { R06: { gapMonths: 25 } } }, '/rules/R06/gapMonths', 'range'],
  ['a weight that does not exist', { rules: { R06: { severity: 'S4' } } }, '/rules/R06/severity', 'enum'],
  ['off, in words', { rules: { R06: { off: 'yes' } } }, '/rules/R06/off', 'type'],
  ['a list of changes', { rules: { R06: [] } }, '/rules/R06', 'type'],
  ['rules by number', { rules: ['R06'] }, '/rules', 'type'],
])('refused: %s', (_, settings, pointer, broken) => {
  expect(checkSettings(rules, settings)).toMatchObject([{ pointer, rule: broken }])
  expect(() => changedRules(rules, settings)).toThrow(HubError)
})

test('everything that is wrong is told at once', () => {
  expect(checkSettings(rules, { rules: { R99: {}, R06: { gapMonths: 0, off: 1 } }, other: 1 })).toHaveLength(4)
})

test('shares may have decimals', () => {
  expect(checkSettings(rules, { rules: { R12: { tolerance: 0.005 } } })).toEqual([])
})

test('the description has one spelling, and changes with every setting and figure', () => {
  const usual = describeRules(rules, law)
  expect(
    describeRules(
      rules.map((one) => ({ ...one })),
      { ...law },
    ),
  ).toBe(usual)
  expect(describeRules(changedRules(rules, { rules: { R06: { gapMonths: 3 } } }), law)).not.toBe(usual)
  const kenya = law.countries.ke
  if (!kenya) throw new Error('Kenya is missing.')
  const raised = {
    ...kenya,
    rates: { ...kenya.rates, 'ke-sha/shif': [{ from: '2024-10', figure: () => 1, source: 'test' }] },
  }
  expect(describeRules(rules, { ...law, countries: { ...law.countries, ke: raised } })).not.toBe(usual)
})
