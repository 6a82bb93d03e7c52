import { describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { collect, eventLines, fixture, times } from '../../electron/intake/collect.ts'
import { linesOfFixture, linesOfText } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'etoro-closed.csv': [
    'etoro-closed / closed positions, UTC',
    '2 2024-02-15T09:30:00.000Z sell: out 0.004651 BTC, in 230.1 USD',
    '2 2024-01-03T09:30:00.000Z buy: out 200 USD, in 0.004651 BTC',
    '3 2024-02-24T10:00:00.000Z realised_loss: out 12 USD',
    '4 2024-02-24T10:00:00.000Z realised_profit: in 5 USD',
    '5 2024-02-24T10:00:00.000Z realised_profit: in 5 USD',
    '6 skipped: it is about shares, funds or metals, not about crypto',
    '7 not-understood [Open Date]: the day on which it was opened is no time',
    '8 not-understood [Profit]: more was lost than was paid',
    '9 not-understood [Action]: it does not name the asset',
  ],
  'etoro-older.csv': [
    'etoro / account activity, UTC',
    '2 2021-01-02T10:00:00.000Z buy: out 200 USD, in 0.006 BTC',
    '3 skipped: it is about shares, funds or metals, not about crypto',
    '4 2021-01-13T10:00:00.000Z funding_out: out 0.1 USD',
    'file: eToro writes staking rewards as purchases that nobody paid for; look through small purchases of coins that you stake',
  ],
  'etoro.csv': [
    'etoro / account activity, UTC',
    '2 2024-01-02T10:00:00.000Z fiat_deposit: in 545 USD',
    '3 2024-01-02T10:00:01.000Z network_fee: fee 2.5 USD',
    '4 2024-01-03T09:30:00.000Z buy: out 200 USD, in 0.004651 BTC',
    '5 2024-02-15T09:30:00.000Z sell: out 0.004651 BTC, in 230.1 USD',
    '6 2024-02-20T10:00:00.000Z buy: out 1.1 USD, in 2 ADA',
    '7 skipped: it is about shares, funds or metals, not about crypto',
    '8 skipped: a CFD was opened: its money counts with its result, when it is closed',
    '9 2024-02-23T10:00:00.000Z funding_out: out 0.12 USD',
    '10 2024-02-24T10:00:00.000Z realised_loss: out 12 USD',
    '11 2024-02-25T10:00:00.000Z staking_reward: in 1 ADA = 0.5 USD',
    '12 skipped: it is about shares, funds or metals, not about crypto',
    '13 2024-02-27T10:00:00.000Z other_income: in 0.75 USD',
    '14 2024-02-28T10:00:00.000Z custody_move: info 100 USD',
    '15 2024-02-29T10:00:00.000Z unmatched_out: out 0.001 BTC | with eToro Money wallet',
    '16 2024-03-01T10:00:00.000Z fiat_withdrawal: out 100 USD',
    '17 2024-03-01T10:00:01.000Z network_fee: fee 5 USD',
    '18 2024-03-02T10:00:00.000Z balance_correction: in 1.25 USD',
    '19 skipped: it is about shares, funds or metals, not about crypto',
    '20 2024-03-04T10:00:00.000Z informational: ',
    '21 not-understood [Type]: the type “Moonwalk” is not known to this reader',
    '22 not-understood [Date]: “31/02/2024 10:00:00” is no time of the calendar that this source writes',
    '23 not-understood [Amount]: the amount “plenty” is not a number',
    '24 not-understood [Details]: it does not name the asset and its currency',
    'file: eToro writes staking rewards as purchases that nobody paid for; look through small purchases of coins that you stake',
  ],
}

describe('eToro', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})

describe('eToro’s workbook', () => {
  it('is read sheet by sheet, each as the CSV of it', async () => {
    const cells = (name: string, rows: number) =>
      fixture(name)
        .toString()
        .split('\n')
        .slice(0, rows + 1)
        .map((line) => line.split(',').map((value) => ({ value, type: String })))
    const summary = [[{ value: 'Account Summary', type: String }], [{ value: 'Name', type: String }]]
    const workbook = await writeXlsxFile([
      { data: summary, sheet: 'Account Summary' },
      { data: cells('etoro-closed.csv', 2), sheet: 'Closed Positions' },
      { data: cells('etoro.csv', 4), sheet: 'Account Activity' },
    ]).toBuffer()
    const read = await collect(workbook, { fileName: 'etoro-account-statement.xlsx' })
    expect(read.tables.map(({ source, sheet }) => `${sheet}: ${source}`)).toEqual([
      'Closed Positions: etoro-closed',
      'Account Activity: etoro',
    ])
    expect(eventLines(read).toSorted()).toEqual([
      'buy: out 200 USD, in 0.004651 BTC',
      'buy: out 200 USD, in 0.004651 BTC',
      'fiat_deposit: in 545 USD',
      'network_fee: fee 2.5 USD',
      'realised_loss: out 12 USD',
      'sell: out 0.004651 BTC, in 230.1 USD',
      'sell: out 0.004651 BTC, in 230.1 USD',
    ])
    expect(times(read).filter((time) => time === '2024-01-03T09:30:00.000Z')).toHaveLength(2)
  })

  it('leaves nothing out as shares that says it is of coins', async () => {
    const lines = await linesOfText([
      'Date,Type,Details,Amount,Units,Realized Equity Change,Realized Equity,Balance,Position ID,Asset type,NWA',
      '03/03/2024 10:00:00,corp action: Split,ADA/USD 2:1,0.00,2,0.00,10,10,2400000003,Crypto,0.00',
      '03/03/2024 10:00:00,corp action: Split,ZZCO/USD 2:1,0.00,2,0.00,10,10,2400000003,Stocks,0.00',
    ])
    expect(lines.slice(1)).toEqual([
      '2 not-understood [Type]: the type “corp action: Split” is not known to this reader',
      '3 skipped: it is about shares, funds or metals, not about crypto',
    ])
  })
})
