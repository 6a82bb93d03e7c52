import { afterEach, beforeEach, expect, test } from 'vitest'
import { addDecisions } from '../../../electron/ledger/decisions.ts'
import { type Check, verify } from '../../../electron/ledger/verify.ts'
import type { EventId } from '../../../shared/events/identifiers.ts'
import { type Books, BY, buy, drain, importExports, newBooks, removeFolder } from './books.ts'

let books: Books
beforeEach(async () => {
  books = await newBooks()
  importExports(books.ledger, [[buy('a', 0, '1', '100'), buy('b', 1, '2', '250')]])
  importExports(books.ledger, [[buy('a', 0, '1', '101')]])
  addDecisions(books.ledger, [{ what: 'note', event: 'kraken-ledgers:kraken:a' as EventId, note: 'mine' }], {
    summary: 'note',
    ...BY,
  })
})
afterEach(() => {
  books.close()
  removeFolder(books.folder)
})

function found(): Check[] {
  const { ok, findings } = drain(verify(books.ledger))
  expect(ok).toBe(findings.length === 0)
  return [...new Set(findings.map((finding) => finding.check))]
}

test('a ledger that nobody tampered with verifies, and every check looked at something', () => {
  const { findings, counted } = drain(verify(books.ledger))
  expect(findings).toEqual([])
  expect(Object.entries(counted).filter(([, count]) => count === 0)).toEqual([])
})

/** Each is done behind the gate's back, as a fault or a forger would. */
test.each<[string, string, Check]>([
  ['a changed audit line', `UPDATE audit SET body = replace(body, 'note', 'nope') WHERE seq = 4`, 'audit'],
  ['a removed audit line', 'DELETE FROM audit WHERE seq = 2', 'audit'],
  ['an audit line cut from the end', 'DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)', 'audit'],
  ['a changed decision', `UPDATE decision SET body = replace(body, 'mine', 'yours')`, 'acts'],
  [
    'a decision added',
    `INSERT INTO decision (act_id, event, kind, body) SELECT act_id, event, kind, body FROM decision`,
    'acts',
  ],
  ['an act put out of force', "UPDATE act SET live = 0 WHERE kind = 'decide'", 'acts'],
  ['another row hash', `UPDATE raw_record SET hash = zeroblob(16) WHERE row = 2`, 'records'],
  ['a row that became two events', 'UPDATE raw_record SET event_id = 2 WHERE file_id = 2', 'identities'],
  ['other kept bytes', `UPDATE file_chunk SET sha256 = zeroblob(32) WHERE file_id = 1`, 'files'],
  ['a changed amount', `UPDATE leg SET amount = '1.5' WHERE event_id = 2 AND n = 0`, 'balances'],
  ['a changed balance', `UPDATE balance SET amount = '7' WHERE asset_id = 1`, 'balances'],
  ['a hidden fact', `INSERT INTO event_hidden VALUES (2, 'replaced')`, 'versions'],
  ['an old version shown again', 'DELETE FROM event_hidden', 'versions'],
  ['an event taken away', `DELETE FROM event WHERE stable_id LIKE '%:b'`, 'references'],
  ['a lost place of a leg', 'DELETE FROM leg_place WHERE event_id = 2', 'references'],
  ['counts that do not add up', 'UPDATE source_file SET added = 5 WHERE id = 1', 'counts'],
])('%s is found', (_, sql, check) => {
  expect(books.vault.connection.prepare(sql).run().changes).toBeGreaterThan(0)
  expect(found()).toContain(check)
})
