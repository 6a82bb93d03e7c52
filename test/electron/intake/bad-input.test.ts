import { describe, expect, it } from 'vitest'
import { collect, eventLines, fixture, otherRows } from './collect.ts'

const HEADER =
  'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Label,Description,TxHash'
const received = (amount: string, more: { date?: string; asset?: string; note?: string } = {}) =>
  `${more.date ?? '2024-01-02 10:00:00 UTC'},,,${amount},${more.asset ?? 'BTC'},,,,${more.note ?? ''},`
const read = (...rows: string[]) => collect([HEADER, ...rows].join('\n'), { fileName: 'bad.csv' })

describe('numbers', () => {
  it.each([
    ['"1,234.56"', '1234.56'],
    ['1e-18', '0.000000000000000001'],
    ['1.5E+3', '1500'],
    ['0.000000000000000000000001', '0.000000000000000000000001'],
  ])('%s is %s', async (written, amount) => {
    expect(eventLines(await read(received(written)))).toEqual([`unmatched_in: in ${amount} BTC`])
  })

  it.each(['\u22122.5', '(2.5)', '-2.5'])('%s is a minus: two and a half that were sent', async (written) => {
    const sent = await read(`2024-01-02 10:00:00 UTC,${written},BTC,,,,,,,`)
    expect(eventLines(sent)).toEqual(['unmatched_out: out 2.5 BTC'])
  })

  it('what was received in brackets is negative, and not understood', async () => {
    const one = await read(received('(2.5)'))
    expect(otherRows(one)).toEqual(['2 not-understood [Received Amount]: what was received is negative'])
  })

  it('"1.234,56" is read in a file that proves decimal commas, and refused in one that proves points', async () => {
    const german = await collect(
      [HEADER, received('1.234,56'), received('0,5')]
        .join('\n')
        .replaceAll(/,(?!\d)/g, ';')
        .replaceAll(/(?<=;),/g, ';'),
    )
    expect(eventLines(german)).toEqual(['unmatched_in: in 1234.56 BTC', 'unmatched_in: in 0.5 BTC'])
    const mixed = await read(received('"1.234,56"'), received('0.5'), received('12.75'))
    expect(eventLines(mixed)).toContain('unmatched_in: in 0.5 BTC')
    expect(mixed.summary.counts.understood + mixed.summary.counts.notUnderstood).toBe(3)
    expect(otherRows(mixed).join()).toContain('1.234,56')
  })

  it.each(['0x10', 'NaN', 'Infinity', '1e999', '--5', '12 34', 'abc', '1.2.3', '0.0000000000000000000000001'])(
    '%s keeps its row as not understood, with the column and the text',
    async (written) => {
      const one = await read(received(written), received('1'))
      expect(eventLines(one)).toEqual(['unmatched_in: in 1 BTC'])
      const [refused] = one.rows.filter((row) => row.outcome === 'not-understood')
      expect(refused).toMatchObject({ row: 2, column: 'Received Amount', text: received(written) })
      expect(refused?.reason).toContain(written.slice(0, 20))
    },
  )
})

describe('rows that are broken', () => {
  it('state a fee larger than the amount that includes it', async () => {
    const at = '2023-03-05 10:11:12'
    const one = await collect(
      [
        'UID,Account Type,Currency,Side,Amount,Fee,Time(UTC+02:00),Remark,Type',
        `1,tradingAccount,USDT,Withdrawal,400,500,${at},Spot Order,Exchange`,
        `1,tradingAccount,BTC,Deposit,0.01,0,${at},Spot Order,Exchange`,
        '1,mainAccount,BTC,Withdrawal,0.01,0.02,2023-03-05 11:00:00,Withdrawal,Withdrawal',
        '1,mainAccount,BTC,Withdrawal,0.02,0.02,2023-03-05 12:00:00,Withdrawal,Withdrawal',
      ].join('\n'),
    )
    expect(eventLines(one)).toEqual(['trade: in 0.01 BTC', 'unmatched_out: out 0.02 BTC, fee 0.02 BTC on out included'])
    expect(otherRows(one)).toEqual([
      '2 not-understood [Fee]: the fee is larger than the amount that includes it',
      '4 not-understood [Fee]: the fee is larger than the amount that includes it',
    ])
  })

  it('stay as not understood while the rest is imported, and the counts say so', async () => {
    const lines = fixture('kraken-ledgers.csv').toString().split('\n').slice(0, 8)
    const broken = [...lines.slice(0, 5), '"L99","R9"', '"never closed', ';;;;', ...lines.slice(5)]
    const one = await collect(broken.join('\n'))
    expect(one.summary.counts).toMatchObject({ rows: 10, understood: 6, skipped: 1, notUnderstood: 3, events: 4 })
    expect(one.summary.problem).toBeNull()
    expect(one.warnings).toEqual(['quotation marks that never close: 1 lines were not read'])
    expect(otherRows(one)).toContainEqual(
      expect.stringMatching(/^7 not-understood: a quotation mark in this line opens a field/),
    )
  })

  it('have dates of 31 February, or none', async () => {
    const one = await read(
      received('1', { date: '2024-02-31 10:00:00' }),
      received('1', { date: '' }),
      received('1', { date: 'yesterday' }),
    )
    expect(otherRows(one)).toEqual([
      '2 not-understood [Date]: “2024-02-31 10:00:00” is no time of the calendar that this source writes',
      '3 not-understood [Date]: the time is missing',
      '4 not-understood [Date]: “yesterday” is no time of the calendar that this source writes',
    ])
  })

  it('name assets by texts that are no symbols', async () => {
    const one = await read(
      received('1', { asset: 'X'.repeat(200) }),
      received('1', { asset: '"A\nB"' }),
      received('1', { asset: '' }),
    )
    expect(one.summary.counts.notUnderstood).toBe(3)
  })
})

describe('text from files is data', () => {
  it.each([
    ['a formula', '=HYPERLINK("http://evil")'],
    ['a command', '@SUM(1+1)*cmd|’ /C calc’!A0'],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['control characters', 'a\u0007b\u001b[31mc'],
    ['right-to-left marks', 'a\u202egnp.exe'],
  ])('%s in a memo is kept as it is', async (_what, memo) => {
    const one = await read(received('1', { note: `"${memo.replaceAll('"', '""')}"` }))
    expect(one.events[0]?.note).toBe(memo)
  })

  it('zero bytes in a memo are left out', async () => {
    expect((await read(received('1', { note: 'a\0b' }))).events[0]?.note).toBe('ab')
  })
})

describe('an asset never heard of', () => {
  it('is an asset of its own, flagged', async () => {
    const one = await read(received('1', { asset: 'WONDERCOIN' }))
    expect(eventLines(one)).toEqual(['unmatched_in: in 1 WONDERCOIN'])
    expect(one.assets).toMatchObject([{ id: 'WONDERCOIN', certainty: 'unknown' }])
  })
})

describe('one field of 10 MB', () => {
  const huge = 'x'.repeat(10 * 1_048_576)

  it.each([
    ['on one line', huge],
    ['with line ends and quotes in it', '"",\n'.repeat(2 * 1_048_576)],
  ])('%s: its row is named, the rest is read', async (_what, text) => {
    const one = await read(received('1'), received('2', { note: `"${text}"` }), received('3'))
    expect(eventLines(one)).toEqual(['unmatched_in: in 1 BTC', 'unmatched_in: in 3 BTC'])
    expect(otherRows(one)).toEqual(['3 not-understood: the line is longer than 1,048,576 characters and was not read'])
    expect(one.rows[1]?.text?.length).toBeLessThanOrEqual(2_000)
  })

  it('without an end: the line is given up, the rows below it are read', async () => {
    const one = await read(received('1'), received('2', { note: `"${huge}` }), received('3'))
    expect(eventLines(one)).toEqual(['unmatched_in: in 1 BTC', 'unmatched_in: in 3 BTC'])
    expect(one.summary.counts.notUnderstood).toBe(1)
  })
})

describe('cancelling and waiting', () => {
  const many = [HEADER, ...Array.from({ length: 30_000 }, (_, i) => received(`${i + 1}`))].join('\n')

  it('stops soon after it was asked to', async () => {
    let polls = 0
    const one = await collect(many, { cancelled: () => ++polls > 3 })
    expect(one.summary.problem).toBe('cancelled')
    expect(one.summary.counts.rows).toBe(0)
    expect(one.rows.length).toBeLessThan(30_000)
  })

  it('hands on at most 1,000 rows at a time, events never before their rows', async () => {
    const one = await collect(many)
    const seen = new Set<number>()
    for (const message of one.messages) {
      if (message.type !== 'batch') continue
      expect(message.rows.length).toBeLessThanOrEqual(1_000)
      for (const row of message.rows) seen.add(row.row)
      expect(message.events.flatMap((event) => event.rows).filter((row) => !seen.has(row))).toEqual([])
    }
    expect(seen.size).toBe(30_000)
  })

  it('can be posted to another thread as it is', async () => {
    const one = await collect(fixture('tallystick-events.json'))
    expect(structuredClone(one.messages)).toEqual(one.messages)
  })
})

describe('words that every object of the program knows', () => {
  it.each(['constructor', '__proto__', 'toString'])('a cell that says %s is a text like any other', async (word) => {
    const read = await collect([HEADER, received('1', { note: word })].join('\n'))
    expect(eventLines(read)).toEqual(['unmatched_in: in 1 BTC'])
  })

  it.each(['constructor', '__proto__', 'toString'])('a type or label that says %s means nothing', async (word) => {
    const labelled = await collect([HEADER, `2024-01-02 10:00:00 UTC,,,1,BTC,,,${word},,`].join('\n'))
    expect(eventLines(labelled)).toEqual(['unmatched_in: in 1 BTC'])
    for (const name of ['river.csv', 'anycoin.csv', 'coinbase-2021-2023.csv', 'gate.csv', 'staketax.csv']) {
      const [header, ...rows] = fixture(name).toString().split(/\r?\n/).filter(Boolean)
      const cells = rows.flatMap((row) => row.split(',').map((_, i) => row.split(',').with(i, word).join(',')))
      const read = await collect([header, ...rows.slice(0, 8), ...cells].join('\n'), { fileName: name })
      expect(read.tables.length).toBe(1)
      for (const { kind } of read.events) expect(kind).toBeTypeOf('string')
    }
  })

  it('a header of such names is a table that nobody knows', async () => {
    const read = await collect('__proto__,constructor,toString\n1,2,3\n', { fileName: 'odd.csv' })
    expect(read.summary.problem).toContain('none of its first 30 lines is a header that Tallystick knows')
  })
})

it('rows whose ids a spreadsheet has shortened to one number are all kept, and the damage is said', async () => {
  const header =
    'ID,Account,Type,Subtype,Datetime,Amount,Amount currency,Value,Value currency,Rate,Rate currency,Fee,Fee currency,Order ID'
  const row = (day: string) => `1.55444E+13,Main Account,Deposit,,2025-01-0${day}T09:00:00Z,500,EUR,,,,,,,`
  const read = await collect([header, row('2'), row('3'), row('3')].join('\n'), { fileName: 'bitstamp.csv' })
  expect(eventLines(read)).toEqual(Array(3).fill('fiat_deposit: in 500 EUR'))
  expect(read.warnings).toEqual([
    'a spreadsheet has shortened the ids of this file (1.55444E+13): its rows are told apart by their text, and other exports cannot be linked by these ids; export the file again and import it as it is',
  ])
})

it('a transaction hash that is cut off proves nothing, and the event says so', async () => {
  const cut = await read(`${received('1')}9c3f47c7de55...`, `${received('2')}9c3f47c7de55`)
  expect(cut.events.map(({ hash, warnings }) => [hash, warnings])).toEqual([
    [undefined, ['its hash is cut off (9c3f47c7de55...)']],
    ['9c3f47c7de55', undefined],
  ])
})

it('rows of nothing but separators are counted and left out with their reason, blank lines are none', async () => {
  const empty = ','.repeat(9)
  const made = await read(received('1'), empty, '', `${empty}  `, received('2'), '   ', empty)
  expect(made.summary.counts).toMatchObject({ rows: 5, understood: 2, skipped: 3, notUnderstood: 0 })
  expect(otherRows(made)).toEqual(['3 skipped: an empty row', '5 skipped: an empty row', '8 skipped: an empty row'])
  expect(new Set(made.rows.map(({ identity }) => identity)).size).toBe(5)
})

it('a file of nothing but its header says so', async () => {
  const made = await read()
  expect(made.summary).toMatchObject({ problem: null, counts: { rows: 0 } })
  expect(made.warnings).toEqual(['there is a header and no row below it'])
  expect((await read(received('1'))).warnings).toEqual([])
})

it('a transfer of which one side is written as nothing is half of one', async () => {
  const text = fixture('coinledger-export.csv').toString().replace(',Debit,ETH,-0.501,', ',Debit,ETH,-0,')
  expect(text).toContain(',ETH,-0,')
  expect(eventLines(await collect(text))).toContain(
    'unmatched_in: in 0.5 ETH @hot-wallet, fee 0.001 ETH on out @binance',
  )
})

it.each([
  ['both hold the same', (list: string) => list],
  ['the later is empty', () => '[]'],
])('a document with a list twice is refused, whichever of them would count: %s', async (_, later) => {
  const document = JSON.parse(fixture('tallystick-events.json').toString()) as { events: unknown }
  const events = JSON.stringify(document.events)
  const text = JSON.stringify(document).replace(/}$/, `,"events":${later(events)}}`)
  const { summary } = await collect(text, { fileName: 'books.json' })
  expect(summary.problem).toBe(
    'books.json cannot be read, nothing was taken from it: its member “events” stands in it more than once. Put both together, or take one out, and import it again.',
  )
  expect(summary.counts.events).toBe(0)
})
