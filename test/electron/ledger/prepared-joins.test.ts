/** Joined events are written before the act of their import, in small steps, and count with it alone. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { undo } from '../../../electron/ledger/acts.ts'
import { clearLeftovers, discardBatch } from '../../../electron/ledger/batches.ts'
import { addDecisions } from '../../../electron/ledger/decisions.ts'
import { readFacts } from '../../../electron/ledger/facts.ts'
import { type PreparedJoins, prepareJoins } from '../../../electron/ledger/prepared-joins.ts'
import { verify } from '../../../electron/ledger/verify.ts'
import { countVisible } from '../../../electron/ledger/visibility.ts'
import { formatAmount } from '../../../shared/amount/decimal.ts'
import type { EventId } from '../../../shared/events/identifiers.ts'
import { type Books, BY, drain, newBooks, readBalances, removeFolder } from './books.ts'
import {
  type ExplorerFile,
  execute,
  INTERNAL,
  importFiles,
  OWN,
  ROUTER,
  refunded,
  sent,
  stageFiles,
  TOKENS,
  TRANSACTIONS,
  token,
  tx,
  USDC,
} from './explorer-files.ts'

let books: Books
beforeEach(async () => {
  books = await newBooks()
})
afterEach(() => {
  books.close()
  removeFolder(books.folder)
})

/** More than one step of preparing. */
const COUNT = 120
const hashes = Array.from({ length: COUNT }, (_, n) => tx((n + 1).toString(16)))
const file = (head: string, name: string, rows: readonly string[]): ExplorerFile => ({
  head,
  name: `${name}-${OWN}.csv`,
  rows,
})
const coin = (fee = '0.001') =>
  file(
    TRANSACTIONS,
    'export',
    hashes.map((hash, n) => sent(hash, n, '2', 'Swap', { fee })),
  )
const tokens = () =>
  file(
    TOKENS,
    'export-token',
    hashes.map((hash, n) => token(hash, n, [ROUTER, OWN], '2600', [USDC, 'USDC'])),
  )
const internal = () =>
  file(
    INTERNAL,
    'export-internal',
    hashes.map((hash, n) => refunded(hash, n, '0.5')),
  )

function prepared(batch: number): PreparedJoins {
  const done = drain(prepareJoins(books.ledger, batch))
  if (done.status !== 'prepared') throw new Error(`nothing was prepared: ${done.status}`)
  return done
}
const findings = (): readonly string[] => drain(verify(books.ledger)).findings.map(({ text }) => text)
const shown = (): string[] =>
  [...readFacts(books.ledger)]
    .flat()
    .map(
      ({ event }) =>
        `${event.id} ${event.kind} ${event.legs.map(({ role, amount, asset }) => `${role} ${formatAmount(amount)} ${asset}`).join()}`,
    )
    .toSorted()
const balances = (): string[] =>
  readBalances(books.ledger).map(({ account, asset, amount }) => `${account} ${asset} ${formatAmount(amount)}`)
const state = () => ({
  shown: shown(),
  balances: balances(),
  visible: countVisible(books.ledger),
  findings: findings(),
})
/** Which batch each joined event is said to be of. */
const batchesOfJoined = (): number[] =>
  books.ledger.column<number>('SELECT DISTINCT e.batch_id FROM joined j JOIN event e ON e.id = j.event_id ORDER BY 1')
const derivedRows = (): number => books.ledger.value<number>(`SELECT count(*) FROM event WHERE rows = '[]'`) ?? 0

async function inOtherBooks<T>(work: () => Promise<T>): Promise<T> {
  const before = books
  books = await newBooks()
  try {
    return await work()
  } finally {
    books.close()
    removeFolder(books.folder)
    books = before
  }
}

describe('what is prepared', () => {
  test('is seen by nobody before the act, and is what the act would have joined by itself', async () => {
    for (const imports of [
      [[coin(), tokens()]],
      [[coin()], [tokens()]],
      [[coin(), tokens()], [internal()]],
      [[coin()], [coin('0.004'), tokens()]],
    ]) {
      const plain = await inOtherBooks(async () => {
        for (const files of imports) await importFiles(books.ledger, files)
        return { ...state(), batches: batchesOfJoined() }
      })
      const quick = await inOtherBooks(async () => {
        for (const files of imports) {
          const batch = await stageFiles(books.ledger, files)
          const before = state()
          const joins = prepared(batch)
          expect(state()).toEqual(before)
          execute(books.ledger, batch, joins)
        }
        return { ...state(), batches: batchesOfJoined() }
      })
      expect(quick).toEqual(plain)
      expect(quick.findings).toEqual([])
      expect(quick.visible).toBe(COUNT)
    }
  })

  test('comes in steps that are small however many transactions there are', async () => {
    const batch = await stageFiles(books.ledger, [coin(), tokens()])
    const made: number[] = []
    for (const _ of prepareJoins(books.ledger, batch)) made.push(derivedRows())
    expect(made.at(-1)).toBe(COUNT)
    expect(Math.max(...made.map((count, n) => count - (made[n - 1] ?? 0)))).toBeLessThanOrEqual(50)
  })

  test('is taken back with its import and joined again with it', async () => {
    await importFiles(books.ledger, [coin()])
    const before = state()
    const batch = await stageFiles(books.ledger, [tokens()])
    execute(books.ledger, batch, prepared(batch))
    undo(books.ledger, BY)
    expect(state()).toEqual(before)
  })

  test('is not used once the books have changed, and leaves nothing behind', async () => {
    await importFiles(books.ledger, [coin()])
    const batch = await stageFiles(books.ledger, [tokens()])
    const joins = prepared(batch)
    const event = ([...readFacts(books.ledger)].flat()[0]?.event.id ?? '') as EventId
    addDecisions(books.ledger, [{ what: 'kind', event, kind: 'gift_out' }], { summary: 'a gift', ...BY })
    execute(books.ledger, batch, joins)
    expect(countVisible(books.ledger)).toBe(COUNT + 1)
    expect(derivedRows()).toBe(COUNT - 1)
    expect(findings()).toEqual([])
  })

  test('keeps what a person has spoken of apart', async () => {
    await importFiles(books.ledger, [coin()])
    const event = ([...readFacts(books.ledger)].flat()[0]?.event.id ?? '') as EventId
    addDecisions(books.ledger, [{ what: 'kind', event, kind: 'gift_out' }], { summary: 'a gift', ...BY })
    const batch = await stageFiles(books.ledger, [tokens()])
    execute(books.ledger, batch, prepared(batch))
    expect(countVisible(books.ledger)).toBe(COUNT + 1)
    expect(findings()).toEqual([])
  })

  test('goes with a preview that is rejected, with one that is prepared again, and with one that a crash left', async () => {
    const first = await stageFiles(books.ledger, [coin(), tokens()])
    prepared(first)
    prepared(first)
    expect(derivedRows()).toBe(COUNT)
    drain(discardBatch(books.ledger, first))
    expect(derivedRows()).toBe(0)
    const second = await stageFiles(books.ledger, [coin(), tokens()])
    prepared(second)
    drain(clearLeftovers(books.ledger))
    expect(derivedRows()).toBe(0)
    expect(books.ledger.value('SELECT count(*) FROM event_identity')).toBe(0)
    expect(findings()).toEqual([])
  })
})
