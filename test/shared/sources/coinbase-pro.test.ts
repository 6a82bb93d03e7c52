import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'coinbase-prime-orders.csv': [
    'coinbase-prime / orders, UTC',
    '2 2023-03-01T10:05:00.000Z buy: out 20000 USD, in 0.5 BTC, fee 10 USD on out',
    '3 skipped: nothing of this order was filled',
    '4 2023-03-03T10:05:00.000Z sell: out 0.4 ETH, in 1200 USD, fee 0.6 USD on in',
    '5 not-understood [market]: the market does not name two assets',
  ],
  'coinbase-prime-transactions.csv': [
    'coinbase-prime / transactions, UTC',
    '2 2023-03-01T09:05:00.000Z unmatched_in: in 0.5 BTC',
    '3 2023-03-02T09:05:00.000Z fiat_withdrawal: out 100 USD',
    '4 2023-03-03T09:05:00.000Z staking_reward: in 0.01 ETH',
    '5 2023-03-03T10:05:00.000Z custody_move: info 32 ETH',
    '6 skipped: its status is “Rejected”: nothing was moved',
    '7 not-understood [transaction currency]: the value is not written in units of the asset',
    '8 not-understood [activity type]: the type “Song” is not known to this reader',
  ],
  'coinbase-pro-account-capitals.csv': [
    'coinbase-pro-account / account with capitals, UTC',
    '2 2022-03-01T09:00:00.000Z fiat_deposit: in 500 EUR',
    '3+4 2022-03-01T10:00:00.123Z buy: out 300 EUR, in 0.0075 BTC',
  ],
  'coinbase-pro-account-oldest.csv': [
    'coinbase-pro-account / account, UTC',
    '2 2018-03-15T10:55:12.843Z fiat_deposit: in 500 EUR',
    '3+4 2018-03-15T11:55:12.843Z buy: out 300 EUR, in 0.0375 BTC',
  ],
  'coinbase-pro-account.csv': [
    'coinbase-pro-account / account, UTC',
    '2 2021-03-01T09:00:00.000Z fiat_deposit: in 500 EUR',
    '3+4+5 2021-03-01T10:00:00.123Z buy: out 300 EUR, in 0.0075 BTC, fee 1.5 EUR on out',
    '6+7 2021-03-01T10:00:00.123Z buy: out 100 EUR, in 0.05 ETH',
    '8 2021-03-02T10:00:00.000Z unmatched_out: out 0.005 BTC',
    '9+10 2021-03-03T10:00:00.000Z buy: out 50 USD, in 50 USDC',
    '11+12+13 2021-03-04T10:00:00.000Z trade: out 0.01 ETH, in 18 USDC, rebate 0.001 USDC',
    '14 2021-03-05T10:00:00.000Z trade: in 0.01 ETH | ! what was given for it is not in this file',
    '15 not-understood [type]: the type “sacrifice” is not known to this reader',
    '16 not-understood [time]: “2021-02-31T10:00:00.000Z” is no time of the calendar that this source writes',
    'file: the balance of ETH (default) jumps by -0.04 between rows 7 and 11: rows seem to be missing from this file',
  ],
  'coinbase-pro-fills.csv': [
    'coinbase-pro-fills / fills, UTC',
    '2 2021-03-01T10:00:00.123Z buy: out 300 EUR, in 0.0075 BTC, fee 1.5 EUR on out',
    '3 2021-03-01T10:00:00.123Z buy: out 100 EUR, in 0.05 ETH',
    '4 2021-03-04T10:00:00.000Z trade: out 0.01 ETH, in 18 USDC, fee 0.09 USDC on in',
    '5 skipped: the same fill stands in this file already',
    '6 not-understood [side]: the type “HOLD” is not known to this reader',
    '7 not-understood [fee]: the fee is larger than the total',
  ],
}

describe('Coinbase Pro and Prime', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('takes a rebate whose trade is not in the file for a rebate, and a fee for a fee', async () => {
    const lines = await linesOfText([
      'portfolio,type,time,amount,balance,amount/balance unit,transfer id,trade id,order id',
      'default,rebate,2021-03-04T10:00:00.000Z,0.001,68.001,USDC,,900003,0b000000-0000-4000-8000-000000000003',
      'default,fee,2021-03-05T10:00:00.000Z,-1.5,66.501,USDC,,900004,0b000000-0000-4000-8000-000000000004',
    ])
    expect(lines.slice(1)).toEqual([
      '2 2021-03-04T10:00:00.000Z fee_rebate: rebate 0.001 USDC',
      '3 2021-03-05T10:00:00.000Z network_fee: fee 1.5 USDC',
    ])
  })
})
