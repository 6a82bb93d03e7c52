import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'ftx-deposits-api.csv': [
    'ftx / deposits of the API, UTC',
    '2 2022-01-28T00:31:00.000Z unmatched_in: in 0.5 BTC | hash ea01',
  ],
  'ftx-deposits.csv': [
    'ftx / deposits, zone asked',
    '2 2022-01-28T00:31:00.000Z unmatched_in: in 0.5 BTC | hash ea01',
    '3 skipped: its status is “cancelled”: nothing was moved',
  ],
  'ftx-dust.csv': ['ftx / dust, UTC', '2 2022-01-30T01:00:00.000Z dust_convert: out 1.5 DOGE, in 0.21 USD'],
  'ftx-funding.csv': [
    'ftx / funding payments, UTC',
    '2 2019-05-15T18:00:00.000Z funding_out: out 0.0441342 USD',
    '3 2019-05-15T19:00:00.000Z funding_in: in 0.02 USD',
    '4 skipped: the same payment stands in this file already',
    '5 not-understood [payment]: the amount is missing',
    '6 not-understood [Time]: “2019-02-31T20:00:00+00:00” is no time of the calendar that this source writes',
  ],
  'ftx-lending-api.csv': ['ftx / lending of the API, UTC', '2 2022-01-30T01:00:00.000Z lending_interest: in 0.01 USD'],
  'ftx-lending.csv': [
    'ftx / lending, zone asked',
    '2 2022-01-30T01:00:00.000Z lending_interest: in 0.01 USD',
    '3 2022-01-30T02:00:00.000Z margin_interest: fee 0.01 USD',
  ],
  'ftx-staking.csv': ['ftx / staking, zone asked', '2 2022-01-30T01:00:00.000Z staking_reward: in 0.5 SRM'],
  'ftx-trades-api.csv': [
    'ftx / trades of the API, UTC',
    '2 2022-01-28T00:31:00.123Z buy: out 370 USD, in 0.01 BTC, fee 0.259 USD on out',
  ],
  'ftx-trades.csv': [
    'ftx / trades, zone asked',
    '2 2022-01-28T00:31:00.000Z buy: out 370 USD, in 0.01 BTC, fee 0.259 USD on out',
    '3 2022-01-28T12:32:00.000Z trade: out 1 ETH, in 2500 USDT, rebate 0.05 USDT',
    '4 2022-01-29T12:32:00.000Z derivative_fee: fee 2.6 USD',
    '5 2022-01-30T12:32:00.000Z airdrop: in 10 SRM_LOCKED',
    '6 2022-01-31T12:32:00.000Z derivative_fee: fee 2.6 USD',
    '7 not-understood [Time]: “2/31/2022, 12:32:00 PM” is no time of the calendar that this source writes',
    '8 not-understood [Market]: the market does not name two assets',
    'file: fills of derivatives tell fees, not results: add the realised profits and losses of your positions by hand',
  ],
  'ftx-withdrawals-api.csv': [
    'ftx / withdrawals of the API, UTC',
    '2 2022-01-30T00:31:00.000Z unmatched_out: out 0.2 BTC | hash ea03 | to 1other',
  ],
  'ftx-withdrawals.csv': [
    'ftx / withdrawals, zone asked',
    '2 2022-01-30T00:31:00.000Z unmatched_out: out 0.2 BTC, fee 0.0005 BTC on out | hash ea03 | to 1other',
  ],
}

describe('FTX', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('takes staking rewards that are taken back for no income', async () => {
    const lines = await linesOfText(['Time,Notes,Coin,Reward', '"1/30/2022, 1:00:00 AM",Correction,SRM,-0.5'])
    expect(lines[1]).toBe('2 2022-01-30T01:00:00.000Z clawback: out 0.5 SRM')
  })
})
