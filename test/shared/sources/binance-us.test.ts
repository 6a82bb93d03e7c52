import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'binance-us-2022.csv': [
    'binance-us / transactions, UTC',
    '2 2022-02-01T12:00:00.000Z fiat_deposit: in 250 USD',
    '3 2022-02-01T12:05:00.000Z buy: out 190.5 USD, in 0.005 BTC, fee 0.0004 BNB',
    '4 2022-02-02T00:10:00.000Z staking_reward: in 0.01 SOL = 1.02 USD',
    '5 2022-02-03T09:00:00.000Z trade: out 0.001 BTC, in 0.0138 ETH',
    '6 2022-02-04T09:00:00.000Z unmatched_out: out 0.002 BTC, fee 0.0005 BTC on out',
  ],
  'binance-us.csv': [
    'binance-us / transactions, UTC',
    '2 2023-02-01T12:00:00.000Z fiat_deposit: in 250 USD',
    '3 2023-02-01T12:05:00.000Z sell: out 0.005 BTC, in 190.5 USD, fee 0.2 USD on in',
    '4 2023-02-02T00:10:00.000Z network_fee: fee 0.001 SOL',
    '5 2023-02-02T00:11:00.000Z referral: in 1.5 USD = 1.5 USD',
    '6 2023-02-02T00:12:00.000Z airdrop: in 10 FLR = 0.3 USD',
    '7 2023-02-02T00:13:00.000Z buy: out 100 USD, in 0.06 ETH, fee 0.5 USD on out',
    '8 2023-02-02T00:14:00.000Z unmatched_in: in 0.1 BTC',
    '9 not-understood [Category]: the type “Lottery” is not known to this reader',
    '10 not-understood [Operation]: the type “Moon Dust” is not known to this reader',
  ],
}

describe('Binance.US', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
