/** Who may ask: agencies, their clients, registered purposes, and the agreements that join them. */
import { newId } from './ids.ts'
import type { Queryable } from './pool.ts'

export type ClientRow = {
  id: string
  agency: string
  title: string
  scopes: string[]
  /** The registries that it may write to, where its scopes let it write. */
  registries: string[]
  jwks: { keys: Record<string, unknown>[] }
  active: boolean
  demo: boolean
}
export type PurposeRow = { code: string; title: string; legal_basis: string; needs_officer: boolean }
export type AgreementRow = {
  id: string
  agency: string
  purpose: string
  registries: string[]
  fields: string[]
  valid_from: Date
  valid_until: Date
}

export const putAgency = (db: Queryable, agency: { id: string; title: string }) =>
  db.query('insert into agency (id, title) values ($1, $2) on conflict (id) do update set title = excluded.title', [
    agency.id,
    agency.title,
  ])

export const putClient = (db: Queryable, client: ClientRow) =>
  db.query(
    `insert into client (id, agency, title, scopes, registries, jwks, active, demo) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set agency = excluded.agency, title = excluded.title, scopes = excluded.scopes,
       registries = excluded.registries, jwks = excluded.jwks, active = excluded.active, demo = excluded.demo`,
    [
      client.id,
      client.agency,
      client.title,
      client.scopes,
      client.registries,
      JSON.stringify(client.jwks),
      client.active,
      client.demo,
    ],
  )

export const putPurpose = (db: Queryable, purpose: PurposeRow) =>
  db.query(
    `insert into purpose (code, title, legal_basis, needs_officer) values ($1, $2, $3, $4)
     on conflict (code) do update set title = excluded.title, legal_basis = excluded.legal_basis, needs_officer = excluded.needs_officer`,
    [purpose.code, purpose.title, purpose.legal_basis, purpose.needs_officer],
  )

export const putAgreement = (db: Queryable, agreement: Omit<AgreementRow, 'id'>) =>
  db.query(
    `insert into agreement (id, agency, purpose, registries, fields, valid_from, valid_until) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (agency, purpose, valid_from) do update
       set registries = excluded.registries, fields = excluded.fields, valid_until = excluded.valid_until`,
    [
      newId(),
      agreement.agency,
      agreement.purpose,
      agreement.registries,
      agreement.fields,
      agreement.valid_from,
      agreement.valid_until,
    ],
  )

/** Switches off every client that is not among these. */
export const keepClients = (db: Queryable, ids: readonly string[]) =>
  db.query('update client set active = false where active and id <> all($1)', [ids])

/** Ends every agreement that is not among these, from now on; what it allowed before stays on record. */
export const keepAgreements = (
  db: Queryable,
  kept: readonly { agency: string; purpose: string; valid_from: Date }[],
  at: Date,
) =>
  db.query(
    `update agreement a set valid_until = $4 where valid_until > $4 and not exists
       (select 1 from unnest($1::text[], $2::text[], $3::timestamptz[]) as kept (agency, purpose, valid_from)
        where kept.agency = a.agency and kept.purpose = a.purpose and kept.valid_from = a.valid_from)`,
    [kept.map((one) => one.agency), kept.map((one) => one.purpose), kept.map((one) => one.valid_from), at],
  )

export const readClient = async (db: Queryable, id: string) =>
  (
    await db.query<ClientRow>(
      'select id, agency, title, scopes, registries, jwks, active, demo from client where id = $1 and active',
      [id],
      'client_read',
    )
  )[0]

/** The agreements of a client's agency for a purpose, in force or not, with what the purpose asks for. */
export const agreementsFor = (db: Queryable, client: string, purpose: string) =>
  db.query<AgreementRow & { needs_officer: boolean }>(
    `select a.id, a.agency, a.purpose, a.registries, a.fields, a.valid_from, a.valid_until, p.needs_officer
     from client c join agreement a on a.agency = c.agency join purpose p on p.code = a.purpose
     where c.id = $1 and c.active and a.purpose = $2 order by a.valid_from desc`,
    [client, purpose],
    'agreements_for',
  )
