import { describe, expect, it } from 'vitest'
import { formatMoney } from '../../../shared/amount/decimal.ts'
import { collect, fixture, otherRows } from '../../electron/intake/collect.ts'

const read = await collect(fixture('price-table.csv'))

describe('a price table', () => {
  it('gives days and instants, with exact prices', () => {
    expect(read.prices.map(({ asset, currency, time, price }) => [asset, currency, time, formatMoney(price)])).toEqual([
      ['BTC', 'USD', '2024-03-01', '61000.5'],
      ['ETH', 'USD', Date.UTC(2024, 2, 1, 12, 30), '3400'],
      ['SHIB', 'USD', '2024-03-02', '0.000012'],
    ])
  })

  it('says of every other row why it gives no price', () => {
    expect(otherRows(read)).toEqual([
      '5 skipped: no price is given',
      '6 not-understood [date]: “2024-02-31” is no time of the calendar that this source writes',
      '7 not-understood [currency]: the currency is no code of three letters',
      '8 not-understood [price]: a price cannot be negative',
    ])
    expect(read.summary.counts).toEqual({ rows: 7, understood: 3, skipped: 1, notUnderstood: 3, events: 0, prices: 3 })
  })

  it('reads decimal commas where the file proves them', async () => {
    const german = await collect('date;asset;currency;price\n2024-03-01;BTC;EUR;61.000,50\n2024-03-02;BTC;EUR;62.000\n')
    expect(german.prices.map((price) => formatMoney(price.price))).toEqual(['61000.5', '62000'])
  })
})
