import { describe, expect, test } from 'vitest'
import { PullError } from '../../../adapters/contract.ts'
import { keSha } from '../../../adapters/ke-sha/adapter.ts'
import { serviceOptions, settingsFor } from './source.ts'

describe('the settings', () => {
  const whole = serviceOptions('https://sha.example')
  test.each([
    ['neither files nor service', {}, 'inbox or options.baseUrl'],
    ['no key', { ...whole, consumerKey: '' }, 'options.consumerKey'],
    ['no password', { ...whole, password: undefined }, 'options.password'],
    ['no agent', { ...whole, agent: 7 }, 'options.agent'],
    ['secrets without TLS', { ...whole, baseUrl: 'http://sha.example' }, 'options.baseUrl'],
    ['an address that is none', { ...whole, baseUrl: 'sha.example' }, 'options.baseUrl'],
    ['a rate of nothing', { ...whole, perSecond: 0 }, 'options.perSecond'],
    ['a page beyond bounds', { ...whole, askPage: 5000 }, 'options.askPage'],
    ['a roll that is maybe whole', { ...whole, nhifFullRoll: 'maybe' }, 'options.nhifFullRoll'],
  ])('%s', (_, options, named) => {
    const make = () => keSha(settingsFor(options))
    expect(make).toThrow(PullError)
    expect(make).toThrow(named)
  })

  test('no message repeats a secret', () => {
    const make = () => keSha(settingsFor({ ...whole, password: 'hunter2-secret', perSecond: -1 }))
    expect(make).toThrow(/^(?!.*hunter2).*perSecond/)
  })
})
