import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { undo } from '../../../electron/ledger/acts.ts'
import { sumBalances } from '../../../electron/ledger/balances.ts'
import { batchEventPage, eventRowInBatch, listBatches } from '../../../electron/ledger/batch-list.ts'
import { addDecisions, readDecisions } from '../../../electron/ledger/decisions.ts'
import { changedByRecord, corroboratedBy, versionsOf } from '../../../electron/ledger/event-history.ts'
import {
  countEvents,
  type EventListFilter,
  type EventOrder,
  eventFacets,
  eventListSql,
  eventRowIds,
  eventRows,
  firstEventRowIds,
  rowOfEvent,
} from '../../../electron/ledger/event-list.ts'
import { readFacts } from '../../../electron/ledger/facts.ts'
import { readFileBytes, readFileChunks } from '../../../electron/ledger/files.ts'
import { gateOf, readable, type WritableLedger } from '../../../electron/ledger/handles.ts'
import { judgeMatches } from '../../../electron/ledger/matches.ts'
import {
  keptRows,
  rawBytes,
  recordsByOutcome,
  recordsOfEvent,
  skippedReasons,
} from '../../../electron/ledger/raw-rows.ts'
import { putSettings, readSetting } from '../../../electron/ledger/settings.ts'
import type { EventId } from '../../../shared/events/identifiers.ts'
import {
  type Books,
  BY,
  buy,
  day,
  drain,
  eventsOfRecord,
  importExports,
  type Line,
  newBooks,
  readBalances,
  readExport,
  removeFolder,
  stageExports,
} from './books.ts'

let books: Books
beforeEach(async () => {
  books = await newBooks()
})
afterEach(() => {
  books.close()
  removeFolder(books.folder)
})

const NEWEST: EventOrder = { sort: 'time', descending: true }
const OLDEST: EventOrder = { sort: 'time', descending: false }
const event = (group: string): EventId => `kraken-ledgers:kraken:${group}` as EventId
const groups = (filter: EventListFilter, order: EventOrder = OLDEST): string[] =>
  eventRows(books.ledger, eventRowIds(books.ledger, filter, order)).map((row) => row.id.split(':')[2] ?? '')

const lines: Line[] = [
  buy('a', 0, '1', '100', { note: 'for the clock', hash: '0xabc' }),
  buy('b', 5, '3', '250', { warnings: ['the sign was odd'] }),
  { group: 'c', time: day(9), kind: 'unmatched_out', legs: [['out', 'ETH', '2', 'wallet']] },
  { group: 'd', time: day(400), kind: 'staking_reward', legs: [['in', 'ETH', '0.5', 'wallet']] },
]

describe('the list of events', () => {
  beforeEach(() => {
    importExports(books.ledger, [lines])
  })

  test.each<[string, EventListFilter, string[]]>([
    ['nothing asked', {}, ['a', 'b', 'c', 'd']],
    ['an account', { account: 'wallet' }, ['c', 'd']],
    ['an asset', { asset: 'BTC' }, ['a', 'b']],
    ['an asset in another account', { asset: 'ETH', account: 'kraken' }, []],
    ['kinds', { kinds: ['buy', 'staking_reward'] }, ['a', 'b', 'd']],
    ['a span of time', { from: day(5), to: day(9) }, ['b']],
    ['what needs attention', { attention: true }, ['b', 'c']],
    ['what needs attention, an open point too', { attention: true, attentionEvents: [event('d')] }, ['b', 'c', 'd']],
    ['a word of a note', { text: 'CLOCK' }, ['a']],
    ['a hash', { text: '0xab' }, ['a']],
    ['an asset and an account by words', { text: 'eth wallet' }, ['c', 'd']],
    ['a text with wild cards in it', { text: '%' }, []],
    ['a batch that is not there', { batch: 'none' }, []],
  ])('%s', (_, filter, expected) => {
    expect(groups(filter)).toEqual(expected)
    expect(countEvents(books.ledger, filter)).toBe(expected.length)
  })

  test('of its own batch is whole', () => {
    const batch = listBatches(books.ledger)[0]
    expect(groups({ batch: batch?.key ?? '' })).toEqual(['a', 'b', 'c', 'd'])
  })

  test.each<[EventOrder, string[]]>([
    [NEWEST, ['d', 'c', 'b', 'a']],
    [{ sort: 'amount', descending: true }, ['b', 'c', 'a', 'd']],
    [{ sort: 'kind', descending: false }, ['a', 'b', 'd', 'c']],
    [{ sort: 'asset', descending: false }, ['a', 'b', 'c', 'd']],
    [{ sort: 'account', descending: true }, ['d', 'c', 'b', 'a']],
  ])('sorts by %o', (order, expected) => {
    expect(groups({}, order)).toEqual(expected)
    expect([...eventRowIds(books.ledger, {}, order)].slice(0, 2)).toEqual(firstEventRowIds(books.ledger, {}, order, 2))
  })

  test('filters by the kind the user decided, not the one imported', () => {
    addDecisions(books.ledger, [{ what: 'kind', event: event('c'), kind: 'gift_out' }], { summary: 'gift', ...BY })
    expect(groups({ kinds: ['gift_out'] })).toEqual(['c'])
    expect(groups({ kinds: ['unmatched_out'] })).toEqual([])
    expect(groups({ attention: true })).toEqual(['b'])
    undo(books.ledger, BY)
    expect(groups({ kinds: ['unmatched_out'] })).toEqual(['c'])
  })

  test('a paired movement needs no attention any more', () => {
    const [outs, ins] = [[{ event: event('c'), leg: 0 }], [{ event: event('d'), leg: 0 }]]
    const pair = {
      id: 'c>d',
      outs,
      ins,
      kind: 'transfer',
      grade: 'certain',
      score: 1,
      parts: [],
      reason: 'same hash',
    } as const
    judgeMatches(books.ledger, [pair], 'accepted', 'user', { summary: 'pair', ...BY })
    expect(groups({ attention: true })).toEqual(['b'])
  })

  test('rows carry what was imported, legs in order', () => {
    const [row] = eventRows(books.ledger, [rowOfEvent(books.ledger, event('a')) ?? 0])
    expect(row).toMatchObject({
      id: event('a'),
      time: day(0),
      kind: 'buy',
      precision: 'second',
      note: 'for the clock',
      hash: '0xabc',
      source: 'kraken-ledgers',
      legs: [
        { role: 'in', account: 'kraken', asset: 'BTC', amount: '1', value: null, included: false },
        { role: 'out', asset: 'USD', amount: '100' },
      ],
    })
  })

  test('knows kinds and the span of time', () => {
    expect(eventFacets(books.ledger)).toEqual({
      kinds: ['buy', 'staking_reward', 'unmatched_out'],
      first: day(0),
      last: day(400),
    })
  })
})

describe('query plans of hot lists', () => {
  test.each<[string, EventListFilter, EventOrder, RegExp, RegExp]>([
    ['the first page, newest first', {}, NEWEST, /SCAN e USING COVERING INDEX event_time/, /TEMP B-TREE/],
    ['the first page, oldest first', {}, OLDEST, /SCAN e USING COVERING INDEX event_time/, /TEMP B-TREE/],
    [
      'a span of time',
      { from: day(0), to: day(9) },
      NEWEST,
      /SEARCH e USING COVERING INDEX event_time \(time>\? AND time<\?\)/,
      /TEMP B-TREE/,
    ],
    ['an account', { account: 'kraken' }, NEWEST, /SEARCH leg_place USING PRIMARY KEY \(account_id=\?\)/, /SCAN leg/],
    [
      'an asset',
      { asset: 'BTC' },
      NEWEST,
      /SEARCH leg_place USING PRIMARY KEY \(account_id=\? AND asset_id=\?\)/,
      /SCAN leg/,
    ],
  ])('%s', (_, filter, order, wanted, unwanted) => {
    importExports(books.ledger, [lines])
    stageExports(books.ledger, [[[buy('z', 3, '1', '1')]]])
    const plan = books.ledger.plan(eventListSql(books.ledger, filter, order, 100).sql).join('\n')
    expect(plan).toMatch(wanted)
    expect(plan).not.toMatch(unwanted)
  })

  test.each([
    ['rows of an event', `SELECT e.id FROM event_identity i JOIN event e ON e.id = i.event_id WHERE i.stable_id = ?`],
    ['decisions of an event', 'SELECT body FROM decision WHERE event = ?'],
    ['what changed since', 'SELECT DISTINCT what, subject FROM touched WHERE revision > ?'],
    ['pairs of an event', 'SELECT verdict_id FROM match_member WHERE event = ?'],
    [
      'settings by key',
      'SELECT value FROM setting WHERE key = ? AND valid_from <= ? ORDER BY valid_from DESC, id DESC LIMIT 1',
    ],
  ])('%s are found by index', (_, sql) => {
    expect(books.ledger.plan(sql).join('\n')).not.toMatch(/SCAN/)
  })
})

describe('facts for the workers', () => {
  test('are the newest live versions, as ledger events with exact amounts', () => {
    importExports(books.ledger, [lines])
    importExports(books.ledger, [
      [buy('a', 0, '1', '101.000000000000000001', { note: 'for the clock', hash: '0xabc' })],
    ])
    const facts = [...readFacts(books.ledger)].flat()
    expect(facts.map((fact) => fact.event.id)).toEqual([event('b'), event('c'), event('d'), event('a')])
    expect(facts[3]?.event).toEqual({
      id: event('a'),
      time: day(0),
      precision: 'second',
      kind: 'buy',
      legs: [
        { role: 'in', account: 'kraken', asset: 'BTC', amount: 10n ** 24n },
        { role: 'out', account: 'kraken', asset: 'USD', amount: 101_000_000_000_000_000_001_000_000n },
      ],
      hash: '0xabc',
      note: 'for the clock',
    })
    expect(facts[3]).toMatchObject({ source: 'kraken-ledgers', timeText: new Date(day(0)).toISOString() })
  })

  test('carry any text as it came: quotes, control characters, other scripts, half characters made whole', () => {
    const note = '=HYPERLINK("x") \\ \u0000\u001f\n\t <b>日本語 🪵</b> \ud800'
    importExports(books.ledger, [[buy('odd', 0, '1', '1', { note })]])
    const [fact] = [...readFacts(books.ledger)].flat()
    expect(fact?.event.note).toBe(note.toWellFormed())
    const [row] = eventRows(books.ledger, [fact?.row ?? 0])
    expect(row?.note).toBe(note.toWellFormed())
    const decided = addDecisions(books.ledger, [{ what: 'note', event: event('odd'), note }], {
      summary: note,
      why: note,
      ...BY,
    })
    expect(decided.status).toBe('done')
    expect(readDecisions(books.ledger)).toEqual([{ what: 'note', event: event('odd'), note: note.toWellFormed() }])
    expect(putSettings(books.ledger, [{ key: 'name', value: { who: note } }], { summary: 'name', ...BY }).status).toBe(
      'done',
    )
    expect(readSetting(books.ledger, 'name')).toEqual({ who: note.toWellFormed() })
  })

  test('can be read for some events only, and for a preview', () => {
    importExports(books.ledger, [lines])
    const { batch } = stageExports(books.ledger, [[[buy('z', 3, '1', '1')]]])
    const ids = (blocks: Iterable<{ event: { id: string } }[]>) => [...blocks].flat().map((fact) => fact.event.id)
    expect(ids(readFacts(books.ledger, { events: [event('d'), event('a'), 'gone', event('z')] }))).toEqual([
      event('a'),
      event('d'),
    ])
    expect(ids(readFacts(books.ledger, { batch }))).toEqual([event('z')])
    expect(ids(readFacts(books.ledger))).not.toContain(event('z'))
  })

  test('balances are what the legs add up to, now and before a day', () => {
    importExports(books.ledger, [lines])
    const kept = readBalances(books.ledger).map((balance) => [
      balance.account,
      balance.asset,
      balance.amount / 10n ** 23n,
    ])
    expect(kept).toEqual([
      ['kraken', 'BTC', 40n],
      ['kraken', 'USD', -3500n],
      ['wallet', 'ETH', -15n],
    ])
    const before = drain(sumBalances(books.ledger, day(5)))
    expect(before.entries().map(([, , amount]) => amount / 10n ** 24n)).toEqual([1n, -100n])
  })
})

test('a reading handle refuses to write, and so does a reading connection', () => {
  expect(() => books.ledger.rows('DELETE FROM act RETURNING id')).toThrow('a read tried to write')
  expect(() => gateOf(readable(books.vault.connection) as WritableLedger)).toThrow('not opened for writing')
})

describe('raw rows', () => {
  test('an event leads to the bytes of its rows, and a row back to its event', () => {
    importExports(books.ledger, [lines])
    const records = recordsOfEvent(books.ledger, rowOfEvent(books.ledger, event('c')) ?? 0)
    expect(records).toHaveLength(1)
    const [record] = records
    if (!record) return
    expect(record).toMatchObject({ row: 3, fileName: 'export.jsonl', outcome: 'event' })
    expect(rawBytes(books.ledger, record)?.toString()).toBe(JSON.stringify(lines[2]))
    expect(eventsOfRecord(books.ledger, record.record)).toEqual([event('c')])
  })

  test('the original file comes back byte for byte', () => {
    const { bytes } = readExport(lines)
    importExports(books.ledger, [lines])
    const file = books.ledger.value<number>('SELECT id FROM source_file') ?? 0
    expect(Buffer.concat([...readFileChunks(books.ledger, file)]).equals(bytes)).toBe(true)
    expect(readFileBytes(books.ledger, file, 5, 40).equals(bytes.subarray(5, 45))).toBe(true)
    expect(readFileBytes(books.ledger, file, bytes.length - 3, 40).equals(bytes.subarray(-3))).toBe(true)
  })

  test('a preview lists what was skipped, not understood, changed and linked, with the row', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100'), buy('h', 1, '1', '100', { hash: '0x1' })]])
    const staged = stageExports(books.ledger, [
      [
        [
          buy('a', 0, '1', '99'),
          buy('s', 1, '1', '1', { outcome: 'skipped' }),
          buy('n', 1, '1', '1', { outcome: 'not-understood' }),
        ],
      ],
      [[buy('h', 1, '1', '100', { hash: '0x1' })], { source: 'kraken-api', name: 'api.json' }],
    ])
    const page = { offset: 0, limit: 10 }
    const rows = (outcome: 'skipped' | 'not-understood' | 'changed' | 'linked') =>
      recordsByOutcome(books.ledger, { batch: staged.batch, outcome }, page)
    expect(rows('skipped')).toMatchObject({ total: 1, records: [{ row: 2, reason: 'made up' }] })
    expect(rows('not-understood')).toMatchObject({ total: 1, records: [{ row: 3 }] })
    expect(rows('changed')).toMatchObject({ total: 1, records: [{ row: 1 }] })
    expect(rows('linked')).toMatchObject({ total: 1, records: [{ row: 1, fileName: 'api.json' }] })
    const [changed] = rows('changed').records
    expect(changedByRecord(books.ledger, changed?.record ?? 0)).toEqual([
      { field: 'leg 2', from: 'out 100 USD kraken 0', to: 'out 99 USD kraken 0' },
    ])
    expect(keptRows(books.ledger, staged.plan.files[0]?.file ?? 0, null)).toEqual([1, 2, 3])
    expect(batchEventPage(books.ledger, { batch: staged.batch, file: null }, { offset: 1, limit: 5 })).toMatchObject({
      total: 2,
      rows: [eventRowInBatch(books.ledger, staged.batch, 'kraken-api:kraken:h')],
    })
    expect(batchEventPage(books.ledger, { batch: staged.batch, file: 'api.json' }, page).total).toBe(1)
    expect(skippedReasons(books.ledger, staged.plan.files[0]?.file ?? 0)).toEqual([{ reason: 'made up', count: 1 }])
  })

  test('an event knows its versions and who else tells of it', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100', { hash: '0x1' })]])
    importExports(books.ledger, [[buy('a', 0, '1', '99', { hash: '0x1' })]])
    importExports(books.ledger, [[buy('a', 0, '1', '99', { hash: '0x1' })], { source: 'kraken-api' }])
    expect(versionsOf(books.ledger, event('a'))).toMatchObject([
      { version: 2, visible: true, changed: [{ field: 'leg 2' }] },
      { version: 1, visible: false, changed: [] },
    ])
    expect(corroboratedBy(books.ledger, event('a'))).toMatchObject([{ event: 'kraken-api:kraken:a', proof: '0x1' }])
  })
})
