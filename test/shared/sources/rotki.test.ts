import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'rotki-events.csv': [
    'rotki / generic events, UTC',
    '2 2022-07-27T09:00:00.000Z fiat_deposit: in 1000 EUR @kucoin',
    '3 2022-07-28T09:00:00.000Z unmatched_out: out 99 USDT @binance, fee 1 USDT on out @binance',
    '4 2022-08-01T08:00:00.000Z staking_reward: in 0.0513 ETH @luno',
    '5 2022-08-01T08:00:00.000Z other_income: in 5 optimism:0x00000000000000000000000000000000000000aa @luno',
    '6 2022-08-01T08:01:40.000Z lost: out 0.01 ETH @luno',
    '7 2022-08-01T08:03:20.000Z spend: out 0.01 ETH @luno',
    '8 2022-08-01T08:05:00.000Z unmatched_in: in 0.01 BTC @paper-wallet',
    '9 2022-08-01T08:06:40.000Z unmatched_in: in 0.01 BTC @external',
    '10 not-understood [Type]: the type “Incantation” is not known to this reader',
    '11 not-understood [Timestamp]: “2022-02-31” is no time of the calendar that this source writes',
    '12 not-understood [Amount]: the amount “0.01x” is not a number',
    '13 not-understood [Amount]: neither side has an amount',
  ],
  'rotki-own.csv': [
    'rotki / generic events, UTC',
    '2+3 2023-07-01T10:00:00.000Z transfer: out 0.7 BTC @kraken, in 0.7 BTC @ledger',
    '4+5 2023-07-01T10:01:40.000Z transfer: out 1 ETH @kraken, in 0.99 ETH @ledger, fee 0.01 ETH on out included @kraken, fee 0.001 ETH on out @kraken',
    '6 2023-07-01T10:03:20.000Z unmatched_out: out 1 SOL @kraken',
  ],
  'rotki-trades-older.csv': [
    'rotki / generic trades, older, UTC',
    '2 2019-05-26T23:13:20.000Z buy: out 100 EUR @kraken, in 0.0025 BTC @kraken, fee 1 EUR on out @kraken',
    '3 2019-05-26T23:15:00.000Z sell: out 0.0025 BTC @kraken, in 110 EUR @kraken, fee 1 EUR on in @kraken',
    '4 not-understood [Type]: the type “Ponder” is not known to this reader',
    '5 not-understood [Fee]: the amount “one” is not a number',
    '6 not-understood [Timestamp]: “0” is no time of the calendar that this source writes',
  ],
  'rotki-trades.csv': [
    'rotki / generic trades, UTC',
    '2 2022-07-27T09:00:00.000Z buy: out 100 EUR @kraken, in 0.0025 BTC @kraken, fee 1 EUR on out @kraken',
    '3 2022-07-27T09:01:40.000Z trade: out 0.01 ETH @hot-wallet, in 25.5 USDC @hot-wallet, fee 0.0004 ETH on out @hot-wallet',
    '4 not-understood [Receive Amount]: nothing was received in this trade',
    '5 not-understood [Spend Amount]: nothing was given in this trade',
    '6 not-understood [Spend Amount]: the amount “x” is not a number',
    '7 not-understood [Timestamp]: “yesterday” is no time of the calendar that this source writes',
  ],
}

describe('rotki', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
