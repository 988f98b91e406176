/** The part of oidc-provider 9 that api/issuer.ts uses; the package ships no types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export type StoredModel = Record<string, unknown>
  export type Adapter = {
    upsert(id: string, payload: StoredModel, expiresIn?: number): Promise<void>
    find(id: string): Promise<StoredModel | undefined>
    findByUid(uid: string): Promise<StoredModel | undefined>
    findByUserCode(code: string): Promise<StoredModel | undefined>
    consume(id: string): Promise<void>
    destroy(id: string): Promise<void>
    revokeByGrantId(id: string): Promise<void>
  }
  export class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    /** Believe X-Forwarded-* headers; the URLs in the metadata come from them. */
    proxy: boolean
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    on(event: 'server_error', listener: (context: unknown, error: Error) => void): this
  }
  export namespace errors {
    class OIDCProviderError extends Error {
      constructor(status: number, message: string)
      error_description?: string
    }
    class InvalidClientAuth extends OIDCProviderError {
      constructor(description: string)
    }
    class InvalidRequest extends OIDCProviderError {
      constructor(description: string)
    }
  }
}
