/** @pamoja/sdk: asking a Pamoja hub from Node. */
export type * from './contract.ts'
export {
  type AskOptions,
  type CallOptions,
  type DecideOptions,
  type Months,
  type Pamoja,
  type PamojaOptions,
  pamoja,
  type ReviewFilter,
  type WriteOptions,
} from './pamoja.ts'
export { PamojaProblem, type ProblemCode } from './problem.ts'
export type { Scope } from './token.ts'
