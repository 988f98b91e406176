/** hub.yaml: the registries this hub reads and who may ask it for what. Read whole, checked whole, then written to the store. */
import { parse } from 'yaml'
import { HubError, type Reason } from '../errors.ts'
import { validateSettings } from '../schemas/validate.ts'
import { keepAgreements, keepClients, putAgency, putAgreement, putClient, putPurpose } from '../store/agreements.ts'
import type { Field } from '../store/beneficiaries.ts'
import type { Db } from '../store/pool.ts'
import { putRegistry } from '../store/registries.ts'
import { isNetwork } from './events/callback.ts'
import type { RuleSettings } from './reconciliation/rule-book.ts'

export type RegistrySettings = {
  adapter: string
  title: string
  country: string
  timeZone: string
  schemes: string[]
  staleAfterHours?: number
  nightly?: string
  missing?: { share?: number; floor?: number }
  trust?: { [F in Field]?: number }
  inbox?: string
  options?: Record<string, unknown>
}
export type Settings = {
  publicUrl?: string
  events?: { networks?: string[] }
  reconciliation?: { at?: string; timeZone?: string; rules?: RuleSettings['rules'] }
  registries: Record<string, RegistrySettings>
  agencies: Record<string, { title: string }>
  clients: Record<
    string,
    {
      agency: string
      title: string
      scopes: string[]
      registries?: string[]
      keys: Record<string, unknown>[]
      active?: boolean
      demo?: boolean
    }
  >
  purposes: Record<string, { title: string; legalBasis: string; needsOfficer?: boolean }>
  agreements: { agency: string; purpose: string; registries: string[]; fields: Field[]; from: string; until: string }[]
}

/** Parses and checks a settings file. Throws `bad_config` with every problem at once. */
export function readSettings(text: string): Settings {
  const settings = parseYaml(text)
  const reasons = validateSettings(settings)
  if (reasons.length > 0) throw new HubError('bad_config', { reasons })
  const checked = settings as Settings
  const misfits = [
    ...danglingNames(checked),
    ...boundlessClients(checked),
    ...overlaps(checked),
    ...unknownZone(nightOf(checked).timeZone),
    ...unreadableNetworks(checked),
  ]
  if (misfits.length > 0) throw new HubError('bad_config', { reasons: misfits })
  return checked
}

/** When the night's reconciliation runs: at four, on the clocks of the first registry, unless the file says otherwise; and with which settings. */
export const nightOf = ({ reconciliation = {}, registries }: Settings) => ({
  at: reconciliation.at ?? '04:00',
  timeZone: reconciliation.timeZone ?? Object.values(registries)[0]?.timeZone ?? 'UTC',
  settings: reconciliation.rules ? { rules: reconciliation.rules } : {},
})

function unknownZone(timeZone: string): Reason[] {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone })
    return []
  } catch {
    const message = `${timeZone} is no IANA time zone, such as Africa/Nairobi.`
    return [{ pointer: '/reconciliation/timeZone', rule: 'time-zone', message }]
  }
}

const unreadableNetworks = ({ events }: Settings): Reason[] =>
  (events?.networks ?? []).flatMap((network, index) => {
    if (isNetwork(network)) return []
    const message = `${network} is no network in CIDR notation, such as 10.20.0.0/16.`
    return [{ pointer: `/events/networks/${index}`, rule: 'cidr', message }]
  })

function parseYaml(text: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    const message = `hub.yaml is not well-formed YAML: ${cause instanceof Error ? cause.message.split('\n')[0] : 'unreadable'}`
    throw new HubError('bad_config', { reasons: [{ pointer: '', rule: 'yaml', message }], cause })
  }
}

function danglingNames({ registries, agencies, clients, purposes, agreements }: Settings): Reason[] {
  const missing = (pointer: string, kind: string, names: object, name: string): Reason[] =>
    Object.hasOwn(names, name)
      ? []
      : [{ pointer, rule: 'known-name', message: `No ${kind} ${name} stands in this file.` }]
  return [
    ...Object.entries(clients).flatMap(([id, client]) => [
      ...missing(`/clients/${id}/agency`, 'agency', agencies, client.agency),
      ...(client.registries ?? []).flatMap((one) => missing(`/clients/${id}/registries`, 'registry', registries, one)),
    ]),
    ...agreements.flatMap((agreement, index) => [
      ...missing(`/agreements/${index}/agency`, 'agency', agencies, agreement.agency),
      ...missing(`/agreements/${index}/purpose`, 'purpose', purposes, agreement.purpose),
      ...agreement.registries.flatMap((id) => missing(`/agreements/${index}/registries`, 'registry', registries, id)),
    ]),
  ]
}

/** What a client does for registries, and so has to say for which. */
const bounded = ['registries:write', 'findings:read', 'findings:write', 'subscriptions:write']

/** Clients that act for registries, without saying for which. */
const boundlessClients = ({ clients }: Settings): Reason[] =>
  Object.entries(clients).flatMap(([id, { scopes, registries }]) => {
    const scope = registries ? undefined : bounded.find((one) => scopes.includes(one))
    if (!scope) return []
    const message = `A client with the scope ${scope} names the registries that it acts for, such as [ke-nssf].`
    return [{ pointer: `/clients/${id}/registries`, rule: 'required', message }]
  })

/** Agreements of one agency for one purpose that are in force at one time: which of them would count is anybody's guess. */
function overlaps({ agreements }: Settings): Reason[] {
  const reasons: Reason[] = []
  const latest = new Map<string, { index: number; until: number }>()
  const ordered = agreements
    .map(({ agency, purpose, from, until }, index) => ({
      index,
      pair: `${agency} ${purpose}`,
      from: Date.parse(from),
      until: Date.parse(until),
    }))
    .sort((a, b) => a.from - b.from || a.index - b.index)
  for (const { index, pair, from, until } of ordered) {
    const before = latest.get(pair)
    if (before && from < before.until) {
      const [first, second] = [before.index, index].sort((a, b) => a - b)
      const message = `The same agency and purpose as /agreements/${first}, at the same time. Write them as one, or let one end when the other begins.`
      reasons.push({ pointer: `/agreements/${second}`, rule: 'no-overlap', message })
    }
    if (!before || until > before.until) latest.set(pair, { index, until })
  }
  return reasons
}

/**
 * Writes the settings to the store. The file is the whole truth: a client that it no longer names is switched off, an agreement
 * that it no longer names ends now.
 */
export const applySettings = (db: Db, settings: Settings, profile: string): Promise<void> =>
  db.transaction(async (tx) => {
    for (const [id, one] of Object.entries(settings.registries))
      await putRegistry(tx, {
        id,
        title: one.title,
        country: one.country,
        time_zone: one.timeZone,
        schemes: one.schemes,
        stale_after_hours: one.staleAfterHours ?? 36,
        trust: one.trust ?? {},
        missing_share: one.missing?.share ?? 0.2,
        missing_floor: one.missing?.floor ?? 20,
        nightly: one.nightly ?? '02:00',
      })
    for (const [id, { title }] of Object.entries(settings.agencies)) await putAgency(tx, { id, title })
    for (const [id, client] of Object.entries(settings.clients))
      await putClient(tx, {
        id,
        agency: client.agency,
        title: client.title,
        scopes: client.scopes,
        registries: client.registries ?? [],
        jwks: { keys: client.keys },
        // Demo keys lie in every demo home: in production they open nothing.
        active: (client.active ?? true) && !(client.demo && profile === 'production'),
        demo: client.demo ?? false,
      })
    for (const [code, purpose] of Object.entries(settings.purposes))
      await putPurpose(tx, {
        code,
        title: purpose.title,
        legal_basis: purpose.legalBasis,
        needs_officer: purpose.needsOfficer ?? true,
      })
    await keepClients(tx, Object.keys(settings.clients))
    const agreements = settings.agreements.map(({ from, until, ...agreement }) => ({
      ...agreement,
      valid_from: new Date(from),
      valid_until: new Date(until),
    }))
    for (const agreement of agreements) await putAgreement(tx, agreement)
    await keepAgreements(tx, agreements, new Date())
  })
