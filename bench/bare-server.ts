/** The barest Express + pg handler: the same indexed read of the same row as a look-up, and nothing else. Argument: database URL. */
import { createServer } from 'node:http'
import express from 'express'
import pg from 'pg'

const sql = `select b.person, b.registries, b.name, b.birth_date, b.sex, b.identifiers, b.enrolments, b.contributions
  from beneficiary b where b.person in
    (select m.person from identifier i join membership m on m.record = i.record and m.until is null where i.hash = any($1))
  limit 2`
const pool = new pg.Pool({ connectionString: process.argv[2], max: 10 })
const app = express()
app.post('/lookup', express.json(), async (request, response) => {
  const hashes = request.body.hashes.map((hash: string) => Buffer.from(hash, 'hex'))
  const { rows } = await pool.query({ name: 'lookup', text: sql, values: [hashes] })
  response.json(rows)
})
const server = createServer(app).listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}\n`)
})
