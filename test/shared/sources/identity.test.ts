import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ZoneName } from '../../../shared/events/identifiers.ts'
import { RowIdentities } from '../../../shared/sources/identity.ts'
import { SOURCE_FORMATS } from '../../../shared/sources/registry.ts'
import { type Collected, collect, fixture } from '../../electron/intake/collect.ts'

const names = readdirSync(new URL('../../fixtures/sources/', import.meta.url)).toSorted()
const samples = readdirSync(new URL('../../../samples/', import.meta.url)).filter((name) => name.endsWith('.csv'))
const sample = (name: string) => readFileSync(new URL(`../../../samples/${name}`, import.meta.url))
const files = [
  ...names.map((name) => [name, fixture(name)] as const),
  ...samples.map((name) => [name, sample(name)] as const),
]

const ids = (read: Collected) => [
  ...read.rows.map((row) => `${row.row} ${row.identity} ${row.event ?? ''}`),
  ...read.events.map((event) => `${event.id} ${event.rows.join('+')}`),
]

describe('identity', () => {
  it.each(files)('%s: a newer reader and another zone change no id', async (_name, bytes) => {
    const now = await collect(bytes)
    const bumped = SOURCE_FORMATS.map((format) => ({ ...format, version: format.version + 1 }))
    const shifted = await collect(bytes, { zone: 'Asia/Kathmandu' as ZoneName }, { formats: bumped })
    expect(shifted.tables[0]?.version).toBe((now.tables[0]?.version ?? 0) + 1)
    expect(ids(shifted)).toEqual(ids(now))
  })

  it('moves times with the zone where the file names none', async () => {
    const shifted = await collect(fixture('kraken-ledgers.csv'), { zone: 'Asia/Kathmandu' as ZoneName })
    const now = await collect(fixture('kraken-ledgers.csv'))
    expect((now.events[0]?.time ?? 0) - (shifted.events[0]?.time ?? 0)).toBe(5.75 * 3_600_000)
  })

  it('is what it was when it was frozen: ids of all fixtures hash to the committed values', async () => {
    const hashes: Record<string, string> = {}
    for (const name of names) {
      const text = ids(await collect(fixture(name))).join('\n')
      hashes[name] = createHash('sha256').update(text).digest('hex').slice(0, 16)
    }
    expect(hashes).toEqual(FROZEN)
  })

  it('is never taken from a balance, a status, a value or a label', () => {
    const unfit = /balance|status|countervalue|net value|gain|label|tag|description|wallet id|amountusd|price at/i
    for (const format of SOURCE_FORMATS) {
      expect(Object.keys(format.identityColumns).length).toBeGreaterThan(0)
      for (const columns of Object.values(format.identityColumns))
        expect(columns.filter((name) => unfit.test(name))).toEqual([])
    }
  })

  it('tells equal rows of a file apart by their ordinal, and knows a provider’s id again', () => {
    const identities = new RowIdentities((text) => createHash('sha256').update(text).digest('hex'))
    const first = identities.byText(['2024-01-01', 'BTC', '1'])
    const second = identities.byText(['2024-01-01', 'BTC', '1'])
    const other = identities.byText(['2024-01-01', 'BTC1', ''])
    expect(first.identity).toMatch(/^row:[0-9a-f]{32}:0$/)
    expect(second.identity).toBe(first.identity.replace(/0$/, '1'))
    expect(other.identity).toMatch(/:0$/)
    expect(identities.byProvider('T1')).toEqual({ identity: 'id:T1', repeated: false })
    expect(identities.byProvider('T1')).toEqual({ identity: 'id:T1', repeated: true })
  })

  it('does not let a hostile provider id into our ids as it is', () => {
    const identities = new RowIdentities((text) => createHash('sha256').update(text).digest('hex'))
    expect(identities.byProvider('a:b\n<script>').identity).toMatch(/^id:h\.[0-9a-f]{32}$/)
    expect(identities.byProvider('x'.repeat(10_000)).identity.length).toBeLessThan(50)
  })
})

/** Ids are for ever: a change here orphans decisions in every ledger. */
const FROZEN: Record<string, string> = {
  'binance-statement-2021.csv': '0427843811985537',
  'binance-statement.csv': '793228aeaa0ca066',
  'coinbase-2021-2023.csv': 'b2973354a8005b6a',
  'coinbase-old-transactions.csv': 'd499b85ce7dff7e4',
  'coinbase-old-transfers.csv': '71d869b55b7e5134',
  'coinbase-to-2021.csv': '7a2ebb0b38d238e4',
  'coinbase-with-id.csv': '906fc1244d8c5a7d',
  'koinly-bulk-edit.csv': '0fca350efc9c8985',
  'koinly-export.csv': '4298ca90407db650',
  'koinly-simple.csv': 'b6c11b4e8eee2fb8',
  'koinly-universal.csv': 'e75d485ed9a79bb3',
  'kraken-ledgers-oldest.csv': '3a75dc11467b2d5b',
  'kraken-ledgers.csv': '5d824fc7beb63d99',
  'ledger-live-oldest.csv': '286d701480a19df2',
  'ledger-live.csv': '444450ee20c09a67',
  'price-table.csv': 'fe5e7414be3d266e',
  'tallystick-events.json': '587735125472a98d',
}
