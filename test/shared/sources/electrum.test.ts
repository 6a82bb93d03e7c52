import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'electrum-lightning.csv': [
    'electrum / history with Lightning, zone asked',
    '2 2024-01-03T10:20:00.000Z unmatched_in: in 0.015 BTC | hash ab12',
    '3 2024-02-03T18:05:00.000Z network_fee: fee 0.0001 BTC | hash cd34',
    '4 2024-02-04T18:05:00.000Z unmatched_out: out 0.0001 BTC',
    '5 2024-02-05T18:05:00.000Z unmatched_out: out 0.005 BTC, fee 0.0001 BTC on out | hash ef56',
  ],
  'electrum-ltc.csv': [
    'electrum / history, zone asked',
    '2 2021-01-03T10:20:00.000Z unmatched_in: in 1.5 LTC | hash ab12',
  ],
  'electrum-v2.csv': [
    'electrum / history, zone asked',
    '2 2017-01-03T10:20:00.000Z unmatched_in: in 0.015 BTC | hash ab12',
    '3 2017-02-03T18:05:00.000Z unmatched_out: out 0.0051 BTC | hash cd34',
  ],
  'electrum-v3.csv': [
    'electrum / history, zone asked',
    '2 2019-01-03T10:20:00.000Z unmatched_in: in 0.015 BTC | hash ab12',
    '3 2019-02-03T18:05:00.000Z unmatched_out: out 0.0051 BTC | hash cd34',
  ],
  'electrum.csv': [
    'electrum / history, zone asked',
    '2 2024-01-03T10:20:00.000Z unmatched_in: in 0.015 BTC | hash ab12',
    '3 2024-02-03T18:05:00.000Z unmatched_out: out 0.005 BTC, fee 0.0001 BTC on out | hash cd34',
    '4 2024-02-04T18:05:00.000Z network_fee: fee 0.0001 BTC | hash ef56',
    '5 skipped: it was not confirmed when the file was made',
    '6 skipped: it was not confirmed when the file was made',
    '7 not-understood [value]: there are not so many bitcoins; set Electrum’s unit to BTC and export again',
    '8 2024-02-06T18:05:00.000Z unmatched_in: in 1000.5 BTC | hash 0c12',
    '9 not-understood [timestamp]: “2024-02-31 18:05” is no time of the calendar that this source writes',
    '10 not-understood [value]: the amount “a coin” is not a number',
  ],
}

describe('Electrum', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
