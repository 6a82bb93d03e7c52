import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { revoke, undo } from '../../../electron/ledger/acts.ts'
import { clearLeftovers, discardBatch, executeBatch } from '../../../electron/ledger/batches.ts'
import { countVisible } from '../../../electron/ledger/visibility.ts'
import {
  type Books,
  BY,
  buy,
  day,
  drain,
  importExports,
  newBooks,
  removeFolder,
  reopen,
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

const balances = () =>
  books.ledger.tuples<[string, string, string]>(
    'SELECT a.key, s.key, b.amount FROM balance b JOIN account a ON a.id = b.account_id JOIN asset s ON s.id = b.asset_id ORDER BY 1, 2',
  )

describe('importing', () => {
  test('a preview is seen by nobody until it is executed', () => {
    const { plan, batch } = stageExports(books.ledger, [[[buy('a', 0, '1', '100'), buy('b', 1, '2', '250')]]])
    expect(countVisible(books.ledger)).toBe(0)
    expect(balances()).toEqual([])
    expect(executeBatch(books.ledger, batch, plan.hash ?? '', BY).status).toBe('done')
    expect(countVisible(books.ledger)).toBe(2)
    expect(balances()).toEqual([
      ['kraken', 'BTC', '3'],
      ['kraken', 'USD', '-350'],
    ])
  })

  test('the counts of a file add up to its rows', () => {
    const { counts } = stageExports(books.ledger, [
      [
        [
          buy('a', 0, '1', '100'),
          buy('b', 1, '1', '100', { outcome: 'skipped' }),
          buy('c', 1, '1', '100', { outcome: 'not-understood' }),
        ],
      ],
    ])
    expect(counts[0]).toMatchObject({
      rows: 3,
      added: 1,
      changed: 0,
      linked: 0,
      skipped: 1,
      notUnderstood: 1,
      events: 1,
    })
  })

  test('the same file twice adds nothing', () => {
    const lines = [buy('a', 0, '1', '100'), buy('b', 1, '2', '250')]
    importExports(books.ledger, [lines])
    const again = importExports(books.ledger, [lines])
    expect(again.counts[0]).toMatchObject({ rows: 2, added: 0, changed: 0, known: 2, skipped: 2, events: 0 })
    expect(countVisible(books.ledger)).toBe(2)
    expect(balances()[0]).toEqual(['kraken', 'BTC', '3'])
  })

  test('a longer export that overlaps an older one adds only what is new', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100'), buy('b', 1, '2', '250')]])
    const longer = importExports(books.ledger, [[buy('b', 1, '2', '250'), buy('c', 2, '4', '500')]])
    expect(longer.counts[0]).toMatchObject({ rows: 2, added: 1, known: 1, events: 1 })
    expect(balances()[0]).toEqual(['kraken', 'BTC', '7'])
  })

  test('the same file twice in one import adds once', () => {
    const lines = [buy('a', 0, '1', '100')]
    const { counts } = importExports(books.ledger, [lines], [lines, { name: 'copy.jsonl' }])
    expect(counts.map((one) => one.added)).toEqual([1, 0])
    expect(balances()[0]).toEqual(['kraken', 'BTC', '1'])
  })

  test('a restated row is a new version of its event, and the newest is the fact', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100')]])
    const restated = importExports(books.ledger, [[buy('a', 0, '1', '101')]])
    expect(restated.counts[0]).toMatchObject({ added: 0, changed: 1 })
    expect(countVisible(books.ledger)).toBe(1)
    expect(balances()).toEqual([
      ['kraken', 'BTC', '1'],
      ['kraken', 'USD', '-101'],
    ])
    expect(books.ledger.value('SELECT fields FROM batch_change')).toBe(
      '[{"field":"leg 2","from":"out 100 USD kraken 0","to":"out 101 USD kraken 0"}]',
    )
  })

  test('the same rows read otherwise by a later reader are new versions under the same ids', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100')]])
    const again = importExports(books.ledger, [[buy('a', 0, '1', '100')], { readerVersion: 2, readAs: 'trade' }])
    expect(again.counts[0]).toMatchObject({ added: 0, changed: 1, known: 0 })
    expect(books.ledger.column('SELECT DISTINCT stable_id FROM event')).toHaveLength(1)
  })

  test('an export whose border cuts through a group changes nothing of it', () => {
    const whole = [
      { group: 'a', time: day(0), legs: [['in', 'BTC', '1']] as const },
      { group: 'a', time: day(0), legs: [['out', 'USD', '100']] as const },
    ]
    importExports(books.ledger, [whole])
    const cut = importExports(books.ledger, [[whole[1] as (typeof whole)[number], buy('b', 3, '1', '90')]])
    expect(cut.counts[0]).toMatchObject({ added: 1, changed: 0, known: 1 })
    expect(balances()).toEqual([
      ['kraken', 'BTC', '2'],
      ['kraken', 'USD', '-190'],
    ])
  })

  test('a batch reverts whole, and importing it again brings it back', () => {
    const lines = [buy('a', 0, '1', '100'), buy('b', 1, '2', '250')]
    importExports(books.ledger, [lines])
    expect(undo(books.ledger, BY).status).toBe('done')
    expect(countVisible(books.ledger)).toBe(0)
    expect(balances()).toEqual([])
    expect(books.ledger.column('SELECT state FROM batch')).toEqual(['reverted'])
    const again = importExports(books.ledger, [lines])
    expect(again.counts[0]).toMatchObject({ added: 2, known: 0 })
    expect(balances()[0]).toEqual(['kraken', 'BTC', '3'])
  })

  test('reverting a restatement brings the version before it back', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100')]])
    importExports(books.ledger, [[buy('a', 0, '1', '101')]])
    undo(books.ledger, BY)
    expect(countVisible(books.ledger)).toBe(1)
    expect(balances()[1]).toEqual(['kraken', 'USD', '-100'])
  })

  test('reverting the older of two versions leaves the newer one', () => {
    const first = importExports(books.ledger, [[buy('a', 0, '1', '100'), buy('b', 1, '1', '50')]])
    importExports(books.ledger, [[buy('a', 0, '1', '101')]])
    expect(revoke(books.ledger, first.act, false, BY)).toMatchObject({ status: 'has-dependants' })
    expect(revoke(books.ledger, first.act, true, BY).status).toBe('done')
    expect(countVisible(books.ledger)).toBe(1)
    expect(balances()).toEqual([
      ['kraken', 'BTC', '1'],
      ['kraken', 'USD', '-101'],
    ])
  })

  test('the same movement from a second source is linked, not doubled', () => {
    const lines = [buy('a', 0, '1', '100', { hash: '0xabc' }), buy('b', 1, '1', '100', { hash: '0xdef' })]
    const first = importExports(books.ledger, [lines])
    const second = importExports(books.ledger, [
      [...lines, buy('c', 2, '1', '100', { hash: '0x123' })],
      { source: 'kraken-api' },
    ])
    expect(second.counts[0]).toMatchObject({ rows: 3, added: 1, linked: 2 })
    expect(countVisible(books.ledger)).toBe(3)
    expect(balances()[0]).toEqual(['kraken', 'BTC', '3'])
    revoke(books.ledger, first.act, true, BY)
    expect(countVisible(books.ledger)).toBe(3)
    expect(balances()[0]).toEqual(['kraken', 'BTC', '3'])
    importExports(books.ledger, [lines])
    expect(countVisible(books.ledger)).toBe(3)
    expect(balances()[0]).toEqual(['kraken', 'BTC', '3'])
  })

  test('one hash on different movements links nothing', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100', { hash: '0xabc' })]])
    const other = importExports(books.ledger, [[buy('a', 0, '1.5', '100', { hash: '0xabc' })], { source: 'chain' }])
    expect(other.counts[0]).toMatchObject({ linked: 0, added: 1 })
    expect(countVisible(books.ledger)).toBe(2)
  })

  test('two equal movements under one hash stay two when a second source tells of both', () => {
    const twins = [buy('a1', 0, '1', '100', { hash: '0xabc' }), buy('a2', 0, '1', '100', { hash: '0xabc' })]
    importExports(books.ledger, [twins])
    const again = importExports(books.ledger, [twins, { source: 'chain' }])
    expect(again.counts[0]).toMatchObject({ linked: 2, added: 0 })
    expect(countVisible(books.ledger)).toBe(2)
  })

  test('of two equal movements only as many are linked as the first source told of', () => {
    const twins = [buy('a1', 0, '1', '100', { hash: '0xabc' }), buy('a2', 0, '1', '100', { hash: '0xabc' })]
    importExports(books.ledger, [twins.slice(0, 1)])
    const again = importExports(books.ledger, [twins, { source: 'chain' }])
    expect(again.counts[0]).toMatchObject({ linked: 1, added: 1 })
    expect(countVisible(books.ledger)).toBe(2)
  })

  test('a twin told of later by the second source is linked to the twin that is left', () => {
    const twins = [buy('a1', 0, '1', '100', { hash: '0xabc' }), buy('a2', 0, '1', '100', { hash: '0xabc' })]
    importExports(books.ledger, [twins])
    importExports(books.ledger, [twins.slice(0, 1), { source: 'chain' }])
    const later = importExports(books.ledger, [twins, { source: 'chain' }])
    expect(later.counts[0]).toMatchObject({ linked: 1, known: 1, added: 0 })
    expect(countVisible(books.ledger)).toBe(2)
  })

  test('a restated event of the second source stays behind the fact it tells of', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100', { hash: '0xabc' })]])
    importExports(books.ledger, [[buy('a', 0, '1', '100', { hash: '0xabc' })], { source: 'chain' }])
    const restated = importExports(books.ledger, [
      [buy('a', 0, '1', '100', { hash: '0xabc', note: 'final' })],
      { source: 'chain' },
    ])
    expect(restated.counts[0]).toMatchObject({ rows: 1, changed: 1, linked: 0, added: 0 })
    expect(countVisible(books.ledger)).toBe(1)
    expect(balances()[0]).toEqual(['kraken', 'BTC', '1'])
  })

  test('a plan that is no longer true is not executed', () => {
    const one = stageExports(books.ledger, [[[buy('a', 0, '1', '100')]]])
    const two = stageExports(books.ledger, [[[buy('a', 0, '1', '100')]]])
    expect(executeBatch(books.ledger, one.batch, one.plan.hash ?? '', BY).status).toBe('done')
    expect(executeBatch(books.ledger, two.batch, two.plan.hash ?? '', BY).status).toBe('plan-changed')
    expect(balances()[0]).toEqual(['kraken', 'BTC', '1'])
  })

  test('a discarded preview leaves its name and counts, and no row', () => {
    const { batch } = stageExports(books.ledger, [[[buy('a', 0, '1', '100')]]])
    expect(drain(discardBatch(books.ledger, batch)).status).toBe('discarded')
    for (const table of ['event', 'leg', 'raw_record', 'leg_place', 'event_identity', 'file_chunk']) {
      expect(books.ledger.value(`SELECT count(*) FROM ${table}`), table).toBe(0)
    }
    expect(
      books.ledger.tuples('SELECT b.state, f.name, f.added FROM batch b JOIN source_file f ON f.batch_id = b.id'),
    ).toEqual([['rejected', 'export.jsonl', 1]])
  })

  test('a preview left by a closed window is gone after opening', async () => {
    importExports(books.ledger, [[buy('a', 0, '1', '100')]])
    stageExports(books.ledger, [[[buy('b', 0, '1', '100')]]])
    books.close()
    books = await reopen(books.path)
    expect(drain(clearLeftovers(books.ledger)).status).toBe('cleared')
    expect(books.ledger.column('SELECT state FROM batch')).toEqual(['live'])
    expect(books.ledger.value('SELECT count(*) FROM event')).toBe(1)
    expect(countVisible(books.ledger)).toBe(1)
  })
})
