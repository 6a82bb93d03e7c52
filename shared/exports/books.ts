/** What every export of the whole books reads: accounts, assets and the effective events, in engine order. */
import type { Amount } from '../amount/amount.ts'
import type { Account, Asset } from '../events/account.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AccountId, AssetId, CurrencyCode, ZoneName } from '../events/identifiers.ts'
import type { PriceEntry } from '../events/interchange-types.ts'
import { directionOf } from '../events/leg-direction.ts'

export interface Books {
  readonly currency: CurrencyCode
  /** Days in journals are civil days of this zone. */
  readonly zone: ZoneName
  readonly accounts: readonly Account[]
  readonly assets: readonly Asset[]
  readonly events: readonly LedgerEvent[]
  readonly prices: readonly PriceEntry[]
}

/** One file of an export. */
export interface ExportedFile {
  readonly name: string
  readonly text: string
}

/** An export: its files, and every event that the target cannot say, with the reason. */
export interface ExportedBooks {
  readonly files: readonly ExportedFile[]
  readonly leftOut: readonly { readonly event: string; readonly reason: string }[]
}

/** What each account holds of each asset after the last event; zero holdings included. */
export function holdingsOf(books: Books): Map<AccountId, Map<AssetId, Amount>> {
  const holdings = new Map<AccountId, Map<AssetId, Amount>>()
  for (const event of books.events) {
    for (const leg of event.legs) {
      const direction = directionOf(leg, event.legs)
      if (direction === 0) continue
      const held = holdings.get(leg.account) ?? new Map<AssetId, Amount>()
      holdings.set(leg.account, held)
      const before = held.get(leg.asset) ?? 0n
      held.set(leg.asset, (direction === 1 ? before + leg.amount : before - leg.amount) as Amount)
    }
  }
  return holdings
}
