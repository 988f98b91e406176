/** Checks a model that came from outside, naming every problem at once. */
import type { Reason } from '../errors.ts'
import { levels } from './levels.ts'

type Bag = { readonly [key: string]: unknown }
type Report = (pointer: string, rule: string, message: string) => void

const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value)
const isShare = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= 1

/** The reasons why this is no model; none when it is one. */
export function problemsOf(model: unknown): Reason[] {
  const reasons: Reason[] = []
  const report: Report = (pointer, rule, message) => reasons.push({ pointer, rule, message })
  if (!isBag(model)) return [{ pointer: '', rule: 'type', message: 'A model is a JSON object.' }]
  if (typeof model.name !== 'string' || !/^[a-z0-9.-]{1,40}$/.test(model.name))
    report('/name', 'pattern', 'A name is 1 to 40 of a-z, 0-9, dot and dash.')
  if (!isShare(model.prior) || model.prior === 1)
    report('/prior', 'range', 'The prior is a probability above 0 and below 1.')
  checkThresholds(model.thresholds, report)
  checkComparisons(model.comparisons, report)
  checkGuards(model.guards, report)
  return reasons
}

function checkThresholds(thresholds: unknown, report: Report): void {
  const { link, review } = isBag(thresholds) ? thresholds : {}
  if (!isShare(link) || !isShare(review) || link >= 1 || review >= link) {
    report('/thresholds', 'range', 'Thresholds are probabilities: 0 < review < link < 1.')
  }
}

function checkComparisons(comparisons: unknown, report: Report): void {
  const given = isBag(comparisons) ? comparisons : {}
  for (const name of Object.keys(given))
    if (!(name in levels)) report(`/comparisons/${name}`, 'unknown', 'There is no such comparison.')
  for (const [name, order] of Object.entries(levels)) checkLevels(`/comparisons/${name}`, given[name], order, report)
}

function checkLevels(pointer: string, given: unknown, order: readonly string[], report: Report): void {
  const shares = isBag(given) ? given : {}
  for (const level of Object.keys(shares))
    if (!order.includes(level)) report(`${pointer}/${level}`, 'unknown', 'There is no such level.')
  let lightest = Number.POSITIVE_INFINITY
  let [sumM, sumU] = [0, 0]
  for (const level of order) {
    const share = shares[level]
    if (!isBag(share) || !isShare(share.m) || !isShare(share.u)) {
      report(`${pointer}/${level}`, 'range', 'A level has m and u, shares above 0 and at most 1.')
      continue
    }
    const weight = Math.log2(share.m / share.u)
    if (weight > lightest + 1e-9)
      report(`${pointer}/${level}`, 'order', 'A worse level may not weigh more than a better one.')
    lightest = Math.min(lightest, weight)
    sumM += share.m
    sumU += share.u
  }
  if (sumM > 1 + 1e-6 || sumU > 1 + 1e-6)
    report(pointer, 'sum', 'The shares m, and the shares u, of all levels add up to at most 1.')
}

function checkGuards(guards: unknown, report: Report): void {
  if (!Array.isArray(guards)) report('/guards', 'type', 'Guards are a list.')
  for (const [index, guard] of (Array.isArray(guards) ? guards : []).entries()) {
    const pointer = `/guards/${index}`
    if (!isBag(guard) || typeof guard.name !== 'string' || typeof guard.reason !== 'string') {
      report(pointer, 'type', 'A guard has a name and a reason.')
      continue
    }
    if (
      (guard.bound !== 'at-most' && guard.bound !== 'at-least') ||
      (guard.outcome !== 'review' && guard.outcome !== 'distinct')
    ) {
      report(pointer, 'unknown', 'A guard bounds the outcome: at-most or at-least, review or distinct.')
    }
    const groups: unknown[] = Array.isArray(guard.unless) ? [guard.when, ...guard.unless] : [undefined]
    for (const group of groups) checkConditions(pointer, group, report)
  }
}

function checkConditions(pointer: string, group: unknown, report: Report): void {
  if (!Array.isArray(group) || !group.every(isCondition)) {
    report(pointer, 'condition', 'Conditions name a comparison and some of its levels, and stand in lists.')
  }
}

function isCondition(condition: unknown): boolean {
  if (!isBag(condition) || typeof condition.on !== 'string' || !Array.isArray(condition.in)) return false
  const order: readonly string[] | undefined = Object.entries(levels).find(([name]) => name === condition.on)?.[1]
  return order !== undefined && condition.in.every((level) => level === 'missing' || order.includes(level))
}
