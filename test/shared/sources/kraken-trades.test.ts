import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'kraken-trades-positions.csv': [
    'kraken-trades / trades with positions, UTC',
    '2 2024-05-03T09:00:00.123Z buy: out 400 EUR, in 0.01 BTC, fee 1.04 EUR on out',
    '3 2024-05-03T10:00:00.123Z realised_loss: out 108 EUR, fee 4 EUR',
    '4 2024-05-03T11:00:00.123Z derivative_fee: fee 4 EUR',
    'file: Kraken’s ledgers hold the same trades with their exact fees; where both are imported, one of each pair counts',
  ],
  'kraken-trades.csv': [
    'kraken-trades / trades, UTC',
    '2 2024-01-03T09:00:00.123Z buy: out 400 EUR, in 0.01 BTC, fee 1.04 EUR on out',
    '3 2024-01-03T10:00:00.000Z trade: out 0.005 BTC, in 210 USDT, fee 0.546 USDT on in',
    '4 2024-01-03T11:00:00.000Z buy: out 10 EUR, in 10 XTZ, fee 0.026 EUR on out',
    '5 2024-01-03T12:00:00.000Z trade: out 10 ICX, in 0.001 ETH',
    '6 2024-01-03T13:00:00.000Z trade: out 0.001 BTC, in 100 ZRX, fee 0.0000026 BTC on out',
    '7 2024-01-03T14:00:00.000Z trade: out 10 SNX, in 0.0005 BTC, fee 0.0000013 BTC on in',
    '8 2024-01-03T15:00:00.000Z trade: out 0.05 BTC, in 1 ETH, fee 0.00013 BTC on out',
    '9 2024-01-03T16:00:00.000Z derivative_fee: fee 4 EUR',
    '10 not-understood [type]: the type “swap” is not known to this reader',
    '11 not-understood [pair]: “NONSENSE” is no market of two assets',
    '12 not-understood [time]: “2024-02-31 18:00:00” is no time of the calendar that this source writes',
    '13 not-understood [cost]: the amount “ten” is not a number',
    '14 skipped: the same trade stands in this file already',
    'file: Kraken’s ledgers hold the same trades with their exact fees; where both are imported, one of each pair counts',
  ],
}

describe('Kraken trades', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
