import { describe, expect, it } from 'vitest'
import { linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'opening-lots-report.csv': [
    'opening-lots / lots, UTC',
    '2 2019-03-04T00:00:00.000Z opening_lot: in 0.5 BTC @kraken',
    '3 2019-03-14T00:00:00.000Z opening_lot: in 0.5 BTC @kraken',
    '4 2019-03-14T00:00:00.000Z opening_lot: in 0.5 BTC @kraken',
    '5 not-understood [acquired]: “02/31/2019” is no time of the calendar that this source writes',
    '6 not-understood [amount]: the amount “x” is not a number',
  ],
  'opening-lots.csv': [
    'opening-lots / lots, UTC',
    '2 2024-01-01T00:00:00.000Z opening_lot: in 0.5 BTC @kraken',
    '3 2024-01-01T00:00:00.000Z opening_lot: in 0.25 BTC @ledger',
    '4 2024-01-01T00:00:00.000Z opening_lot: in 3 ETH @ledger',
    '5 2024-01-01T00:00:00.000Z opening_lot: in 10 DOT @kraken',
    '6 skipped: a lot of nothing',
    '7 not-understood [acquired]: the day of acquisition is missing',
    '8 not-understood [acquired]: “2021-02-31” is no day of the calendar',
    '9 not-understood [cost]: the cost is missing; write 0 where there was none',
    '10 not-understood [cost]: a cost is not negative',
    '11 not-understood [currency]: “BTC” is no currency',
    '12 not-understood [amount]: the amount “one” is not a number',
    '13 not-understood [acquired]: “2024-02-31” is no time of the calendar that this source writes',
  ],
}

describe('Opening lots', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})
