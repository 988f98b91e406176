/** A planted country read by the real adapters, and the rules run over each person's records: without a hub, by who is who in truth. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AdapterFactory } from '../../adapters/contract.ts'
import { adapters } from '../../adapters/registry.ts'
import type { KnownFinding } from '../../demo/plants/planter.ts'
import { furtherRegistries } from '../../demo/settings.ts'
import { startShaServer } from '../../demo/sha-server.ts'
import { writeCountry } from '../../demo/write.ts'
import { monthsDelivered, toDelivered } from '../../reconciliation/delivered.ts'
import type { Dossier, DossierRecord } from '../../reconciliation/dossier.ts'
import type { Draft } from '../../reconciliation/finding.ts'
import { groupKeys } from '../../reconciliation/groups.ts'
import { law as whole, within } from '../../reconciliation/law/countries.ts'
import type { Rule } from '../../reconciliation/rule.ts'
import type { Identifier, SourceRecord } from '../../schemas/contract.ts'

export type Found = { readonly rule: string; readonly people: readonly string[]; readonly draft: Draft }
type Options = { readonly people: number; readonly seed: number; readonly asOf: string; readonly faults: number }

const factories: Readonly<Record<string, AdapterFactory>> = adapters
const hubOwn = ['ke-nssf', 'la-lsso', 'ke-sha']
const zone = (registry: string): string => (registry.startsWith('ke-') ? 'Africa/Nairobi' : 'Asia/Vientiane')

/** Every record of the country beside the handle of whom it is about, and what is known to be found. */
export const readCountry = async (options: Options) => {
  const out = await mkdtemp(join(tmpdir(), 'pamoja-planted-'))
  try {
    const { country, counts } = await writeCountry({ ...options, planted: true, out })
    const truth = await truthOf(out)
    const sha = await startShaServer({ country, key: 'k', username: 'u', password: 'p', faults: options.faults })
    const records = new Map<string, DossierRecord>()
    const rejected: string[] = []
    try {
      for (const registry of [...Object.keys(furtherRegistries), ...hubOwn]) {
        const service = {
          baseUrl: sha.url,
          consumerKey: 'k',
          username: 'u',
          password: 'p',
          agent: 'test',
          perSecond: 1000,
        }
        const adapter = factories[hubOwn.includes(registry) ? registry : 'canonical']?.({
          registry,
          timeZone: zone(registry),
          today: options.asOf,
          inbox: join(out, 'inbox', registry),
          options: { settleMs: 0, ...(registry === 'ke-sha' && service) },
        })
        if (!adapter) throw new Error(registry)
        const known = () => identifiersOf([...records.values()].map(({ record }) => record))
        for await (const page of adapter.pull(undefined, { signal: new AbortController().signal, known }))
          for (const raw of page.records) {
            const result = adapter.normalise(raw)
            if (result.outcome === 'record') records.set(idOf(result.record), toHeld(result.record))
            else rejected.push(`${raw.origin}: ${result.reasons[0]?.rule}`)
          }
      }
    } finally {
      await sha.close()
    }
    return {
      country,
      counts,
      dossiers: toDossiers([...records.values()], truth),
      rejected,
      known: await knownFindings(out),
    }
  } finally {
    await rm(out, { recursive: true })
  }
}

async function* identifiersOf(records: readonly SourceRecord[]) {
  const found = new Map<string, Identifier>()
  for (const { identifiers } of records)
    for (const identifier of identifiers)
      if (identifier.issuer === 'ke' && ['national-id', 'refugee-id', 'sha-number'].includes(identifier.type))
        found.set(`${identifier.type} ${identifier.value}`, identifier)
  for (const [cursor, identifier] of [...found].sort()) yield { cursor, identifier }
}

/** As the hub keys them: a registry's streams share one space of keys. */
const idOf = ({ registry, sourceId }: SourceRecord): string => `${registry} ${sourceId}`
const toHeld = (record: SourceRecord): DossierRecord => ({
  id: idOf(record),
  version: 1,
  registry: record.registry,
  absent: false,
  record,
})

const truthOf = async (out: string): Promise<ReadonlyMap<string, string>> => {
  const text = await readFile(join(out, 'truth.csv'), 'utf8')
  return new Map(
    text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => {
        const [registry, , sourceId, person = ''] = row.split(',')
        return [`${registry} ${sourceId}`, person]
      }),
  )
}

export const knownFindings = async (out: string): Promise<KnownFinding[]> => {
  const text = await readFile(join(out, 'findings.csv'), 'utf8')
  return text
    .trim()
    .split('\r\n')
    .slice(1)
    .map((row) => {
      const [rule = '', people = '', from = '', near = '', ...says] = row.split(',')
      return { rule, people: people.split(' '), from, nearMiss: near === 'yes', says: says.join(',') }
    })
}

/** Records without a truth (a rejected one's double, a fault's) stand alone. */
const toDossiers = (records: readonly DossierRecord[], truth: ReadonlyMap<string, string>): Dossier[] => {
  const people = new Map<string, DossierRecord[]>()
  for (const held of records) {
    const person = truth.get(held.id) ?? held.id
    people.set(person, [...(people.get(person) ?? []), held])
  }
  return [...people]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([person, own]) => ({ person, records: own.sort((a, b) => (a.id < b.id ? -1 : 1)) }))
}

/** What the rules find, each finding with everybody it is about. */
export const runRules = (rules: readonly Rule[], dossiers: readonly Dossier[], asOf: string): Found[] => {
  const law = within(whole, [...Object.keys(furtherRegistries), ...hubOwn])
  const records = dossiers.flatMap((one) => one.records.map(({ record }) => record))
  const delivered = toDelivered(monthsDelivered(records), law)
  return rules.flatMap((rule): Found[] => {
    const parameters = Object.fromEntries(Object.entries(rule.parameters).map(([name, { value }]) => [name, value]))
    const context = { asOf, law, delivered, parameters }
    const number = rule.id.slice(0, 3)
    if (rule.subject === 'registry') return []
    if (rule.subject === 'person')
      return dossiers.flatMap((one) =>
        rule
          .find(one, context, one)
          .map((draft) => ({ rule: number, people: [one.person, ...(draft.persons ?? [])], draft })),
      )
    const groups = new Map<string, Dossier[]>()
    for (const one of dossiers)
      for (const key of groupKeys[rule.subject](one)) groups.set(key, [...(groups.get(key) ?? []), one])
    return [...groups].sort().flatMap(([key, members]) => {
      if (members.length < rule.least) return []
      const fold = rule.begin(key, context)
      for (const one of members) fold.add(one, one)
      return fold
        .end()
        .map((draft) => ({ rule: number, people: draft.persons ?? members.map(({ person }) => person), draft }))
    })
  })
}

const keyOf = ({ rule, people }: { readonly rule: string; readonly people: readonly string[] }): string =>
  `${rule} ${[...new Set(people)].sort().join(' ')}`

/** What was missed, and what was found that is not true; each once, in words. */
export const compareWithTruth = (found: readonly Found[], known: readonly KnownFinding[]) => {
  const told = new Map(found.map((one) => [keyOf(one), one]))
  const true_ = new Set(known.filter(({ nearMiss }) => !nearMiss).map(keyOf))
  const near = new Map(known.filter(({ nearMiss }) => nearMiss).map((one) => [keyOf(one), one.says]))
  const missed = known
    .filter((one) => !one.nearMiss && !told.has(keyOf(one)))
    .map((one) => `${keyOf(one)}: ${one.says}`)
  const wrong = [...told]
    .filter(([key]) => !true_.has(key))
    .map(([key, { draft }]) => `${key}: ${draft.about}${near.has(key) ? ` (near: ${near.get(key)})` : ''}`)
  const hits = [...true_].filter((key) => told.has(key)).length
  return {
    missed,
    wrong,
    recall: hits / true_.size,
    precision: told.size === 0 ? 1 : (told.size - wrong.length) / told.size,
  }
}
