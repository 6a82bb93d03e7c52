import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { formatAmount, formatMoneyFull } from '../../../../shared/amount/decimal.ts'
import { readInterchange } from '../../../../shared/events/interchange.ts'
import type { InterchangeDocument } from '../../../../shared/events/interchange-types.ts'
import { changeoverMemo } from '../../../../shared/tax/changeover-memo.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const buy = (id: string, day: string, account: string, amount: string, cost: string) => ({
  id,
  time: `${day}T12:00:00Z`,
  kind: 'buy',
  legs: [
    { role: 'in', account, asset: 'DE', amount },
    { role: 'out', account, asset: 'USD', amount: cost },
  ],
})
const sell = (id: string, day: string, account: string, amount: string) => ({
  id,
  time: `${day}T12:00:00Z`,
  kind: 'sell',
  legs: [
    { role: 'out', account, asset: 'DE', amount },
    { role: 'in', account, asset: 'USD', amount: '60' },
  ],
})
const PLAN = {
  id: 'AL',
  time: '2025-01-15T12:00:00Z',
  kind: 'allocation',
  asset: 'DE',
  plan: 'specific',
  allocations: [
    { account: 'XYZ', lot: 'R1', amount: '4' },
    { account: 'GHI', lot: 'R1', amount: '0.5' },
    { account: 'GHI', lot: 'R2', amount: '19.5' },
  ],
}
const HISTORY = [
  buy('R1', '2019-07-01', 'XYZ', '10', '10'),
  buy('R2', '2020-09-01', 'GHI', '20', '100'),
  sell('S0', '2024-12-01', 'XYZ', '6'),
]

function document(events: readonly object[]): InterchangeDocument {
  const reading = readInterchange(
    {
      schema: 'tallystick/events@1',
      profile: { jurisdiction: 'us', currency: 'USD', zone: 'UTC' },
      accounts: [
        { id: 'XYZ', name: 'XYZ', kind: 'wallet' },
        { id: 'GHI', name: 'GHI', kind: 'wallet' },
      ],
      assets: [
        { id: 'DE', kind: 'crypto' },
        { id: 'USD', kind: 'fiat' },
      ],
      events: structuredClone(events),
    },
    'memo',
  )
  if (!reading.ok) throw new Error(JSON.stringify(reading))
  return reading.document
}

const memoOf = (events: readonly object[]) => {
  const outcome = changeoverMemo(document(events), sha256)
  if (!outcome.ok || outcome.memo === null) throw new Error('no memo')
  return outcome.memo
}

const lines = (events: readonly object[]) =>
  memoOf(events).assets[0]?.lines.map((line) => [
    line.account,
    line.lot,
    formatAmount(line.amount),
    formatMoneyFull(line.cost),
    line.from,
  ])

describe('the memo of the changeover', () => {
  test('lists wallets, units and the residue of each where no plan is on record', () => {
    const memo = memoOf([...HISTORY, sell('S', '2025-03-01', 'XYZ', '1')])
    const [asset] = memo.assets
    expect(memo).toMatchObject({ at: '2025-01-01', zone: 'UTC', method: 'residue' })
    expect(asset?.wallets.map(({ account, units }) => [account, formatAmount(units)])).toEqual([
      ['XYZ', '4'],
      ['GHI', '20'],
    ])
    expect(asset?.unused.map(({ lot, amount, cost }) => [lot, formatAmount(amount), formatMoneyFull(cost)])).toEqual([
      ['R1', '4', '4.00'],
      ['R2', '20', '100.00'],
    ])
    expect(asset?.plan).toMatchObject({
      kind: 'residue',
      deadline: '2025-03-01',
      deadlineWhy: 'first-disposition',
      firstUse: { event: 'S', date: '2025-03-01' },
      locked: true,
    })
  })

  test('is open to a plan until the return is due, where nothing was disposed of since', () => {
    expect(memoOf(HISTORY.concat(buy('B', '2025-02-01', 'XYZ', '1', '1'))).assets[0]?.plan).toMatchObject({
      deadline: '2026-10-15',
      deadlineWhy: 'return-due',
      locked: false,
    })
  })

  test('gives a plan line by line, with what moved from where', () => {
    const plan = {
      ...PLAN,
      allocations: [
        { account: 'XYZ', lot: 'R2', amount: '4' },
        { account: 'GHI', lot: 'R1', amount: '4' },
        { account: 'GHI', lot: 'R2', amount: '16' },
      ],
    }
    expect(lines([...HISTORY, plan])).toEqual([
      ['XYZ', 'R2', '4', '20.00', 'GHI'],
      ['GHI', 'R1', '4', '4.00', 'XYZ'],
      ['GHI', 'R2', '16', '80.00', null],
    ])
  })

  test('has the same hash for the same facts, and another for another allocation', () => {
    const one = memoOf(HISTORY)
    expect(memoOf([...HISTORY].reverse()).hash).toBe(one.hash)
    expect(one.hash).toBe(`sha256:${sha256(one.text)}`)
    const plan = {
      ...PLAN,
      allocations: [
        { account: 'XYZ', lot: 'R2', amount: '4' },
        { account: 'GHI', lot: 'R1', amount: '4' },
        { account: 'GHI', lot: 'R2', amount: '16' },
      ],
    }
    expect(memoOf([...HISTORY, plan]).hash).not.toBe(one.hash)
  })

  test('is refused with the rule that the plan breaks', () => {
    const rule = 'allocation-of-unused-basis'
    expect(changeoverMemo(document([...HISTORY, PLAN]), sha256)).toMatchObject({
      ok: false,
      refusals: [{ code: 'allocation-basis-reused', event: 'AL', taxYear: 2025, rule }],
    })
  })

  test('is none where nothing was held when the scope changed', () => {
    expect(changeoverMemo(document([buy('B', '2025-02-01', 'XYZ', '1', '1')]), sha256)).toEqual({
      ok: true,
      memo: null,
    })
  })
})
