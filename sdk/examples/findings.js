// Prints the findings on which somebody should have acted by now, the oldest last, with the money at stake.
//   PAMOJA_URL=https://hub.example.org PAMOJA_CLIENT=fund-desk PAMOJA_KEY=client.pem PAMOJA_PURPOSE=reconciliation \
//     node findings.js [R02]
// With none of these it asks the demo hub of this machine, as PORT and PAMOJA_HOME say.
import { readFileSync } from 'node:fs'
import { PamojaProblem, pamoja } from '@pamoja/sdk'

const { PORT = '8080', PAMOJA_HOME = '.pamoja' } = process.env
const { PAMOJA_URL = `http://127.0.0.1:${PORT}`, PAMOJA_CLIENT = 'demo-reconciler' } = process.env
const { PAMOJA_KEY = `${PAMOJA_HOME}/keys/clients/${PAMOJA_CLIENT}.json`, PAMOJA_PURPOSE = 'reconciliation' } =
  process.env
const [rule] = process.argv.slice(2)
const key = readFileSync(PAMOJA_KEY, 'utf8')

const { reconciliation } = pamoja({
  baseUrl: PAMOJA_URL,
  clientId: PAMOJA_CLIENT,
  privateKey: key.startsWith('{') ? JSON.parse(key) : key,
  purpose: PAMOJA_PURPOSE,
})

try {
  let found = 0
  for await (const finding of reconciliation.findings({ overdue: true, ...(rule && { rule }) })) {
    const money = finding.money ? `, ${finding.money.currency} ${finding.money.amount / 100}` : ''
    found += 1
    console.log(`${finding.dueOn} ${finding.severity} ${finding.registry} ${finding.title}: ${finding.state}${money}`)
  }
  if (found === 0) console.log('Nothing is overdue.')
} catch (problem) {
  if (!(problem instanceof PamojaProblem)) throw problem
  console.error(`${problem.code}: ${problem.message}${problem.traceId ? ` (trace ${problem.traceId})` : ''}`)
  process.exitCode = 1
}
