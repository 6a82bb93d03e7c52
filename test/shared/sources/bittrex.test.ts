import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'bittrex-deposits-old.csv': [
    'bittrex / old deposits, UTC',
    '2 2019-12-31T15:22:46.000Z unmatched_in: in 0.5 BTC | hash fb03',
  ],
  'bittrex-deposits-older.csv': [
    'bittrex / older deposits, UTC',
    '2 2017-12-31T15:22:46.000Z unmatched_in: in 0.5 BTC | hash fb02',
  ],
  'bittrex-deposits.csv': [
    'bittrex / deposits, UTC',
    '2 2020-12-31T15:22:46.000Z unmatched_in: in 0.5 BTC | hash fb01',
  ],
  'bittrex-final.csv': [
    'bittrex / final statement, UTC',
    '6 2023-10-02T03:04:05.000Z trade: out 270 USDT, in 0.01 BTC, fee 0.5 USDT on out',
    '7 2023-10-03T03:04:05.000Z trade: out 0.01 BTC, in 270 USDT, fee 0.5 USDT on in',
    '8 2023-10-04T03:04:05.000Z unmatched_in: in 0.5 BTC',
    '9 2023-10-05T03:04:05.000Z unmatched_out: out 0.2 BTC',
    '10 not-understood [Transaction]: the type “Eclipse” is not known to this reader',
  ],
  'bittrex-orders-2023.csv': [
    'bittrex / orders of 2023, UTC',
    '2 2023-04-02T03:04:05.000Z trade: out 100 SWT, in 0.001 BTC',
    'file: this file leaves commissions out; Bittrex’s final statement and its older files of orders have them',
  ],
  'bittrex-orders-old.csv': [
    'bittrex / old orders, UTC',
    '2 2017-12-31T15:22:46.000Z trade: out 0.032 BTC, in 4 LTC, fee 0.00008 BTC on out',
  ],
  'bittrex-orders-oldest.csv': [
    'bittrex / oldest orders, UTC',
    '2 2017-06-05T15:22:46.000Z trade: out 0.08 BTC, in 10 LTC, fee 0.0002 BTC on out',
    '3 skipped: the same order stands in this file already',
  ],
  'bittrex-orders-v2.csv': [
    'bittrex / orders v2, UTC',
    '2 2018-12-31T15:22:46.000Z trade: out 10 LTC, in 0.08 BTC, fee 0.0002 BTC on in',
    '3 not-understood [OrderType]: the type “LIMIT_WAIT” is not known to this reader',
    '4 not-understood [Closed]: “31/12/2018 3:22:46 PM” is no time of the calendar that this source writes',
  ],
  'bittrex-orders-v3.csv': [
    'bittrex / orders v3, UTC',
    '2 2020-12-31T15:22:46.000Z trade: out 290 USDT, in 0.01 BTC',
    '3 skipped: nothing of this order was filled',
    'file: this file leaves commissions out; Bittrex’s final statement and its older files of orders have them',
  ],
  'bittrex-transfers.csv': [
    'bittrex / transfers of 2023, UTC',
    '2 2023-04-02T03:04:05.000Z unmatched_in: in 0.5 BTC | hash fa01',
    '3 2023-04-03T03:04:05.000Z unmatched_out: out 0.2 BTC | hash fa02 | to 1other',
    '4 not-understood [Type]: the type “Dream” is not known to this reader',
  ],
  'bittrex-withdrawals-old.csv': [
    'bittrex / old withdrawals, UTC',
    '2 2019-12-31T15:22:46.000Z unmatched_out: out 0.2 BTC, fee 0.0005 BTC on out | hash fc03 | to 1other',
  ],
  'bittrex-withdrawals-older.csv': [
    'bittrex / older withdrawals, UTC',
    '2 2017-12-31T15:22:46.000Z unmatched_out: out 0.2 BTC, fee 0.001 BTC on out | hash fc02 | to 1other',
    '3 skipped: its address was invalid: nothing was moved',
  ],
  'bittrex-withdrawals.csv': [
    'bittrex / withdrawals, UTC',
    '2 2020-12-31T15:22:46.000Z unmatched_out: out 0.2 BTC, fee 0.0005 BTC on out | hash fc01 | to 1other',
    '3 skipped: it was cancelled: nothing was moved',
  ],
}

describe('Bittrex', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('moves nothing for a deposit or withdrawal whose state says that it never happened', async () => {
    const deposits = await linesOfText([
      'UUID,AMOUNT,CURRENCY,CRYPTOADDRESS,TXID,LASTUPDATED,CONFIRMATIONS,SOURCE,STATE',
      'd1,0.5,BTC,1ours,fb01,12/31/2019 3:22:46 PM,6,BLOCKCHAIN,CONFIRMED',
      'd2,0.5,BTC,1ours,fb02,12/31/2019 3:22:46 PM,0,BLOCKCHAIN,ORPHANED',
      'd3,0.5,BTC,1ours,fb03,12/31/2019 3:22:46 PM,0,BLOCKCHAIN,MUSING',
    ])
    expect(deposits.slice(1)).toEqual([
      '2 2019-12-31T15:22:46.000Z unmatched_in: in 0.5 BTC | hash fb01',
      '3 skipped: its status is “ORPHANED”: nothing was moved',
      '4 not-understood [State]: the status “MUSING” is not known to this reader',
    ])
    const withdrawals = await linesOfText([
      'UUID,AMOUNT,CURRENCY,ADDRESS,TXID,OPENED,LASTUPDATED,CLOSED,TXCOST,STATE',
      'p1,0.2,BTC,1other,fc01,12/31/2019 3:22:46 PM,,12/31/2019 3:32:46 PM,0.0005,COMPLETED',
      'p2,0.2,BTC,1other,,12/31/2019 3:22:46 PM,,,0.0005,CANCELLED',
      'p3,0.2,BTC,1other,,12/31/2019 3:22:46 PM,,,0.0005,ERROR_INVALID_ADDRESS',
    ])
    expect(withdrawals.slice(1)).toEqual([
      '2 2019-12-31T15:22:46.000Z unmatched_out: out 0.2 BTC, fee 0.0005 BTC on out | hash fc01 | to 1other',
      '3 skipped: its status is “CANCELLED”: nothing was moved',
      '4 skipped: its status is “ERROR_INVALID_ADDRESS”: nothing was moved',
    ])
  })

  it('moves nothing for a withdrawal that was never authorised', async () => {
    const lines = await linesOfText([
      'PaymentUuid,Currency,Amount,Address,Opened,Authorized,PendingPayment,TxCost,TxId,Canceled,InvalidAddress',
      'p3,BTC,0.2,1other,12/31/2017 3:22:46 PM,False,False,0.001,,False,False',
    ])
    expect(lines.slice(1)).toEqual(['2 skipped: it was not authorised: nothing was moved'])
  })
})
