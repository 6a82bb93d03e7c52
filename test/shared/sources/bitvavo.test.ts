import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

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
    '9 2024-07-05T09:39:41.000Z fiat_deposit: in 5 EUR',
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

  it('counts what Bitvavo moves, and leaves open what it does not explain', async () => {
    const row = (type: string, amount: string, i: number): string =>
      `Europe/Amsterdam,2024-01-0${i},12:00:00,${type},ETH,${amount},,,,,,,Completed,0c000000-0000-4000-8000-00000000000${i},`
    const lines = await linesOfText([
      'Timezone,Date,Time,Type,Currency,Amount,Quote Currency,Quote Price,Received / Paid Currency,Received / Paid Amount,Fee currency,Fee amount,Status,Transaction ID,Address',
      row('internal_transfer', '-0.5', 1),
      row('loan', '0.25', 2),
      row('withdrawal_cancelled', '0.1', 3),
      row('manually_assigned', '-0.2', 4),
      row('manually_assigned_bitvavo', '0.2', 5),
      row('fixed_staking', '0.01', 6),
      row('campaign_new_user_incentive', '0.02', 7),
      row('distribution', '0.03', 8),
      row('external_transferred_funds', '0.04', 9),
    ])
    const unclear = ' | ! Bitvavo does not say what this is: change the kind where it is known'
    expect(lines.slice(1)).toEqual([
      '2 2024-01-01T11:00:00.000Z unmatched_out: out 0.5 ETH',
      `3 2024-01-02T11:00:00.000Z unmatched_in: in 0.25 ETH${unclear}`,
      '4 2024-01-03T11:00:00.000Z refund_in: in 0.1 ETH',
      '5 2024-01-04T11:00:00.000Z balance_correction: out 0.2 ETH',
      '6 2024-01-05T11:00:00.000Z balance_correction: in 0.2 ETH',
      '7 2024-01-06T11:00:00.000Z staking_reward: in 0.01 ETH',
      '8 2024-01-07T11:00:00.000Z referral: in 0.02 ETH',
      '9 2024-01-08T11:00:00.000Z airdrop: in 0.03 ETH',
      '10 2024-01-09T11:00:00.000Z unmatched_in: in 0.04 ETH',
    ])
  })
})
