import { describe, expect, it } from 'vitest'
import { collect } from '../../electron/intake/collect.ts'
import { linesOf, linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'kucoin-convert.csv': [
    'kucoin / convert, UTC',
    '2 2023-03-05T08:11:12.000Z trade: out 100 USDT, in 0.0025 BTC',
    '3 skipped: its status is “FAILED”: nothing was moved',
  ],
  'kucoin-deposits-bundle.csv': ['kucoin / deposits, UTC', '2 2023-03-05T08:11:12.000Z unmatched_in: in 0.1 BTC'],
  'kucoin-deposits.csv': [
    'kucoin / deposits, UTC',
    '2 2023-03-05T08:11:12.000Z unmatched_in: in 0.1 BTC | hash dd01',
    '3 skipped: its status is “PROCESSING”: nothing was moved',
  ],
  'kucoin-earn.csv': [
    'kucoin / earn, UTC',
    '2 2023-03-05T08:11:12.000Z staking_reward: in 0.001 ETH',
    '3 2023-03-05T08:12:12.000Z lending_interest: in 0.5 USDT',
  ],
  'kucoin-fiat-deposits.csv': [
    'kucoin / fiat deposits, UTC',
    '2 2023-03-05T08:11:12.000Z fiat_deposit: in 100 EUR, fee 1 EUR on in | with SEPA',
    '3 skipped: its status is “FAILED”: nothing was moved',
  ],
  'kucoin-fiat-orders.csv': [
    'kucoin / fiat orders, UTC',
    '2 2023-03-05T08:11:12.000Z buy: out 90 EUR, in 95 USDT, fee 2 EUR on out | with Card',
  ],
  'kucoin-fills.csv': [
    'kucoin / filled orders, UTC',
    '2 2023-03-05T08:11:12.000Z trade: out 400 USDT, in 0.01 BTC, fee 0.4 USDT on out',
    '3 2023-03-05T08:11:12.000Z trade: out 400 USDT, in 0.01 BTC, fee 0.4 USDT on out',
    '4 2023-03-05T08:12:12.000Z trade: out 1 ETH, in 0.05 BTC, fee 0.2 KCS',
    '5 not-understood [Side]: the type “LEND” is not known to this reader',
    '6 not-understood [Filled Time]: “2023-02-31 10:13:12” is no time of the calendar that this source writes',
  ],
  'kucoin-futures.csv': [
    'kucoin / results of futures, UTC',
    '2 2023-03-05T08:11:12.000Z realised_profit: in 12.5 USDT | ! the file does not say whether this result is before or after funding and trading fees: compare the balance of the futures account',
    '3 2023-03-05T09:11:12.000Z realised_loss: out 0.001 BTC | ! the file does not say whether this result is before or after funding and trading fees: compare the balance of the futures account',
    '4 not-understood [Symbol]: the contract does not tell what it settles in',
  ],
  'kucoin-ledger-older.csv': [
    'kucoin-ledger / account history, UTC',
    '2 2022-03-05T10:00:00.000Z other_income: in 0.01 KCS',
    'file: the account history repeats what the other files of the archive hold: import it alone, or them',
  ],
  'kucoin-ledger.csv': [
    'kucoin-ledger / account history, UTC',
    '2 2023-03-05T08:00:00.000Z unmatched_in: in 0.1 BTC',
    '3+4 2023-03-05T08:11:12.000Z trade: out 400.4 USDT, in 0.01 BTC, fee 0.4 USDT on out included',
    '5 2023-03-05T08:12:12.000Z airdrop: in 5 GLMR',
    '6+7+8 2023-03-05T08:13:12.000Z dust_convert: out 0.01 DOT, out 0.001 SOL, in 0.01 KCS',
    '9 2023-03-05T08:14:12.000Z custody_move: info 0.05 BTC',
    '10 2023-03-05T08:15:12.000Z unmatched_out: out 0.01 BTC, fee 0.0005 BTC on out included',
    '11 not-understood [Remark]: the type “Yodel” is not known to this reader',
    'file: the account history repeats what the other files of the archive hold: import it alone, or them',
  ],
  'kucoin-old-deals-bare.csv': [
    'kucoin / old deals without fees, Asia/Singapore',
    '2 2018-12-05T02:11:12.000Z trade: out 10 KCS, in 0.001 BTC',
  ],
  'kucoin-old-deals-user.csv': [
    'kucoin / old deals by user, Asia/Singapore',
    '2 2018-12-05T02:11:12.000Z trade: out 0.001 BTC, in 10 KCS, fee 0.000001 BTC on out',
    'file: the file does not say in what the fees were paid; they were taken for the quote’s',
  ],
  'kucoin-old-deals.csv': [
    'kucoin / old deals, Asia/Singapore',
    '2 2018-03-05T02:11:12.000Z trade: out 0.001 BTC, in 10 KCS, fee 0.000001 BTC on out',
    '3 skipped: the same record stands in this file already',
    '4 2018-03-05T10:11:12.000Z trade: out 10 KCS, in 0.001 BTC, fee 0.000001 BTC on in',
    'file: the file does not say in what the fees were paid; they were taken for the quote’s',
  ],
  'kucoin-old-deposits.csv': [
    'kucoin / old deposits, Asia/Singapore',
    '2 2020-12-05T02:11:12.000Z unmatched_in: in 0.1 BTC',
  ],
  'kucoin-old-movements.csv': [
    'kucoin / oldest deposits and withdrawals, Asia/Singapore',
    '2 2018-12-05T02:11:12.000Z unmatched_in: in 0.1 BTC | hash ee01',
    '3 2018-12-06T02:11:12.000Z unmatched_out: out 0.05 BTC | hash ee02 | to 1other',
    '4 not-understood [type]: the type “levitate” is not known to this reader',
  ],
  'kucoin-old-trades-short.csv': [
    'kucoin / old trades, Asia/Singapore',
    '2 2020-03-05T02:11:12.000Z trade: out 80 USDT, in 0.01 BTC, fee 0.08 USDT on out',
  ],
  'kucoin-old-trades.csv': [
    'kucoin / old trades with orders, Asia/Singapore',
    '2 2021-03-05T02:11:12.000Z trade: out 400 USDT, in 0.01 BTC, fee 0.4 USDT on out',
    '3 2021-03-05T02:12:12.000Z trade: out 0.01 BTC, in 400 USDT, fee 0.0001 KCS',
    '4 not-understood [side]: the type “hodl” is not known to this reader',
  ],
  'kucoin-old-withdrawals.csv': [
    'kucoin / old withdrawals, Asia/Singapore',
    '2 2020-12-06T02:11:12.000Z unmatched_out: out 0.05 BTC | to 1other',
  ],
  'kucoin-orders.csv': [
    'kucoin-orders / orders, UTC',
    '2 2023-03-05T08:11:12.000Z trade: out 800 USDT, in 0.02 BTC, fee 0.8 USDT on out',
    '3 skipped: nothing of this order was filled',
    'file: the filled orders (splitting) of the same archive hold these trades too; import one of the two',
  ],
  'kucoin-trades-2019.csv': [
    'kucoin / trades of 2019, Asia/Singapore',
    '2 2019-05-11T02:27:17.000Z trade: out 0.001 BTC, in 10 KCS, fee 0.000001 BTC on out',
  ],
  'kucoin-withdrawals.csv': [
    'kucoin / withdrawals, UTC',
    '2 2023-03-06T08:11:12.000Z unmatched_out: out 0.05 BTC, fee 0.0005 BTC on out | to bc1qother',
    '3 skipped: its status is “FAILURE”: nothing was moved',
    '4 not-understood [Status]: the status “SULKING” is not known to this reader',
  ],
}

describe('KuCoin', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})

// beyond the fixtures
describe('an empty report of KuCoin', () => {
  const HEADER =
    'UID,Account Type,Order ID,Symbol,Side,Order Type,Avg. Filled Price,Filled Amount,Filled Volume,Filled Volume (USDT),Filled Time(UTC),Fee,Maker/Taker,Fee Currency,Account Mode'

  it('has one row that says so, which is skipped', async () => {
    expect(linesOf(await collect(`${HEADER}\nNo matching records found.\n`))).toEqual([
      'kucoin / filled orders, UTC',
      '2 skipped: the report is empty, and this row says so',
    ])
  })
})

describe('KuCoin', () => {
  const FILLS = (time: string, tax: string) =>
    `UID,Account Type,Order ID,Symbol,Side,Order Type,Avg. Filled Price,Filled Amount,Filled Volume,Filled Volume (USDT),${time},Fee,Tax,Maker/Taker,Fee Currency\n1,mainAccount,o1,KCS-USDT,BUY,MARKET,10,5,50,50,2023-01-02 03:04:05,0.05,${tax},TAKER,USDT\n`

  it('has its zone from the header, and asks for it where the header names none', async () => {
    const zones = async (time: string) => (await linesOf(await collect(FILLS(time, '0'))))[0]
    expect(await zones('Filled Time(UTC+02:00)')).toBe('kucoin / filled orders, UTC')
    expect(await zones('Filled Time')).toBe('kucoin / filled orders, zone asked')
  })

  it('tells of a tax that was withheld, and only then', async () => {
    const { events } = await collect(FILLS('Filled Time(UTC)', '0.01'))
    expect(events[0]?.warnings).toEqual([expect.stringContaining('a tax of 0.01 was withheld')])
    expect((await collect(FILLS('Filled Time(UTC)', '0.00'))).events[0]?.warnings).toBeUndefined()
  })
})
