import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

describe('Kraken Futures account log', () => {
  it('parts each change into result, fee and funding, and counts positions nowhere', async () => {
    expect(await linesOfFixture('kraken-futures.csv')).toEqual([
      'kraken-futures / account log, UTC',
      '2 not-understood [type]: the type “séance” is not known to this reader',
      '3 2026-03-08T10:00:00.000Z fiat_withdrawal: out 5 USD',
      '4+5 2026-03-07T10:00:00.000Z custody_move: out 10 USD, in 10 USD',
      '6 2026-03-06T10:00:00.000Z margin_interest: fee 0.02 USD',
      '7+8 2026-03-05T10:00:00.000Z sell: out 0.001 BTC, in 69.93 USD',
      '9 2026-03-04T12:00:00.000Z funding_out: out 0.0002 USD',
      '10 2026-03-04T10:00:00.000Z realised_loss: out 0.1954 USD, fee 0.0122 USD',
      '10 2026-03-04T10:00:00.000Z funding_out: out 0.0009 USD',
      '11 skipped: it tells the size of a position: its money stands in a row of its own',
      '12 2026-03-03T10:00:00.000Z realised_loss: out 20 USD, fee 1 USD',
      '13 2026-03-02T10:00:00.000Z derivative_fee: fee 0.0484 USD',
      '14 2026-03-02T10:00:00.000Z realised_profit: in 5.5 USD, fee 0.5 USD | ! result, fee and funding of this row do not add up to its change; the change was taken',
      '15 2026-03-01T10:00:00.000Z unmatched_in: in 0.5 BTC | with Kraken',
      '16 not-understood [dateTime]: “2026-02-31 10:00:00” is no time of the calendar that this source writes',
    ])
  })

  it('reads the columns of 2021', async () => {
    expect(await linesOfFixture('kraken-futures-2021.csv')).toEqual([
      'kraken-futures / account log, UTC',
      '2 2021-02-01T08:19:06.000Z derivative_fee: fee 0.00000916188 ETH',
      '3 2021-02-02T08:19:06.000Z realised_profit: in 0.01 ETH, fee 0.0001 ETH',
      '4 skipped: the same entry of the log stands in this file already',
    ])
  })
})
