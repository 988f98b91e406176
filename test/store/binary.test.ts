import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  bytesArray,
  copyBinary,
  instant,
  int4,
  int4Array,
  int8,
  int8Array,
  textArray,
  uuid,
} from '../../store/binary.ts'
import { newId } from '../../store/ids.ts'
import { type TestDatabase, testDatabase } from '../kit/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ empty: true })
  await database.db.query(
    'create table thing (id uuid, at timestamptz, small int, big bigint, words text[], bytes bytea)',
  )
})
afterAll(() => database.drop())

type Thing = { id: string; at: Date; small: number; big: string; words: string[]; bytes: Buffer | null }

test('rows come back as they went in: nothing, negative numbers, the ends of the range, odd words, more than a chunk', async () => {
  const things: Thing[] = [
    { at: new Date('1999-12-31T23:59:59.999Z'), small: -1, big: '-9223372036854775808', words: [], bytes: null },
    {
      at: new Date('2026-11-23T04:05:06.007Z'),
      small: 2147483647,
      big: '9223372036854775807',
      words: ['ke-nssf'],
      bytes: Buffer.alloc(0),
    },
    { at: new Date(0), small: 0, big: '0', words: ['a"b\\c', 'ສົມສັກ', '', '{}'], bytes: Buffer.alloc(200_000, 7) },
    ...[...Array(400).keys()].map((n) => ({
      at: new Date(n),
      small: n,
      big: String(n),
      words: [],
      bytes: Buffer.alloc(300, n),
    })),
  ].map((thing) => ({ id: newId(), ...thing }))
  await copyBinary(database.db, 'thing', ['id', 'at', 'small', 'big', 'words', 'bytes'], things, (thing) => [
    uuid(thing.id),
    instant(thing.at),
    int4(thing.small),
    int8(thing.big),
    textArray(thing.words),
    thing.bytes,
  ])
  expect(await database.db.query('select * from thing order by id')).toEqual(things)
})

test('an array of bytes is a parameter, its gaps and its order kept', async () => {
  const values = [Buffer.of(0, 255), null, Buffer.alloc(0), Buffer.alloc(70_000, 3)]
  const rows = await database.db.query('select each as value from unnest($1::bytea[]) as each', [bytesArray(values)])
  expect(rows).toEqual(values.map((value) => ({ value })))
})

test('an array of whole numbers is a parameter, the ends of the range and no number at all among them', async () => {
  const small = [-2147483648, 0, 2147483647]
  const big = ['-9223372036854775808', '9223372036854775807']
  const [row] = await database.db.query('select $1::int[] as small, $2::bigint[] as big, $3::bigint[] as none', [
    int4Array(small),
    int8Array(big),
    int8Array([]),
  ])
  expect(row).toEqual({ small, big, none: [] })
})
