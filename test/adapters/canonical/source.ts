/** Records of a register of births and deaths, as it writes them in Pamoja's own schema. */
type Line = { readonly [field: string]: unknown }

export const deathLine = (i: number): Line => ({
  stream: 'death',
  sourceId: `D${i}`,
  names: [
    {
      full: `Wafula Barasa ${'ABCDEFGHIJKLMNOPQRST'.charAt(i)}`,
      script: 'Latn',
      parts: [{ role: 'unknown', value: 'Wafula' }],
    },
  ],
  birthDate: `19${50 + i}-02-03`,
  death: { status: 'registered', date: '2026-03-04' },
  identifiers: [{ type: 'national-id', issuer: 'ke', value: `9910${1000 + i}` }],
  synthetic: true,
})

export const birthLine = (i: number): Line => ({
  ...deathLine(i),
  stream: 'birth',
  sourceId: `B${i}`,
  death: undefined,
  events: [{ kind: 'birth-given', on: '2026-05-06', place: 'KE-30' }],
})

export const ndjson = (lines: readonly (Line | string)[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
