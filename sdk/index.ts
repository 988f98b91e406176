/** @pamoja/sdk: asking a Pamoja hub from Node. */
export type * from './contract.ts'
export { type EventKey, type EventRequest, type PamojaEvent, UnverifiedEvent, verifyEvent } from './event.ts'
export type { DecideOptions, Matching, ReviewFilter } from './matching.ts'
export type { AskOptions, CallOptions, WriteOptions } from './options.ts'
export { type Months, type Pamoja, type PamojaOptions, pamoja } from './pamoja.ts'
export { PamojaProblem, type ProblemCode } from './problem.ts'
export type { Scope } from './token.ts'
