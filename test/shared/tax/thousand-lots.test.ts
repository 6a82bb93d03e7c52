/**
 * A thousand purchases, one sale of all but the last unit of them: the scenario is written here, as its document would be
 * thousands of lines. Lot `n` has n units, bought for n² and a cent.
 */
import { describe, expect, test } from 'vitest'
import { calc } from '../../../electron/cli/calc.ts'
import type { JsonObject } from './scenario-files.ts'

const LOTS = 1000
const UNITS = (LOTS * (LOTS + 1)) / 2
const SQUARES = (LOTS * (LOTS + 1) * (2 * LOTS + 1)) / 6
const PRICE = 2000

const day = (n: number): string => new Date(Date.UTC(2022, 0, n, 12)).toISOString()

function documentFor(jurisdiction: string, currency: string, method: string): JsonObject {
  const leg = (role: string, asset: string, amount: string) => ({ role, account: 'ex', asset, amount })
  const buys = Array.from({ length: LOTS }, (_, i) => ({
    id: `b${i + 1}`,
    time: day(i + 1),
    kind: 'buy',
    legs: [leg('in', 'COIN', `${i + 1}`), leg('out', currency, `${(i + 1) ** 2}.01`)],
  }))
  const sold = UNITS - 1
  const sale = {
    id: 's',
    time: '2025-06-01T12:00:00Z',
    kind: 'sell',
    legs: [leg('out', 'COIN', `${sold}`), leg('in', currency, `${sold * PRICE}`)],
  }
  return {
    schema: 'tallystick/events@1',
    profile: { jurisdiction, currency, zone: 'UTC', scope: 'pack', method },
    accounts: [{ id: 'ex', name: 'ex', kind: 'exchange' }],
    assets: [
      { id: 'COIN', kind: 'crypto' },
      { id: currency, kind: 'fiat' },
    ],
    events: [...buys, sale],
  }
}

type Row = { readonly [member: string]: string }

function calculated(document: JsonObject): { readonly disposals: readonly Row[]; readonly lots: readonly Row[] } {
  const outcome = calc(JSON.stringify(document), 'thousand.json', { rounded: false })
  if (!outcome.ok) throw new Error(outcome.error)
  return JSON.parse(JSON.stringify(outcome.document))
}

/** A decimal as units of its eighteenth place. */
function exact(text = '0'): bigint {
  const [whole = '0', part = ''] = text.split('.')
  return BigInt(whole + part.padEnd(18, '0'))
}

describe('a thousand lots in one disposal', () => {
  test.each([
    ['us', 'USD', 'fifo', LOTS, `b${LOTS}`, '1000.00001'],
    ['us', 'USD', 'hifo', LOTS - 1, 'b1', '1.01'],
    ['de', 'EUR', 'fifo', LOTS, `b${LOTS}`, '1000.00001'],
    ['au', 'AUD', 'lifo', LOTS - 1, 'b1', '1.01'],
  ])('%s %s by %s: a row for each lot, which add up exactly', (country, currency, method, rows, kept, rest) => {
    const { disposals, lots } = calculated(documentFor(country, currency, method))
    expect(disposals).toHaveLength(rows)
    expect(new Set(disposals.map(({ lot }) => lot)).size).toBe(rows)
    const sum = (member: string): bigint => disposals.reduce((all, row) => all + exact(row[member]), 0n)
    expect(sum('amount')).toBe(exact(`${UNITS - 1}`))
    expect(sum('proceeds')).toBe(exact(`${(UNITS - 1) * PRICE}`))
    expect(sum('cost')).toBe(exact(`${SQUARES + LOTS / 100}`) - exact(rest))
    expect(lots).toMatchObject([{ origin: kept, amount: '1' }])
    expect(exact(lots[0]?.cost)).toBe(exact(rest))
  })
})
