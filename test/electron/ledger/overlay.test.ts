/** Links, merges, imports and reverts in any order, undone and redone: what counts is always what the acts in force say. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dependantsOf, listActs, redo, revoke, undo } from '../../../electron/ledger/acts.ts'
import { handId, workByHand } from '../../../electron/ledger/hand.ts'
import { newestLive } from '../../../electron/ledger/link-targets.ts'
import { judgeLinks, linkId, linkProblem, linkRows, swapRows, unlinkRows } from '../../../electron/ledger/links.ts'
import { verify } from '../../../electron/ledger/verify.ts'
import { type Books, BY, buy, day, drain, importExports, newBooks, readBalances, removeFolder } from './books.ts'

let books: Books
beforeEach(async () => {
  books = await newBooks()
})
afterEach(() => {
  books.close()
  removeFolder(books.folder)
})

const findings = (): readonly { text: string }[] => drain(verify(books.ledger)).findings
const visible = (): string[] =>
  books.ledger.column<string>(
    `SELECT e.stable_id FROM event e JOIN batch b ON b.id = e.batch_id AND b.state = 'live'
     WHERE NOT EXISTS (SELECT 1 FROM event_hidden h WHERE h.event_id = e.id) ORDER BY 1`,
  )
const btc = (): string =>
  readBalances(books.ledger)
    .filter(({ asset }) => asset === 'BTC')
    .map(({ amount }) => String(amount / 10n ** 24n))
    .join()
const kraken = (n: number): string => `kraken-ledgers:kraken:${n}`
const koinly = (n: number): string => `koinly:kraken:${n}`
const importKraken = () =>
  importExports(books.ledger, [[0, 1, 2, 3].map((n) => buy(String(n), n, String(2 ** n), '10'))])
const importKoinly = () =>
  importExports(books.ledger, [[0, 1, 2, 3].map((n) => buy(String(n), n, String(2 ** n), '10')), { source: 'koinly' }])
const link = (facts: readonly string[], corroborating: readonly string[]) => {
  const one = { id: linkId(facts, corroborating), grade: 'likely', reason: 'equal', facts, corroborating } as const
  return judgeLinks(books.ledger, linkRows(one, 'linked'), { summary: 'link', ...BY })
}
let made = 0
const merge = (events: readonly string[], amount: string) => {
  const event = handId('kraken', `merged-${made++}`)
  const leg = { role: 'in', account: 'kraken', asset: 'BTC', amount } as const
  const account = { key: 'kraken', name: 'kraken', kind: 'exchange' } as const
  const one = { id: event, time: day(0), precision: 'second', kind: 'buy', legs: [leg] } as const
  const origins = events.map((origin) => ({ event, origin, replaces: true }))
  return workByHand(
    books.ledger,
    { title: 'merged', summary: 'merge', account, assets: [], events: [one], origins },
    BY,
  )
}

describe('links', () => {
  test('that run in a circle after acts in between were taken back leave exactly one record counted', () => {
    importKraken()
    importKoinly()
    link([kraken(0)], [koinly(0)])
    const ended = judgeLinks(books.ledger, unlinkRows(books.ledger, [koinly(0)]), { summary: 'unlink', ...BY })
    link([koinly(0)], [kraken(0)])
    if (ended.status !== 'done') throw new Error('not ended')
    expect(dependantsOf(books.ledger, ended.act)).toHaveLength(1)
    expect(revoke(books.ledger, ended.act, true, BY).status).toBe('done')
    expect(visible().filter((id) => id.endsWith(':0'))).toHaveLength(1)
    expect(findings()).toEqual([])
  })

  test('of a sum swap as a whole: the fills for the line, or the line for the fills', () => {
    importExports(books.ledger, [[buy('a', 0, '1', '10'), buy('b', 0, '2', '20')]])
    importExports(books.ledger, [[buy('sum', 0, '3', '30')], { source: 'koinly' }])
    const [a, b, sum] = ['kraken-ledgers:kraken:a', 'kraken-ledgers:kraken:b', 'koinly:kraken:sum'] as const
    link([a, b], [sum])
    expect([visible(), btc()]).toEqual([[a, b], '3'])
    judgeLinks(books.ledger, swapRows(books.ledger, sum), { summary: 'swap', ...BY })
    expect([visible(), btc()]).toEqual([[sum], '3'])
    judgeLinks(books.ledger, swapRows(books.ledger, a), { summary: 'swap', ...BY })
    expect([visible(), btc()]).toEqual([[a, b], '3'])
    expect(findings()).toEqual([])
  })
})

test('any order of importing, linking, merging, undoing, redoing and revoking keeps every law', () => {
  const n = fc.integer({ min: 0, max: 3 })
  const step = fc.oneof(
    fc.record({ what: fc.constantFrom('kraken' as const, 'koinly' as const, 'undo' as const, 'redo' as const) }),
    fc.record({ what: fc.constantFrom('link' as const, 'swap' as const, 'unlink' as const), n }),
    fc.record({ what: fc.constantFrom('merge' as const), n, m: n }),
    fc.record({ what: fc.constantFrom('revoke' as const), n: fc.nat(20) }),
  )
  const isSeen = (id: string): boolean => visible().includes(id)
  const isBehind = (id: string): boolean =>
    books.ledger.value<string>(
      'SELECT h.reason FROM event_hidden h WHERE h.event_id = ?',
      newestLive(books.ledger, id) ?? -1,
    ) === 'corroborates'
  fc.assert(
    fc.property(fc.array(step, { minLength: 6, maxLength: 14 }), (steps) => {
      for (const one of steps) {
        if (one.what === 'kraken') importKraken()
        else if (one.what === 'koinly') importKoinly()
        else if (one.what === 'undo') undo(books.ledger, BY)
        else if (one.what === 'redo') redo(books.ledger, BY)
        else if (one.what === 'link') {
          if (linkProblem(books.ledger, [kraken(one.n)], [koinly(one.n)]) === null)
            link([kraken(one.n)], [koinly(one.n)])
        } else if (one.what === 'swap' || one.what === 'unlink') {
          const behind = [koinly(one.n), kraken(one.n)].find(isBehind)
          if (behind === undefined) continue
          const rows = one.what === 'swap' ? swapRows(books.ledger, behind) : unlinkRows(books.ledger, [behind])
          judgeLinks(books.ledger, rows, { summary: one.what, ...BY })
        } else if (one.what === 'merge') {
          const events = [...new Set([kraken(one.n), kraken(one.m)])]
          if (events.length === 2 && events.every(isSeen)) merge(events, String(2 ** one.n + 2 ** one.m))
        } else if (one.what === 'revoke') {
          const { acts } = listActs(books.ledger, one.n, 1)
          if (acts[0]?.revocable === true) revoke(books.ledger, acts[0].id, true, BY)
        }
        expect(findings().map(({ text }) => text)).toEqual([])
      }
      while (undo(books.ledger, BY).status === 'done');
      expect([visible(), btc()]).toEqual([[], ''])
    }),
    { numRuns: 25 },
  )
}, 300_000)
