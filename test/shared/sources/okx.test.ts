import { describe, expect, it } from 'vitest'
import { collect, eventLines, otherRows } from '../../electron/intake/collect.ts'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'okx-funding-2025.csv': [
    'okx / funding account, zone asked',
    '2 2025-07-07T13:30:24.000Z unmatched_in: in 1 ETH',
    '3 2025-07-08T13:30:24.000Z unmatched_out: out 0.5 ETH',
  ],
  'okx-funding.csv': [
    'okx / funding account, zone asked',
    '2 2023-07-07T13:30:24.000Z unmatched_in: in 100 USDT',
    '3 2023-07-08T13:30:24.000Z unmatched_out: out 10 USDT, fee 1 USDT on out included',
    '4 2023-07-09T13:30:24.000Z unmatched_out: out 10 USDT, fee 1 USDT on out',
    '5 2023-07-10T13:30:24.000Z staking_reward: in 0.1 USDT',
    '6 2023-07-11T13:30:24.000Z fee_rebate: rebate 0.1 USDT',
    '7 2023-07-12T13:30:24.000Z custody_move: info 50 USDT',
    '8 2023-07-13T13:30:24.000Z custody_move: info 10 USDT',
    '9 not-understood [Type]: the type “Daydream” is not known to this reader',
    '10 skipped: the same movement stands in this file already',
  ],
  'okx-old-bills.csv': [
    'okx / old spot bills, Asia/Shanghai',
    '2+3 2018-05-01T00:00:00.000Z trade: out 100 USDT, in 1 LTC, fee 0.001 LTC on in',
    '4 2018-05-02T00:00:00.000Z custody_move: info 50 USDT',
    '5 not-understood [type]: the type “hum” is not known to this reader',
  ],
  'okx-old-trades.csv': [
    'okx / old trades, zone asked',
    '2 2018-05-01T08:00:00.000Z trade: out 104.97 USDT, in 1 LTC, fee 0.0034 LTC on in',
    '3 2018-05-01T09:00:00.000Z trade: out 1 LTC, in 110 USDT, fee 0.11 USDT on in',
    '4 not-understood [Pairs]: the market does not name two assets',
  ],
  'okx-trading-2022.csv': [
    'okx / trading account 2022, zone asked',
    '2+3 2022-02-03T10:00:00.000Z trade: out 100 USDT, in 0.0025 BTC, fee 0.0000025 BTC on in',
    '4 2022-02-04T10:00:00.000Z trade: in 0.0025 BTC, fee 0.0000025 BTC on in | ! what was given for it is not in this file',
    'file: the balance of BTC jumps by -0.0024975 between rows 2 and 4: rows seem to be missing from this file',
  ],
  'okx-trading-2023.csv': [
    'okx / trading account, UTC',
    '3+4 2023-07-07T05:30:24.000Z trade: out 1 ETH, in 1800 USDT, fee 1.8 USDT on in',
  ],
  'okx-trading.csv': [
    'okx / trading account, zone asked',
    '2+3 2025-02-03T10:00:00.000Z buy: out 100 EUR, in 0.0025 BTC, fee 0.0000025 BTC on in',
    '4 2025-02-03T11:00:00.000Z custody_move: info 100 EUR',
    '5 2025-02-03T12:00:00.000Z derivative_fee: fee 0.2 USDT',
    '6 2025-02-03T13:00:00.000Z realised_profit: in 10 USDT, fee 0.2 USDT',
    '7 2025-02-03T14:00:00.000Z funding_out: out 0.05 USDT',
    '8+9 2025-02-03T15:00:00.000Z trade: out 10 USDT, in 10 USDC',
    '10 not-understood [Trade Type]: the type “Levitation” is not known to this reader',
    '11 not-understood [Time]: “2025-02-31 16:00:00” is no time of the calendar that this source writes',
  ],
}

describe('OKX', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})

describe('OKX options', () => {
  const HEADER =
    'id,Order id,Time,Trade Type,Symbol,Action,Amount,Trading Unit,Filled Price,PnL,Fee,Fee Unit,Position Change,Position Balance,Balance Change,Balance,Balance Unit'
  const option = (action: string, change: string, fee: string) =>
    collect(
      `${HEADER}\n11,71,2025-02-03 10:00:00,Options,BTC-USD-OPT,${action},1,Cont,0.01,0,${fee},BTC,1,1,${change},1,BTC\n`,
    )

  it('are premiums where they are bought or sold, and results where they end', async () => {
    expect(eventLines(await option('Buy', '-0.0101', '-0.0001'))).toEqual([
      'option_premium_out: out 0.01 BTC, fee 0.0001 BTC',
    ])
    expect(eventLines(await option('Sell', '0.0099', '-0.0001'))).toEqual([
      'option_premium_in: in 0.01 BTC, fee 0.0001 BTC',
    ])
    expect(eventLines(await option('Exercised', '0.02', '0'))).toEqual(['realised_profit: in 0.02 BTC'])
    expect(otherRows(await option('Conjured', '0.02', '0'))).toEqual([
      '2 not-understood [Action]: the type “Conjured” is not known to this reader',
    ])
  })
})

describe('OKX funding account', () => {
  const HEADER = 'id,Time,Type,Amount,Before Balance,After Balance,Fee,Symbol'
  const funding = (...rows: readonly string[]) =>
    collect([HEADER, ...rows.map((row, n) => `${n + 1},2023-07-07 13:30:2${n},${row}`)].join('\n'))

  it('takes nothing negative for what came in', async () => {
    const read = await funding('Staking Yield,-1,2,1,0,BTC', 'Deposit,-1,1,0,0,BTC', 'Staking Yield,1,0,1,0,BTC')
    expect(eventLines(read)).toEqual(['clawback: out 1 BTC', 'staking_reward: in 1 BTC'])
    expect(otherRows(read)).toEqual(['3 not-understood [Amount]: a deposit is negative'])
  })

  it('tells where balances do not follow from one another', async () => {
    expect((await funding('Deposit,1,0,1,0,BTC', 'Withdrawal,-1,1,0,0,BTC')).warnings).toEqual([])
    expect((await funding('Deposit,1,0,1,0,BTC', 'Withdrawal,-1,3,2,0,BTC')).warnings).toEqual([
      expect.stringContaining('the balance of BTC jumps by 2 between rows 2 and 3'),
    ])
  })
})
