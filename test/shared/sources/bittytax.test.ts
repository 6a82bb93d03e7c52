import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'bittytax-cointaxman.csv': [
    'bittytax / CoinTaxman transactions, UTC',
    '2 2021-01-02T10:00:00.000Z buy: out 100 EUR @kraken, in 0.0025 BTC @kraken, fee 1 EUR on out @kraken',
    '3 2021-01-03T13:00:00.000Z staking_reward: in 1 DOT = 5 EUR @kraken',
    '4 not-understood [Type]: the type “Evoke” is not known to this reader',
    '5 not-understood [Timestamp UTC]: “2021-02-31T13:00:00” is no time of the calendar that this source writes',
    '6 not-understood [Buy Quantity]: what was received is negative',
  ],
  'bittytax-raw.csv': [
    'bittytax / transactions, UTC',
    '2 2021-01-02T10:00:00.000Z buy: out 100 GBP @kraken, in 0.0025 BTC @kraken, fee 1 GBP on out @kraken | hash T1',
    '3 not-understood [Type]: the type “_Summon” is not known to this reader',
    '4 not-understood [Timestamp]: “2021-02-31T10:00:00 UTC” is no time of the calendar that this source writes',
    '5 not-understood [Buy Quantity]: the amount “.” is not a number',
  ],
  'bittytax.csv': [
    'bittytax / transactions, UTC',
    '2 2021-01-02T10:00:00.000Z buy: out 100 GBP @kraken, in 0.0025 BTC @kraken, fee 1 GBP on out @kraken',
    '3 2021-01-02T11:00:00.000Z trade: out 0.01 ETH = 20 GBP @kraken, in 25.5 USDC = 20 GBP @kraken',
    '4 2021-07-02T09:00:00.000Z unmatched_in: in 0.001 BTC @ledger',
    '5 2021-01-03T10:00:00.000Z stake_unlock: info 1 DOT @kraken',
    '6 2021-01-03T11:00:00.000Z mining: in 1 BTC = 1000 GBP @kraken',
    '7 2021-01-03T12:00:00.000Z staking_reward: in 1 DOT = 5 GBP @kraken',
    '8 2021-01-03T13:00:00.000Z staking_reward: in 1 DOT = 5 GBP @kraken',
    '9 2021-01-03T14:00:00.000Z lending_interest: in 1 DOT = 5 GBP @kraken',
    '10 2021-01-03T15:00:00.000Z revenue_share: in 1 DOT = 5 GBP @kraken',
    '11 2021-01-03T16:00:00.000Z other_income: in 1 DOT = 5 GBP @kraken',
    '12 2021-01-03T17:00:00.000Z gift_in: in 1 DOT = 5 GBP @kraken',
    '13 2021-01-03T18:00:00.000Z fork: in 1 BCH = 5 GBP @kraken',
    '14 2021-01-03T19:00:00.000Z airdrop: in 1 UNI = 5 GBP @kraken',
    '15 2021-01-03T20:00:00.000Z referral: in 1 USDT = 5 GBP @kraken',
    '16 2021-01-03T21:00:00.000Z cashback: in 1 USDT = 5 GBP @kraken',
    '17 2021-01-03T22:00:00.000Z fee_rebate: rebate 1 USDT = 5 GBP @kraken',
    '18 2021-01-03T23:00:00.000Z loan_borrow: in 1 USDT @kraken',
    '19 2021-01-04T10:00:00.000Z realised_profit: in 1 USDT @kraken',
    '20 2021-01-04T11:00:00.000Z fee_rebate: rebate 1 USDT @kraken',
    '21 2021-01-04T12:00:00.000Z unmatched_out: out 1 BTC @kraken, fee 0.0001 BTC on out @kraken',
    '22 2021-01-04T13:00:00.000Z stake_lock: info 1 DOT @kraken',
    '23 2021-01-04T14:00:00.000Z spend: out 1 DOT = 5 GBP @kraken',
    '24 2021-01-04T15:00:00.000Z gift_out: out 1 DOT = 5 GBP @kraken',
    '25 2021-01-04T16:00:00.000Z gift_spouse: out 1 DOT @kraken',
    '26 2021-01-04T17:00:00.000Z donation: out 1 DOT @kraken',
    '27 2021-01-04T18:00:00.000Z lost: out 1 DOT @kraken',
    '28 2021-01-04T19:00:00.000Z loan_repay: out 1 DOT @kraken',
    '29 2021-01-04T20:00:00.000Z loan_interest: out 1 DOT @kraken',
    '30 2021-01-04T21:00:00.000Z realised_loss: out 1 DOT @kraken',
    '31 2021-01-04T22:00:00.000Z derivative_fee: fee 1 DOT @kraken',
    '32 not-understood [Type]: the type “_Conjure” is not known to this reader',
    '33 not-understood [Timestamp]: “2021-02-31T10:00:00 UTC” is no time of the calendar that this source writes',
    '34 not-understood [Timestamp]: “2021-01-05T10:00:00 Mars/Olympus” is no time of the calendar that this source writes',
    '35 not-understood [Buy Quantity]: the amount “1q” is not a number',
  ],
}

describe('BittyTax', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
