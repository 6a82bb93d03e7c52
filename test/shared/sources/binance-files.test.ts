import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'binance-auto-invest.csv': [
    'binance-trades / auto-invest, UTC',
    '2 2022-05-01T14:00:00.000Z trade: out 9.98 USDT, in 0.00025 BTC, fee 0.02 USDT on out',
    '3 2022-05-02T14:00:00.000Z trade: out 10 BUSD, in 0.0035 ETH',
    '4 skipped: its status is “Failed”: nothing was moved',
  ],
  'binance-beth.csv': [
    'binance-transfers / BETH distributions, UTC',
    '2 2021-06-05T00:00:00.000Z staking_reward: in 0.0001 BETH',
    '3 2021-06-06T00:00:00.000Z staking_reward: in 0.0001 BETH',
  ],
  'binance-convert.csv': [
    'binance-trades / convert, UTC',
    '2 2023-03-05T08:11:12.000Z trade: out 20 USDT, in 0.0005 BTC',
    '3 2023-03-05T08:12:12.000Z buy: out 100 EUR, in 0.05 ETH',
    '4 skipped: its status is “Expired”: nothing was moved',
    '5 not-understood [Status]: the status “Levitating” is not known to this reader',
  ],
  'binance-deposit-history-2019.csv': [
    'binance-transfers / older deposits or withdrawals, UTC',
    '2 2019-03-05T10:11:12.000Z unmatched_in: in 100 XLM | hash cc00000000000000000000000000000000000000000000000000000000000001 | from GSOURCE',
  ],
  'binance-deposits.csv': [
    'binance-transfers / deposits, UTC',
    '2 2024-03-05T10:11:12.000Z unmatched_in: in 0.01 BTC | hash aa00000000000000000000000000000000000000000000000000000000000001',
    '3 2024-03-05T10:11:12.000Z unmatched_in: in 0.01 BTC | hash aa00000000000000000000000000000000000000000000000000000000000001',
    '4 2024-03-05T10:12:12.000Z unmatched_in: in 50 USDT',
    '5 skipped: its status is “Pending”: nothing was moved',
    '6 not-understood [Status]: the status “Dreaming” is not known to this reader',
    '7 not-understood [Date]: “24-02-31 10:14:12” is no time of the calendar that this source writes',
  ],
  'binance-fiat-deposits.csv': [
    'binance-transfers / money, UTC',
    '2 2022-03-04T23:30:00.000Z fiat_deposit: in 100 EUR, fee 0.5 EUR on in | with Bank Transfer (SEPA)',
    '3 2022-03-05T23:30:00.000Z fiat_deposit: in 100 EUR | with Bank Transfer (SEPA)',
    '4 skipped: its status is “Failed”: nothing was moved',
  ],
  'binance-fiat-withdraw.csv': [
    'binance-transfers / money, UTC',
    '2 2022-03-05T06:30:00.000Z fiat_withdrawal: out 200 EUR, fee 0.8 EUR on out included | with Bank Transfer (SEPA)',
  ],
  'binance-futures.csv': [
    'binance-futures / futures, UTC',
    '2 2022-03-05T10:00:00.000Z realised_loss: out 12.5 USDT',
    '3 2022-03-05T10:00:00.000Z derivative_fee: fee 0.04 USDT',
    '4 2022-03-05T11:00:00.000Z funding_in: in 0.11 USDT',
    '5 2022-03-05T12:00:00.000Z custody_move: info 50 USDT',
    '6 2022-03-05T13:00:00.000Z custody_move: info 50 USDT',
    '7 2022-03-05T13:30:00.000Z custody_move: info 50 USDT',
    '8 2022-03-05T14:00:00.000Z unmatched_out: out 1 BNB',
    '9 2022-03-05T14:00:00.000Z unmatched_in: in 300 USDT',
    '10 not-understood [type]: the type “TELEPORT” is not known to this reader',
  ],
  'binance-orders-older.csv': [
    'binance-orders / older orders, UTC',
    '2 2018-03-05T10:11:12.000Z trade: out 0.1 ETH, in 10 BNB',
    '3 2018-03-05T10:12:12.000Z trade: out 4 BNB, in 0.04 ETH',
    '4 skipped: nothing of this order was filled',
    'file: the order history leaves fees out; the trade history or the statement of the same time has them',
  ],
  'binance-orders.csv': [
    'binance-orders / orders, UTC',
    '2 2023-03-05T10:11:12.000Z buy: out 400 EUR, in 0.01 BTC',
    '3 2023-03-05T10:12:12.000Z trade: out 10 1INCH, in 25 USDT',
    '4 skipped: nothing of this order was filled',
    '5 not-understood [Side]: the type “SWITCH” is not known to this reader',
    'file: the order history leaves fees out; the trade history or the statement of the same time has them',
  ],
  'binance-trades-older.csv': [
    'binance-trades / older spot trades, UTC',
    '2 2018-03-05T10:11:12.000Z trade: out 0.1 ETH, in 10 BNB, fee 0.01 BNB on in',
    '3 2018-03-05T10:12:12.000Z trade: out 100 XRP, in 0.01 BTC, fee 0.00001 BTC on in',
    '4 2018-03-05T10:13:12.000Z trade: out 100 USDT, in 0.1 BCH, fee 0.1 USDT on out',
    '5 not-understood [Market]: “WHATEVER” is no market of two assets that this reader knows',
  ],
  'binance-trades.csv': [
    'binance-trades / spot trades, UTC',
    '2 2021-03-05T10:11:12.000Z buy: out 400 EUR, in 0.01 BTC, fee 0.00001 BNB',
    '3 2021-03-05T10:11:12.000Z buy: out 400 EUR, in 0.01 BTC, fee 0.00001 BNB',
    '4 2021-03-05T10:12:12.000Z trade: out 1 ETH, in 1500 USDT, fee 1.5 USDT on in',
    '5 2021-03-05T10:13:12.000Z trade: out 25 USDT, in 10 1INCH, fee 0.01 1INCH on in',
    '6 2024-03-05T10:14:12.000Z sell: out 10 LUNA, in 5 EUR',
    '7 2021-03-05T10:15:12.000Z buy: out 10 USD, in 10 USDT, fee 0.01 USD on out',
    '8 2021-03-05T10:16:12.000Z trade: out 10000 1000SATS, in 1 FDUSD, fee 0.001 FDUSD on in',
    '9 not-understood [Side]: the type “HOLD” is not known to this reader',
    '10 not-understood [Pair]: “BTCEUR” is no market of two assets that this reader knows',
    '11 not-understood [Date]: “2021-02-31 10:19:12” is no time of the calendar that this source writes',
    '12 not-understood [Executed]: the amount “0.01.000” does not fit the decimal point of this file (“0.01.000BTC”)',
  ],
  'binance-withdrawal-history-2021.csv': [
    'binance-transfers / older deposits or withdrawals, UTC',
    '2 2021-03-05T10:11:12.000Z unmatched_out: out 0.0095 BTC, fee 0.0005 BTC on out | hash bb00000000000000000000000000000000000000000000000000000000000001 | to bc1qother',
  ],
  'binance-withdrawals.csv': [
    'binance-transfers / withdrawals, UTC',
    '2 2024-03-05T10:11:12.000Z unmatched_out: out 0.0095 BTC, fee 0.0005 BTC on out | hash bb00000000000000000000000000000000000000000000000000000000000001 | to bc1qother',
    '3 skipped: its status is “Rejected”: nothing was moved',
    '4 not-understood [Amount]: the amount is missing',
  ],
}

describe('Binance’s other exports', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('asks for the zone of conversions where no column names it', async () => {
    const row =
      '2023-03-05 10:11:12,Spot Wallet,BTCUSDT,Market,20 USDT,0.0005 BTC,1 BTC = 40000 USDT,1 USDT = 0.000025 BTC,2023-03-05 10:11:13,Successful'
    const rest = 'Wallet,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status'
    expect((await linesOfText([`Date,${rest}`, row]))[0]).toBe('binance-trades / convert, zone asked')
    expect(await linesOfText([`Date(UTC),${rest}`, row])).toEqual([
      'binance-trades / convert, UTC',
      '2 2023-03-05T10:11:12.000Z trade: out 20 USDT, in 0.0005 BTC',
    ])
  })

  it('takes BETH that is taken back for no income', async () => {
    const lines = await linesOfText([
      'Date(UTC),Coin,Token,Amount,Status',
      '2021-06-05 00:00:00,ETH,BETH,-0.0001,Completed',
    ])
    expect(lines[1]).toBe('2 2021-06-05T00:00:00.000Z clawback: out 0.0001 BETH')
  })
})
