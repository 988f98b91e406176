/**
 * Where events may be sent. Somebody else chose the address, so it is never one from which the hub could reach what is not meant for the
 * outside: this machine, private networks, link-local and metadata addresses (CWE-918). It is vetted when it is given and again on
 * every connection, by the address itself, so that a name that changes its mind in between gains nothing.
 */
import { lookup } from 'node:dns/promises'
import { request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { BlockList, isIP } from 'node:net'
import type { Reason } from '../../errors.ts'

/** Networks, in CIDR notation as `isNetwork` checks, that the operator lets events into although they are private: a government's own. Plain http is for these. */
export type Allowed = readonly string[]

const inward: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  // Of IPv6, the global unicast range is open (RFC 4291), without what is cut out of it for other uses.
  ['::', 3, 'ipv6'],
  ['2001::', 23, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
  ['4000::', 2, 'ipv6'],
  ['8000::', 1, 'ipv6'],
]
// One list a family: in a common one, an IPv4 address would be looked up as the IPv6 address that it is mapped to.
const closed = { ipv4: new BlockList(), ipv6: new BlockList() }
for (const [network, prefix, family] of inward) closed[family].addSubnet(network, prefix, family)

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Whether a text is a network in CIDR notation, such as 10.20.0.0/16 or fd00::/8. */
export function isNetwork(text: string): boolean {
  const [network = '', prefix = '', ...more] = text.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(network)] ?? -1
  return more.length === 0 && /^\d{1,3}$/.test(prefix) && Number(prefix) <= longest
}

function isAllowed(address: string, allowed: Allowed): boolean {
  const open = { ipv4: new BlockList(), ipv6: new BlockList() }
  for (const cidr of allowed) {
    const [network = '', prefix = ''] = cidr.split('/')
    open[familyOf(network)].addSubnet(network, Number(prefix), familyOf(network))
  }
  const family = familyOf(address)
  return open[family].check(address, family)
}

const isOpen = (address: string, allowed: Allowed) => {
  const family = familyOf(address)
  return !closed[family].check(address, family) || isAllowed(address, allowed)
}

const isBare = ({ username, password, hash }: URL) => !username && !password && !hash
const reason = (rule: string, message: string): Reason => ({ pointer: '/url', rule, message })

/** Why events cannot be sent to this URL; nothing when they can. Asks the name service. */
export async function vetCallback(text: string, allowed: Allowed = []): Promise<Reason[]> {
  const vetted = await vet(text, allowed)
  return 'refused' in vetted ? [vetted.refused] : []
}

type Vetted = { readonly url: URL; readonly address: string } | { readonly refused: Reason }

/** The address to connect to, out of the one answer of the name service that was looked at: a second one could say something else. */
async function vet(text: string, allowed: Allowed): Promise<Vetted> {
  if (!URL.canParse(text)) return { refused: reason('url', 'This is not a URL.') }
  const url = new URL(text)
  const plain = { refused: reason('https', 'Events are sent to https addresses.') }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return plain
  if (!isBare(url))
    return {
      refused: reason(
        'bare',
        'The URL holds no user, password or fragment. Put a secret of yours into the path or the query.',
      ),
    }
  const addresses = await addressesOf(url.hostname)
  const [address] = addresses
  if (address === undefined)
    return {
      refused: reason('resolvable', 'The name of the host is not known to the name service. Check its spelling.'),
    }
  if (!addresses.every((one) => isOpen(one, allowed)))
    return {
      refused: reason(
        'public-address',
        'The host lies in a private, local or reserved network. The operator can allow a network of yours in hub.yaml, under events.networks.',
      ),
    }
  if (url.protocol === 'http:' && !addresses.every((one) => isAllowed(one, allowed))) return plain
  return { url, address }
}

async function addressesOf(hostname: string): Promise<string[]> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) return [host]
  const found = await lookup(host, { all: true, verbatim: true }).catch(() => [])
  return found.map(({ address }) => address)
}

/** What came of sending: the status, and the wait that was asked for in seconds; or a word for why there was no answer. */
export type Sent = { readonly status: number; readonly retryAfter?: number } | { readonly failure: string }

const patienceMs = 10_000

/** Sends a POST to a vetted address and waits for its status. Follows no redirect, reads no body, and never throws. */
export async function post(
  text: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  allowed: Allowed,
  signal?: AbortSignal,
): Promise<Sent> {
  const vetted = await vet(text, allowed)
  if ('refused' in vetted) return { failure: vetted.refused.rule }
  const { url, address } = vetted
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const send = url.protocol === 'https:' ? tlsRequest : plainRequest
  const timeout = AbortSignal.timeout(patienceMs)
  return new Promise((resolve) => {
    const request = send(
      {
        // The address that was looked at is the one that is connected to; the name is for the certificate and the virtual host.
        host: address,
        ...(isIP(host) === 0 && { servername: host }),
        port: url.port || undefined,
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body), 'user-agent': 'pamoja' },
        agent: false,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      },
      (response) => {
        const wait = Number(response.headers['retry-after'])
        resolve({ status: response.statusCode ?? 0, ...(Number.isFinite(wait) && wait > 0 && { retryAfter: wait }) })
        response.destroy()
      },
    )
    request.on('error', (error) => resolve({ failure: timeout.aborted ? 'timeout' : failureOf(error) }))
    request.end(body)
  })
}

// An error's text may quote the address; its code does not.
const failureOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : error.name
