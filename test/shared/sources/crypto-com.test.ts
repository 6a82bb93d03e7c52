import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'crypto-com-app-2020.csv': [
    'crypto-com-app / app transactions, UTC',
    '2+3 2020-08-05T22:00:00.000Z forced_convert: out 10 MCO = 50 USD, in 275 CRO = 50 USD',
    '4+5 2020-07-05T22:00:00.000Z trade: out 0.1 BTC, in 4 ETH',
    '6 2020-06-05T22:00:00.000Z custody_move: info 5 MCO',
  ],
  'crypto-com-app-fiat.csv': [
    'crypto-com-app / app transactions, UTC',
    '2 2024-12-09T08:00:00.000Z buy: out 95 EUR, in 0.001 BTC',
    '3 2024-12-08T07:00:00.000Z fiat_deposit: in 500 EUR',
    '4 2024-12-07T07:00:00.000Z fiat_withdrawal: out 100 EUR',
    '5 2024-12-06T07:00:00.000Z fiat_deposit: in 50 EUR',
    '6 2024-12-05T07:00:00.000Z fiat_withdrawal: out 20 EUR | with Crypto.com Card',
    '7 not-understood [Transaction Description]: the type “Something else” is not known to this reader',
  ],
  'crypto-com-app.csv': [
    'crypto-com-app / app transactions, UTC',
    '2+3+4 2024-12-15T09:25:14.000Z dust_convert: out 0.6 UNI = 6.03 EUR, out 0.8 DOT = 4.02 EUR, in 100.5 CRO = 10.05 EUR',
    '5 2024-12-14T08:00:00.000Z trade: out 50 XRP, in 0.00115 BTC',
    '6 2024-12-13T08:00:00.000Z lending_interest: in 0.00061475 ETH = 1.9 EUR',
    '7 2024-12-12T08:00:00.000Z cashback: in 52.151 CRO = 5.2 EUR',
    '8 2024-12-11T09:10:00.000Z buy: out 100 EUR, in 0.0312 ETH',
    '9 2024-12-11T08:00:00.000Z custody_move: info 100 EUR',
    '10 2024-12-10T08:00:00.000Z buy: out 95.123456789012345679 EUR, in 0.001 BTC',
    '11 2024-12-09T08:00:00.000Z buy: out 95 EUR, in 0.001 BTC',
    '12 2024-12-08T08:00:00.000Z sell: out 0.001 BTC, in 94 EUR',
    '13 2024-12-07T08:00:00.000Z sell: out 100 CRO, in 10 EUR @crypto-com-card',
    '14 2024-12-06T08:00:00.000Z clawback: out 5 CRO = 0.5 EUR',
    '15 2024-12-05T08:00:00.000Z unmatched_in: in 0.1 BTC | hash 0a01',
    '16 2024-12-04T08:00:00.000Z unmatched_out: out 0.05 BTC | hash 0a02',
    '17 2024-12-03T08:00:00.000Z unmatched_out: out 10 CRO | with Crypto.com Exchange',
    '18 2024-12-02T08:00:00.000Z unmatched_out: out 10 CRO | with another user of Crypto.com',
    '19 2024-12-01T08:00:00.000Z spend: out 10 CRO = 1 EUR',
    '20 2024-11-30T08:00:00.000Z custody_move: info 10 CRO',
    '21 2024-11-29T08:00:00.000Z staking_reward: in 0.01 SOL = 1 EUR',
    '22 not-understood [Transaction Kind]: the type “made_up_kind” is not known to this reader',
    '23 not-understood [Timestamp (UTC)]: “2024-02-31 08:00:00” is no time of the calendar that this source writes',
    '24 not-understood [Amount]: the amount “some” is not a number',
  ],
  'crypto-com-exchange.csv': [
    'crypto-com-exchange / spot trades, UTC',
    '2 2022-03-05T10:11:12.123Z trade: out 40 USDT, in 100 CRO, fee 0.16 CRO on in',
    '3 2022-03-05T10:12:12.123Z trade: out 0.01 BTC, in 400 USDT, fee 0.4 USDT on in',
    '4 not-understood [Side]: the type “GIFT” is not known to this reader',
    '5 not-understood: an earlier row of this file has the same id but says something else; only that one was read. Compare the two, and add this one by hand if both happened',
    '6 not-understood [Symbol]: the market does not name two assets',
  ],
}

describe('Crypto.com', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
