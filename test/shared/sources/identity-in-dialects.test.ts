/** A record keeps its identity however a file writes it, and two records never share one because of where a mark stands. */
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Encoding } from '../../../electron/intake/messages.ts'
import { WholeLines } from '../../../electron/intake/whole-lines.ts'
import { CutRow, TextColumns } from '../../../shared/sources/cut-row.ts'
import { RowIdentities } from '../../../shared/sources/identity.ts'
import { collect } from '../../electron/intake/collect.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

function rowOf(line: string, delimiter = ',', encoding: Encoding = 'utf-8'): CutRow {
  const bytes = Buffer.from(`${line}\n`, encoding === 'utf-8' ? 'utf8' : 'latin1')
  const row = new CutRow()
  expect(WholeLines.of(bytes, encoding, delimiter, row, true)?.next()).toBe('line')
  return row
}

/** The row as the reader of a file in UTF-8 hands it on, which has hashed the line. */
function hashed(line: string): CutRow {
  const row = rowOf(line)
  row.digest = sha256(line)
  return row
}

describe('identity by columns', () => {
  const alone = (row: CutRow, columns: TextColumns): string =>
    new RowIdentities(sha256).byColumns(row, columns).identity
  const WHOLE = new TextColumns([0, 1, 2])

  it('takes the hash of the line where the columns are all of it, and gets what the texts give', () => {
    const identity = new RowIdentities(sha256).byText(['née', '1.5', 'x']).identity
    const hashes: string[] = []
    const counting = new RowIdentities((text) => {
      hashes.push(text)
      return sha256(text)
    })
    expect(counting.byColumns(hashed('née,1.5,x'), WHOLE).identity).toBe(identity)
    expect(hashes).toEqual([])
    expect(alone(rowOf('née,1.5,x'), WHOLE)).toBe(identity)
    expect(alone(rowOf('née,1.5,x', ',', 'windows-1252'), WHOLE)).toBe(identity)
    for (const line of ['"née","1.5","x"', '"née",1.5,x', ' née , 1.5,x '])
      expect(alone(hashed(line), WHOLE)).toBe(identity)
    for (const mark of [';', '\t']) expect(alone(rowOf(`née${mark}1.5${mark}x`, mark), WHOLE)).toBe(identity)
  })

  it('takes the texts where the line has more than the columns, or has them in another order', () => {
    const identity = alone(hashed('a,b,c'), WHOLE)
    expect(alone(hashed('a,b,c,9'), WHOLE)).toBe(identity)
    expect(alone(hashed('9,a,b,c'), new TextColumns([1, 2, 3]))).toBe(identity)
    expect(alone(hashed('c,9,b,a'), new TextColumns([3, 2, 0]))).toBe(identity)
    expect(alone(hashed('b,a,c'), new TextColumns([1, 0, 2]))).toBe(identity)
    expect(alone(hashed('b,a,c'), WHOLE)).not.toBe(identity)
  })

  it('tells apart records in which only a separator, a quotation mark or an empty cell stands elsewhere', () => {
    const rows = [
      rowOf('a,b,'),
      rowOf('a,,b'),
      rowOf(',a,b'),
      rowOf('"a,b",,'),
      rowOf('a,b;;', ';'),
      rowOf(',"a,b",'),
      rowOf('"""a","b""",'),
      rowOf('a b,,'),
    ]
    const found = rows.map((row) => alone(row, WHOLE))
    expect(found[4]).toBe(found[3])
    expect(new Set(found).size).toBe(rows.length - 1)
  })

  it('counts the same record in several writings of one file as equal rows', () => {
    const identities = new RowIdentities(sha256)
    const found = [hashed('a,b,c'), rowOf('"a","b","c"'), hashed('a,b, c')].map(
      (row) => identities.byColumns(row, WHOLE).identity,
    )
    expect(found.map((identity) => identity.slice(-2))).toEqual([':0', ':1', ':2'])
    expect(new Set(found.map((identity) => identity.slice(0, -2))).size).toBe(1)
  })
})

describe('identity by the provider’s id', () => {
  it('is the id where there is one, and the columns otherwise', () => {
    const columns = new TextColumns([1, 2])
    const identities = new RowIdentities(sha256)
    const of = (line: string) => {
      const row = hashed(line)
      return identities.byProviderOrColumns(row.cell(0), row, columns)
    }
    expect(of('T1,a,b')).toEqual({ identity: 'id:T1', repeated: false })
    expect(of(',a,b')).toEqual(new RowIdentities(sha256).byText(['a', 'b']))
    expect(of('T1,a,b')).toEqual({ identity: 'id:T1', repeated: true })
    expect(of('T1,a,c')).toMatchObject({ repeated: true, differs: true })
  })

  it.each([
    ['plain lines first', ['T1,a,b', '"T1","a","b"', '"T1","a,b",""']],
    ['quoted lines first', ['"T1","a","b"', 'T1,a,b', '"T1","a,b",""']],
  ])('knows the same record again, quoted or not: %s', (_what, [first = '', again = '', other = '']) => {
    const identities = new RowIdentities(sha256)
    const of = (line: string) => identities.byProvider('T1', line.includes('"') ? rowOf(line) : hashed(line))
    expect(of(first)).toEqual({ identity: 'id:T1', repeated: false })
    expect(of(again)).toEqual({ identity: 'id:T1', repeated: true })
    expect(of(other)).toMatchObject({ differs: true })
    expect(of(other)).toEqual({ identity: 'id:T1', repeated: true })
  })

  it('gives every other record under one id an identity of its own, and the same in each dialect', () => {
    const of = (identities: RowIdentities, ...rows: CutRow[]) => rows.map((row) => identities.byProvider('T1', row))
    const commas = of(new RowIdentities(sha256), hashed('T1,a,b'), hashed('T1,a,c'), hashed('T1,a,d'), hashed('T1,a,c'))
    expect(commas.map(({ differs = false }) => differs)).toEqual([false, true, true, false])
    expect(commas[1]?.identity).toMatch(/^row:/)
    expect(commas[2]?.identity).not.toBe(commas[1]?.identity)
    const semicolons = ['T1;a;b', 'T1;a;c', 'T1;a;d', 'T1;a;c'].map((line) => rowOf(line, ';'))
    expect(of(new RowIdentities(sha256), ...semicolons)).toEqual(commas)
    const quoted = ['"T1","a","b"', '"T1","a","c"', '"T1","a","d"', '"T1","a","c"'].map((line) => rowOf(line))
    expect(of(new RowIdentities(sha256), ...quoted)).toEqual(commas)
  })

  it('does not take a record for one that differed under another id', () => {
    const identities = new RowIdentities(sha256)
    const of = (id: string, line: string) => identities.byProvider(id, hashed(line)).differs ?? false
    expect([of('T1', 'a,b'), of('T1', 'a,c'), of('T2', 'a,b'), of('T2', 'a,c')]).toEqual([false, true, false, true])
  })

  it('tells other records apart by where their cells end', () => {
    const split = [
      ['T1', 'x', ''],
      ['T1', 'a,b', 'c'],
      ['T1', 'a', 'b,c'],
    ]
    const cut = split.map((cells) => rowOf(cells.map((cell) => `"${cell}"`).join(',')))
    for (const rows of [split, cut]) {
      const identities = new RowIdentities(sha256)
      const found = rows.map((row) => identities.byProvider('T1', row))
      expect(found.map(({ differs = false }) => differs)).toEqual([false, true, true])
    }
  })
})

const SOURCES: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  [
    'whose line is all identity but one column',
    [
      [
        'Date',
        'Sent Amount',
        'Sent Currency',
        'Received Amount',
        'Received Currency',
        'Fee Amount',
        'Fee Currency',
        'Tag',
      ],
      ['2025-01-01 11:48:31', '98.80', 'USD', '0.00104000', 'BTC', '1.20', 'USD', 'Buy'],
      ['2025-01-02 00:00:00', '', '', '0.00000120', 'BTC', '', '', 'Interest'],
      ['2025-01-02 00:00:00', '', '', '0.00000120', 'BTC', '', '', 'Interest'],
    ],
  ],
  [
    'with free text',
    [
      [
        'Timestamp (UTC)',
        'Transaction Description',
        'Currency',
        'Amount',
        'To Currency',
        'To Amount',
        'Native Currency',
        'Native Amount',
        'Native Amount (in USD)',
        'Transaction Kind',
        'Transaction Hash',
      ],
      ['2024-12-09 08:00:00', 'Café £5', 'CRO', '100.5', '', '', 'EUR', '10.05', '10.55', 'referral_gift', ''],
      ['2024-12-10 08:00:00', 'Café £5', 'CRO', '1.5', '', '', 'EUR', '0.05', '0.55', 'referral_gift', ''],
    ],
  ],
  [
    'with ids of its own',
    [
      [
        'Order ID',
        'Trade ID',
        'Time (UTC)',
        'Symbol',
        'Side',
        'Trade Price',
        'Trade Amount',
        'Volume of Business',
        'Fee',
        'Fee Currency',
      ],
      ['1', '11', '2022-03-05 10:11:12.123', 'CRO_USDT', 'BUY', '0.4', '100', '40', '0.16', 'CRO'],
      ['2', '12', '2022-03-05 10:12:12.123', 'BTC_USDT', 'SELL', '40000', '0.01', '400', '0.4', 'USDT'],
    ],
  ],
]

describe.each(SOURCES)('a source %s', (_what, rows) => {
  const written = (cells: readonly (readonly string[])[], mark = ',', end = '\n', cell = (text: string) => text) =>
    cells.map((row) => row.map(cell).join(mark) + end).join('')
  const ids = async (file: string | Uint8Array) => {
    const read = await collect(file)
    expect(read.rows.filter((row) => row.outcome !== 'event')).toEqual([])
    return [...read.rows.map((row) => row.identity), ...read.events.map((event) => event.id).toSorted()]
  }
  const turned = rows.map((row) => row.toReversed())
  const swapped = rows.map(([first = '', ...rest]) => [...rest, 'extra', first])

  it.each<readonly [string, string | Uint8Array]>([
    ['quotation marks', written(rows, ',', '\n', (text) => `"${text}"`)],
    ['lines that end with CR and LF', written(rows, ',', '\r\n')],
    ['semicolons', written(rows, ';')],
    ['tabs', written(rows, '\t')],
    ['quotation marks and semicolons', written(rows, ';', '\r\n', (text) => `"${text}"`)],
    ['spaces around the cells', written(rows, ',', '\n', (text) => ` ${text}  `)],
    ['a mark of UTF-8', `\ufeff${written(rows)}`],
    ['windows-1252', Buffer.from(written(rows), 'latin1')],
    ['UTF-16', Buffer.from(`\ufeff${written(rows)}`, 'utf16le')],
    ['its columns turned round', written(turned)],
    ['a column more and another order', written(swapped, ';')],
  ])('gives the same ids with %s', async (_writing, file) => {
    expect(await ids(file)).toEqual(await ids(written(rows)))
  })
})
