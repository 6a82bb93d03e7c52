import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'bitstamp-old.csv': [
    'bitstamp / old transactions, UTC',
    '2 2022-01-27T21:00:00.000Z fiat_deposit: in 3000 EUR',
    '3 2022-01-28T00:31:00.000Z sell: out 1 ETH, in 2214.01 EUR, fee 10.87005 EUR on in',
    '4 2022-01-28T00:31:00.000Z sell: out 1 ETH, in 2214.01 EUR, fee 10.87005 EUR on in',
    '5 2022-05-28T12:31:00.000Z buy: out 1614.01 EUR, in 1 ETH, fee 7.87005 EUR on out',
    '6 2022-09-01T13:05:00.000Z unmatched_out: out 0.5 ETH, fee 0.001 ETH on out',
    '7 not-understood [Datetime]: “Feb. 31, 2022, 01:05 PM” is no time of the calendar that this source writes',
    '8 not-understood [Amount]: the amount “half an” is not a number (“half an ETH”)',
  ],
  'bitstamp.csv': [
    'bitstamp / transactions, UTC',
    '2 2025-01-02T09:00:00.000Z fiat_deposit: in 500 EUR',
    '3 2025-01-02T10:00:00.000Z buy: out 100 EUR, in 2 LTC, fee 0.5 EUR on out',
    '4 2025-01-03T11:00:00.000Z trade: out 1 LTC, in 0.001 BTC, fee 0.000003 BTC on in',
    '5 2025-01-05T13:00:00.000Z unmatched_out: out 0.5 LTC, fee 0.001 LTC on out',
    '6 2025-01-06T13:00:00.000Z unmatched_in: in 10 XRP',
    '7 2025-01-07T13:00:00.000Z unmatched_out: out 4 XRP',
    '8 2025-01-08T13:00:00.000Z staking_reward: in 0.0001 ETH',
    '9 2025-01-09T13:00:00.000Z fiat_deposit: in 100 EUR, fee 2 EUR on in',
    '10 2025-01-10T13:00:00.000Z custody_move: info 10 EUR',
    '11 2025-01-11T13:00:00.000Z buy: out 95 EUR, in 0.001 BTC, fee 5 EUR on out',
    '12 2025-01-12T13:00:00.000Z custody_move: info 1 ETH',
    '13 not-understood [Subtype]: the type “Barter” is not known to this reader',
    '14 not-understood [Type]: the type “Sorcery” is not known to this reader',
    '15 skipped: the same transaction stands in this file already',
  ],
}

describe('Bitstamp', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
