import type { Amount, Money } from '../../amount/amount.ts'
import { divideHalfEven } from '../../amount/decimal.ts'
import { least } from '../least.ts'

/** All of one asset that was acquired on one day: one acquisition. What matches take is subtracted. */
export interface DayAcquired {
  amount: bigint
  cost: bigint
}

export interface Match {
  readonly rule: 'same-day' | '30-day' | 'later-acquisition'
  /** Day of the acquisition. */
  readonly day: number
  readonly amount: Amount
  readonly cost: Money
}

/** All of one asset that was disposed of on one day: one disposal. */
export interface DayDisposed {
  left: bigint
  readonly matches: Match[]
}

/** The days of one asset, ascending, on which something was acquired or disposed of. */
export interface AssetDay {
  readonly day: number
  readonly acquired: DayAcquired
  readonly disposed: DayDisposed | null
}

const WINDOW = 30

/**
 * Matches disposals with acquisitions of the same day, for all days first; then with those of the 30 days after, earlier
 * disposals first, earliest acquisition first. Acquisitions serve the disposals of their own day before any other.
 * Authority: TCGA 1992 ss. 105, 106A(5); HMRC Cryptoassets Manual CRYPTO22250 to 22255.
 */
export function matchShares(days: readonly AssetDay[]): void {
  for (const { day, acquired, disposed } of days) {
    if (disposed !== null) matchWith(disposed, acquired, 'same-day', day)
  }
  for (let i = 0; i < days.length; i++) {
    const { day, disposed } = days[i] as AssetDay
    if (disposed === null || disposed.left === 0n) continue
    for (let j = i + 1; j < days.length; j++) {
      const later = days[j] as AssetDay
      if (later.day > day + WINDOW || disposed.left === 0n) break
      matchWith(disposed, later.acquired, '30-day', later.day)
    }
  }
}

/**
 * Matches what the pool could not cover with the earliest later acquisitions that nothing else took.
 * Authority: TCGA 1992 s.105(2).
 */
export function matchLater(
  days: readonly AssetDay[],
  index: number,
  amount: bigint,
): { matches: Match[]; left: bigint } {
  const shortage: DayDisposed = { left: amount, matches: [] }
  for (let j = index + 1; j < days.length && shortage.left > 0n; j++) {
    const later = days[j] as AssetDay
    matchWith(shortage, later.acquired, 'later-acquisition', later.day)
  }
  return shortage
}

function matchWith(disposed: DayDisposed, acquired: DayAcquired, rule: Match['rule'], day: number): void {
  const amount = least(acquired.amount, disposed.left)
  if (amount <= 0n) return
  const cost = amount === acquired.amount ? acquired.cost : divideHalfEven(acquired.cost * amount, acquired.amount)
  acquired.amount -= amount
  acquired.cost -= cost
  disposed.left -= amount
  disposed.matches.push({ rule, day, amount: amount as Amount, cost: cost as Money })
}
