import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'bybit-funding-older.csv': [
    'bybit / funding account, UTC',
    '2 2023-06-05T08:00:00.000Z unmatched_in: in 100 USDT',
    '3 2023-06-05T09:00:00.000Z custody_move: info 100 USDT',
  ],
  'bybit-funding.csv': [
    'bybit / funding account, UTC',
    '2 2026-06-05T08:00:00.000Z fiat_deposit: in 100 EUR',
    '3 2026-06-05T08:10:00.000Z custody_move: info 14.03 EUR',
    '4 2026-06-05T08:20:00.000Z buy: in 0.001 BTC | ! what was paid for it is not in the file: add the cost',
    '5 2026-06-05T08:30:00.000Z unmatched_out: out 0.0005 BTC',
    '6 2026-06-05T08:40:00.000Z airdrop: in 1 MNT',
    '7 not-understood [Description]: the type “Whisper” is not known to this reader',
  ],
  'bybit-old-derivatives.csv': [
    'bybit / old derivatives log, UTC',
    '2 2021-06-05T08:00:00.000Z unmatched_in: in 0.1 BTC',
    '3 2021-06-05T09:00:00.000Z derivative_fee: fee 0.000001 BTC',
    '4 2021-06-05T10:00:00.000Z realised_profit: in 0.00008 BTC, fee 0.000001 BTC',
    '5 2021-06-05T10:30:00.000Z funding_out: out 0.0000003 BTC',
    '6+7 2021-06-05T11:00:00.000Z trade: out 0.01 BTC, in 350 USDT',
    '8 2021-06-05T12:00:00.000Z custody_move: info 350 USDT',
    '9 2021-06-05T13:00:00.000Z unmatched_out: out 0.05 BTC',
    '10 2021-06-05T13:30:00.000Z realised_loss: out 0.0005 BTC, fee 0.00001 BTC',
    '11 not-understood [Type]: the type “seance” is not known to this reader',
  ],
  'bybit-old-movements.csv': [
    'bybit / old deposits and withdrawals, UTC',
    '2 2021-06-05T08:00:00.000Z unmatched_in: in 0.1 BTC',
    '3 2021-06-05T09:00:00.000Z custody_move: info 100 USDT',
    '4 2021-06-05T10:00:00.000Z custody_move: info 100 USDT',
    '5 2021-06-05T11:00:00.000Z unmatched_out: out 0.05 BTC',
    '6 not-understood [Type]: the type “prayer” is not known to this reader',
  ],
  'bybit-unified.csv': [
    'bybit / unified trading, UTC',
    '3+4 2026-06-05T08:22:01.000Z buy: out 3.5 EUR, in 0.00007 BTC, fee 0.000000175 BTC on in',
    '5 2026-06-05T08:20:00.000Z custody_move: info 14.03 EUR',
    '6 2026-06-05T09:22:01.000Z derivative_fee: fee 0.25 USDT',
    '7 2026-06-05T10:22:01.000Z realised_profit: in 10 USDT, fee 0.25 USDT',
    '8 2026-06-05T09:30:00.000Z funding_out: out 0.05 USDT',
    '9 2026-06-05T11:00:00.000Z referral: in 5 USDT',
    '10 2026-06-05T11:01:00.000Z fee_rebate: rebate 0.1 USDT',
    '11 2026-06-05T11:02:00.000Z margin_interest: fee 0.1 USDT',
    '12+13 2026-06-05T11:03:00.000Z trade: out 10 USDT, in 9.99 USDC',
    '14 2026-06-05T11:04:00.000Z airdrop: in 3 MNT',
    '15 2026-06-05T11:05:00.000Z realised_loss: out 10 USDT, fee 0.3 USDT',
    '16 2026-06-05T12:22:01.000Z sell: out 0.5 ETH, in 1000 EUR | ! half of this fill is not in the file; its other side was worked out from the price',
    '17 not-understood [Type]: the type “TELEPATHY” is not known to this reader',
    '18 not-understood [Time]: “2026-02-31 12:30:00” is no time of the calendar that this source writes',
    'file: the balance of EUR jumps by -10.53 between rows 4 and 5: rows seem to be missing from this file',
  ],
}

describe('Bybit', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('does not take every reward for a referral', async () => {
    const lines = await linesOfText([
      'Uid,Date & Time(UTC),Coin,QTY,Type,Account Balance,Description',
      '500000001,2026-06-05 08:00:00,USDT,5,Bonus,5,Referral bonus',
      '500000001,2026-06-05 09:00:00,USDT,5,Rewards,10,Reward of a contest',
    ])
    expect(lines.slice(1)).toEqual([
      '2 2026-06-05T08:00:00.000Z referral: in 5 USDT',
      '3 2026-06-05T09:00:00.000Z other_income: in 5 USDT',
    ])
  })
})
