import { expect, it } from 'vitest'
import { registryDrift } from '../../../reconciliation/rules/registry-drift.ts'
import { contextOf, delivery, registry } from '../../kit/registry-dossier.ts'

const context = contextOf(registryDrift)
const reasons = [
  { pointer: '/death', rule: 'dead', message: '80 % of the records are said to be dead, after 2 % the last time.' },
  { pointer: '', rule: 'missing', message: '300 of 400 records that were listed are missing; 20 % are allowed.' },
]

it('a delivery that is held back is one finding of its kind of list, with why', () => {
  const held = { ...delivery({ list: 'member', run: 'run-7', day: '2026-11-22' }), reasons }
  expect(registryDrift.find(registry({ held: [held] }), context)).toEqual([
    {
      about: 'member',
      owner: 'ke-nssf',
      evidence: [{ registry: 'ke-nssf', record: 'run-7', version: 1, pointer: '' }],
      facts: {
        list: 'member',
        day: '2026-11-22',
        why: '80 % of the records are said to be dead, after 2 % the last time; 300 of 400 records that were listed are missing; 20 % are allowed',
      },
    },
  ])
})

it('a registry of which nothing is held back has none', () => {
  expect(registryDrift.find(registry({ lists: [{ now: delivery({}) }] }), context)).toEqual([])
})
