import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'bitcoin-core-doge.csv': [
    'bitcoin-core / transactions, zone asked',
    '2 2021-03-04T10:11:12.000Z unmatched_in: in 1250 DOGE | hash ac01',
  ],
  'bitcoin-core-mbtc.csv': [
    'bitcoin-core / transactions, zone asked',
    '2 2021-03-04T10:11:12.000Z unmatched_in: in 0.0125 BTC | hash ab01',
    '3 2021-03-05T10:11:12.000Z unmatched_out: out 0.0025 BTC | hash ab02 | to bc1qdest1',
  ],
  'bitcoin-core.csv': [
    'bitcoin-core / transactions, zone asked',
    '2 2021-03-04T10:11:12.000Z unmatched_in: in 0.5 BTC | hash aa01',
    '3+4 2021-03-05T10:11:12.000Z unmatched_out: out 0.3001 BTC | hash aa02',
    '5 2021-03-06T10:11:12.000Z network_fee: fee 0.00001 BTC | hash aa03',
    '6 2021-03-07T10:11:12.000Z mining: in 6.25 BTC | hash aa04',
    '7 skipped: it was not confirmed when the file was made',
    '8 not-understood [Type]: the type “Moonwalk” is not known to this reader',
    '9 not-understood [Date]: “2021-02-31T10:11:12” is no time of the calendar that this source writes',
    '10 not-understood [Amount]: the amount “shiny” is not a number',
    '11 not-understood [ID]: the transaction is missing',
  ],
  'blockchain-com-wallet.csv': [
    'blockchain-com / wallet history, UTC',
    '2 2019-03-04T10:11:12.000Z unmatched_in: in 0.5 BTC | hash aa01',
    '3 2019-03-05T10:11:12.000Z unmatched_out: out 0.1 BTC | hash aa02',
    '4 not-understood [type]: the type “moved” is not known to this reader',
  ],
  'blockchain-com.csv': [
    'blockchain-com / account history, UTC',
    '2 2024-01-02T10:00:00.000Z buy: out 100 EUR, in 0.0025 BTC, fee 1.5 EUR on out',
    '3 2024-01-03T10:00:00.000Z sell: out 0.001 BTC, in 41 EUR, fee 0.5 EUR on in',
    '4 2024-01-04T10:00:00.000Z trade: out 0.001 BTC, in 0.018 ETH',
    '5 2024-01-05T10:00:00.000Z trade: out 0.001 BTC, in 0.018 ETH',
    '6 2024-01-06T10:00:00.000Z fiat_deposit: in 500 EUR',
    '7 2024-01-07T10:00:00.000Z unmatched_out: out 0.0005 BTC, fee 0.00001 BTC on out | hash feed01',
    '8 2024-01-08T10:00:00.000Z unmatched_in: in 1 ETH | hash feed02',
    '9 2024-01-09T10:00:00.000Z staking_reward: in 0.001 ETH',
    '10 not-understood [transaction_type]: the type “Moonwalk” is not known to this reader',
    '11 not-understood [date_time_utc]: “2024-02-31 10:00:00” is no time of the calendar that this source writes',
    '12 not-understood [quantity_transacted]: the amount “tall” is not a number',
    '13 not-understood [counter_amount]: the other side of the trade is missing',
    '14 skipped: the same transaction stands in this file already',
  ],
  'relai.csv': [
    'relai / transactions, UTC',
    '2 2024-01-02T10:00:00.000Z buy: out 98 EUR, in 0.00245 BTC, fee 2 EUR on out | to bc1qmine | with A Broker',
    '3 2024-01-03T10:00:00.000Z sell: out 0.001 BTC, in 41 EUR, fee 0.8 EUR on in | with A Broker',
    '4 not-understood [Transaction Type]: the type “Lend” is not known to this reader',
    '5 not-understood [Date]: “2024-02-31T10:00:00Z” is no time of the calendar that this source writes',
    '6 not-understood [BTC Amount]: the amount “dust” is not a number',
    '7 skipped: the same operation stands in this file already',
  ],
  'wallet-of-satoshi.csv': [
    'wallet-of-satoshi / history, UTC',
    '2 2024-01-02T10:00:00.000Z unmatched_in: in 0.00001 BTC',
    '3 2024-01-03T10:00:00.000Z unmatched_out: out 0.000005 BTC, fee 0.00000001 BTC on out | to lnbc1other',
    '4 2024-01-04T10:00:00.000Z unmatched_out: out 0.001 BTC, fee 0.00002 BTC on out | to bc1qother',
    '5 not-understood [type]: the type “MOONWALK” is not known to this reader',
    '6 not-understood [utcDate]: “2024-02-31T10:00:00Z” is no time of the calendar that this source writes',
    '7 not-understood [amount]: the amount “coins” is not a number',
  ],
}

describe('small wallets', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
