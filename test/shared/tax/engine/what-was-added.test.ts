import { expect, test } from 'vitest'
import { withAdded } from '../../../../shared/tax/state-copies.ts'

test('a sum that did not change in a year is nothing where the year before had none of it', () => {
  const then = { heads: new Map([['short', { gains: 1n, losses: 0n }]]) }
  const final = { heads: new Map([['short', { gains: 3n, losses: 0n }]]) }
  const now = { heads: new Map<string, { gains: bigint; losses: bigint }>() }
  expect(withAdded(now, then, final).heads.get('short')).toEqual({ gains: 2n, losses: 0n })
})

test('a name whose sum did not change is not brought to where it is not', () => {
  const then = { byHead: new Map([['staking', 5n]]) }
  const final = { byHead: new Map([['staking', 5n]]) }
  expect([...withAdded({ byHead: new Map<string, bigint>() }, then, final).byHead]).toEqual([])
})
