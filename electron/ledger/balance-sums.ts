import type { Amount } from '../../shared/amount/amount.ts'
import { formatAmount, parseAmount } from '../../shared/amount/decimal.ts'
import type { Role } from '../../shared/events/event.ts'
import type { LedgerWrite, ReadableLedger } from './handles.ts'

/** Canonical decimal of the ledger file into units × 10⁻²⁴. What does not parse was not written by this program. */
export function storedAmount(text: string): Amount {
  const amount = parseAmount(text)
  if (typeof amount !== 'bigint') throw new Error(`an amount in the ledger is not canonical: ${amount.error}`)
  return amount
}

/** +1, −1 or 0: how a leg moves the balance. A fee that is part of its gross leg moves nothing of its own. */
export function direction(role: Role, included: boolean): 1 | -1 | 0 {
  if (role === 'in' || role === 'rebate') return 1
  if (role === 'out') return -1
  return role === 'fee' && !included ? -1 : 0
}

/** Sums per account and asset, by row ids. */
export class BalanceSums {
  readonly #sums = new Map<number, Map<number, bigint>>()

  add(account: number, asset: number, amount: bigint): void {
    let assets = this.#sums.get(account)
    if (!assets) {
      assets = new Map()
      this.#sums.set(account, assets)
    }
    assets.set(asset, (assets.get(asset) ?? 0n) + amount)
  }

  /** Adds (`sign` 1) or takes (−1) every leg of the given events. */
  addEvents(ledger: ReadableLedger, events: readonly number[], sign: 1 | -1): void {
    for (let at = 0; at < events.length; at += 1000) {
      const legs = ledger.tuples<[Role, number, number, string, number]>(
        `SELECT role, account_id, asset_id, amount, included FROM leg WHERE event_id IN (SELECT value FROM json_each(?))`,
        JSON.stringify(events.slice(at, at + 1000)),
      )
      for (const [role, account, asset, amount, included] of legs) {
        const way = direction(role, included === 1)
        if (way !== 0) this.add(account, asset, (way === sign ? 1n : -1n) * storedAmount(amount))
      }
    }
  }

  /** Adds what other sums hold. */
  take(other: BalanceSums): void {
    for (const [account, asset, amount] of other.entries()) this.add(account, asset, amount)
  }

  /** `[account, asset, amount]`, accounts and assets ascending; zero sums included. */
  entries(): (readonly [number, number, bigint])[] {
    return [...this.#sums]
      .flatMap(([account, assets]) => [...assets].map(([asset, amount]) => [account, asset, amount] as const))
      .sort((a, b) => a[0] - b[0] || a[1] - b[1])
  }
}

export const sumText = (amount: bigint): string => formatAmount(amount as Amount)

/** Adds sums to the balance table; a balance that comes to zero keeps no row. */
export function addToBalances(write: LedgerWrite, sums: BalanceSums): void {
  for (const [account, asset, amount] of sums.entries()) {
    if (amount === 0n) continue
    const before = write.value<string>(
      'SELECT amount FROM balance WHERE account_id = ? AND asset_id = ?',
      account,
      asset,
    )
    const after = (before === undefined ? 0n : storedAmount(before)) + amount
    if (after === 0n) write.exec('DELETE FROM balance WHERE account_id = ? AND asset_id = ?', account, asset)
    else {
      write.exec(
        `INSERT INTO balance (account_id, asset_id, amount) VALUES (?, ?, ?)
         ON CONFLICT (account_id, asset_id) DO UPDATE SET amount = excluded.amount`,
        account,
        asset,
        sumText(after),
      )
    }
  }
}
