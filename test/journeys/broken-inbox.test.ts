/** Files that are not what their names say stand between good ones: the good ones are read, and each of the others is told. */
import { mkdir, symlink } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Rejection, SyncRun } from '../../schemas/contract.ts'
import { workbook } from '../adapters/folder.ts'
import { portalReturn, workerLines } from '../adapters/ke-nssf/source.ts'
import { type InboxHub, inboxHub } from '../kit/inbox-hub.ts'
import { lineOf, registerFile, rowOf } from '../kit/register.ts'

const people = 40
const register = registerFile('a-members.csv', people, () => undefined).bytes
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')
const lineInLatin1 = Buffer.from(lineOf({ ...rowOf(500), Surname: 'Zoé' }), 'latin1')

/** What lies in the inbox, and the rule that says what is wrong with it. */
const oddities: {
  name: string
  says: string
  rule: string
  content: () => Promise<Uint8Array> | Uint8Array | string
}[] = [
  { name: 'b-picture.xlsx', says: 'a picture', rule: 'file-kind-unknown', content: () => png },
  {
    name: 'c-picture.csv',
    says: 'a photograph',
    rule: 'file-kind-unknown',
    content: () => Buffer.from('ffd8ffe000104a464946', 'hex'),
  },
  {
    name: 'd-cut.xlsx',
    says: 'a workbook that was cut off',
    rule: 'file-broken',
    content: async () => (await book()).subarray(0, 900),
  },
  { name: 'e-zero.csv', says: 'no byte at all', rule: 'file-empty', content: () => '' },
  { name: 'f-blank.csv', says: 'nothing but line ends', rule: 'headings-unknown', content: () => '\n\r\n\n' },
  { name: 'h-scan.pdf', says: 'a kind that is not read', rule: 'file-kind-unknown', content: () => '%PDF-1.7' },
  { name: 'i-packed.csv', says: 'a packed file', rule: 'file-kind-unknown', content: () => gzipSync(register) },
  {
    name: 'j-old.csv',
    says: 'another encoding throughout',
    rule: 'encoding-unknown',
    content: () =>
      Buffer.concat(
        Array(30)
          .fill([lineInLatin1, Buffer.from('\n')])
          .flat(),
      ),
  },
  {
    name: 'k-letter.csv',
    says: 'a letter',
    rule: 'headings-unknown',
    content: () => 'Dear Sir,\nplease find attached nothing.\n',
  },
  {
    name: 'l-foreign.csv',
    says: 'a list of another registry',
    rule: 'layout-unknown',
    content: () => 'NHIF NO,NAME,ID NO,SEX,PHONE\n99,Kamau,99000777,M,0710000001\n',
  },
  {
    name: 'm-endless.csv',
    says: 'a line without end',
    rule: 'row-too-long',
    content: () => `a,b\n${'x'.repeat(1_200_000)}`,
  },
  {
    name: 'n-page.xlsx',
    says: 'a web page',
    rule: 'headings-unknown',
    content: () => '<html><body><table><tr><td>Kamau</td></tr></table></body></html>',
  },
]
const book = () => workbook(portalReturn('990000001', '022026', [1, 2, 3].flatMap(workerLines)))

let hub: InboxHub
let run: SyncRun
let open: Rejection[]
beforeAll(async () => {
  hub = await inboxHub('ke-nssf')
  await hub.inbox.put('a-members.csv', register)
  for (const { name, content } of oddities) await hub.inbox.put(name, await content())
  await mkdir(path.join(hub.inbox.path, 'g-folder.csv'))
  await symlink('/etc/hostname', path.join(hub.inbox.path, 'g-link.csv'))
  run = await hub.deliver({ 'z-return.xlsx': await book() })
  open = await hub.rejections('open')
})
afterAll(() => hub?.close())

const all = [
  ...oddities,
  { name: 'g-folder.csv', says: 'a folder', rule: 'file-not-regular' },
  { name: 'g-link.csv', says: 'a link', rule: 'file-is-a-link' },
]

test('the good files before and behind them are read', async () => {
  const ids = [...(await hub.records()).keys()]
  expect(ids.filter((id) => !id.includes('/'))).toHaveLength(people)
  expect(ids.filter((id) => id.startsWith('990000001/2026-02/'))).toHaveLength(3)
  expect(run.counts).toMatchObject({ read: people + 3 + all.length, added: people + 3, rejected: all.length })
})

test.each(all.map((one) => [one.says, one] as const))('%s is told', (_, { name, rule }) => {
  const here = open.filter(({ origin }) => origin === name)
  expect(here.map(({ stream, reasons }) => [stream, reasons.map((reason) => [reason.rule, reason.pointer])])).toEqual([
    ['file', [[rule, '']]],
  ])
  expect(here[0]?.reasons[0]?.message).toMatch(/^[A-Z].{15,}\.$/)
})

test('a sync later they are told again, not twice, and the good files are not read again', async () => {
  const again = await hub.deliver({})
  expect(again.counts).toMatchObject({ read: all.length, added: 0, changed: 0, rejected: all.length, absent: 0 })
  expect(await hub.rejections()).toHaveLength(all.length)
})

test('a file that was put right is read, and its rejection is settled; the others stay open', async () => {
  await hub.deliver({ 'd-cut.xlsx': await workbook(portalReturn('990000002', '022026', workerLines(4))) })
  const states = (await hub.rejections())
    .filter(({ state }) => state !== 'open')
    .map(({ origin, state }) => [origin, state])
  expect(states).toEqual([['d-cut.xlsx', 'superseded']])
  expect([...(await hub.records()).keys()].filter((id) => id.startsWith('990000002/'))).toHaveLength(1)
})
