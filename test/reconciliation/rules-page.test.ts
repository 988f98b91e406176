import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { law } from '../../reconciliation/law/countries.ts'
import { rules } from '../../reconciliation/rules.ts'
import { rulesPage } from '../../reconciliation/rules-page.ts'
import { unbuilt } from '../../reconciliation/unbuilt.ts'

test('docs/rules.md is what the rules say: npm run gen:rules writes it anew', () => {
  const written = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')
  expect(written).toBe(rulesPage(rules, law, unbuilt))
})

test('every rule from R01 to R31 is built, or listed with the reason why not', () => {
  const wanted = Array.from({ length: 31 }, (_, index) => `R${String(index + 1).padStart(2, '0')}`)
  const known = new Set([...rules, ...unbuilt].map(({ id }) => id.slice(0, 3)))
  expect(wanted.filter((id) => !known.has(id))).toEqual([])
  expect(unbuilt.filter(({ id }) => rules.some((rule) => rule.id === id))).toEqual([])
})

test('rules stand in the order of their ids, each id and name once', () => {
  const ids = rules.map(({ id }) => id)
  expect(ids).toEqual([...ids].sort())
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length)
})

test.each(rules.map((rule) => [rule.id, rule] as const))('%s says all an officer wants to know', (_, rule) => {
  for (const text of [rule.title, rule.says, rule.message, rule.reason]) expect(text.length).toBeGreaterThan(10)
  expect(rule.dueInDays).toBeGreaterThan(0)
  for (const { value, says, least, most } of Object.values(rule.parameters)) {
    expect(says.length).toBeGreaterThan(10)
    if (typeof value !== 'number') continue
    expect(value).toBeGreaterThanOrEqual(least ?? Number.NaN)
    expect(value).toBeLessThanOrEqual(most ?? Number.NaN)
  }
})

test('every figure of the law has a source, and lists are in the order of their dates', () => {
  for (const figures of Object.values(law.countries)) {
    const lists = [
      figures.pensionAge,
      figures.workingAge,
      figures.dependantUntil,
      ...Object.values(figures.rates),
      ...Object.values(figures.maternity),
    ]
    for (const list of lists) {
      expect(list.map(({ from }) => from)).toEqual(list.map(({ from }) => from).sort())
      for (const { source } of list) expect(source.length).toBeGreaterThan(5)
    }
  }
  for (const { schemes, holds } of law.incompatible) {
    expect(schemes).toContain(holds)
    for (const scheme of schemes) expect(law.schemes).toHaveProperty([scheme])
  }
})
