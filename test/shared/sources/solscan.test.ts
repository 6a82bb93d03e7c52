import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'solscan-older.csv': [
    'solscan / old export, UTC',
    '2 2021-12-20T11:33:20.000Z unmatched_out: out 1.5 SOL, fee 0.000005 SOL on out | hash 4sigA',
    '3 2021-12-20T11:50:00.000Z unmatched_in: in 2.5 SOL | hash 4sigB',
    '4+5 2021-12-20T12:06:40.000Z trade: out 0.5 SOL, in 85.5 solana:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v, fee 0.000005 SOL on out | hash 4sigC',
    '6+7 2021-12-20T12:23:20.000Z unmatched_out: out 7 solana:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v, fee 0.000005 SOL | hash 4sigD',
    '8 not-understood [Type]: the type “Moonwalk” is not known to this reader',
    '9 not-understood [ChangeType]: the type “same” is not known to this reader',
  ],
  'solscan.csv': [
    'solscan / transfers, UTC',
    '2 2024-01-11T19:06:40.000Z unmatched_out: out 0.5 SOL | hash 5sigA | to 9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM',
    '3 2024-01-11T19:23:20.000Z unmatched_out: out 1 SOL | hash 5sigB | to 9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM',
    '4 2024-01-11T19:23:20.000Z unmatched_in: in 95.5 solana:EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v | hash 5sigB | from 9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM',
    '5 2024-01-11T19:40:00.000Z unmatched_out: out 0.00203928 SOL | hash 5sigC | to 4k3Dyjzvzp8eMZWUXbBCjEvwSkkk59S5iCNLY3QrkX6R',
    '6 not-understood [Action]: the type “MOONWALK” is not known to this reader',
    '7 not-understood [Flow]: it is neither in nor out',
    '8 not-understood [Decimals]: the number of decimals is missing',
    '9 not-understood [Block Time]: “later” is no time of the calendar that this source writes',
  ],
}

describe('Solscan', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
