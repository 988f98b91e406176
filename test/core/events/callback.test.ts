import { lookup } from 'node:dns/promises'
import { describe, expect, it, vi } from 'vitest'
import { isNetwork, post, vetCallback } from '../../../core/events/callback.ts'

vi.mock('node:dns/promises', async (original) => {
  const real = await original<typeof import('node:dns/promises')>()
  return { ...real, lookup: vi.fn(real.lookup) }
})

const rulesOf = async (url: string, allowed: string[] = []) => (await vetCallback(url, allowed)).map(({ rule }) => rule)

describe('where events may be sent', () => {
  it.each([
    ['this machine', 'https://127.0.0.1/hook'],
    ['this machine by name', 'https://localhost/hook'],
    ['this machine in another notation', 'https://2130706433/hook'],
    ['this machine in hexadecimal digits', 'https://0x7f.1/hook'],
    ['this machine in IPv6', 'https://[::1]/hook'],
    ['an IPv4 address inside of IPv6', 'https://[::ffff:10.0.0.1]/hook'],
    ['an address translated to IPv4', 'https://[64:ff9b::a00:1]/hook'],
    ['a private network', 'https://10.1.2.3/hook'],
    ['a private network', 'https://172.31.255.255/hook'],
    ['a private network', 'https://192.168.0.1/hook'],
    ['carrier-grade translation', 'https://100.64.0.1/hook'],
    ['a metadata service', 'https://169.254.169.254/latest/meta-data'],
    ['nowhere', 'https://0.0.0.0/hook'],
    ['everybody', 'https://255.255.255.255/hook'],
    ['a unique local address', 'https://[fd00::1]/hook'],
    ['a link-local address', 'https://[fe80::1]/hook'],
    ['a tunnel to IPv4', 'https://[2002:a00:1::]/hook'],
  ])('not %s: %s', async (_what, url) => {
    expect(await rulesOf(url)).toEqual(['public-address'])
  })

  it.each([
    ['https://8.8.8.8/hook'],
    ['https://[2606:4700:4700::1111]/hook'],
    ['https://172.32.0.1:8443/hook?token=x'],
  ])('an address in the open: %s', async (url) => {
    expect(await rulesOf(url)).toEqual([])
  })

  it.each([
    ['not a URL', 'hook', 'url'],
    ['another protocol', 'ftp://8.8.8.8/', 'https'],
    ['not encrypted', 'http://8.8.8.8/hook', 'https'],
    ['a user and a password', 'https://me:secret@8.8.8.8/hook', 'bare'],
    ['a host that nobody knows', 'https://nobody.invalid/hook', 'resolvable'],
  ])('not %s', async (_what, url, rule) => {
    expect(await rulesOf(url)).toEqual([rule])
  })

  it('a private network that the operator named, and only that one; there also without encryption', async () => {
    expect(await rulesOf('http://10.20.3.4/hook', ['10.20.0.0/16'])).toEqual([])
    expect(await rulesOf('https://10.21.3.4/hook', ['10.20.0.0/16'])).toEqual(['public-address'])
    expect(await rulesOf('http://8.8.8.8/hook', ['10.20.0.0/16'])).toEqual(['https'])
  })
})

describe('a name that changes its mind', () => {
  it('is asked once for each attempt: the address that was looked at is the one that is connected to', async () => {
    const asked = vi.mocked(lookup)
    asked.mockClear()
    // Allowed at first, and in the open afterwards, where nothing may go without encryption.
    const answers = [
      { address: '127.0.0.1', family: 4 },
      { address: '192.0.2.1', family: 4 },
    ]
    asked.mockImplementation((async () => [answers.shift()]) as unknown as typeof lookup)
    const sent = await post('http://fickle.example:1/hook', {}, '', ['127.0.0.0/8'])
    expect(sent).toEqual({ failure: 'ECONNREFUSED' })
    expect(asked).toHaveBeenCalledTimes(1)
    asked.mockReset()
  })
})

it.each([
  ['10.20.0.0/16', true],
  ['10.20.0.1/32', true],
  ['fd00::/8', true],
  ['::/0', true],
  ['10.20.0.0/33', false],
  ['fd00::/129', false],
  ['300.1.1.1/8', false],
  ['10.20/16', false],
  ['10.20.0.0', false],
  ['10.20.0.0/16/8', false],
  ['10.20.0.0/-1', false],
  ['a.b.c/8', false],
])('%s is a network: %s', (text, expected) => {
  expect(isNetwork(text)).toBe(expected)
})
