import type { EventRow, LegView } from '../../../shared/contract/events.ts'
import { sumDecimals } from '../../components/decimal-text.ts'

/**
 * What several events together move, as merging them does it: legs of one role, account and asset added up, an amount that is
 * included in another kept apart from one that is not.
 */
export function mergedLegs(rows: readonly EventRow[]): LegView[] {
  const sums = new Map<string, LegView>()
  for (const leg of rows.flatMap(({ legs }) => legs)) {
    const key = JSON.stringify([leg.role, leg.account, leg.asset, leg.included])
    const before = sums.get(key)
    sums.set(key, before ? { ...before, amount: sumDecimals([before.amount, leg.amount]), value: null } : leg)
  }
  return [...sums.values()]
}

/** The time at which merged events stand: the earliest. */
export function mergedTime(rows: readonly EventRow[]): number {
  return Math.min(...rows.map(({ time }) => time))
}
