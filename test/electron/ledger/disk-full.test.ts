import { afterEach, beforeEach, expect, test } from 'vitest'
import { discardBatch, executeBatch } from '../../../electron/ledger/batches.ts'
import { addDecisions } from '../../../electron/ledger/decisions.ts'
import { beginBatch } from '../../../electron/ledger/files.ts'
import { verify } from '../../../electron/ledger/verify.ts'
import { countVisible } from '../../../electron/ledger/visibility.ts'
import type { EventId } from '../../../shared/events/identifiers.ts'
import {
  type Books,
  BY,
  buy,
  drain,
  fileOf,
  importExports,
  newBooks,
  readExport,
  removeFolder,
  stageExports,
  stageOf,
} from './books.ts'

let books: Books
beforeEach(async () => {
  books = await newBooks()
})
afterEach(() => {
  books.close()
  removeFolder(books.folder)
})

/** Leaves room for so many more pages. */
function fillDisk(room: number): void {
  const pages = books.vault.connection.pragma('page_count', { simple: true }) as number
  books.vault.connection.pragma(`max_page_count = ${pages + room}`)
}
const emptyDisk = (): void => {
  books.vault.connection.pragma('max_page_count = 1073741823')
}
const allIsWell = (): void => {
  expect(drain(verify(books.ledger)).findings).toEqual([])
}

const lines = Array.from({ length: 2000 }, (_, n) => buy(`n${n}`, n % 700, '1', '10', { note: 'x'.repeat(100) }))

test('a disk that fills during an import: the import says so, the ledger is as it was, and it works again with room', () => {
  importExports(books.ledger, [[buy('a', 0, '1', '100')]])
  fillDisk(40)
  const begun = beginBatch(books.ledger, { origin: 'file', title: 'large', at: BY.at })
  if (begun.status !== 'begun') throw new Error(begun.text)
  const { chunk, bytes } = readExport(lines)
  const stage = stageOf(books.ledger, fileOf(books.ledger, begun.batch, 'large.jsonl', bytes.length))
  const added = stage.add(chunk)
  expect(added.status).toBe('disk-full')
  expect('text' in added && added.text).toContain('Free some space')
  expect(books.ledger.value('SELECT count(*) FROM raw_record')).toBe(1)
  allIsWell()
  emptyDisk()
  expect(drain(discardBatch(books.ledger, begun.batch)).status).toBe('discarded')
  importExports(books.ledger, [lines])
  expect(countVisible(books.ledger)).toBe(2001)
  allIsWell()
})

test('a disk that is full when a plan is executed or a decision made: nothing of it is written', () => {
  importExports(books.ledger, [lines])
  const { batch, plan } = stageExports(books.ledger, [[[buy('b', 0, '1', '100')]]])
  const revision = books.ledger.revision()
  // Fills what is left inside the last pages first, so that the next page needed is one too many.
  fillDisk(0)
  const decisions = Array.from({ length: 3000 }, (_, n) => ({
    what: 'note' as const,
    event: `kraken-ledgers:kraken:n${n}` as EventId,
    note: 'y'.repeat(200),
  }))
  expect(addDecisions(books.ledger, decisions, { summary: 'notes', ...BY }).status).toBe('disk-full')
  expect(books.ledger.revision()).toBe(revision)
  expect(books.ledger.value('SELECT count(*) FROM decision')).toBe(0)
  allIsWell()
  emptyDisk()
  expect(executeBatch(books.ledger, batch, plan.hash ?? '', BY).status).toBe('done')
  allIsWell()
})
