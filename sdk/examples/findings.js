// Prints the findings on which somebody should have acted by now, the oldest last, with the money at stake.
//   PAMOJA_URL=http://127.0.0.1:8080 PAMOJA_CLIENT=demo-reconciler PAMOJA_KEY=client.jwk PAMOJA_PURPOSE=reconciliation \
//     node findings.js [R02]
import { readFileSync } from 'node:fs'
import { PamojaProblem, pamoja } from '@pamoja/sdk'

const { PAMOJA_URL, PAMOJA_CLIENT, PAMOJA_KEY, PAMOJA_PURPOSE } = process.env
const [rule] = process.argv.slice(2)
const key = readFileSync(PAMOJA_KEY, 'utf8')

const { reconciliation } = pamoja({
  baseUrl: PAMOJA_URL,
  clientId: PAMOJA_CLIENT,
  privateKey: key.startsWith('{') ? JSON.parse(key) : key,
  purpose: PAMOJA_PURPOSE,
})

try {
  for await (const finding of reconciliation.findings({ overdue: true, ...(rule && { rule }) })) {
    const money = finding.money ? `, ${finding.money.currency} ${finding.money.amount / 100}` : ''
    console.log(`${finding.dueOn} ${finding.severity} ${finding.registry} ${finding.title}: ${finding.state}${money}`)
  }
} catch (problem) {
  if (!(problem instanceof PamojaProblem)) throw problem
  console.error(`${problem.code}: ${problem.message}${problem.traceId ? ` (trace ${problem.traceId})` : ''}`)
  process.exitCode = 1
}
