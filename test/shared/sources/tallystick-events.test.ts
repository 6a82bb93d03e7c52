import { describe, expect, it } from 'vitest'
import { collect, eventLines, fixture } from '../../electron/intake/collect.ts'

const text = fixture('tallystick-events.json').toString()
const read = await collect(text, { fileName: 'books.json' })

describe('the Tallystick interchange', () => {
  it('gives its events with the accounts and assets it declares', () => {
    expect(eventLines(read)).toEqual([
      'buy: in 1 BTC @kraken, out 42000 USD @kraken, fee 10 USD @kraken',
      'transfer: out 1 BTC @kraken, in 0.9995 BTC @ledger, fee 0.0005 BTC included @kraken',
      'sell: out 0.5 BTC = 45000 USD @ledger, in 45000 USD @ledger',
    ])
    expect(read.prices).toHaveLength(1)
    expect(read.summary.counts).toMatchObject({ rows: 4, understood: 4 })
  })

  it('points named lots at the events as they are called in the ledger', () => {
    expect(read.events[2]?.lots?.[0]?.event).toBe(read.events[0]?.id)
    expect(read.events[0]?.id).toBe('tallystick:tallystick-document:e1')
  })

  it('says where in the file each event stands', () => {
    const bytes = Buffer.from(text)
    for (const { start, length } of read.rows) {
      expect(JSON.parse(bytes.subarray(start as number, (start as number) + length).toString())).toHaveProperty('time')
    }
  })

  it('refuses a document with a member that it does not know, and names it', async () => {
    const refused = await collect(text.replace('"note"', '"colour"'), { fileName: 'books.json' })
    expect(refused.summary.problem).toContain('colour')
    expect(refused.summary.problem).toContain('books.json')
    expect(refused.events).toEqual([])
    expect(refused.summary.tables).toBe(0)
  })

  it('refuses what begins like JSON and is none', async () => {
    const cut = await collect(text.slice(0, 400), { fileName: 'books.json' })
    expect(cut.summary.problem).toMatch(/^books\.json begins like JSON but is none/)
  })

  it.each([
    '[{"txid":"a1","amount":"1"}]',
    '\ufeff [\n  {"txid":"a1"}\n]',
    '[]',
    '[[1,2],[3,4]]',
    '["a"]',
    '[1,2,3]',
    '[\n  -1.5e+9,\n  0\n]\n',
    '[null, true, false]',
    `[${Array.from({ length: 60 }, (_, n) => n)}]`,
    '{"txid":"a1"}',
  ])('refuses %j as JSON of a form that is not known, and speaks of no lines and headers', async (json) => {
    for (const bytes of [Buffer.from(json), Buffer.from(`\ufeff${json}`, 'utf16le')]) {
      const { problem } = (await collect(bytes, { fileName: 'list.json' })).summary
      expect(problem).toMatch(/^list\.json is JSON of a form that Tallystick does not know/)
    }
  })

  it.each(['[Report of 2024],', '[2024]'])('reads a table whose first line is %j', async (line) => {
    const table = `${line}\nKoinly Date,Amount,Currency,Label,TxHash\n2024-01-02 10:00:00 UTC,0.25,ETH,,0xab\n`
    expect((await collect(table)).events).toHaveLength(1)
  })
})
