import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { collect, factsOf, fixture } from '../../electron/intake/collect.ts'

interface Cut {
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A file's lines above the rows, and its rows in groups that no export by date would part (one moment each). */
function cut(text: string, headLines: number, moment: (line: string) => string): Cut {
  const lines = text.trimEnd().split('\n')
  const rows: string[][] = []
  for (const line of lines.slice(headLines)) {
    const last = rows.at(-1)
    if (last !== undefined && moment(last[0] as string) === moment(line)) last.push(line)
    else rows.push([line])
  }
  return { head: lines.slice(0, headLines), rows }
}

const sample = (name: string) => readFileSync(new URL(`../../../samples/${name}`, import.meta.url), 'utf8')
const dateAndTime = (line: string) => /\d\d-\d\d-\d\d[ T]\d\d:\d\d:\d\d/.exec(line)?.[0] ?? ''
/** Rows of one reference, or halves of a pair, stand in one export. */
const minute = (line: string) => dateAndTime(line).slice(0, 14)

const line = (text: string) => text
const field =
  (at: number, separator = ',') =>
  (text: string) =>
    text.split(separator)[at] ?? ''
/** An example that ends with rows that stand in it already: those are left out, as one row of each is in every export. */
const once = (name: string, headLines: number, moment: (line: string) => string): readonly [string, Cut] => {
  const lines = fixture(name).toString().replace('\ufeff', '').trimEnd().split('\n')
  return [name, cut([...new Set(lines)].join('\n'), headLines, moment)]
}
/** Explorers name the address in the name of the file. */
const OWN: Readonly<Record<string, string>> = {
  'etherscan.csv': 'export-0x1111111111111111111111111111111111111111.csv',
  'etherscan-token.csv': 'export-token-0x1111111111111111111111111111111111111111.csv',
  'solscan.csv': '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU.csv',
}

const FILES: readonly (readonly [name: string, cut: Cut])[] = [
  ['kraken-ledgers.csv', cut(fixture('kraken-ledgers.csv').toString(), 1, (line) => line.split(',')[1] ?? '')],
  ['binance-statement.csv', cut(fixture('binance-statement.csv').toString(), 1, minute)],
  ['ledger-live.csv', cut(fixture('ledger-live.csv').toString(), 1, dateAndTime)],
  ['koinly-universal.csv', cut(fixture('koinly-universal.csv').toString(), 1, dateAndTime)],
  ['coinbase-2021-2023.csv', cut(fixture('coinbase-2021-2023.csv').toString(), 7, dateAndTime)],
  [
    'coinbase-with-id.csv',
    cut(fixture('coinbase-with-id.csv').toString(), 4, (line) => /2025-\d\d-\d\d/.exec(line)?.[0] ?? ''),
  ],
  ...['binance-trades.csv', 'bitstamp.csv', 'crypto-com-app.csv', 'coinbase-pro-account.csv', 'kucoin-ledger.csv'].map(
    (name) =>
      [name, cut(fixture(name).toString().replace('\ufeff', ''), 1, dateAndTime)] as const satisfies [string, Cut],
  ),
  ['bybit-unified.csv', cut(fixture('bybit-unified.csv').toString(), 2, dateAndTime)],
  ['bitfinex-ledgers.csv', cut(fixture('bitfinex-ledgers.csv').toString(), 1, dateAndTime)],
  ...[
    'robinhood-orders.csv',
    'strike-monthly.csv',
    'river.csv',
    'paypal.csv',
    'uphold.csv',
    'etoro.csv',
    'electrum.csv',
    'exodus.csv',
    'coinmate.csv',
    'shapeshift.csv',
    'etherscan.csv',
  ].map((name) => once(name, 1, line)),
  ...['blockfi.csv', 'bitcoin-core.csv', 'coinlist.csv'].map((name) => once(name, 1, dateAndTime)),
  once('swissborg.csv', 4, dateAndTime),
  once('celsius.csv', 1, field(1, '"')),
  once('anycoin.csv', 1, (text) => field(4)(text) || text),
  once('trezor.csv', 1, field(0)),
  once('etherscan-token.csv', 1, line),
  once('solscan.csv', 1, line),
  ['gate.csv', cut(fixture('gate.csv').toString(), 1, (line) => line.split(',')[3] ?? '')],
  [
    'cointracker-history.csv',
    cut(fixture('cointracker-history.csv').toString(), 1, (line) => line.split(',')[2] ?? ''),
  ],
  ['coinledger-export.csv', cut(fixture('coinledger-export.csv').toString(), 1, (line) => line.split(',')[2] ?? '')],
  ['blockpit.csv', cut(fixture('blockpit.csv').toString(), 1, (line) => line.split(';')[1] ?? '')],
  ['rotki-trades.csv', cut(fixture('rotki-trades.csv').toString(), 1, (line) => line.split(',').at(-1) ?? '')],
  [
    'tallystick-table.csv',
    cut(
      fixture('tallystick-table.csv')
        .toString()
        .replace(/csv:buy-1,[^\n]*,100,*\r\n$/, ''),
      1,
      (line) => line.split(',')[0] ?? '',
    ),
  ],
  ['Ada’s Binance', cut(sample('binance-statement.csv').replace('\ufeff', ''), 1, minute)],
]

const facts = async (texts: readonly string[], fileName = 'export.csv'): Promise<string[]> => {
  const found = new Set<string>()
  for (const text of texts) {
    const read = await collect(text, { fileName })
    expect(read.summary.problem).toBeNull()
    const { rows, understood, skipped, notUnderstood } = read.summary.counts
    expect(understood + skipped + notUnderstood).toBe(rows)
    for (const event of read.events) found.add(`${event.id} ${factsOf(event)}`)
    for (const row of read.rows) found.add(`${row.identity} ${row.outcome}`)
  }
  return [...found].toSorted()
}

describe('overlapping exports', () => {
  it.each(FILES)(
    '%s: any split into overlapping files, in any order, gives the same events',
    async (name, { head, rows }) => {
      const whole = await facts([[...head, ...rows.flat()].join('\n')], OWN[name])
      const place = fc.integer({ min: 0, max: rows.length })
      const split = fc.array(fc.tuple(place, place), { minLength: 0, maxLength: 4 })
      await fc.assert(
        fc.asyncProperty(split, fc.integer({ min: 1, max: rows.length }), async (ranges, step) => {
          const parts: string[] = []
          for (let from = 0; from < rows.length; from += step) {
            parts.push([...head, ...rows.slice(from, from + step + 2).flat()].join('\n'))
          }
          for (const [a, b] of ranges) {
            const chosen = rows.slice(Math.min(a, b), Math.max(a, b)).flat()
            if (chosen.length > 0) parts.splice(a % (parts.length + 1), 0, [...head, ...chosen].join('\n'))
          }
          expect(await facts(parts, OWN[name])).toEqual(whole)
          expect(await facts(parts.toReversed(), OWN[name])).toEqual(whole)
        }),
        { numRuns: 12 },
      )
    },
  )

  it('the same file twice gives nothing new', async () => {
    const text = fixture('binance-statement.csv').toString()
    expect(await facts([text, text])).toEqual(await facts([text]))
  })

  it('equal fills of one second stay two in every export that has them', async () => {
    const [, { head, rows }] = FILES[1] as readonly [string, Cut]
    const read = await collect([...head, ...rows.flat()].join('\n'))
    const twins = read.rows.filter((row) => [18, 19].includes(row.row)).map((row) => row.identity)
    expect(twins[0]).toMatch(/:0$/)
    expect(twins[1]).toBe(twins[0]?.replace(/0$/, '1'))
  })
})
