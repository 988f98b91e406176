import { expect, test } from 'vitest'
import { regionOf } from '../../../schemas/values/region.ts'

test.each([
  ['ke', '047', 'KE-30'],
  ['ke', '1', 'KE-28'],
  ['ke', 'KE-01', 'KE-01'],
  ['ke', 'NAIROBI', 'KE-30'],
  ['ke', 'Nairobi City County', 'KE-30'],
  ['ke', 'Muranga', 'KE-29'],
  ['ke', 'MURANG’A COUNTY', 'KE-29'],
  ['ke', 'Taita-Taveta', 'KE-39'],
  ['ke', '022 Kiambu', 'KE-13'],
  ['la', '17', 'LA-AT'],
  ['la', 'LA-CH', 'LA-CH'],
  ['la', 'ຈຳປາສັກ', 'LA-CH'],
  ['la', 'ແຂວງ ຈໍາປາສັກ', 'LA-CH'],
  ['la', 'ຫລວງພະບາງ', 'LA-LP'],
  ['la', 'Champassak Province', 'LA-CH'],
  ['la', 'ວຽງຈັນ', 'LA-VI'],
  ['la', 'ນະຄອນຫຼວງວຽງຈັນ', 'LA-VT'],
  ['la', 'Vientiane Province', 'LA-VI'],
  ['la', 'Vientiane Capital', 'LA-VT'],
] as const)('in %s, %s is %s', (country, written, code) => {
  expect(regionOf(country, written)?.code).toBe(code)
})

test.each(['', 'Atlantis', '48', 'KE-99'])('%j is no county', (written) => {
  expect(regionOf('ke', written)).toBeUndefined()
})
