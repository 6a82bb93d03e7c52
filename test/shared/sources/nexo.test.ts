import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'nexo-2020.csv': [
    'nexo / old transactions, Europe/Zurich',
    '2 2020-02-01T06:01:00.000Z lending_interest: in 0.5 USDT',
    '3 2020-02-02T06:01:00.000Z lending_interest: in 0.7 USDT',
  ],
  'nexo-2021.csv': [
    'nexo / old transactions, Europe/Zurich',
    '2 2021-02-01T06:01:00.000Z unmatched_in: in 0.5 BTC',
    '3 2021-03-01T06:01:00.000Z trade: out 0.5 BTC, in 1000 USDT',
    '4 not-understood [Amount]: the amount “-x” is not a number',
    '5 2021-03-28T00:30:00.000Z loan_borrow: in 100 USDT, debt 100 USDT',
    'file: “2021-03-28 02:30:00” is a time that clocks in Europe/Zurich showed twice or never; the earlier reading was taken',
  ],
  'nexo-2022.csv': [
    'nexo / transactions, Europe/Zurich',
    '2 2022-02-01T06:01:00.000Z unmatched_in: in 1 ETH | hash 0x9c3f47c7de5559c6a74b7ad35c4f64ddd2edbb2ec5b1c8e165e326aa926bc351',
    '3 2022-07-01T05:01:00.000Z lending_interest: in 0.001 ETH = 2.5 USD',
  ],
  'nexo.csv': [
    'nexo / transactions, UTC',
    '2 2024-01-02T10:00:00.000Z unmatched_in: in 0.01 BTC | hash 9c3f47c7de5559c6a74b7ad35c4f64ddd2edbb2ec5b1c8e165e326aa926bc351',
    '3 2024-01-03T10:00:00.000Z trade: out 0.005 BTC, in 210 USDC',
    '4 2024-01-04T06:00:00.000Z lending_interest: in 0.05753425 USDC = 0.06 USD',
    '5 2024-01-04T09:00:00.000Z custody_move: info 100 USDC',
    '6 skipped: its status is “rejected”: nothing was moved',
    '7 2024-01-06T09:00:00.000Z unmatched_out: out 0.001 BTC, fee 0.00002 BTC on out',
    '8 skipped: the same transaction stands in this file already',
    '9 2024-01-07T09:00:00.000Z fiat_deposit: in 100 EUR',
    '10 2024-01-07T09:00:01.000Z buy: out 100 EUR, in 107.5 USDT',
    '11 2024-01-08T09:00:00.000Z sell: out 50 USDT, in 46 EUR',
    '12 2024-01-08T09:00:01.000Z fiat_withdrawal: out 46 EUR',
    '13 2024-01-09T06:00:00.000Z loan_interest: out 0.5 USDC = 0.5 USD',
    '14 2024-01-10T06:00:00.000Z lending_interest: in 1.5 NEXO = 1 USD',
    '15 2024-01-11T06:00:00.000Z revenue_share: in 2 NEXO = 1.4 USD',
    '16 2024-01-12T06:00:00.000Z cashback: in 0.0000012 BTC = 0.05 USD',
    '17 2024-01-13T06:00:00.000Z referral: in 0.0005 BTC = 25 USD',
    '18 2024-01-14T06:00:00.000Z other_income: in 0.0001 BTC = 5 USD',
    '19 2024-01-15T06:00:00.000Z loan_borrow: in 500 USDT, debt 500 USDT',
    '20 2024-01-16T06:00:00.000Z loan_repay: out 200 USDT, debt -200 USDT',
    '21 2024-01-17T06:00:00.000Z liquidation: out 0.001 BTC, in 40 USDT',
    '22 2024-01-18T06:00:00.000Z trade: out 0.001 BTC, in 41 USDT',
    '23 2024-01-19T06:00:00.000Z spend: out 12 USDT = 12 USD',
    '24 2024-01-20T06:00:00.000Z unmatched_out: out 0.001 BTC | with Nexo Pro',
    '25 2024-01-21T06:00:00.000Z unmatched_in: in 0.001 BTC | with Nexo Pro',
    '26 2024-01-22T06:00:00.000Z custody_move: info 3 EUR',
    '27 2024-01-22T06:10:00.000Z informational: ',
    '28 2024-01-23T06:00:00.000Z balance_correction: out 1 NEXO = 0.7 USD',
    '29 2024-01-24T06:00:00.000Z balance_correction: in 1 NEXO = 0.7 USD',
    '30 not-understood [Type]: the type “Moonwalk” is not known to this reader',
    '31 skipped: its status is “pending”: nothing was moved',
    '32 not-understood [Date / Time]: “2024-02-31 06:00:00” is no time of the calendar that this source writes',
    '33 not-understood [Input Amount]: the amount “one” is not a number',
    '34 2024-02-04T09:00:00.000Z custody_move: info 100 USDC',
  ],
}

describe('Nexo', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
