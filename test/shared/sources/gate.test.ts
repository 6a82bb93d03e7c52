import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'gate-trades.csv': [
    'gate-trades / spot trades, zone asked',
    '2 2023-05-06T07:08:09.000Z trade: out 50 USDT, in 250 ALGO, fee 0.5 ALGO on in',
    '3 2023-05-06T08:08:09.000Z trade: out 100 ALGO, in 20 USDT',
    '4 not-understood [Fee]: the amount names no unit (“0.04”)',
    '5 not-understood [Trade Type]: the type “Lend” is not known to this reader',
  ],
  'gate.csv': [
    'gate / account book, zone asked',
    '2+3+4 2023-05-06T07:08:09.000Z trade: out 50 USDT, in 250 ALGO, fee 0.5 ALGO on in',
    '5+6 2023-05-07T00:00:00.000Z dust_convert: out 100 SHIB, in 0.0002 GT',
    '7+8+9+10 2023-05-08T07:08:09.000Z trade: out 20 USDT, in 100 ALGO, fee 0.02 POINT',
    '11 2023-05-09T07:08:09.000Z unmatched_in: in 100 USDT',
    '12 2023-05-10T07:08:09.000Z unmatched_out: out 30 USDT',
    '13 2023-05-11T07:08:09.000Z airdrop: in 5 XLM',
    '14 2023-05-12T07:08:09.000Z lending_interest: in 0.1 USDT',
    '15 2023-05-12T07:08:09.000Z referral: in 0.1 USDT',
    '16 not-understood [action_desc]: the type “Moonwalk” is not known to this reader',
    '17 not-understood [time]: “2023-02-31 07:08:09” is no time of the calendar that this source writes',
  ],
}

describe('Gate', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
