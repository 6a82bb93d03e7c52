import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'revolut-account.csv': [
    'revolut / account statement, zone asked',
    '2 2021-03-01T09:00:05.000Z fiat_deposit: in 500 EUR',
    '3+4 2021-03-02T10:00:00.000Z buy: out 100 EUR, in 0.0025 BTC, fee 1.5 EUR on out',
    '5 2021-03-04T08:00:00.000Z spend: out 3.2 EUR',
    '6 skipped: its status is “REVERTED”: nothing was moved',
    '7 2021-03-05T11:00:00.000Z network_fee: fee 7.99 EUR',
    '8 2021-03-06T11:00:00.000Z fiat_withdrawal: out 20 EUR, fee 0.2 EUR on out',
    '9 2021-03-07T11:00:00.000Z cashback: in 0.00001 BTC',
    '10 skipped: its status is “PENDING”: nothing was moved',
    '11 not-understood [Type]: the type “MOONWALK” is not known to this reader',
  ],
  'revolut.csv': [
    'revolut / crypto statement, zone asked',
    '2 2024-01-02T10:00:00.000Z buy: out 100 EUR, in 0.0025 BTC, fee 0.99 EUR on out',
    '3 2024-01-05T16:30:00.000Z sell: out 0.001 BTC, in 41 EUR, fee 0.41 EUR on in',
    '4 2024-01-06T09:00:00.000Z custody_move: info 10 DOT',
    '5 2024-01-09T09:00:00.000Z staking_reward: in 0.02 DOT',
    '6 2024-01-10T09:00:00.000Z unmatched_out: out 0.0005 BTC = 225 SEK',
    '7 2024-01-11T09:00:00.000Z custody_move: info 10 DOT',
    '8 2024-01-12T09:00:00.000Z buy: out 12.5 USD, in 1250000 SHIB, fee 0.12 USD on out',
    '9 2024-01-13T09:00:00.000Z unmatched_in: in 1.5 DOT = 9 EUR',
    '10 2024-01-14T09:00:00.000Z learn_reward: in 0.5 DOT = 3 EUR',
    '11 2024-01-15T09:00:00.000Z spend: out 0.0001 BTC = 3.5 GBP, fee 0.05 GBP',
    '12 not-understood [Type]: the type “Teleport” is not known to this reader',
    '13 not-understood [Value]: “3.50” does not name its currency',
    '14 not-understood [Date]: “Feb 31, 2024, 9:00:00 AM” is no time of the calendar that this source writes',
    '15 not-understood [Quantity]: the amount “some” is not a number',
    '16 not-understood [Value]: what was paid is missing',
    '17 2022-03-08T14:08:54.000Z buy: out 7 GBP, in 0.0002 BTC, fee 0.07 GBP on out',
  ],
}

describe('Revolut', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
