import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'gemini.csv': [
    'gemini / transaction history, UTC',
    '2 2022-03-01T10:00:00.000Z fiat_deposit: in 500 USD',
    '3 2022-03-01T10:05:00.123Z buy: out 300 USD, in 0.0075 BTC, fee 0.6 USD on out',
    '4 2022-03-01T10:06:00.123Z buy: out 100 USD, in 0.05 PAXG, fee 0.2 USD on out',
    '5 2022-03-01T10:07:00.123Z trade: out 10 USDP, in 10 GUSD, fee 0.01 GUSD on in',
    '6 2022-03-02T09:00:00.000Z unmatched_out: out 0.005 BTC, fee 0.0001 BTC on out | hash aa11 | to bc1qexample',
    '7 2022-03-02T10:00:00.000Z unmatched_in: in 0.001 BTC | hash aa12',
    '8 2022-03-03T10:00:00.000Z unmatched_out: out 0.001 BTC | with Gemini Earn',
    '9 2022-03-04T10:00:00.000Z lending_interest: in 0.02 GUSD',
    '10 2022-03-04T11:00:00.000Z balance_correction: in 0.0001 BTC',
    '11 2022-03-04T12:00:00.000Z referral: in 10 USD',
    '12 2022-03-04T13:00:00.000Z cashback: in 0.00001 BTC',
    '13 2022-03-04T14:00:00.000Z spend: out 0.00001 BTC',
    '14 not-understood [Specification]: the type “Teleportation” is not known to this reader',
    '15 not-understood [Symbol]: the market is a derivative, which this file does not explain',
    '16 not-understood [Symbol]: “SOLUSD” is no market of two assets of this file',
    '17 not-understood [Date]: “2022-02-31 16:00:00.000” is no time of the calendar that this source writes',
    '18 skipped: a row of totals',
  ],
}

describe('Gemini', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
