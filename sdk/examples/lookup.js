// Looks a person up by an identifier and prints who covers them, and since when that is known.
//   PAMOJA_URL=http://127.0.0.1:8080 PAMOJA_CLIENT=demo PAMOJA_KEY=client.jwk PAMOJA_PURPOSE=clinic-visit \
//     node lookup.js national-id ke 24681357
import { readFileSync } from 'node:fs'
import { PamojaProblem, pamoja } from '@pamoja/sdk'

const { PAMOJA_URL, PAMOJA_CLIENT, PAMOJA_KEY, PAMOJA_PURPOSE, PAMOJA_OFFICER } = process.env
const [type, issuer, value] = process.argv.slice(2)
const key = readFileSync(PAMOJA_KEY, 'utf8')

const hub = pamoja({
  baseUrl: PAMOJA_URL,
  clientId: PAMOJA_CLIENT,
  privateKey: key.startsWith('{') ? JSON.parse(key) : key,
  purpose: PAMOJA_PURPOSE,
  ...(PAMOJA_OFFICER && { officer: PAMOJA_OFFICER }),
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
