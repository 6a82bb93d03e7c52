import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'strike-2025.csv': [
    'strike / account history, UTC',
    '2 2025-07-02T01:23:45.000Z fiat_deposit: in 100 USD',
    '3 2025-07-03T01:23:45.000Z buy: out 99 USD, in 0.0009 BTC, fee 0.5 USD on out',
    '4 2025-07-04T01:23:45.000Z sell: out 0.0005 BTC, in 55 USD, fee 0.2 USD on in',
    '5 2025-07-05T01:23:45.000Z unmatched_out: out 0.0001 BTC | to bc1qother',
    '6 2025-07-06T01:23:45.000Z unmatched_in: in 0.0002 BTC',
    '7 2025-07-07T01:23:45.000Z fiat_withdrawal: out 5 USD',
    '8 not-understood [Transaction Type]: one side of the trade is missing',
    '9 not-understood [Fee]: fees of two currencies are in one row',
    '10 not-understood [Transaction Type]: the type “Moonwalk” is not known to this reader',
  ],
  'strike-annual.csv': [
    'strike / annual statement, UTC',
    '2 2024-01-02T01:23:45.000Z fiat_deposit: in 100 EUR',
    '3 2024-01-03T01:23:45.000Z buy: out 99 EUR, in 0.002475 BTC, fee 1 EUR on out',
    '4 2024-01-04T01:23:45.000Z unmatched_out: out 0.001 BTC, fee 0.00001 BTC on out | hash feed01',
    '5 skipped: its status is “Pending”: nothing was moved',
  ],
  'strike-monthly.csv': [
    'strike / monthly statement, UTC',
    '2 2025-01-08T23:15:38.000Z fiat_deposit: in 50 USD',
    '3 2025-01-02T01:24:12.000Z buy: out 50 USD, in 0.0005 BTC',
    '4 2025-01-09T10:10:00.000Z unmatched_out: out 0.0003 BTC | to bc1qexample',
    '5 2025-01-10T10:00:01.000Z unmatched_in: in 0.00000012 BTC',
    '6 skipped: its status is “Pending”: nothing was moved',
    '7 skipped: its status is “Reversed”: nothing was moved',
    '8 2025-01-13T10:00:00.000Z fiat_withdrawal: out 10 USD, fee 0.5 USD on out',
    '9 2025-01-14T10:00:00.000Z referral: in 0.00001 BTC',
    '10 2025-01-15T10:00:00.000Z other_income: in 5 USD',
    '11 2025-01-16T10:00:00.000Z sell: out 0.00025 BTC, in 25 USD, fee 0.25 USD on in',
    '12 not-understood [Transaction Type]: the type “Moonwalk” is not known to this reader',
    '13 not-understood [Completed Date (UTC)]: “Feb 31 2025 10:00:00” is no time of the calendar that this source writes',
    '14 not-understood [Transaction Type]: both amounts have one sign',
    '15 not-understood [Amount 1]: the amount “much” is not a number',
  ],
}

describe('Strike', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
