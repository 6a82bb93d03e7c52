import { describe, expect, it } from 'vitest'
import { formatAmount, formatMoney } from '../../../shared/amount/decimal.ts'
import { collect, fixture, otherRows } from '../../electron/intake/collect.ts'
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

const lotsOf = async (name: string): Promise<unknown[]> =>
  (await collect(fixture(name))).events.map(({ legs: [leg] }) => [
    leg?.acquired,
    leg?.cost === undefined ? undefined : formatMoney(leg.cost),
    leg?.pool,
  ])

describe('Opening lots', () => {
  it('have the day of acquisition and the cost that the row states; a pool has no day', async () => {
    expect(await lotsOf('opening-lots.csv')).toEqual([
      ['2019-03-04', '2000', undefined],
      ['2021-11-10', '16000.5', undefined],
      [undefined, '4500', true],
      ['2020-12-25', '0', undefined],
    ])
  })

  it('come from a report of another tool, the currency in the name of a column', async () => {
    expect(await lotsOf('opening-lots-report.csv')).toEqual([
      ['2019-03-04', '2000', undefined],
      ['2019-03-14', '2100', undefined],
      ['2019-03-14', '2100', undefined],
    ])
  })

  it('keep a cost in another currency as it is stated, without taking it for one of the books', async () => {
    const text = 'asset,account,amount,acquired,cost,currency\nBTC,Kraken,1,2020-01-02,5000,EUR\n'
    const { events } = await collect(text)
    expect(events[0]?.legs[0]?.cost).toBeUndefined()
    expect(events[0]?.legs[0]?.costStated?.currency).toBe('EUR')
  })

  it.each([
    ['Asset,Wallet Name,Remaining Quantity,Acquisition Date,Cost Basis in USD', 'BTC,Kraken,0.5,03/14/2019,"2,000.00"'],
    ['coin_symbol,exchange,qty,date_acquired,cost_basis_per_unit,currency', 'BTC,Kraken,0.5,2019-03-14,4000.00,USD'],
    ['Ticker;Platform;Units;Purchase Date;Total Cost Basis (USD)', 'BTC;Kraken;0,5;14.03.2019;2.000,00'],
    ['Currency Name,Closing Balance,Date of Acquisition,USD Cost Basis', 'BTC,0.5,2019-03-14,2000'],
  ])('are found under the names of reports: %s', async (header, row) => {
    const { events } = await collect(`${header}\n${row}\n`)
    const [leg] = events[0]?.legs ?? []
    expect([leg?.acquired, leg?.amount === undefined ? '' : formatAmount(leg.amount)]).toEqual(['2019-03-14', '0.5'])
    expect(leg?.cost === undefined ? undefined : formatMoney(leg.cost)).toBe('2000')
  })

  it('without a currency of the cost are not taken for lots of any, and say what is missing', async () => {
    const read = await collect('Asset,Quantity,Date Acquired,Cost Basis\nBTC,0.5,2019-03-14,2000\n')
    expect(otherRows(read)).toEqual([
      '2 not-understood [currency]: the file does not say in which currency the cost is: give it a column “currency” (USD, EUR …)',
    ])
  })

  it('are not looked for in lists of sales', async () => {
    const sales =
      'Asset,Amount,Date Acquired,Date Sold,Proceeds,Cost Basis (USD)\nBTC,1,2020-01-02,2021-01-02,9000,5000\n'
    expect((await collect(sales)).tables.map(({ source }) => source)).toEqual([])
  })
})
