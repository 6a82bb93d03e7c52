import { describe, expect, it } from 'vitest'
import { recogniseTable, SOURCE_FORMATS } from '../../../shared/sources/registry.ts'
import type { SourceFormat, TableHeader } from '../../../shared/sources/source-format.ts'
import { collect, fixture } from '../../electron/intake/collect.ts'

const header = (names: readonly string[]): TableHeader => ({
  row: 1,
  names,
  fileName: 'kraken.csv',
  sample: [],
  preamble: [],
})
const best = (...names: string[]) => recogniseTable(header(names))[0]

describe('the registry', () => {
  it('has formats with different ids, each with a zone, an account and the way to the file', () => {
    expect(new Set(SOURCE_FORMATS.map((format) => format.id)).size).toBe(SOURCE_FORMATS.length)
    for (const format of SOURCE_FORMATS) {
      expect(format.howToGet.length).toBeGreaterThan(20)
      expect(format.account.name).not.toBe('')
      expect(format.version).toBeGreaterThan(0)
    }
  })

  it('recognises by the names of columns, whatever their order and case and whatever else is there', () => {
    const found = best('BALANCE', 'fee', 'amount', ' asset ', 'x', 'type', 'time', 'refid', '\ufefftxid')
    expect(found?.format.id).toBe('kraken-ledgers')
  })

  it('does not recognise a header from which one needed column is missing', () => {
    expect(best('txid', 'refid', 'time', 'type', 'asset', 'amount', 'fee')).toBeUndefined()
  })

  it('prefers the layout that explains more of the header', () => {
    const names = [
      'ID',
      'Timestamp',
      'Transaction Type',
      'Asset',
      'Quantity Transacted',
      'Price Currency',
      'Price at Transaction',
    ]
    const rest = ['Subtotal', 'Total (inclusive of fees and/or spread)', 'Fees and/or Spread', 'Notes']
    expect(best(...names, ...rest)?.layout).toBe('transactions with ID')
    expect(best(...names.slice(1), ...rest)?.layout).toBe('transactions')
  })

  it('never looks at the name of the file', async () => {
    const read = await collect(fixture('binance-statement.csv'), { fileName: 'kraken ledgers.csv' })
    expect(read.tables[0]?.source).toBe('binance-statement')
  })

  it('puts an exact tie to the user, and reads with the source they chose', async () => {
    const kraken = SOURCE_FORMATS.find((format) => format.id === 'kraken-ledgers') as SourceFormat
    const twin: SourceFormat = { ...kraken, id: 'kraken-twin' as never, name: 'Twin' }
    const formats = [twin, kraken]
    const tied = await collect(fixture('kraken-ledgers.csv'), {}, { formats })
    expect(tied.tables[0]).toMatchObject({
      tied: true,
      candidates: [{ source: 'kraken-twin' }, { source: 'kraken-ledgers' }],
    })
    const chosen = await collect(fixture('kraken-ledgers.csv'), { source: kraken.id }, { formats })
    expect(chosen.tables[0]).toMatchObject({ tied: false, source: 'kraken-ledgers' })
  })
})
