import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'htx-deposits.csv': [
    'htx / deposits, zone asked',
    '2 2023-10-01T14:29:46.000Z unmatched_in: in 100 USDT | hash ba01 | from TSource',
  ],
  'htx-orders-chinese.csv': [
    'htx / spot orders in Chinese, Asia/Shanghai',
    '2 2020-01-02T00:04:05.000Z trade: out 0.00447 BTC, in 0.894 LTC, fee 0.001788 LTC on in',
    '3 2020-01-02T01:04:05.000Z trade: out 0.5 LTC, in 0.0025 BTC, fee 0.000005 BTC on in',
  ],
  'htx-orders.csv': [
    'htx / spot orders, zone asked',
    '2 2020-01-02T03:04:05.000Z trade: out 0.00447 BTC, in 0.894 LTC, fee 0.001788 LTC on in',
    '3 2020-01-02T04:04:05.000Z trade: out 0.5 LTC, in 0.0025 BTC, fee 0.000005 BTC on in',
    '4 not-understood [Type]: the type “Margin” is not known to this reader',
  ],
  'htx-trades.csv': [
    'htx / trades, zone asked',
    '2 2023-10-03T14:29:46.000Z trade: out 48.28 USDT, in 2 SOL, fee 0.004 SOL on in',
    '3 2023-10-04T09:00:00.000Z trade: out 1 SOL, in 25 USDT, fee 0.05 USDT on in',
    '4 2023-10-04T10:00:00.000Z trade: out 1 SOL, in 25 USDT, fee 0.02 HT',
    '5 not-understood [deal_type]: the type “swap” is not known to this reader',
  ],
  'htx-withdrawals.csv': [
    'htx / withdrawals, zone asked',
    '2 2023-10-05T14:29:46.000Z unmatched_out: out 50 USDT, fee 1 USDT on out | hash ba02 | to TOther',
  ],
}

describe('HTX', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
