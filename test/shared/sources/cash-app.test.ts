import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'cash-app-older.csv': [
    'cash-app / transactions, zone asked',
    '2 2020-02-03T10:00:00.000Z buy: out 98 USD, in 0.0108 BTC, fee 2 USD on out',
    '3 2020-02-04T10:00:00.000Z fiat_withdrawal: out 98 USD',
  ],
  'cash-app.csv': [
    'cash-app / transactions, UTC',
    '2 2024-01-02T15:00:00.000Z buy: out 98 USD, in 0.00245 BTC, fee 2 USD on out',
    '3 2024-01-03T15:00:00.000Z unmatched_out: out 0.001 BTC',
    '4 2024-07-03T14:00:00.000Z sell: out 0.001 BTC, in 41 USD, fee 0.41 USD on in',
    '5 2024-07-04T14:00:00.000Z unmatched_in: in 0.002 BTC',
    '6 2024-07-05T14:00:00.000Z cashback: in 0.00002 BTC',
    '7 2024-07-06T14:00:00.000Z buy: out 10 USD, in 0.0002 BTC, fee 0.2 USD on out',
    '8 2024-07-07T14:00:00.000Z fiat_deposit: in 50 USD',
    '9 2024-07-08T14:00:00.000Z fiat_withdrawal: out 20.25 USD',
    '10 2024-07-09T14:00:00.000Z fiat_deposit: in 5 USD | with A. Friend',
    '11 2024-07-10T14:00:00.000Z spend: out 4.5 USD',
    '12 2024-07-11T14:00:00.000Z cashback: in 0.45 USD',
    '13 skipped: it is about shares, not about crypto',
    '14 skipped: its status is “FAILED”: nothing was moved',
    '15 skipped: the payment was refunded',
    '16 skipped: a notice, which moves nothing',
    '17 2024-07-16T14:00:00.000Z cashback: in 0.00001 BTC',
    '18 2024-07-17T14:00:00.000Z unmatched_out: out 0.002 BTC, fee 0.0001 BTC on out',
    '19 not-understood [Transaction Type]: the type “Bitcoin Moonwalk” is not known to this reader',
    '20 not-understood [Date]: “2024-07-19 10:00:00 XYZ” is no time of the calendar that this source writes',
    '21 not-understood [Net Amount]: the amount “lots” is not a number',
    '22 not-understood [Transaction Type]: the type “Rent” is not known to this reader',
    '23 not-understood: an earlier row of this file has the same id but says something else; only that one was read. Compare the two, and add this one by hand if both happened',
  ],
}

describe('Cash App', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('takes a boost that is taken back for no income', async () => {
    const lines = await linesOfText([
      'Date,Transaction ID,Transaction Type,Currency,Amount,Fee,Net Amount,Asset Type,Asset Price,Asset Amount,Status,Notes,Name of sender/receiver,Account',
      '2024-07-05 10:00:00 EDT,a1,Boost Payment,USD,-$0.45,$0,-$0.45,,,,COMPLETE,Cafe,,Your Cash',
      '2024-07-05 11:00:00 EDT,a2,Bitcoin Boost,USD,-$1.00,$0,-$1.00,BTC,"$50,000.00",-0.00002,COMPLETE,,,',
    ])
    expect(lines.slice(1)).toEqual([
      '2 2024-07-05T14:00:00.000Z clawback: out 0.45 USD',
      '3 2024-07-05T15:00:00.000Z clawback: out 0.00002 BTC',
    ])
  })
})
