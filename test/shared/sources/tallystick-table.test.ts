import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'tallystick-table.csv': [
    'tallystick-table / legs, UTC',
    '2 2024-01-02T10:00:00.000Z opening_lot: in 0.5 BTC @kraken',
    '3+4+5 2024-01-03T10:00:00.000Z buy: out 100 USD @kraken, in 0.0025 BTC @kraken, fee 1 USD on out @kraken | hash T1',
    '6+7+8 2024-01-04T10:00:00.000Z transfer: out 0.1 BTC @kraken, in 0.0999 BTC @ledger, fee 0.0001 BTC on out included @kraken',
    '9 2024-01-05T10:00:00.000Z gift_in: in 1 ETH = 2500.5 USD @kraken',
    '10+11 2024-01-06T10:00:00.000Z sell: out 0.1 BTC @kraken, in 4400 USD @kraken',
    '12 2024-01-07T10:00:00.000Z airdrop: in 40 ethereum:0xab = 12 USD @kraken',
    '13 2024-01-08T10:00:00.000Z lot_selection: ',
    '14 not-understood [kind]: “divination” is not one of the kinds',
    '15 not-understood [role]: “sideways” is not one of the words of this column',
    '16 not-understood [time]: “2024-02-31T10:00:00.000Z” is no time of the calendar that this source writes',
    '17 not-understood [amount]: the amount “one” is not a number',
    '18 not-understood [legs]: the event is not sound: a transfer has an out and an in leg; half of one is an unmatched_out or unmatched_in',
    '19 not-understood [event]: the event is not named',
    '20 not-understood: an earlier row of this file has the same id but says something else; only that one was read. Compare the two, and add this one by hand if both happened',
  ],
}

describe('Our own table', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
