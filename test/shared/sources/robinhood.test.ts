import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'robinhood-activity.csv': [
    'robinhood / account activity, America/New_York',
    '2 2024-01-14T05:00:00.000Z fiat_deposit: in 500 USD',
    '3 skipped: it is about shares or options, not about crypto',
    '4 2024-01-16T05:00:00.000Z buy: out 43 USD, in 0.001 BTC',
    '5 2024-01-17T05:00:00.000Z sell: out 0.0005 BTC, in 22 USD',
    '6 2024-01-18T05:00:00.000Z fiat_withdrawal: out 50 USD',
    '7 not-understood [Trans Code]: the type “INTX” is not known to this reader',
    '8 not-understood [Trans Code]: the type “GIFT” is not known to this reader',
    '9 skipped: a line of text beside the table',
  ],
  'robinhood-orders-older.csv': [
    'robinhood / orders, zone asked',
    '2 2021-01-02T15:00:00.000Z buy: out 100 USD, in 0.0025 BTC',
    '3 2021-01-03T15:00:00.000Z buy: out 100 USD, in 0.0025 BTC',
  ],
  'robinhood-orders.csv': [
    'robinhood / orders, UTC',
    '2 2024-01-02T15:00:00.000Z buy: out 100 USD, in 0.0025 BTC',
    '3 2024-02-02T15:00:00.000Z sell: out 0.001 BTC, in 43.01 USD',
    '4 2024-02-03T15:00:00.000Z buy: out 1000 USD, in 0.4 ETH',
    '5 skipped: nothing of this order was filled',
    '6 2024-02-05T15:00:00.000Z sell: out 60 DOGE, in 6 USD',
    '7 skipped: its status is “Failed”: nothing was moved',
    '8 not-understood [Side]: the type “Lend” is not known to this reader',
    '9 not-understood [Time Entered]: “2024-02-31T15:00:00Z” is no time of the calendar that this source writes',
    '10 not-understood [Quantity]: the amount “many” is not a number',
    '11 skipped: the same order stands in this file already',
    '12 not-understood [State]: the status “Floating” is not known to this reader',
    '13 skipped: a line of text beside the table',
  ],
  'robinhood-transfers.csv': [
    'robinhood / transfers, UTC',
    '2 2024-03-01T15:00:00.000Z unmatched_out: out 0.001 BTC = 60 USD, fee 0.00002 BTC on out | hash aa01 | to bc1qother',
    '3 2024-03-02T15:00:00.000Z unmatched_in: in 0.5 ETH | hash aa02',
    '4 skipped: its status is “failed”: nothing was moved',
    '5 not-understood [transfer_type]: the type “teleport” is not known to this reader',
  ],
}

describe('Robinhood', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
