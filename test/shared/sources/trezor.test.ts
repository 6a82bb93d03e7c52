import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'export-btc-trezor.csv': [
    'trezor / old Suite transactions, zone asked',
    '2 2022-01-25T02:58:40.000Z unmatched_in: in 0.01 BTC | hash ab12',
    '3 2022-01-26T14:58:40.000Z unmatched_out: out 0.004 BTC, fee 0.00002 BTC on out | hash cd34 | to bc1qdest',
    '4 2022-01-27T14:58:40.000Z network_fee: fee 0.00003 BTC | hash ef56',
    '5 not-understood [Date & Time]: “2/31/2022, 2:58:40 PM” is no time of the calendar that this source writes',
  ],
  'trezor-old-suite.csv': [
    'trezor / old Suite transactions, zone asked',
    '2 not-understood [file name]: the file does not name its coin; give it back the name that Trezor gave it (export-btc-….csv)',
    '3 not-understood [Type]: the type “MOONWALK” is not known to this reader',
  ],
  'trezor-semicolons.csv': [
    'trezor / Suite transactions, UTC',
    '2 2024-01-03T10:00:00.000Z unmatched_in: in 0.00099 BTC = 41.58 EUR | hash ab12',
    '3 2024-01-10T10:00:00.000Z unmatched_out: out 0.0002 BTC = 1019318.33 EUR, fee 0.00002 BTC on out | hash cd34 | to bc1qdest1',
  ],
  'trezor-web_btc.csv': [
    'trezor / web wallet transactions, zone asked',
    '2 2017-05-03T12:34:56.000Z unmatched_in: in 0.5 BTC | hash aa01',
    '3+4 2017-05-04T12:34:56.000Z unmatched_out: out 0.3 BTC, fee 0.0005 BTC on out | hash aa02',
    '5 2017-05-05T12:34:56.000Z network_fee: fee 0.0002 BTC | hash aa03',
    '6 not-understood [TX type]: the type “UP” is not known to this reader',
  ],
  'trezor.csv': [
    'trezor / Suite transactions, UTC',
    '2 2024-01-03T10:00:00.000Z unmatched_in: in 0.00099 BTC = 41.58 EUR | hash ab12',
    '3+4 2024-01-10T10:00:00.000Z unmatched_out: out 0.0003 BTC, fee 0.00002 BTC on out | hash cd34',
    '5 2024-01-11T19:06:40.000Z network_fee: fee 0.00001 BTC | hash ef56',
    '6 2024-01-12T22:53:20.000Z unmatched_out: out 25 USDC = 1019318.33 EUR, fee 0.0015 ETH | hash 0a78 | to 0xdest',
    '7 2024-01-14T02:40:00.000Z failed_fee: fee 0.0011 ETH | hash 0b90',
    '8 2024-01-15T06:26:40.000Z network_fee: fee 0.0000035 BTC | hash 0c12',
    '9 2024-01-16T10:13:20.000Z unmatched_out: out 0.00015 BTC = 6 EUR, fee 0.000002 BTC on out | hash 0d34 | to bc1qdest3',
    '10 2024-01-17T14:00:00.000Z unmatched_out: out 0.5 ETH = 1100 EUR, fee 0.002 ETH on out | hash 0e56 | to 0xcontract',
    '11 not-understood [Type]: the type “MOONWALK” is not known to this reader',
    '12 not-understood [Timestamp]: “yesterday” is no time of the calendar that this source writes',
    '13 not-understood [Amount]: the amount “little” is not a number',
    '14 not-understood [Transaction ID]: the transaction is missing',
  ],
}

describe('Trezor', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
