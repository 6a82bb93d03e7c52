import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'mexc-deposits.csv': [
    'mexc / deposits, zone asked',
    '2 2024-01-02T03:04:05.000Z unmatched_in: in 100 USDT | hash ab01',
    '3 skipped: its status is “Pending”: nothing was moved',
  ],
  'mexc-futures.csv': [
    'mexc / futures orders, UTC',
    '2 2024-01-02T02:04:05.000Z derivative_fee: fee 0.002 USDT',
    '3 2024-01-02T03:04:05.000Z realised_profit: in 0.1 USDT, fee 0.002 USDT',
    '4 2024-01-02T04:04:05.000Z realised_loss: out 0.1 USDT, fee 0.002 USDT',
    '5 not-understood [Direction]: the type “sidestep” is not known to this reader',
  ],
  'mexc-orders.csv': [
    'mexc-orders / spot orders, zone asked',
    '2 2024-01-02T03:04:05.000Z trade: out 400 USDT, in 0.01 BTC',
    '3 skipped: nothing of this order was filled',
    'file: the order history leaves fees out; the trade history of the same time has them',
  ],
  'mexc-trades-older.csv': [
    'mexc / spot trades, zone asked',
    '2 2022-01-02T03:04:05.000Z trade: out 400 USDT, in 0.01 BTC, fee 0.8 USDT on out',
  ],
  'mexc-trades.csv': [
    'mexc / spot trades, zone asked',
    '2 2024-01-02T03:04:05.000Z trade: out 400 USDT, in 0.01 BTC, fee 0.4 USDT on out',
    '3 2024-01-02T03:04:05.000Z trade: out 400 USDT, in 0.01 BTC, fee 0.4 USDT on out',
    '4 2024-01-02T03:05:05.000Z trade: out 1000 KAS, in 100 USDT',
    '5 not-understood [Side]: the type “Keep” is not known to this reader',
  ],
  'mexc-withdrawals-older.csv': [
    'mexc / withdrawals, zone asked',
    '2 2022-01-04T03:04:05.000Z unmatched_out: out 49 USDT, fee 1 USDT on out | hash ab13 | to TOther',
  ],
  'mexc-withdrawals.csv': [
    'mexc / withdrawals, zone asked',
    '2 2024-01-04T03:04:05.000Z unmatched_out: out 49 USDT, fee 1 USDT on out | hash ab03 | to TOther',
    '3 skipped: its status is “Failed”: nothing was moved',
    '4 not-understood [Status]: the status “Meditating” is not known to this reader',
  ],
}

describe('MEXC', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
