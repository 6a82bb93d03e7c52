import type { Role } from '../../shared/events/event.ts'
import { direction, storedAmount } from './balance-sums.ts'
import type { ReadableLedger } from './handles.ts'

/**
 * What events do to balances, each as one text: by how much every asset of every account changes. A fee counts the same
 * whether a source tells it apart or not. Events that move nothing have none.
 */
export function changesOf(ledger: ReadableLedger, events: readonly number[]): Map<number, string> {
  const sums = new Map<number, Map<string, bigint>>()
  const legs = ledger.tuples<[number, Role, number, number, string, number]>(
    `SELECT event_id, role, account_id, asset_id, amount, included FROM leg
     WHERE event_id IN (SELECT value FROM json_each(?))`,
    JSON.stringify(events),
  )
  for (const [event, role, account, asset, amount, included] of legs) {
    const way = direction(role, included === 1)
    if (way === 0) continue
    const own = sums.get(event) ?? new Map<string, bigint>()
    sums.set(event, own)
    const place = `${account} ${asset}`
    own.set(place, (own.get(place) ?? 0n) + (way === 1 ? storedAmount(amount) : -storedAmount(amount)))
  }
  const found = new Map<number, string>()
  for (const [event, own] of sums) {
    const text = [...own]
      .filter(([, sum]) => sum !== 0n)
      .map(([place, sum]) => `${place} ${sum}`)
      .sort()
      .join('|')
    if (text !== '') found.set(event, text)
  }
  return found
}
