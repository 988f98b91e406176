/** What the hub tells subscribers: CloudEvents 1.0 in structured JSON. Ids, rules and states only, nothing about a person. */

/** `finding.*`: about one finding. `reconciliation.finished`: a night's run ended. `sync.held`: a registry's file was held back. */
export const eventTypes = [
  'finding.opened',
  'finding.reopened',
  'finding.resolved',
  'finding.changed',
  'reconciliation.finished',
  'sync.held',
] as const
export type EventType = (typeof eventTypes)[number]

/** An event as the hub keeps it. `registry`: whose business it is; only subscribers who may see that registry are told. */
export type Event = {
  readonly type: EventType
  readonly registry: string
  /** The id of the finding or run. */
  readonly subject: string
  readonly data: Readonly<Record<string, string | number>>
}

/** https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md */
export type CloudEvent = {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  readonly data: Readonly<Record<string, string | number>>
}

export const eventMediaType = 'application/cloudevents+json'

/** `id` is the delivery's: the same however often it is sent, so that a receiver knows a repetition. */
export const toCloudEvent = (
  { type, registry, subject, data }: Event,
  id: string,
  at: Date,
  source: string,
): CloudEvent => ({
  specversion: '1.0',
  id,
  source,
  type: `org.pamoja.${type}`,
  subject,
  time: at.toISOString(),
  datacontenttype: 'application/json',
  data: { registry, ...data },
})
