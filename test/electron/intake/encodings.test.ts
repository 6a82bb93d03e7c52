import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Collected, collect, eventLines, factsOf, fixture } from './collect.ts'

const text = fixture('ledger-live.csv').toString()
const plain = await collect(text)
const utf16 = (content: string, swap: boolean) => {
  const bytes = Buffer.from(content, 'utf16le')
  return swap ? bytes.swap16() : bytes
}
const facts = (read: Collected) => read.events.map((event) => `${event.id} ${factsOf(event)}`)

const latin = text.replaceAll('🙂', 'é').replaceAll('Polkadot', 'Größe')
const dressed: readonly (readonly [string, Uint8Array, string])[] = [
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
  [
    'a mark in every header cell',
    Buffer.from(
      text
        .split('\n')
        .map((line, i) =>
          i === 0
            ? line
                .split(',')
                .map((name) => `\ufeff${name}`)
                .join(',')
            : line,
        )
        .join('\n'),
    ),
    'utf-8',
  ],
  ['UTF-16 little endian with a mark', utf16(`\ufeff${text}`, false), 'utf-16le'],
  ['UTF-16 big endian with a mark', utf16(`\ufeff${text}`, true), 'utf-16be'],
  ['UTF-16 little endian without a mark', utf16(text, false), 'utf-16le'],
  ['UTF-16 big endian without a mark', utf16(text, true), 'utf-16be'],
  ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n')), 'utf-8'],
  ['CR alone', Buffer.from(text.replaceAll('\n', '\r')), 'utf-8'],
  [
    'mixed line ends',
    Buffer.from(
      text
        .split('\n')
        .map((line, i) => `${line}${['\n', '\r\n', '\r'][i % 3]}`)
        .join(''),
    ),
    'utf-8',
  ],
  ['zero bytes at the end', Buffer.concat([Buffer.from(text), Buffer.alloc(4096)]), 'utf-8'],
  ['blank lines in between', Buffer.from(text.replaceAll('\n', '\n\n   \n')), 'utf-8'],
  ['one comma more on every row', Buffer.from(text.replaceAll('\n', ',\n')), 'utf-8'],
]

describe('the same export in other dress', () => {
  it.each(dressed)('%s', async (_name, bytes, encoding) => {
    for (const chunk of [bytes.length, 997]) {
      const read = await collect(bytes, {}, { chunk })
      expect(read.tables[0]).toMatchObject({ encoding, delimiter: ',' })
      expect(facts(read)).toEqual(facts(plain))
      expect(read.summary.counts).toEqual(plain.summary.counts)
    }
  })

  it('tabs and semicolons', async () => {
    const simple = fixture('koinly-universal.csv').toString()
    const commas = await collect(simple)
    for (const delimiter of ['\t', ';']) {
      const read = await collect(simple.replaceAll(',', delimiter))
      expect(read.tables[0]?.delimiter).toBe(delimiter)
      expect(facts(read)).toEqual(facts(commas))
    }
  })

  it('Windows-1252, where bytes are no UTF-8', async () => {
    const read = await collect(Buffer.from(latin, 'latin1'))
    expect(read.tables[0]?.encoding).toBe('windows-1252')
    expect(read.events.find((event) => event.rows.includes(9))?.note).toBe('Größe, staked é')
  })

  it('bytes that are no UTF-8 far below the beginning', async () => {
    const lines = text.trimEnd().split('\n')
    const many = [
      lines[0],
      ...Array.from({ length: 6_000 }, (_, i) => (lines[1] as string).replace('ab12', `h${i}`)),
      (lines[8] as string).replace('🙂', 'é').replace('Polkadot', 'Größe'),
    ]
    const read = await collect(Buffer.from(many.join('\n'), 'latin1'))
    expect(read.summary.counts.understood).toBe(6_001)
    expect(read.events.at(-1)?.note).toBe('Größe, staked é')
  })

  it('quoted line ends, and rows that are too short', async () => {
    const rows = text.split('\n').slice(0, 3)
    const read = await collect(
      [
        rows[0],
        (rows[1] as string).replace('Bitcoin 1', '"Bitcoin\nof Ada"'),
        '2024-01-10T08:00:00.000Z,Confirmed,ETH,IN,1',
      ].join('\n'),
    )
    expect(eventLines(read)).toEqual(['unmatched_in: in 0.00099 BTC = 41.58 EUR', 'unmatched_in: in 1 ETH'])
    expect(read.events[0]?.note).toBe('Bitcoin\nof Ada')
    expect(read.rows.map((row) => row.row)).toEqual([2, 3])
  })
})

describe('where a row stands', () => {
  it.each(dressed)(
    '%s: its bytes are found again by offset and length, and hash to what was noted',
    async (name, bytes) => {
      const read = await collect(bytes)
      for (const row of read.rows) {
        const cut = bytes.subarray(row.start as number, (row.start as number) + row.length)
        const content = name.includes('big endian') ? Buffer.from(cut).swap16().toString('utf16le') : cut
        expect(createHash('sha256').update(content).digest('hex')).toBe(row.hash)
        const shown = name.includes('UTF-16')
          ? typeof content === 'string'
            ? content
            : Buffer.from(content).toString('utf16le')
          : Buffer.from(cut).toString()
        expect(shown).toContain('2024-01-')
      }
    },
  )
})
