import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'dydx-fills.csv': [
    'dydx / fills, UTC',
    '2 2024-01-02T10:00:00.000Z derivative_fee: fee 2 USDC',
    '3 2024-01-03T10:00:00.000Z fee_rebate: rebate 0.45 USDC',
    '4 2024-01-04T10:00:00.000Z informational: ',
    '5 not-understood [side]: the type “HOLD” is not known to this reader',
    '6 not-understood [createdAt]: “2024-02-31T10:00:00.000Z” is no time of the calendar that this source writes',
    '7 not-understood [size]: the amount “much” is not a number',
    'file: fills of perpetuals tell fees, not results: add the realised profits and losses of your positions from dYdX’s own overview',
  ],
  'dydx-funding.csv': [
    'dydx / funding payments, UTC',
    '2 2022-01-02T11:00:00.000Z funding_out: out 0.05 USDC',
    '3 2022-01-02T12:00:00.000Z funding_in: in 0.03 USDC',
    '4 not-understood [payment]: the amount is missing',
  ],
  'dydx-trades-v3.csv': [
    'dydx / fills, UTC',
    '2 2022-01-02T10:00:00.000Z derivative_fee: fee 1.25 USDC',
    '3 2022-01-02T10:00:00.000Z derivative_fee: fee 1.25 USDC',
    'file: fills of perpetuals tell fees, not results: add the realised profits and losses of your positions from dYdX’s own overview',
  ],
  'dydx-transfers.csv': [
    'dydx / transfers, UTC',
    '2 2024-01-01T10:00:00.000Z unmatched_in: in 1000 USDC | hash AA01',
    '3 2024-01-09T10:00:00.000Z unmatched_out: out 500 USDC | hash AA02',
    '4 2024-01-10T10:00:00.000Z custody_move: info 50 USDC | hash AA03',
    '5 not-understood [type]: the type “MOONWALK” is not known to this reader',
  ],
}

describe('dYdX', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
