import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'paypal-activity.csv': [
    'paypal / activity download, UTC',
    '2 skipped: it is a payment in money, not about crypto',
    '3 not-understood [Type]: this download shows only the money side of it; import PayPal’s crypto statement instead',
    '4 skipped: the same transaction stands in this file already',
  ],
  'paypal.csv': [
    'paypal / crypto statement, UTC',
    '2 2024-01-02T10:00:00.000Z buy: out 85 GBP, in 0.0025 BTC, fee 1.49 GBP on out',
    '3 2024-02-02T10:00:00.000Z sell: out 0.0012 BTC, in 45 GBP, fee 0.99 GBP on in',
    '4 2024-02-03T10:00:00.000Z trade: out 20 PYUSD, in 0.01 ETH',
    '5 2024-02-04T10:00:00.000Z unmatched_out: out 0.001 BTC = 35 GBP, fee 0.00002 BTC on out',
    '6 2024-02-05T10:00:00.000Z unmatched_in: in 5 PYUSD = 4 GBP',
    '7 2024-02-06T10:00:00.000Z other_income: in 0.1 PYUSD = 0.08 GBP',
    '8 not-understood [Transaction Type]: the type “MOONWALK” is not known to this reader',
    '9 not-understood [DateTime]: “2024-02-31T10:00:00Z” is no time of the calendar that this source writes',
    '10 not-understood [Asset In (Quantity)]: the amount is missing',
    '11 not-understood [Asset In (Quantity)]: the amount “a bit” is not a number',
  ],
}

describe('PayPal', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
