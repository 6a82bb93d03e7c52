import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listActs, redo, revoke, undo } from '../../../electron/ledger/acts.ts'
import { clearLeftovers, executeBatch } from '../../../electron/ledger/batches.ts'
import { eventRows, rowOfEvent } from '../../../electron/ledger/event-list.ts'
import { beginBatch, beginFile, noteFile } from '../../../electron/ledger/files.ts'
import { planOf } from '../../../electron/ledger/plan.ts'
import { countNotUnderstood, recordsOfEvent } from '../../../electron/ledger/raw-rows.ts'
import type { StagedEvent, StagedRecord } from '../../../electron/ledger/staged.ts'
import { unstageFile } from '../../../electron/ledger/unstage.ts'
import { verify } from '../../../electron/ledger/verify.ts'
import { countVisible } from '../../../electron/ledger/visibility.ts'
import {
  type Books,
  BY,
  buy,
  day,
  drain,
  eventsOfRecord,
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

const findings = (): readonly unknown[] => drain(verify(books.ledger)).findings

const record = (row: number): StagedRecord => ({
  row,
  identity: Buffer.alloc(16, row),
  hash: Buffer.alloc(16, 100 + row),
  outcome: 'event',
})
const staged = (group: string, rows: number[], asset = 'BTC'): StagedEvent => ({
  id: `kraken-ledgers:kraken:${group}`,
  time: day(rows[0] ?? 0),
  precision: 'second',
  kind: 'buy',
  legs: [{ role: 'in', account: 'kraken', asset, amount: '1' }],
  rows,
})

function openFile(name = 'rows.csv') {
  const begun = beginBatch(books.ledger, { origin: 'file', title: 'rows', at: BY.at })
  if (begun.status !== 'begun') throw new Error(begun.text)
  const file = fileOf(books.ledger, begun.batch, name, 1000)
  return { batch: begun.batch, file, stage: stageOf(books.ledger, file) }
}
const BTC = [{ key: 'BTC', kind: 'crypto' as const }]

describe('staging in chunks', () => {
  test('an event may close over rows of earlier chunks, and two events may share a row', () => {
    const { batch, stage } = openFile()
    stage.add({ assets: BTC, records: [record(1), record(2)], events: [] })
    stage.add({ records: [record(3), record(4)], events: [staged('x', [1, 3]), staged('y', [3])] })
    stage.add({ records: [record(5)], events: [staged('z', [2, 4, 5])] })
    const sealed = drain(stage.seal())
    expect(sealed).toMatchObject({ counts: { rows: 5, added: 5, notUnderstood: 0, events: 3 } })
    executeBatch(books.ledger, batch, planOf(books.ledger, batch)?.hash ?? '', BY)
    const rowsOf = (group: string): number[] =>
      recordsOfEvent(books.ledger, rowOfEvent(books.ledger, `kraken-ledgers:kraken:${group}`) ?? 0).map(
        ({ row }) => row,
      )
    expect([rowsOf('x'), rowsOf('y'), rowsOf('z')]).toEqual([[1, 3], [3], [2, 4, 5]])
    const shared = recordsOfEvent(books.ledger, rowOfEvent(books.ledger, 'kraken-ledgers:kraken:y') ?? 0)[0]
    expect(eventsOfRecord(books.ledger, shared?.record ?? 0)).toEqual([
      'kraken-ledgers:kraken:x',
      'kraken-ledgers:kraken:y',
    ])
    const earlier = recordsOfEvent(books.ledger, rowOfEvent(books.ledger, 'kraken-ledgers:kraken:z') ?? 0)[0]
    expect(eventsOfRecord(books.ledger, earlier?.record ?? 0)).toEqual(['kraken-ledgers:kraken:z'])
    expect(findings()).toEqual([])
  })

  test('a row whose event never came is kept as not understood, and counted', () => {
    const { stage } = openFile()
    stage.add({ assets: BTC, records: [record(1), record(2)], events: [staged('x', [1])] })
    expect(drain(stage.seal())).toMatchObject({ counts: { rows: 2, added: 1, notUnderstood: 1 } })
  })

  test('a row that a newer reader understands is no longer counted as left, until that import is reverted', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '1'), buy('n', 1, '1', '1', { outcome: 'not-understood' })]])
    expect(countNotUnderstood(books.ledger)).toBe(1)
    const again = importExports(books.ledger, [[buy('a', 0, '1', '1'), buy('n', 1, '1', '1')], { readerVersion: 2 }])
    expect(again.counts[0]).toMatchObject({ added: 1, known: 1, notUnderstood: 0 })
    expect(countNotUnderstood(books.ledger)).toBe(0)
    undo(books.ledger, BY)
    expect(countNotUnderstood(books.ledger)).toBe(1)
    expect(findings()).toEqual([])
  })

  test('reading a known file again that ends half way, and is cleared, takes nothing of what was imported', () => {
    const first = openFile()
    first.stage.add({ assets: BTC, records: [record(1), record(2)], events: [staged('x', [1]), staged('y', [2])] })
    drain(first.stage.seal())
    executeBatch(books.ledger, first.batch, planOf(books.ledger, first.batch)?.hash ?? '', BY)
    openFile().stage.add({ assets: BTC, records: [record(1)], events: [staged('x', [1])] })
    expect(drain(clearLeftovers(books.ledger)).status).toBe('cleared')
    expect(findings()).toEqual([])
    expect(rowOfEvent(books.ledger, 'kraken-ledgers:kraken:x')).toBeDefined()
    expect(countVisible(books.ledger)).toBe(2)
  })

  test('flushing between chunks settles the same as sealing at the end', () => {
    const { batch, stage } = openFile()
    stage.add({ assets: BTC, records: [record(1)], events: [staged('x', [1])] })
    expect(drain(stage.flush()).status).toBe('staged')
    stage.add({ records: [record(2)], events: [staged('w', [2])] })
    expect(drain(stage.seal())).toMatchObject({ counts: { added: 2, events: 2 } })
    executeBatch(books.ledger, batch, planOf(books.ledger, batch)?.hash ?? '', BY)
    expect(countVisible(books.ledger)).toBe(2)
    expect(findings()).toEqual([])
  })

  test('a file can be taken out of a preview and staged anew under another account', () => {
    const { batch, file, stage } = openFile()
    stage.add({ assets: BTC, records: [record(1), record(2)], events: [staged('x', [1]), staged('y', [2])] })
    drain(stage.seal())
    const before = planOf(books.ledger, batch)?.hash
    expect(drain(unstageFile(books.ledger, file))).toEqual({ status: 'uploaded', dependents: [] })
    expect(books.ledger.value('SELECT count(*) FROM event')).toBe(0)
    expect(books.ledger.value('SELECT count(*) FROM raw_record')).toBe(0)
    expect(planOf(books.ledger, batch)?.hash).toBeNull()
    const again = stageOf(books.ledger, file, { account: 'kraken-2' })
    again.add({ records: [record(1)], events: [{ ...staged('x', [1]), id: 'kraken-ledgers:kraken-2:x' }] })
    drain(again.seal())
    const plan = planOf(books.ledger, batch)
    expect(plan?.files).toMatchObject([{ account: 'kraken-2', rows: 1, added: 1 }])
    expect(plan?.hash).not.toBe(before)
    executeBatch(books.ledger, batch, plan?.hash ?? '', BY)
    expect(countVisible(books.ledger)).toBe(1)
    expect(findings()).toEqual([])
  })

  test('a file that could not be read does not keep the others of its batch from being imported', () => {
    const { batch, stage } = openFile()
    stage.add({ assets: BTC, records: [record(1)], events: [staged('x', [1])] })
    drain(stage.seal())
    const bad = beginFile(books.ledger, batch, { name: 'holiday.jpg', size: 5 })
    if (bad.status !== 'begun') throw new Error(bad.text)
    expect(planOf(books.ledger, batch)?.hash).toBeNull()
    noteFile(books.ledger, bad.file, { problem: 'holiday.jpg is a picture.' }, 'failed')
    const plan = planOf(books.ledger, batch)
    expect(plan?.files[1]).toMatchObject({ state: 'failed', detail: { problem: 'holiday.jpg is a picture.' } })
    expect(executeBatch(books.ledger, batch, plan?.hash ?? '', BY).status).toBe('done')
  })

  test('a hash of another plan is refused', () => {
    const { batch } = stageExports(books.ledger, [[[buy('a', 0, '1', '1')]]])
    expect(executeBatch(books.ledger, batch, '0'.repeat(64), BY).status).toBe('plan-changed')
    expect(countVisible(books.ledger)).toBe(0)
  })

  test('an import that left rows out because an older one had them is listed before that one is reverted', () => {
    const older = importExports(books.ledger, [[buy('a', 0, '1', '1')]])
    const later = importExports(books.ledger, [[buy('a', 0, '1', '1'), buy('b', 0, '1', '1')]])
    expect(revoke(books.ledger, older.act, false, BY)).toMatchObject({
      status: 'has-dependants',
      dependants: [{ id: later.act }],
    })
  })
})

type Step =
  | {
      readonly do: 'import'
      readonly source?: string
      readonly groups: readonly (readonly [group: number, cost: number])[]
    }
  | { readonly do: 'undo' | 'redo' }
  | { readonly do: 'revoke'; readonly which: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      groups: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 3 })), {
        selector: ([group]) => group,
        minLength: 1,
      }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), which: fc.nat(5) }) },
)

/** What the ledger must show, by the plain rule: of every group the newest version among live imports. */
class Model {
  readonly imports: { act: number; live: boolean; versions: Map<number, number> }[] = []
  shown(): Map<number, number> {
    const shown = new Map<number, number>()
    for (const one of this.imports) if (one.live) for (const [group, cost] of one.versions) shown.set(group, cost)
    return shown
  }
}

test('whatever is imported, restated, undone, redone and reverted: the newest live version of each event is the fact', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (steps) => {
      books.close()
      removeFolder(books.folder)
      books = await newBooks()
      const model = new Model()
      for (const one of steps) {
        if (one.do === 'import') {
          const shown = model.shown()
          const fresh = one.groups.filter(([group, cost]) => shown.get(group) !== cost)
          const done = importExports(books.ledger, [
            one.groups.map(([group, cost]) => buy(`g${group}`, group, '1', `${cost}`)),
          ])
          expect(done.counts[0]).toMatchObject({
            added: fresh.filter(([group]) => !shown.has(group)).length,
            changed: fresh.filter(([group]) => shown.has(group)).length,
            known: one.groups.length - fresh.length,
          })
          model.imports.push({ act: done.act, live: true, versions: new Map(fresh) })
        } else {
          const acts = listActs(books.ledger, 0, 100).acts.filter((act) => act.kind === 'import')
          const which = acts[one.do === 'revoke' ? one.which : 0]
          const done =
            one.do === 'undo'
              ? undo(books.ledger, BY)
              : one.do === 'redo'
                ? redo(books.ledger, BY)
                : which && revoke(books.ledger, which.id, true, BY)
          if (done?.status === 'done') {
            const changed = model.imports.find(({ act }) => act === done.value.id)
            if (changed) changed.live = done.value.live
          }
        }
        const shown = model.shown()
        expect(countVisible(books.ledger)).toBe(shown.size)
        for (const [group, cost] of shown) {
          const row = rowOfEvent(books.ledger, `kraken-ledgers:kraken:g${group}`)
          expect(eventRows(books.ledger, [row ?? 0])[0]?.legs[1]?.amount).toBe(`${cost}`)
        }
        expect(findings()).toEqual([])
      }
    }),
    { numRuns: 25 },
  )
})

/** As before, from two sources that tell of the same movements under the same hashes. */
const stepOfTwo: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      source: fc.constantFrom('kraken-ledgers', 'kraken-api'),
      groups: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 2 })), {
        selector: ([group]) => group,
        minLength: 1,
      }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('revoke' as const), which: fc.nat(5) }) },
)

test('two sources telling of the same movements, restated and reverted in any order, leave balances and versions right', {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepOfTwo, { minLength: 3, maxLength: 9 }), async (steps) => {
      books.close()
      removeFolder(books.folder)
      books = await newBooks()
      for (const one of steps) {
        if (one.do === 'import') {
          const lines = one.groups.map(([group, cost]) =>
            buy(`g${group}`, group, '1', `${cost}`, { hash: `0x${group}` }),
          )
          importExports(books.ledger, [lines, { source: one.source ?? '' }])
        } else if (one.do === 'undo') undo(books.ledger, BY)
        else if (one.do === 'redo') redo(books.ledger, BY)
        else if (one.do === 'revoke') {
          const acts = listActs(books.ledger, 0, 100).acts.filter((act) => act.kind === 'import')
          const which = acts[one.which]
          if (which) revoke(books.ledger, which.id, true, BY)
        }
        expect(findings()).toEqual([])
      }
    }),
    { numRuns: 40 },
  )
})

test('an export read twice under one identity stays one, whatever the order of its rows', () => {
  const lines = [buy('a', 0, '1', '1'), buy('b', 0, '1', '1'), buy('c', 1, '1', '1')]
  importExports(books.ledger, [lines])
  const again = importExports(books.ledger, [lines.toReversed()])
  expect(again.counts[0]).toMatchObject({ added: 0, changed: 0, known: 3 })
  expect(readExport(lines).chunk.records).toHaveLength(3)
})
