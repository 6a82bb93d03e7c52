import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'koinly-trades.csv': [
    'koinly-trades / trades template, UTC',
    '2 2024-01-02T10:00:00.000Z buy: out 100 EUR, in 0.0025 BTC, fee 1 EUR on out',
    '3 2024-01-03T10:00:00.000Z trade: out 0.5 ETH, in 1250.5 USDC, fee 0.0001 BNB',
    '4 2024-01-03T10:00:00.000Z trade: out 0.1 BTC, in 4300 USDT',
    '5 2024-01-03T10:00:00.000Z trade: out 0.1 BTC, in 4300 USDT',
    '6 skipped: the same trade stands in this file already',
    '7 not-understood [Side]: the type “HODL” is not known to this reader',
    '8 not-understood [Pair]: the market does not name two assets',
    '9 not-understood [Koinly Date]: “2024-02-31 10:00:00” is no time of the calendar that this source writes',
    '10 not-understood [Amount]: the amount “1x” is not a number',
  ],
}

describe('Koinly’s template for trades', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
