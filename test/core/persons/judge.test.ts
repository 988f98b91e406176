import { expect, test } from 'vitest'
import { candidateLimit, judgeTogether } from '../../../core/persons/judge.ts'
import { keyOf } from '../../../core/persons/keyed.ts'
import { prepare } from '../../../linkage/features.ts'
import { toLinkRecord } from '../../../linkage/record.ts'
import { newId } from '../../../store/ids.ts'
import { testCore } from '../../kit/core.ts'
import { type Line, paperRegistry, toRecord } from '../../kit/paper.ts'

test('of hundreds who share a name and are not stored yet, those whose years are near are decided about', async () => {
  const hub = await testCore([paperRegistry('ke-nssf')])
  try {
    const keyed = (line: Omit<Line, 'no' | 'name'>) =>
      keyOf(hub.needs, prepare(toLinkRecord(newId(), toRecord({ no: '1', name: 'Mary Wanjiku Atieno', ...line }))))
    const crowd = [...Array(candidateLimit + 40).keys()].map((n) =>
      keyed({ born: `${1920 + (n % 40)}-0${1 + (n % 9)}-1${n % 7}`, sex: 'female' }),
    )
    const one = keyed({ born: '1988-03-14', sex: 'female' })
    // Met by the name alone: another year, another day.
    const other = keyed({ born: '1989-03-14', sex: 'female' })
    const rows = await judgeTogether(hub.needs, hub.owner, [one], [one, other, ...crowd], new Map())
    expect(rows.map(({ a, b }) => new Set([a, b]))).toEqual([new Set([one.id, other.id])])
  } finally {
    await hub.close()
  }
})
