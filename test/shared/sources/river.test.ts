import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'river.csv': [
    'river / transactions, UTC',
    '2 2025-01-01T11:48:31.000Z buy: out 98.8 USD, in 0.00104 BTC, fee 1.2 USD on out',
    '3 2025-01-02T00:00:00.000Z lending_interest: in 0.0000012 BTC',
    '4 2025-01-05T09:00:00.000Z unmatched_out: out 0.001 BTC',
    '5 2025-01-06T09:00:00.000Z sell: out 0.0005 BTC, in 50 USD, fee 0.6 USD on in',
    '6 2025-01-07T09:00:00.000Z fiat_deposit: in 100 USD',
    '7 2025-01-08T09:00:00.000Z fiat_withdrawal: out 40 USD',
    '8 2025-01-09T09:00:00.000Z other_income: in 0.001 BTC',
    '9 not-understood [Tag]: the type “Moonwalk” is not known to this reader',
    '10 not-understood [Sent Amount]: the amount is missing',
    '11 not-understood [Date]: “2025-02-31 09:00:00” is no time of the calendar that this source writes',
    '12 not-understood [Received Amount]: the amount “few” is not a number',
    '13 2025-01-13T09:00:00.000Z unmatched_out: out 0.0001 BTC, fee 0.000002 BTC on out',
  ],
}

describe('River', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
