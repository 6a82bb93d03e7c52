import { describe, expect, it } from 'vitest'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'uphold-old.csv': [
    'uphold / old transactions, UTC',
    '2 2017-05-26T18:06:28.000Z fiat_deposit: in 100 USD',
    '3 2017-05-27T18:06:28.000Z buy: out 50 USD, in 0.02 BTC, fee 0.5 USD on out',
    '4 2017-05-28T18:06:28.000Z unmatched_out: out 0.0099 BTC, fee 0.0001 BTC on out',
    '5 2017-05-29T18:06:28.000Z trade: out 0.005 BTC, in 0.1 ETH',
    '5 2017-05-29T18:06:28.000Z unmatched_out: out 0.1 ETH',
    '6 not-understood [Type]: the type “moonwalk” is not known to this reader',
  ],
  'uphold.csv': [
    'uphold / transactions, UTC',
    '2 2020-05-26T18:06:28.000Z trade: out 0.0071 BTC, in 300 XRP, fee 0.0000021 BTC on out',
    '2 2020-05-26T18:06:28.000Z unmatched_out: out 300 XRP',
    '3 2020-03-29T12:21:44.000Z sell: out 0.00421 BTC, in 24.65 GBP',
    '4 2019-12-19T18:40:09.000Z unmatched_in: in 5.15 BAT | with Uphold | ! it came from Uphold itself, perhaps as a reward: change the kind where it was one',
    '5 2019-12-18T18:40:09.000Z unmatched_in: in 0.01 BTC',
    '6 2019-12-17T18:40:09.000Z buy: out 40 USD, in 0.005 BTC, fee 1.5 USD on out',
    '7 2019-12-16T18:40:09.000Z unmatched_out: out 0.0048 BTC, fee 0.0002 BTC on out',
    '8 2019-12-15T18:40:09.000Z unmatched_out: out 2 LTC, fee 0.001 LTC on out',
    '9 2019-12-14T18:40:09.000Z custody_move: info 2 LTC',
    '10 skipped: its status is “failed”: nothing was moved',
    '11 not-understood [Type]: the type “moonwalk” is not known to this reader',
    '12 not-understood [Date]: “Sun Feb 31 2021 18:40:09 GMT+0000” is no time of the calendar that this source writes',
    '13 not-understood [Destination Amount]: the amount “two” is not a number',
    '14 skipped: the same transaction stands in this file already',
  ],
}

describe('Uphold', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })

  it('leaves what came from Uphold itself open: it can be a reward or a move', async () => {
    const lines = await linesOfText([
      'Date,Destination,Destination Amount,Destination Currency,Fee Amount,Fee Currency,Id,Origin,Origin Amount,Origin Currency,Status,Type',
      'Thu Dec 19 2019 18:40:09 GMT+0000,uphold,5.15,BAT,,,1a000000-0000-4000-8000-000000000003,uphold,5.15,BAT,completed,in',
    ])
    expect(lines.slice(1)).toEqual([
      '2 2019-12-19T18:40:09.000Z unmatched_in: in 5.15 BAT | with Uphold | ! it came from Uphold itself, perhaps as a reward: change the kind where it was one',
    ])
  })
})
