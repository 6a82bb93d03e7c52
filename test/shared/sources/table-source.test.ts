import { describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import type { ZoneName } from '../../../shared/events/identifiers.ts'
import { collect, eventOfRow, fixture, otherRows, times } from '../../electron/intake/collect.ts'
import { linesOf } from './read-lines.ts'

const lines = (name: string): string[] => fixture(name).toString().trimEnd().split('\n')

describe('sources of plain tables', () => {
  it('find columns by name, in any order, among unknown ones', async () => {
    const turned = lines('kucoin-deposits.csv').map((line) => line.split(',').toReversed().concat('x').join(','))
    expect(linesOf(await collect(turned.join('\n')))).toEqual([
      'kucoin / deposits, UTC',
      '2 2023-03-05T08:11:12.000Z unmatched_in: in 0.1 BTC | hash dd01',
      '3 skipped: its status is “PROCESSING”: nothing was moved',
    ])
  })

  it('read the same rows from a copy with semicolons and decimal commas', async () => {
    const copy = lines('bitstamp.csv')
      .slice(0, 5)
      .join('\n')
      .replaceAll(',', ';')
      .replaceAll(/(\d)\.(\d)/g, '$1,$2')
    const read = await collect(copy)
    expect(eventOfRow(read, 3)).toBe('buy: out 100 EUR, in 2 LTC, fee 0.5 EUR on out')
    expect(eventOfRow(read, 5)).toBe('unmatched_out: out 0.5 LTC, fee 0.001 LTC on out')
  })

  it('ask for the zone where the venue does not say it, and take the answer', async () => {
    const asked = await collect(fixture('gate.csv'))
    expect(asked.tables[0]?.zoneAsked).toBe(true)
    const told = await collect(fixture('gate.csv'), { zone: 'Asia/Shanghai' as ZoneName })
    expect(told.tables[0]?.zoneAsked).toBe(false)
    expect(times(asked)[0]).toBe('2023-05-06T07:08:09.000Z')
    expect(times(told)[0]).toBe('2023-05-05T23:08:09.000Z')
  })

  it('keep to the offset that the header states, whatever zone is chosen', async () => {
    const told = await collect(fixture('kucoin-convert.csv'), { zone: 'America/New_York' as ZoneName })
    expect(times(told)[0]).toBe('2023-03-05T08:11:12.000Z')
  })

  it('count a purchase once that stands in the files of both wallets', async () => {
    const crypto = await collect(fixture('crypto-com-app.csv'))
    const fiat = await collect(fixture('crypto-com-app-fiat.csv'))
    const ids = new Set(crypto.events.map((event) => event.id))
    const shared = fiat.events.filter((event) => ids.has(event.id))
    expect(shared.map((event) => event.sourceKind)).toEqual(['viban_purchase'])
  })

  it('keep a withdrawal’s identity between exports of different ages', async () => {
    const now = await collect(fixture('binance-withdrawals.csv'))
    const name = 'binance-withdrawal-history-2021.csv'
    const old = await collect(fixture(name), { fileName: name })
    expect(old.events[0]?.id).toBe(now.events[0]?.id)
  })

  it('do not guess which way a file of transfers goes', async () => {
    const read = await collect(fixture('binance-deposit-history-2019.csv'), { fileName: 'export.csv' })
    expect(otherRows(read)).toEqual([
      '2 not-understood [Amount]: deposits and withdrawals have the same columns here, and the file’s name says neither; name it so and import it again',
    ])
  })

  it('name the fills of Coinbase Pro and the trades of Kraken as the venue does, whichever file tells of them', async () => {
    const trades = await collect(fixture('kraken-trades.csv'))
    const ledgers = await collect(fixture('kraken-ledgers.csv'))
    const key = (id: string) => id.split(':').at(-1)
    const groups = new Set(ledgers.events.map((event) => key(event.id)))
    expect(trades.events.filter((event) => groups.has(key(event.id))).length).toBeGreaterThan(0)
  })
})

describe('several events of one row', () => {
  it('have ids of their own that no other row has, and lead to the same row', async () => {
    const read = await collect(fixture('shapeshift.csv'))
    const first = read.events.filter((event) => event.rows.includes(2))
    const id = first[0]?.id ?? ''
    expect(first.map((event) => event.id)).toEqual([id, `${id}~2`, `${id}~3`])
    expect(read.rows.find((row) => row.row === 2)).toMatchObject({ outcome: 'event', event: id })
  })

  it('stand at the time that the row names for each', async () => {
    const read = await collect(fixture('etoro-closed.csv'))
    const [sold, bought] = read.events.filter((event) => event.rows.includes(2))
    expect([sold?.kind, sold?.timeText]).toEqual(['sell', '15/02/2024 09:30:00'])
    expect([bought?.kind, bought?.timeText]).toEqual(['buy', '03/01/2024 09:30:00'])
  })
})

describe('joined rows', () => {
  it('keep an address only where they agree on it', async () => {
    const read = await collect(fixture('trezor.csv'))
    const two = read.events.find((event) => event.hash === 'cd34')
    expect(two?.rows).toEqual([3, 4])
    expect(two?.toAddress).toBeUndefined()
    expect(two?.note).toBe('Rent')
    expect(read.events.find((event) => event.hash === '0d34')?.toAddress).toBe('bc1qdest3')
  })
})

describe('Gemini’s workbook', () => {
  it('is read like its CSV, with dates as dates and amounts in parentheses', async () => {
    const header = lines('gemini.csv')[0]?.split(',').slice(0, 13) ?? []
    const date = (iso: string) => ({ value: new Date(iso), type: Date, format: 'yyyy-mm-dd hh:mm:ss' })
    const row = (at: string, ...cells: readonly (string | number | null)[]) => [
      date(at),
      { value: new Date(`1899-12-31${at.slice(10)}`), type: Date, format: 'hh:mm:ss' },
      ...cells.map((value) => (value === null ? null : { value })),
    ]
    const sheet = [
      header.map((value) => ({ value })),
      row('2022-03-01T10:00:00Z', 'Credit', 'USD', 'Deposit (ACH)', null, null, 500, null, 500, null, null, 0),
      row(
        '2022-03-01T10:05:00Z',
        'Buy',
        'BTCUSD',
        'Limit',
        'Maker',
        20,
        '($300.00)',
        '($0.60)',
        '$199.40',
        '0.0075 BTC',
        null,
        '0.0075 BTC',
      ),
      [null, null, null, null, null, null, null, { value: 199.4 }, { value: -0.6 }],
    ]
    const bytes = await writeXlsxFile(sheet).toBuffer()
    const read = await collect(bytes, { fileName: 'transaction_history.xlsx' })
    expect(linesOf(read)).toEqual([
      'gemini / transaction history, UTC',
      '2 2022-03-01T10:00:00.000Z fiat_deposit: in 500 USD',
      '3 2022-03-01T10:05:00.000Z buy: out 300 USD, in 0.0075 BTC, fee 0.6 USD on out',
      '4 skipped: a row of totals',
    ])
  })

  it('count what two exports in one file both tell once, and twins of one of them twice', async () => {
    const [header = '', ...rows] = lines('bitstamp-old.csv').slice(0, 5)
    const [deposit = '', twin = '', other = '', third = ''] = rows
    expect(twin).toBe(other)
    const both = [header, deposit, twin, other, header, twin, other, third, header, third, deposit]
    const read = await collect(both.join('\n'))
    expect(read.summary.counts).toMatchObject({ rows: 10, events: 4 })
    const again = 'skipped: the same record stands in this file already'
    expect(otherRows(read)).toEqual([
      '5 skipped: the header of the table once more',
      `6 ${again}`,
      `7 ${again}`,
      '9 skipped: the header of the table once more',
      `10 ${again}`,
      `11 ${again}`,
    ])
  })

  it('say where a spreadsheet has rewritten the times', async () => {
    const rewritten = lines('bitstamp.csv')
      .slice(0, 6)
      .map((line) => line.replace(/(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d):\d\dZ/, '$2/$3/$1 $4'))
    const read = await collect(rewritten.join('\n'))
    expect(read.summary.counts).toMatchObject({ rows: 5, notUnderstood: 5 })
    expect(read.warnings).toEqual([
      'most times of this file are not written as this source writes them (01/02/2025 09:00): a spreadsheet has perhaps rewritten them; export the file again and import it as it is',
    ])
  })
})
