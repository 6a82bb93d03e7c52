import type { LedgerEvent } from '../events/event.ts'
import type { Law } from './law.ts'
import type { OpenPointDraft } from './open-point.ts'

/** Where a price is there and only the exchange rate is not, the point says which. */
export function withRate(draft: OpenPointDraft, law: Law, event: LedgerEvent): OpenPointDraft {
  if (draft.code !== 'missing-price' || draft.asset === undefined || draft.detail !== undefined) return draft
  const day = law.clock.dayAt(event.time)
  const money = event.legs.flatMap(({ asset }) => (law.money.has(asset) && !law.home.has(asset) ? [asset] : []))
  let rate: string | null = null
  for (const asset of [draft.asset, ...money]) rate ??= law.prices.missingRate(asset, event.time, day)
  return rate === null ? draft : { ...draft, detail: rate }
}
