import { describe, expect, test } from 'vitest'
import { makeCountry } from '../../demo/country.ts'

const asOf = '2026-11-22'
const country = makeCountry({ people: 3_000, seed: 7, asOf })
const adultsOf = (code: string) => country.people.filter((person) => person.country === code && person.role !== 'child')

describe('the demo country', () => {
  test('is the same for the same people, seed and date, and another for another seed', () => {
    expect(makeCountry({ people: 3_000, seed: 7, asOf })).toEqual(country)
    expect(makeCountry({ people: 3_000, seed: 8, asOf }).people).not.toEqual(country.people)
  })

  test('has as many people as were asked for, about two thirds of them Kenyan', () => {
    expect(country.people).toHaveLength(3_000)
    const share = country.people.filter((person) => person.country === 'ke').length / 3_000
    expect(share).toBeGreaterThan(0.58)
    expect(share).toBeLessThan(0.72)
  })

  test('most Kenyan adults are in both NSSF and SHA, and some in one only', () => {
    const adults = adultsOf('ke')
    const both = adults.filter((person) => person.nssf && person.sha).length
    const one = adults.filter((person) => Boolean(person.nssf) !== Boolean(person.sha)).length
    expect(both / adults.length).toBeGreaterThan(0.5)
    expect(one).toBeGreaterThan(50)
  })

  test('national identity numbers come from the unissued range, and only the stories share one', () => {
    const numbers = country.people.flatMap(({ country: code, identity }) =>
      code === 'ke' && identity?.type === 'national-id' ? [identity.number] : [],
    )
    expect(numbers.filter((number) => !/^99\d{6}$/.test(number))).toEqual([])
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers).not.toContain('99999999')
  })

  test.each([
    ['nssf', (p: (typeof country.people)[number]) => p.nssf?.number],
    ['sha', (p: (typeof country.people)[number]) => p.sha?.cr],
    ['lsso', (p: (typeof country.people)[number]) => p.lsso?.number],
  ])('no two people hold one %s number', (_, numberOf) => {
    const numbers = country.people.map(numberOf).filter((number) => number !== undefined)
    expect(numbers.length).toBeGreaterThan(100)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  test('nobody is born after the date, dies after it, or works as a child', () => {
    for (const { born, died, job } of country.people) {
      expect(born < asOf).toBe(true)
      expect(died === undefined || died < asOf).toBe(true)
      if (job) expect(born < '2008-11-23').toBe(true)
    }
  })

  test('every story has its people, and the README’s example is a Kenyan woman in NSSF and SHA', () => {
    for (const { says, people } of Object.values(country.stories)) {
      expect(says).not.toBe('')
      expect(people.every((index) => country.people[index]?.index === index)).toBe(true)
    }
    const example = country.people[country.stories.example?.people[0] ?? -1]
    expect(example).toMatchObject({
      sex: 'female',
      identity: { type: 'national-id', number: '99000001' },
      nssf: { kind: 'employed' },
      sha: { cover: 'employed' },
    })
  })

  test('stories do not depend on the seed', () => {
    const other = makeCountry({ people: 100, seed: 99, asOf })
    const indexes = Object.values(country.stories).flatMap(({ people }) => people)
    for (const index of indexes) {
      const { job: _, ...person } = country.people[index] ?? {}
      expect(other.people[index]).toMatchObject(person)
    }
  })

  test.each([
    [{ people: -1, seed: 1, asOf }],
    [{ people: 1.5, seed: 1, asOf }],
    [{ people: 10, seed: Number.NaN, asOf }],
    [{ people: 10, seed: 1, asOf: '22/11/2026' }],
    [{ people: 10, seed: 1, asOf: '2019-01-01' }],
  ])('refuses options that make no country: %o', (options) => {
    expect(() => makeCountry(options)).toThrow(RangeError)
  })

  test('tells how far it is', () => {
    const seen: number[] = []
    makeCountry({ people: 500, seed: 1, asOf, onProgress: (_, done, total) => seen.push(done / total) })
    expect(seen.at(-1)).toBe(1)
  })
})

describe('a country full of namesakes', () => {
  const hard = makeCountry({ people: 3_000, seed: 7, asOf, namesakes: 'hard' })
  const headsOf = ({ people }: typeof hard) => people.filter(({ role, told }) => role === 'head' && !told)
  const nameOf = ({ words }: (typeof hard.people)[number]) => words.map(({ written }) => written).join(' ')

  /** Pairs of heads of one village. */
  const neighboursOf = (made: typeof hard) => {
    const villages = new Map<string, typeof country.people>()
    for (const head of headsOf(made)) {
      const village = [head.place.code, head.place.district, head.place.village].join(' ')
      villages.set(village, [...(villages.get(village) ?? []), head])
    }
    return [...villages.values()].flatMap((some) =>
      some.flatMap((one, at) => some.slice(at + 1).map((other) => [one, other] as const)),
    )
  }
  const yearsApart = (pair: ReturnType<typeof neighboursOf>[number]) =>
    Math.abs(Number(pair[0].born.slice(0, 4)) - Number(pair[1].born.slice(0, 4)))

  test('has neighbours of one name and age, parents and grown children of one name, and twins with one telephone', () => {
    const [mild, many] = [country, hard].map((made) => {
      const pairs = neighboursOf(made)
      const sameName = pairs.filter(([one, other]) => nameOf(one) === nameOf(other))
      return {
        alike: sameName.filter((pair) => yearsApart(pair) <= 2).length,
        named: sameName.filter((pair) => yearsApart(pair) >= 18).length,
        twins: pairs.filter(([one, other]) => one.born === other.born && one.phones[0] === other.phones[0]).length,
      }
    })
    expect(mild?.alike).toBeLessThan(10)
    expect(many?.alike).toBeGreaterThan(100)
    expect(many?.named).toBeGreaterThan(50)
    expect(many?.twins).toBeGreaterThan(20)
  })

  test('gives nobody the number of another, and is the same for the same seed', () => {
    const numbers = hard.people.flatMap(({ identity, country: code }) =>
      identity ? [`${code} ${identity.number}`] : [],
    )
    expect(new Set(numbers).size).toBeGreaterThan(numbers.length - 5)
    expect(makeCountry({ people: 3_000, seed: 7, asOf, namesakes: 'hard' })).toEqual(hard)
  })
})
