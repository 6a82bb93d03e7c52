import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'bisq-older.csv': [
    'bisq / old trade history, zone asked',
    '2 2018-03-10T10:16:00.000Z buy: out 150 EUR, in 0.02 BTC, fee 0.0003 BTC on in',
    '3 2018-03-11T10:16:00.000Z sell: out 0.02 BTC, in 150 EUR, fee 0.0001 BTC on out, fee 1.5 BSQ',
  ],
  'bisq.csv': [
    'bisq / trade history, zone asked',
    '2 2021-03-10T10:16:00.000Z sell: out 0.01 BTC, in 505 EUR, fee 0.0001 BTC on out, fee 0.4 BSQ',
    '3 2019-12-23T06:33:02.000Z buy: out 68 EUR, in 0.01 BTC, fee 0.0011914 BTC on in',
    '4 2020-01-05T06:33:02.000Z trade: out 0.01 BTC, in 142.85 BSQ, fee 0.0002 BTC on out',
    '5 2020-01-06T06:33:02.000Z trade: out 10 XMR, in 0.05 BTC, fee 0.0002 BTC on in',
    '6 skipped: its status is “Canceled”: nothing was moved',
    '7 not-understood [Offer type]: the type “Lend BTC” is not known to this reader',
    '8 not-understood [Date/Time]: “31 Feb 2020 06:33:02” is no time of the calendar that this source writes',
    '9 not-understood [Amount]: the amount “few” is not a number',
    '10 skipped: the same trade stands in this file already',
  ],
}

describe('Bisq', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
