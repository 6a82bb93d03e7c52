import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'coinledger-export-onchain.csv': [
    'coinledger / transaction export, UTC',
    '2+3+4 2025-04-01T07:16:26.000Z nft_mint: out 0.08 ETH @hot-wallet, in 1 PUNK @hot-wallet, fee 0.004 ETH on out @hot-wallet | hash 0x11',
    '5+6+7 2025-04-02T07:16:26.000Z lp_add: out 1 ETH @hot-wallet, out 2000 USDC @hot-wallet, in 44 UNI-V2 @hot-wallet | hash 0x12',
    '8+9+10 2025-04-03T07:16:26.000Z lp_remove: out 44 UNI-V2 @hot-wallet, in 1.01 ETH @hot-wallet, in 1990 USDC @hot-wallet | hash 0x13',
    '11+12 2025-04-04T07:16:26.000Z trade: out 0.5 ETH @hot-wallet, in 60 UNI @hot-wallet | hash 0x14',
    '13 2025-04-05T07:16:26.000Z gift_in: in 0.1 BTC @kraken',
    '14 2025-04-06T07:16:26.000Z stolen: out 0.2 ETH @hot-wallet | hash 0x16',
    '15 2025-04-07T07:16:26.000Z lost: out 900 LUNC @hot-wallet',
    '16 not-understood [Type]: the type “Conjuring” is not known to this reader',
    '17 not-understood [Type]: the type “Conjuring” is not known to this reader',
    '18 not-understood [Amount]: a Credit is negative',
  ],
  'coinledger-export-older.csv': [
    'coinledger / transaction export, UTC',
    '2+3 2022-03-06T00:00:00.000Z trade: out 10.17 USDT @pionex, in 40 TRX @pionex',
    '4 not-understood [Type]: the type “Hover” is not known to this reader',
    '5 not-understood [Timestamp (UTC)]: “2022-02-31T00:00:00.000” is no time of the calendar that this source writes',
    '6 not-understood [Amount]: the amount “1..5” does not fit the decimal point of this file',
  ],
  'coinledger-export.csv': [
    'coinledger / transaction export, UTC',
    '2+3+4 2025-03-06T00:00:00.000Z trade: out 10.17 USDT @pionex, in 40 TRX @pionex, fee 0.02 TRX on in @pionex',
    '5 2025-03-07T00:00:00.000Z lending_interest: in 1.5 USDT @binance',
    '6+7+8 2025-03-08T07:16:26.000Z transfer: out 0.501 ETH @binance, in 0.5 ETH @hot-wallet, fee 0.001 ETH on out included @binance | hash 0xab',
    '9+10 2025-03-09T07:16:26.000Z buy: out 100 USD @kraken, in 0.001 BTC @kraken',
    '11+12 2025-03-10T07:16:26.000Z sell: out 0.001 BTC @kraken, in 110 USD @kraken',
    '13 2025-03-11T07:16:26.000Z unmatched_in: in 0.2 BTC @kraken',
    '14+15 2025-03-12T07:16:26.000Z unmatched_out: out 0.2 BTC @kraken, fee 0.0001 BTC on out @kraken | hash 0xcc',
    '16 2025-03-13T07:16:26.000Z airdrop: in 5 UNI @kraken',
    '17 2025-03-14T07:16:26.000Z mining: in 0.01 BTC @kraken',
    '18 2025-03-15T07:16:26.000Z staking_reward: in 0.01 DOT @kraken',
    '19 2025-03-16T07:16:26.000Z other_income: in 0.01 DOT @kraken',
    '20 2025-03-17T07:16:26.000Z gift_out: out 0.01 DOT @kraken',
    '21 2025-03-18T07:16:26.000Z network_fee: fee 0.002 ETH @hot-wallet | hash 0xdd',
    '22 2025-03-19T07:16:26.000Z unmatched_in: in 100 XRP @kraken | ! a position entered by hand: how it was acquired, and at what cost, is not in this file',
    '23 2025-03-20T07:16:26.000Z realised_profit: in 25 USDT @kraken',
    '24 2025-03-21T07:16:26.000Z realised_loss: out 25 USDT @kraken',
    '25 not-understood [Type]: the type “Divination” is not known to this reader',
    '26 not-understood [Record Type]: the type “Levitation” is not known to this reader',
    '27 not-understood [Timestamp (UTC)]: “2025-02-31T07:16:26.000” is no time of the calendar that this source writes',
    '28 not-understood [Amount]: the amount “many” is not a number',
    '29 2025-03-25T07:16:26.000Z other_income: in 3 USDT @kraken',
  ],
  'coinledger-template.csv': [
    'coinledger / manual import template, UTC',
    '2 2024-01-02T10:00:00.000Z buy: out 100 USD @kraken, in 0.0025 BTC @kraken, fee 1 USD on out @kraken',
    '3 2024-01-02T11:00:00.000Z trade: out 0.01 ETH @kraken, in 25.5 USDC @kraken, fee 0.0004 ETH on out @kraken',
    '4 2024-01-03T10:00:00.000Z unmatched_out: out 0.001 BTC @kraken, fee 0.00001 BTC on out @kraken | hash ab12',
    '5 2024-01-03T10:20:00.000Z unmatched_in: in 0.001 BTC @ledger | hash ab12',
    '6 2024-01-04T10:00:00.000Z other_income: in 0.02 DOT @kraken',
    '7 2024-01-05T10:00:00.000Z lending_interest: in 0.02 DOT @kraken',
    '8 2024-01-06T10:00:00.000Z mining: in 0.02 DOT @kraken',
    '9 2024-01-07T10:00:00.000Z staking_reward: in 0.02 DOT @kraken',
    '10 2024-01-08T10:00:00.000Z airdrop: in 0.02 DOT @kraken',
    '11 2024-01-09T10:00:00.000Z fork: in 0.02 BCH @kraken',
    '12 2024-01-10T10:00:00.000Z gift_in: in 0.02 DOT @kraken',
    '13 2024-01-11T10:00:00.000Z gift_out: out 0.02 DOT @kraken',
    '14 2024-01-12T10:00:00.000Z lost: out 0.02 DOT @kraken',
    '15 2024-01-13T10:00:00.000Z lost: out 0.02 DOT @kraken',
    '16 2024-01-14T10:00:00.000Z stolen: out 0.02 DOT @kraken',
    '17 2024-01-15T10:00:00.000Z spend: out 0.02 DOT @kraken',
    '18 2024-01-16T10:00:00.000Z network_fee: fee 0.02 DOT @kraken',
    '19 not-understood [Type]: the type “Sorcery” is not known to this reader',
    '20 not-understood [Date (UTC)]: “02/31/2024 10:00:00” is no time of the calendar that this source writes',
    '21 not-understood [Amount Sent]: the amount “zero” is not a number',
  ],
}

describe('CoinLedger', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
