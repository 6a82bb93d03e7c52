/** Joined events are written before the act that lets them count, an import, an undo or a redo, in small steps. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listActs, redo, redoable, revoke, undo, undoable } from '../../../electron/ledger/acts.ts'
import { clearLeftovers, discardBatch } from '../../../electron/ledger/batches.ts'
import { addDecisions } from '../../../electron/ledger/decisions.ts'
import { readFacts } from '../../../electron/ledger/facts.ts'
import { judgeJoins } from '../../../electron/ledger/join-acts.ts'
import { type PreparedJoins, prepareJoins, prepareSetting } from '../../../electron/ledger/prepared-joins.ts'
import { dropPrepared } from '../../../electron/ledger/prepared-rows.ts'
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
/** The same for an act that is taken back, or brought back. */
function preparedFor(act: number | undefined, live: boolean): PreparedJoins {
  const done = drain(prepareSetting(books.ledger, act ?? 0, live))
  if (done.status !== 'prepared') throw new Error(`nothing was prepared: ${done.status}`)
  return done
}
const cleared = ({ note }: PreparedJoins): void => {
  drain(dropPrepared(books.ledger, { note }))
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
/** Which import each joined event is said to be of, counted from the first. */
const importsOfJoined = (): number[] =>
  books.ledger.column<number>(
    `SELECT DISTINCT (SELECT count(*) FROM batch b WHERE b.id <= e.batch_id AND b.origin <> 'joins')
     FROM joined j JOIN event e ON e.id = j.event_id ORDER BY 1`,
  )
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
        return { ...state(), imports: importsOfJoined() }
      })
      const quick = await inOtherBooks(async () => {
        for (const files of imports) {
          const batch = await stageFiles(books.ledger, files)
          const before = state()
          const joins = prepared(batch)
          expect(state()).toEqual(before)
          execute(books.ledger, batch, joins)
        }
        return { ...state(), imports: importsOfJoined() }
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
    expect(shown().length).toBe(COUNT + 1)
    expect(findings()).toEqual([])
    cleared(joins)
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

describe('what is prepared for an undo and a redo', () => {
  const ways = [
    [[coin(), tokens()]],
    [[coin()], [tokens()]],
    [[coin(), tokens()], [internal()]],
    [[coin()], [tokens()], [internal()]],
    [[coin()], [coin('0.004'), tokens()]],
  ]
  /** Every import taken back and brought back; with what was prepared for it, or as the act does it by itself. */
  const thereAndBack = async (imports: readonly (readonly ExplorerFile[])[], isPrepared: boolean) =>
    inOtherBooks(async () => {
      for (const files of imports) await importFiles(books.ledger, files)
      const seen: unknown[] = []
      for (const way of [undo, redo]) {
        for (let n = 0; n < imports.length; n++) {
          const before = state()
          const joins = isPrepared
            ? preparedFor((way === undo ? undoable : redoable)(books.ledger)?.id, way === redo)
            : null
          expect(state()).toEqual(before)
          expect(way(books.ledger, BY, joins).status).toBe('done')
          const after = { ...state(), imports: importsOfJoined() }
          if (joins !== null) cleared(joins)
          expect({ ...state(), imports: importsOfJoined() }).toEqual(after)
          seen.push(after)
        }
      }
      return { seen, rows: derivedRows() }
    })

  test('is seen by nobody before the act, and gives the books that the act would give by itself', async () => {
    for (const imports of ways) expect(await thereAndBack(imports, true)).toEqual(await thereAndBack(imports, false))
  })

  test('leaves the act no row of an event to write or to delete', async () => {
    await importFiles(books.ledger, [coin(), tokens()])
    await importFiles(books.ledger, [internal()])
    for (const [way, live] of [
      [undo, false],
      [redo, true],
    ] as const) {
      const made: number[] = []
      const steps = prepareSetting(books.ledger, (live ? redoable : undoable)(books.ledger)?.id ?? 0, live)
      let step = steps.next()
      for (; step.done !== true; step = steps.next()) made.push(derivedRows())
      if (step.value.status !== 'prepared') throw new Error('nothing was prepared')
      expect(Math.max(...made.map((count, n) => count - (made[n - 1] ?? COUNT)))).toBeLessThanOrEqual(50)
      const legs = () => books.ledger.value<number>('SELECT count(*) FROM leg')
      const before = [derivedRows(), legs()]
      expect(before[0]).toBe(2 * COUNT)
      way(books.ledger, BY, step.value)
      expect([derivedRows(), legs()]).toEqual(before)
      cleared(step.value)
      expect(derivedRows()).toBe(COUNT)
    }
  })

  test('is one act, and one Undo', async () => {
    await importFiles(books.ledger, [coin(), tokens()])
    const before = listActs(books.ledger, 0, 10).total
    const act = undoable(books.ledger)
    const revision = books.ledger.revision()
    undo(books.ledger, BY, preparedFor(act?.id, false))
    expect([books.ledger.revision(), listActs(books.ledger, 0, 10).total]).toEqual([revision + 1, before])
    expect(shown()).toEqual([])
    expect(redoable(books.ledger)?.id).toBe(act?.id)
  })

  test('is not used once the books have changed, nor for another act, and leaves nothing behind', async () => {
    const first = await importFiles(books.ledger, [coin()])
    const second = await importFiles(books.ledger, [tokens()])
    const alone = await inOtherBooks(async () => {
      await importFiles(books.ledger, [tokens()])
      return { shown: shown(), balances: balances() }
    })
    const forSecond = preparedFor(second, false)
    revoke(books.ledger, first, true, BY, forSecond)
    expect({ shown: shown(), balances: balances() }).toEqual(alone)
    expect(findings()).toEqual([])
    undo(books.ledger, BY, forSecond)
    expect([shown(), balances(), findings()]).toEqual([[], [], []])
    cleared(forSecond)
    expect(derivedRows()).toBe(0)
  })

  test('keeps what was said of a transaction, and what stands behind it', async () => {
    for (const isPrepared of [false, true]) {
      await inOtherBooks(async () => {
        await importFiles(books.ledger, [coin(), tokens()])
        const third = await importFiles(books.ledger, [internal()])
        const events = [...readFacts(books.ledger)].flat().map(({ event }) => event.id)
        judgeJoins(books.ledger, events.slice(0, 3), 'apart', { summary: 'apart', ...BY })
        addDecisions(books.ledger, [{ what: 'kind', event: events[5] as EventId, kind: 'gift_out' }], {
          summary: 'a gift',
          ...BY,
        })
        const before = state()
        revoke(books.ledger, third, true, BY, isPrepared ? preparedFor(third, false) : null)
        expect(findings()).toEqual([])
        expect(countVisible(books.ledger)).toBe(COUNT + 3)
        expect(redo(books.ledger, BY, isPrepared ? preparedFor(third, true) : null).status).toBe('done')
        expect(state()).toEqual(before)
        expect(before.visible).toBe(COUNT + 6)
      })
    }
  })

  test('leaves what its import held back for a person to the act', async () => {
    await importFiles(books.ledger, [coin()])
    const [spoken] = [...readFacts(books.ledger)].flat().map(({ event }) => event.id)
    addDecisions(books.ledger, [{ what: 'kind', event: spoken as EventId, kind: 'gift_out' }], {
      summary: 'gift',
      ...BY,
    })
    const before = state()
    const act = await importFiles(books.ledger, [tokens()])
    const after = state()
    expect([before.visible, after.visible]).toEqual([COUNT, COUNT + 1])
    const joins = preparedFor(act, false)
    expect([joins.touched.size, joins.keys.size]).toEqual([COUNT, COUNT - 1])
    undo(books.ledger, BY, joins)
    expect(state()).toEqual(before)
    redo(books.ledger, BY, preparedFor(act, true))
    expect(state()).toEqual(after)
  })

  test('is deleted at the next open, and so is what an act let go', async () => {
    await importFiles(books.ledger, [coin(), tokens()])
    const act = await importFiles(books.ledger, [internal()])
    preparedFor(act, false)
    expect(derivedRows()).toBe(2 * COUNT)
    undo(books.ledger, BY, preparedFor(act, false))
    expect(derivedRows()).toBe(2 * COUNT)
    const before = state()
    drain(clearLeftovers(books.ledger))
    expect(derivedRows()).toBe(COUNT)
    expect(state()).toEqual(before)
    expect(before.findings).toEqual([])
    expect(books.ledger.column(`SELECT key FROM meta WHERE key GLOB 'joins of *'`)).toEqual([])
  })
})
