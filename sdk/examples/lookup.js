// Looks a person up by an identifier and prints who covers them, and since when that is known.
//   PAMOJA_URL=https://hub.example.org PAMOJA_CLIENT=clinic PAMOJA_KEY=client.pem PAMOJA_PURPOSE=clinic-visit \
//     node lookup.js national-id ke 24681357
// With none of these it asks the demo hub of this machine, as PORT and PAMOJA_HOME say, about somebody made up.
import { readFileSync } from 'node:fs'
import { PamojaProblem, pamoja } from '@pamoja/sdk'

const { PORT = '8080', PAMOJA_HOME = '.pamoja' } = process.env
const { PAMOJA_URL = `http://127.0.0.1:${PORT}`, PAMOJA_CLIENT = 'demo' } = process.env
const { PAMOJA_KEY = `${PAMOJA_HOME}/keys/clients/${PAMOJA_CLIENT}.json` } = process.env
const { PAMOJA_PURPOSE = 'coverage-check', PAMOJA_OFFICER = 'demo-officer' } = process.env
const [type = 'national-id', issuer = 'ke', value = '99000001'] = process.argv.slice(2)
const key = readFileSync(PAMOJA_KEY, 'utf8')

const hub = pamoja({
  baseUrl: PAMOJA_URL,
  clientId: PAMOJA_CLIENT,
  privateKey: key.startsWith('{') ? JSON.parse(key) : key,
  purpose: PAMOJA_PURPOSE,
  officer: PAMOJA_OFFICER,
})

try {
  const answer = await hub.lookup({ type, issuer, value })
  if (answer.outcome === 'none') {
    console.log('nobody')
  } else {
    const { beneficiary } = answer
    console.log(beneficiary.name?.full ?? beneficiary.id)
    for (const { scheme, status, registry, asOf } of beneficiary.enrolments ?? [])
      console.log(`  ${scheme} ${status} (${registry}, ${asOf})`)
  }
} catch (problem) {
  if (!(problem instanceof PamojaProblem)) throw problem
  console.error(`${problem.code}: ${problem.message}${problem.traceId ? ` (trace ${problem.traceId})` : ''}`)
  process.exitCode = 1
}
