import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { blockingKeys } from '../../linkage/blocking.ts'
import { compare } from '../../linkage/compare.ts'
import { decide, type Outcome } from '../../linkage/decide.ts'
import { prepare } from '../../linkage/features.ts'
import { defaultModel } from '../../linkage/model.ts'
import { linkRecord, type Person } from './person.ts'

type Case = { case: string; a: Person; b: Person; outcome: Outcome; levels?: Record<string, string>; guards?: string[] }

const folder = new URL('cases/', import.meta.url)

describe.each(readdirSync(folder))('%s', (file) => {
  const cases: Case[] = parse(readFileSync(new URL(file, folder), 'utf8'))
  test.each(cases)('$case', ({ a, b, outcome, levels, guards }) => {
    const [one, other] = [prepare(linkRecord('a', a)), prepare(linkRecord('b', b))]
    const decision = decide(defaultModel, compare(defaultModel, one, other))
    const found = Object.fromEntries(decision.parts.map((part) => [part.on, part.level]))
    expect(found).toMatchObject(levels ?? {})
    expect({ outcome: decision.outcome, weight: decision.weight }).toEqual({ outcome, weight: decision.weight })
    if (guards) expect(decision.guards).toEqual(guards)
    expect(decide(defaultModel, compare(defaultModel, other, one))).toEqual(decision)
    // A pair that should be linked or shown must be compared in the first place.
    const keys = new Set(blockingKeys(one))
    if (outcome !== 'distinct') expect(blockingKeys(other).some((key) => keys.has(key))).toBe(true)
  })
})
