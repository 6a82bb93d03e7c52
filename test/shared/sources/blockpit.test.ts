import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'blockpit-balancing.csv': [
    'blockpit / export, zone asked',
    '2 2023-01-06T20:08:00.000Z balance_correction: in 0.01 BTC @own-depot | ! Blockpit made this row up to balance its books',
    '3 2023-01-06T20:09:00.000Z balance_correction: out 0.02 BTC @own-depot | ! Blockpit made this row up to balance its books',
    '4 2023-01-06T20:10:00.000Z migration: out 10 MATIC @own-depot, in 10 POL @own-depot',
  ],
  'blockpit-template-sources.csv': [
    'blockpit / template, UTC',
    '2 2023-01-06T20:08:01.000Z buy: out 100 EUR @kraken, in 0.0025 BTC @kraken, fee 1 EUR on out @kraken | hash T1',
    '3 not-understood [Label]: the type “Ritual” is not known to this reader',
    '4 not-understood [Date (UTC)]: “31.02.2023 20:28:01” is no time of the calendar that this source writes',
    '5 not-understood [Incoming Amount]: the amount “0x1” is not a decimal number',
  ],
  'blockpit-template.csv': [
    'blockpit / template, UTC',
    '2 2023-01-06T20:08:01.000Z buy: out 100 EUR @kraken, in 0.0025 BTC @kraken, fee 1 EUR on out @kraken | hash T1',
    '3 2023-01-07T20:08:01.000Z unmatched_out: out 0.001 BTC @kraken, fee 0.00001 BTC on out @kraken | hash ab12',
    '4 2023-01-07T20:28:01.000Z unmatched_in: in 0.001 BTC @ledger | hash ab12',
    '5 not-understood [Label]: the type “Ritual” is not known to this reader',
    '6 not-understood [Date (UTC)]: “31.02.2023 20:28:01” is no time of the calendar that this source writes',
    '7 not-understood [Incoming Amount]: the amount “0.00.1” does not fit the decimal point of this file',
  ],
  'blockpit.csv': [
    'blockpit / export, zone asked',
    '2 2023-01-06T20:08:00.000Z gift_out: out 10 META @polygon-depot, fee 0.001537148341223424 MATIC @polygon-depot | hash 0xaa',
    '3 2023-01-08T12:44:00.000Z buy: out 168.69 EUR @binance-depot, in 223.7 MATIC @binance-depot, fee 0.2237 MATIC on in @binance-depot',
    '4+5 2023-01-08T16:19:00.000Z transfer: out 0.0095 BNB @binance-depot, in 0.0095 BNB @bsc-depot, fee 0.0005 BNB on out @binance-depot | hash 0xbb',
    '6 2023-01-09T10:00:00.000Z fiat_deposit: in 100 EUR @own-depot | ! Blockpit calls currencies, loans and exemptions alike “Non-Taxable”: look at what this was; it was read without that word',
    '7 2023-01-09T10:01:00.000Z fiat_withdrawal: out 100 EUR @own-depot | ! Blockpit calls currencies, loans and exemptions alike “Non-Taxable”: look at what this was; it was read without that word',
    '8 2023-01-09T10:02:00.000Z airdrop: in 100 UNI @own-depot',
    '9 2023-01-09T10:03:00.000Z airdrop_task: in 100 UNI @own-depot',
    '10 2023-01-09T10:04:00.000Z staking_reward: in 1 DOT @own-depot',
    '11 2023-01-09T10:05:00.000Z lending_interest: in 1 DOT @own-depot',
    '12 2023-01-09T10:06:00.000Z mining: in 1 BTC @own-depot',
    '13 2023-01-09T10:07:00.000Z validator_reward: in 1 DASH @own-depot',
    '14 2023-01-09T10:08:00.000Z fork: in 1 BCH @own-depot',
    '15 2023-01-09T10:09:00.000Z other_income: in 1 BCH @own-depot',
    '16 2023-01-09T10:10:00.000Z spend: out 1 BCH @own-depot',
    '17 2023-01-09T10:11:00.000Z lost: out 1 BCH @own-depot',
    '18 2023-01-09T10:12:00.000Z network_fee: fee 1 BNB @own-depot',
    '19 2023-01-09T10:13:00.000Z donation: out 1 BNB @own-depot',
    '20 2023-01-09T10:14:00.000Z realised_profit: in 1 USDT @own-depot',
    '21 2023-01-09T10:15:00.000Z realised_loss: out 1 USDT @own-depot',
    '22 2023-01-09T10:16:00.000Z derivative_fee: fee 1 USDT @own-depot',
    '23 2023-01-09T10:17:00.000Z realised_profit: in 1 USDT @own-depot',
    '24 2023-01-09T10:18:00.000Z realised_loss: out 1 USDT @own-depot',
    '25 2023-01-09T10:19:00.000Z derivative_fee: fee 1 USDT @own-depot',
    '26 2023-01-09T10:20:00.000Z gift_in: in 1 USDT @own-depot',
    '27 not-understood [Transaction Type]: the type “Apport” is not known to this reader',
    '28 not-understood [Timestamp]: “31.02.2023 10:21” is no time of the calendar that this source writes',
    '29 not-understood [Incoming Amount]: the amount “eins” is not a number',
    '30 2023-01-09T10:23:00.000Z unmatched_out: out 5 USDT @own-depot',
    '31 2023-01-09T10:24:00.000Z unmatched_in: in 5 USDT @other-depot',
    '32 2023-01-09T10:25:00.000Z unmatched_out: out 5 SOL @own-depot',
    'file: a spreadsheet has shortened the Blockpit IDs of this file (1,55444E+13): halves of own transfers could not be joined by them; export the file again and import it as it is',
  ],
}

describe('Blockpit', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
