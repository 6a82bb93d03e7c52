import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'bitvavo-old.csv': [
    'bitvavo / old transactions, UTC',
    '2 2020-01-02T10:30:47.000Z fiat_deposit: in 100 EUR | from NL00***00',
    '3+4 2020-01-03T10:30:47.000Z buy: out 50 EUR, in 0.007 BTC',
    '5 2020-01-04T10:30:47.000Z unmatched_out: out 0.005 BTC | hash ca01 | to 1other',
  ],
  'bitvavo.csv': [
    'bitvavo / transactions, UTC',
    '2 2024-01-02T10:30:47.000Z fiat_deposit: in 100 EUR | from NL00***00',
    '3 2024-01-02T10:36:46.620Z buy: out 99.75 EUR, in 0.04986 ETH, fee 0.25 EUR on out',
    '4 2024-01-03T08:00:00.000Z staking_reward: in 0.00001 ETH',
    '5 2024-01-04T10:37:41.000Z unmatched_out: out 0.01 ETH, fee 0.001 ETH on out | to 0x0000000000000000000000000000000000000001',
    '6 2024-07-04T09:37:41.000Z sell: out 0.02 ETH, in 60 EUR, fee 0.15 EUR on in',
    '7 2024-07-05T09:37:41.000Z referral: in 5 EUR',
    '8 2024-07-05T09:38:41.000Z fee_rebate: rebate 0.5 EUR',
    '9 2024-07-05T09:39:41.000Z custody_move: info 5 EUR',
    '10 skipped: its status is “Canceled”: nothing was moved',
    '11 not-understood [Type]: the type “trance” is not known to this reader',
    '12 not-understood [Timezone]: “Mars/Phobos” is no time zone',
    '13 2024-10-27T00:30:00.000Z unmatched_in: in 1 ETH',
    'file: “2024-10-27 02:30:00” is a time that clocks in Europe/Amsterdam showed twice or never; the earlier reading was taken',
  ],
}

describe('Bitvavo', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
