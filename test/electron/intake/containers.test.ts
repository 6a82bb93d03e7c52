import { gzipSync as gzipNative } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { collect, eventLines, factsOf, fixture, otherRows } from './collect.ts'

const kraken = fixture('kraken-ledgers.csv')
const binance = fixture('binance-statement.csv')
const plain = await collect(kraken)

describe('gzip', () => {
  it('is unpacked as it streams in', async () => {
    const read = await collect(gzipNative(kraken), { fileName: 'ledgers.csv.gz' }, { chunk: 100 })
    expect(eventLines(read)).toEqual(eventLines(plain))
    expect(read.tables[0]).toMatchObject({ member: 'ledgers.csv', rowsAre: 'text' })
    expect(read.rows.every((row) => row.start === null && row.text !== undefined)).toBe(true)
  })

  it('that is cut short gives what could be unpacked, and says so', async () => {
    const many = Buffer.concat([
      kraken,
      ...Array.from({ length: 3000 }, (_, i) =>
        Buffer.from(
          `"M${i}","R${i}","2024-03-0${1 + (i % 9)} 10:00:00","deposit","","currency","fiat","ZEUR","spot",${i + Math.sin(i)},0,0\n`,
        ),
      ),
    ])
    const packed = gzipNative(many)
    const read = await collect(packed.subarray(0, packed.length - 9_000), { fileName: 'ledgers.csv.gz' })
    expect(read.summary.problem).toMatch(/^ledgers\.csv\.gz is damaged or cut short/)
    expect(read.summary.counts.rows).toBeGreaterThan(100)
    expect(read.summary.counts.rows).toBeLessThan(3000)
  })

  it.each([
    ['whose check sum does not fit', (packed: Buffer) => (packed[packed.length - 8] as number) ^ 1],
    ['whose size does not fit', (packed: Buffer) => packed[packed.length - 8] as number],
  ])('%s is said to be damaged', async (which, checkSum) => {
    const packed = gzipNative(kraken)
    packed[packed.length - 8] = checkSum(packed)
    if (which.includes('size')) packed[packed.length - 1] = 7
    const read = await collect(packed, { fileName: 'ledgers.csv.gz' })
    expect(read.summary.problem).toMatch(/^ledgers\.csv\.gz is damaged or cut short/)
  })

  it('made of several members is read to its end', async () => {
    const half = kraken.indexOf('\n', kraken.length / 2) + 1
    const packed = Buffer.concat([gzipNative(kraken.subarray(0, half)), gzipNative(kraken.subarray(half))])
    const read = await collect(packed, { fileName: 'ledgers.csv.gz' })
    expect(read.summary.problem).toBeNull()
    expect(eventLines(read)).toEqual(eventLines(plain))
  })

  it('that unpacks without end is stopped', async () => {
    const bomb = gzipNative(Buffer.concat([kraken, Buffer.alloc(80 * 1_048_576, '\n')]))
    const read = await collect(bomb, { fileName: 'bomb.gz' })
    expect(read.summary.problem).toMatch(/^bomb\.gz unpacks to more than 250 times its size/)
  })
})

describe('ZIP', () => {
  it('gives each file that is known, and names what it leaves out', async () => {
    const packed = zipSync({
      'exports/kraken.csv': kraken,
      'exports/binance.csv': binance,
      'exports/readme.txt': Buffer.from('hello\nthere\n'),
      'exports/inner.zip': zipSync({ 'a.csv': kraken }),
      '__MACOSX/exports/._kraken.csv': Buffer.from('x'),
      '../escape.csv': kraken,
      'C:\\escape.csv': kraken,
    })
    const read = await collect(packed, { fileName: 'exports.zip' }, { chunk: 1000 })
    expect(read.tables.map((table) => [table.member, table.source])).toEqual([
      ['exports/kraken.csv', 'kraken-ledgers'],
      ['exports/binance.csv', 'binance-statement'],
    ])
    expect(read.summary).toMatchObject({ problem: null, tables: 2 })
    expect(Object.fromEntries(read.summary.leftOut.map(({ member, reason }) => [member, reason]))).toEqual({
      '../escape.csv': 'its path leads out of the archive',
      'C:\\escape.csv': 'its path leads out of the archive',
      'exports/inner.zip': expect.stringContaining('archive inside an archive'),
      'exports/readme.txt': expect.stringContaining('none of its first 30 lines'),
    })
  })

  it('with a file that unpacks to far more than its size leaves that file out', async () => {
    const packed = zipSync(
      { 'bomb.csv': Buffer.concat([kraken, Buffer.alloc(32 * 1_048_576, '\n')]), 'kraken.csv': kraken },
      { level: 9 },
    )
    const read = await collect(packed)
    expect(read.summary.leftOut).toEqual([
      { member: 'bomb.csv', reason: 'it would unpack to more than 250 times its size' },
    ])
    expect(read.summary.tables).toBe(1)
  })

  it('whose table of contents lies about a size is caught while unpacking', async () => {
    const packed = Buffer.from(zipSync({ 'kraken.csv': kraken }, { level: 9 }))
    const entry = packed.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    packed.writeUInt32LE(100, entry + 24)
    const read = await collect(packed)
    expect(read.summary.leftOut).toEqual([{ member: 'kraken.csv', reason: 'it unpacks to more than the archive says' }])
    expect(read.summary.problem).toBe(
      'export.csv: none of the files in it could be read. kraken.csv: it unpacks to more than the archive says.',
    )
  })

  it.each([0, 6] as const)(
    'with a damaged file in it reads the others and nothing of that one (level %i)',
    async (level) => {
      const packed = Buffer.from(zipSync({ 'kraken.csv': kraken, 'binance.csv': binance }, { level }))
      const at = level === 0 ? packed.indexOf('2024-01-03 09:00:00') : packed.indexOf('kraken.csv') + 400
      packed[at] = (packed[at] as number) ^ 2
      const read = await collect(packed, { fileName: 'exports.zip' })
      expect(read.tables.map((table) => table.member)).toEqual(['binance.csv'])
      expect(read.summary).toMatchObject({ problem: null, tables: 1 })
      expect(read.summary.leftOut).toEqual([
        {
          member: 'kraken.csv',
          reason: expect.stringMatching(/^it is damaged: .*; fetch the archive again$|^it unpacks to more/),
        },
      ])
    },
  )

  it('with too many files, or damaged, is refused as a whole', async () => {
    const many = zipSync(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`${i}.csv`, Buffer.from('a')])))
    expect((await collect(many)).summary.problem).toContain('holds 1001 files')
    const packed = zipSync({ 'kraken.csv': kraken })
    expect((await collect(packed.subarray(0, packed.length - 30))).summary.problem).toContain('damaged or cut short')
  })

  it('with a password is left out by name', async () => {
    const packed = Buffer.from(zipSync({ 'kraken.csv': kraken }))
    const entry = packed.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    packed.writeUInt16LE(packed.readUInt16LE(entry + 8) | 1, entry + 8)
    expect((await collect(packed)).summary.leftOut[0]?.reason).toContain('password')
  })
})

describe('a workbook whose sheet reaches far beyond what it holds', () => {
  const sheetOf = (cell: string) =>
    zipSync({
      '[Content_Types].xml': Buffer.from('<Types/>'),
      'xl/workbook.xml': Buffer.from('<workbook/>'),
      'xl/worksheets/sheet1.xml': Buffer.from(
        `<worksheet><sheetData><row r="1"><c r="${cell}" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`,
      ),
    })

  it.each([
    ['XFD1048576', 'its sheets reach over more than 20,000,000 cells, most of them likely empty'],
    ['A99999999999', 'xl/worksheets/sheet1.xml has a cell beyond the last of a sheet'],
    ['ZZZZZZ1', 'xl/worksheets/sheet1.xml has a cell beyond the last of a sheet'],
  ])('is refused before its gaps are filled: one cell at %s', async (cell, reason) => {
    expect((await collect(sheetOf(cell), { fileName: 'far.xlsx' })).summary.problem).toBe(
      `far.xlsx is a workbook, but ${reason}. Nothing was read from it. Save its sheets as CSV.`,
    )
  })
})

describe('a workbook', () => {
  const rows = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','))

  it('is read sheet by sheet, numbers and dates included', async () => {
    const header = ['Date', 'Asset', 'Currency', 'Price'].map((value) => ({ value }))
    const prices = [
      [{ value: 'My prices' }, null, null, null],
      header,
      [
        { type: Date, value: new Date('2024-03-01T00:00:00Z'), format: 'yyyy-mm-dd' },
        { value: 'BTC' },
        { value: 'USD' },
        { type: Number, value: 61000.1 + 0.2 },
      ],
      [
        { type: Date, value: new Date('2024-03-02T12:30:00Z'), format: 'yyyy-mm-dd hh:mm:ss' },
        { value: 'ETH' },
        { value: 'USD' },
        { type: Number, value: 0.1 + 0.2 },
      ],
    ]
    const koinly = rows(fixture('koinly-universal.csv').toString()).map((cells) => cells.map((value) => ({ value })))
    const notes = [[{ value: 'nothing' }, { value: 'here' }]]
    const workbook = await writeXlsxFile([
      { data: prices as never, sheet: 'Prices' },
      { data: koinly as never, sheet: 'Koinly' },
      { data: notes as never, sheet: 'Notes' },
    ]).toBuffer()
    const read = await collect(workbook, { fileName: 'books.xlsx' })
    expect(read.summary.problem).toBeNull()
    expect(read.tables.map((table) => [table.sheet, table.source, table.headerRow])).toEqual([
      ['Prices', 'price-table', 2],
      ['Koinly', 'koinly', 1],
    ])
    expect(read.prices.map(({ asset, time, price }) => [asset, time, price])).toEqual([
      ['BTC', '2024-03-01', 61_000_300_000_000_000_000_000n],
      ['ETH', Date.UTC(2024, 2, 2, 12, 30), 300_000_000_000_000_000n],
    ])
    const asCsv = await collect(fixture('koinly-universal.csv'))
    expect(read.events.map(factsOf).toSorted()).toEqual(asCsv.events.map(factsOf).toSorted())
    expect(read.events.map((event) => event.id).toSorted()).toEqual(asCsv.events.map((event) => event.id).toSorted())
    expect(read.summary.leftOut).toEqual([
      { member: 'Notes', reason: 'this sheet has no header that Tallystick knows' },
    ])
  })

  it('whose bytes were changed on the way is refused, whatever can still be read of it', async () => {
    const rows = [[{ value: 'Date' }, { value: 'Asset' }, { value: 'Currency' }, { value: 'Price' }]]
    const packed = await writeXlsxFile(rows as never).toBuffer()
    const entry = packed.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
    packed.writeUInt32LE((packed.readUInt32LE(entry + 16) ^ 1) >>> 0, entry + 16)
    const read = await collect(packed, { fileName: 'books.xlsx' })
    expect(read.summary.problem).toMatch(/^books\.xlsx is a workbook, but .* is damaged/)
  })

  it('that is broken inside is refused with a reason', async () => {
    const broken = zipSync({
      '[Content_Types].xml': Buffer.from('<Types/>'),
      'xl/workbook.xml': Buffer.from('<workbook'),
    })
    const read = await collect(broken, { fileName: 'books.xlsx' })
    expect(read.summary.problem).toMatch(/^books\.xlsx/)
    expect(read.summary.tables).toBe(0)
  })
})

describe('files that are something else', () => {
  it.each([
    ['%PDF-1.7 whatever', 'a PDF'],
    ['\u00d0\u00cf\u0011\u00e0rest', 'a workbook of the old binary format'],
    ['\u0089PNG rest', 'a picture'],
  ])('%s is named for what it is', async (content, what) => {
    const read = await collect(Buffer.from(content, 'latin1'), { fileName: 'statement.csv' })
    expect(read.summary.problem).toContain(what)
  })

  it('an unknown table says so and how to go on', async () => {
    const read = await collect('a,b,c\n1,2,3\n', { fileName: 'mystery.csv' })
    expect(read.summary.problem).toBe(
      'mystery.csv: none of its first 30 lines is a header that Tallystick knows. Nothing was read from it. If a header stands further down, delete the lines above it. If it is a table, map its columns once: Tallystick keeps that as a recipe. Else export it again as CSV with its header line.',
    )
    expect(read.summary.counts.rows).toBe(0)
  })

  it('an empty file, and one of spaces', async () => {
    expect((await collect('', { fileName: 'empty.csv' })).summary.problem).toBe('empty.csv is empty.')
    expect((await collect(' \n \n', { fileName: 'blank.csv' })).summary.problem).toContain('blank.csv')
  })

  it('a header without rows is a table of nothing', async () => {
    const read = await collect(kraken.toString().split('\n')[0] as string)
    expect(read.summary).toMatchObject({ problem: null, tables: 1, counts: { rows: 0 } })
    expect(otherRows(read)).toEqual([])
  })

  it('a header below line 30 is not looked for', async () => {
    expect((await collect(`${'note\n'.repeat(29)}${kraken}`)).summary.problem).toBeNull()
    expect((await collect(`${'note\n'.repeat(30)}${kraken}`)).summary.problem).not.toBeNull()
  })
})
