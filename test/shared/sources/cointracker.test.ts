import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'cointracker-history-older.csv': [
    'cointracker / transaction history, UTC',
    '2 2021-01-02T10:00:00.000Z buy: out 100 USD @kraken, in 0.0025 BTC @kraken, fee 1 USD on out @kraken | hash t-1',
    '3 2021-01-03T10:00:00.000Z transfer: out 0.00101 BTC @kraken, in 0.001 BTC @ledger, fee 0.00001 BTC on out included @kraken | hash t-2 | from bc1qa | to bc1qb',
    '4 2021-01-04T10:00:00.000Z staking_reward: in 0.02 DOT @kraken | hash t-3',
    '5 2021-01-05T10:00:00.000Z gift_out: out 0.5 ETH @kraken, fee 0.001 ETH on out @kraken | hash t-4 | from 0xaa',
    '6 2021-01-06T10:00:00.000Z ignored: info 900 SCAM @ledger | hash t-5',
    '7 not-understood [Type]: the type “TELEPORT” is not known to this reader',
    '8 not-understood [Date]: “02/31/2021 10:00:00” is no time of the calendar that this source writes',
    '9 skipped: a line of text beside the table',
  ],
  'cointracker-history.csv': [
    'cointracker / transaction history, UTC',
    '2 2024-01-02T10:00:00.000Z buy: out 1100 USD @kraken, in 0.0025 BTC @kraken, fee 1 USD on out @kraken',
    '3 2024-01-03T10:00:00.000Z sell: out 0.0025 BTC @kraken, in 100 USD @kraken, fee 1 USD on in @kraken',
    '4 2024-01-04T10:00:00.000Z trade: out 0.01 ETH @kraken, in 25.5 USDC @kraken, fee 0.0004 ETH on out @kraken | hash 0xcd34',
    '5+6+7 2024-01-05T10:00:00.000Z trade: out 1 ETH @ledger, in 1500 USDC @ledger, in 500 DAI @ledger, fee 0.001 ETH on out @ledger | hash 0xee | from 0xab',
    '8 2024-01-06T10:00:00.000Z staking_reward: in 0.02 DOT @kraken',
    '9 2024-01-07T10:00:00.000Z lending_interest: in 0.02 DOT @kraken',
    '10 2024-01-08T10:00:00.000Z other_income: in 0.02 DOT @kraken',
    '11 2024-01-09T10:00:00.000Z airdrop: in 0.02 UNI @kraken',
    '12 2024-01-10T10:00:00.000Z nft_mint: out 0.1 ETH @ledger, in 1 PUNK @ledger, fee 0.002 ETH on out @ledger | hash 0xff',
    '13 2024-01-11T10:00:00.000Z spam_in: in 1000 FREE @ledger',
    '14 2024-01-12T10:00:00.000Z transfer: out 0.5 ETH @kraken, in 0.5 ETH @ledger, fee 0.001 ETH on out @kraken | hash 0x12 | from 0xaa | to 0xbb',
    '15 2024-01-13T10:00:00.000Z unmatched_out: out 0.5 ETH @kraken, fee 0.001 ETH on out @kraken | hash 0x13 | from 0xaa',
    '16 not-understood [Type]: the type “CONJURE” is not known to this reader',
    '17 not-understood [Sent Quantity]: neither side has an amount',
    '18 not-understood [Received Quantity]: the amount “ten” is not a number',
  ],
  'cointracker-template.csv': [
    'cointracker / import template, UTC',
    '2 2024-01-02T10:00:00.000Z buy: out 100 USD, in 0.0025 BTC, fee 1 USD on out',
    '3 2024-01-03T10:00:00.000Z unmatched_out: out 0.001 BTC, fee 0.00001 BTC on out',
    '4 2024-01-04T10:00:00.000Z staking_reward: in 0.02 DOT',
    '5 2024-01-05T10:00:00.000Z stake_lock: info 1 DOT',
    '6 2024-01-06T10:00:00.000Z stake_unlock: info 1 DOT',
    '7 2024-01-07T10:00:00.000Z airdrop: in 1 UNI',
    '8 2024-01-08T10:00:00.000Z mining: in 1 BTC',
    '9 2024-01-09T10:00:00.000Z fork: in 1 BCH',
    '10 2024-01-10T10:00:00.000Z business_income: in 1 USDC',
    '11 2024-01-11T10:00:00.000Z spend: out 1 USDC',
    '12 2024-01-12T10:00:00.000Z gift_in: in 1 USDC',
    '13 2024-01-13T10:00:00.000Z gift_out: out 1 USDC',
    '14 2024-01-14T10:00:00.000Z lost: out 1 USDC',
    '15 2024-01-15T10:00:00.000Z donation: out 1 USDC',
    '16 2024-01-16T10:00:00.000Z lending_interest: in 1 USDC',
    '17 2024-01-17T10:00:00.000Z lending_interest: in 1 USDC',
    '18 2024-01-18T10:00:00.000Z realised_profit: in 1 USDC',
    '19 2024-01-19T10:00:00.000Z realised_loss: out 1 USDC',
    '20 skipped: its amounts are zero: nothing moved',
    '21 2022-02-27T12:10:00.000Z unmatched_in: in 1250.5 USDT',
    '22 2024-01-20T10:00:00.000Z unmatched_in: in 1 USDC | ! the label “witchcraft” is not known to this reader for such a row; it was read without it',
    '23 not-understood [Date]: “02/31/2024 10:00:00” is no time of the calendar that this source writes',
    '24 not-understood [Received Quantity]: the amount “1 or 2” is not a number',
  ],
}

describe('CoinTracker', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
