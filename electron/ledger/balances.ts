import type { Role } from '../../shared/events/event.ts'
import { BalanceSums, direction, storedAmount, sumText } from './balance-sums.ts'
import type { ReadableLedger } from './handles.ts'
import { visibleWhere } from './visibility.ts'

const BLOCK = 20_000

/** Sums every visible leg before an instant (all of them without), in blocks; a scan, for a worker or verify. */
export function* sumBalances(ledger: ReadableLedger, before?: number): Generator<void, BalanceSums> {
  const sums = new BalanceSums()
  const last = ledger.value<number>('SELECT max(id) FROM event') ?? 0
  const sql = `SELECT l.role, l.account_id, l.asset_id, l.amount, l.included FROM event e CROSS JOIN leg l ON l.event_id = e.id
    WHERE e.id > ? AND e.id <= ? AND ${visibleWhere(ledger)} ${before === undefined ? '' : 'AND e.time < ?'}`
  for (let from = 0; from < last; from += BLOCK) {
    const bound = before === undefined ? [from, from + BLOCK] : [from, from + BLOCK, before]
    for (const [role, account, asset, amount, included] of ledger.tuples<[Role, number, number, string, number]>(
      sql,
      ...bound,
    )) {
      const way = direction(role, included === 1)
      if (way !== 0) sums.add(account, asset, way === 1 ? storedAmount(amount) : -storedAmount(amount))
    }
    yield
  }
  return sums
}

/** Balances whose kept amount is not the sum of their legs: row ids of account and asset, kept and summed. */
export function wrongBalances(
  ledger: ReadableLedger,
  sums: BalanceSums,
): readonly (readonly [number, number, string, string])[] {
  const kept = new Map<string, string>(
    ledger
      .tuples<[number, number, string]>('SELECT account_id, asset_id, amount FROM balance')
      .map(([account, asset, amount]) => [`${account} ${asset}`, amount] as const),
  )
  const wrong: [number, number, string, string][] = []
  for (const [account, asset, amount] of sums.entries()) {
    const key = `${account} ${asset}`
    const text = kept.get(key) ?? '0'
    kept.delete(key)
    if (text !== sumText(amount)) wrong.push([account, asset, text, sumText(amount)])
  }
  for (const [key, text] of kept) {
    const [account, asset] = key.split(' ')
    wrong.push([Number(account), Number(asset), text, '0'])
  }
  return wrong
}
