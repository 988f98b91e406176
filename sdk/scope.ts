/** What a token is for; the contract says what each allows. */
export const scopes = [
  'beneficiaries:read',
  'registries:read',
  'registries:write',
  'matching:read',
  'matching:write',
  'findings:read',
  'findings:write',
  'reconciliation:run',
  'subscriptions:write',
] as const
export type Scope = (typeof scopes)[number]
