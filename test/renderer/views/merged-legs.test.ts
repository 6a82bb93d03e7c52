import { expect, test } from 'vitest'
import { mergedLegs, mergedTime } from '../../../renderer/views/ledger/merged-legs.ts'
import type { EventRow, LegView } from '../../../shared/contract/events.ts'

const leg = (role: LegView['role'], asset: string, amount: string, included = false): LegView => ({
  role,
  account: 'k',
  accountName: 'Kraken',
  asset,
  symbol: asset,
  amount,
  value: '7',
  valueReason: null,
  included,
})

const row = (id: string, time: number, legs: LegView[]): EventRow => ({
  id,
  time,
  precision: 'second',
  date: '2025-03-12',
  timeText: '',
  kind: 'trade',
  sourceKind: null,
  accountNames: ['Kraken'],
  legs,
  note: '',
  batch: null,
  source: null,
  decided: false,
  ignored: false,
  open: [],
  joined: [],
})

test('merged events show what they move together: equal legs added up, all else side by side, at the earliest time', () => {
  const rows = [
    row('b', 20, [leg('in', 'DOT', '0.2'), leg('fee', 'DOT', '0.01', true)]),
    row('a', 10, [leg('in', 'DOT', '0.30'), leg('fee', 'DOT', '0.02', true), leg('fee', 'DOT', '0.5')]),
    row('c', 30, [leg('out', 'DOT', '1')]),
  ]
  expect(mergedLegs(rows).map(({ role, amount, included }) => [role, amount, included])).toEqual([
    ['in', '0.5', false],
    ['fee', '0.03', true],
    ['fee', '0.5', false],
    ['out', '1', false],
  ])
  expect(mergedTime(rows)).toBe(10)
})
