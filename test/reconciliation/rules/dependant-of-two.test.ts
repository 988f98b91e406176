import { describe, expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { dependantOfTwo, namesTwoPrincipals } from '../../../reconciliation/rules/dependant-of-two.ts'
import type { Enrolment, Identifier, Relation, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const given = { asOf: '2026-11-22', law }
const cover: Enrolment = { scheme: 'ke-sha/shif', branches: ['medical-care'], status: 'active' }
const number = (value: string): Identifier => ({ type: 'sha-cr-number', issuer: 'ke', value })
const child = (value: string): Relation => ({ role: 'child', identifier: number(value) })

/** A principal with a child on her list; CR numbers are the people's names here. */
const principal = (id: string, more: Partial<SourceRecord> & { absent?: boolean } = {}, children = ['kid']) =>
  person(
    id,
    held('ke-sha', {
      sourceId: id,
      identifiers: [number(id)],
      enrolments: [cover],
      ...more,
      relations: [...children.map(child), ...(more.relations ?? [])],
    }),
  )

describe('as the lists of principals have it', () => {
  test('a child on the lists of two people is one finding about both', () => {
    expect(findings(dependantOfTwo, [principal('ann'), principal('ben')], given)).toMatchObject([
      { about: 'principals ke-sha ke-sha/shif', persons: ['ann', 'ben'], facts: { principals: 2, listed: 2 } },
    ])
  })

  test('a child that stands twice on one list', () => {
    expect(findings(dependantOfTwo, [principal('ann', {}, ['kid', 'kid'])], given)).toMatchObject([
      { about: 'twice ke-sha ke-sha/shif', persons: ['ann'], facts: { principals: 1, listed: 2 } },
    ])
  })

  test.each<[string, Partial<SourceRecord> & { absent?: boolean }]>([
    ['his wife, as he states it', { relations: [{ role: 'spouse', identifier: number('ann') }] }],
    ['of another scheme', { enrolments: [{ ...cover, scheme: 'ke-nssf/act-2013' }] }],
    ['covered no more', { enrolments: [{ ...cover, until: '2026-11-21' }] }],
    ['perhaps covered no more', { enrolments: [{ ...cover, until: '2026' }] }],
    ['listed no more', { absent: true }],
  ])('the other principal is %s: no finding', (_, ben) => {
    expect(findings(dependantOfTwo, [principal('ann'), principal('ben', ben)], given)).toEqual([])
  })

  test('people of one household are told together, and apart when it has ended', () => {
    const home = (until?: string) => ({
      households: [{ number: 'HH1', role: 'head' as const, ...(until && { until }) }],
    })
    expect(findings(dependantOfTwo, [principal('ann', home()), principal('ben', home())], given)).toEqual([])
    expect(findings(dependantOfTwo, [principal('ann', home()), principal('ben', home('2025-06'))], given)).toHaveLength(
      1,
    )
  })

  test('two of three are married, the third is not', () => {
    const ben = principal('ben', { relations: [{ role: 'spouse', identifier: number('ann') }] })
    expect(findings(dependantOfTwo, [principal('ann'), ben, principal('eve')], given)).toHaveLength(1)
  })

  test('a wife on two lists is no child', () => {
    const wives = ['ann', 'ben'].map((id) =>
      principal(id, { relations: [{ role: 'spouse', identifier: number('wife') }] }, []),
    )
    expect(findings(dependantOfTwo, wives, given)).toEqual([])
  })
})

describe('as the dependant’s own records have it', () => {
  const under = (sourceId: string, principals: Identifier[], more: Partial<SourceRecord> = {}) =>
    held('ke-sha', {
      sourceId,
      enrolments: [cover],
      relations: principals.map((identifier) => ({ role: 'principal', identifier })),
      ...more,
    })
  const found = (...records: ReturnType<typeof under>[]) =>
    findings(namesTwoPrincipals, [person('kid', ...records)], given)

  test('two records that name two principals', () => {
    expect(found(under('1', [number('ann')]), under('2', [number('ben')]))).toMatchObject([
      { about: 'ke-sha sha-cr-number:ke', facts: { principals: 2, registry: 'ke-sha' } },
    ])
  })

  test.each<[string, ReturnType<typeof under>[]]>([
    ['the same principal twice', [under('1', [number('ann')]), under('2', [number('ann')])]],
    ['both parents, named together', [under('1', [number('ann'), number('ben')])]],
    [
      'one household',
      ['ann', 'ben'].map((id) => under(id, [number(id)], { households: [{ number: 'HH1', role: 'dependant' }] })),
    ],
    [
      'two kinds of numbers, perhaps of one principal',
      [under('1', [number('ann')]), under('2', [{ ...number('7'), type: 'national-id' }])],
    ],
    [
      'one of them of the fund that has ended',
      [under('1', [number('ann')]), under('2', [number('ben')], { enrolments: [{ ...cover, scheme: 'ke-sha/nhif' }] })],
    ],
  ])('%s: no finding', (_, records) => {
    expect(found(...records)).toEqual([])
  })
})
