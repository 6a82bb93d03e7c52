import type { Bounds } from '../../shared/contract/primitives.ts'
import { compareDecimals, magnitudeOf, moneyText, roundMoneyText, signOf, subtractDecimals } from './decimal-text.ts'

/** What leaving a point open may change, as one sum: the distance between both outcomes. Null where a bound is unknown. */
export function atStake(bounds: Bounds): string | null {
  if (bounds.low === null || bounds.high === null) return null
  return magnitudeOf(subtractDecimals(bounds.high, bounds.low))
}

/** The sum at stake for the rail: `$2,310`, `amount not known`, or nothing where nothing is at stake. */
export function stakeText(bounds: Bounds, currency: string, locale: string): string {
  const sum = atStake(bounds)
  if (sum !== null) {
    if (signOf(sum) === 'zero') return ''
    return compareDecimals(sum, '1') < 0
      ? `under ${roundMoneyText('1', currency, locale)}`
      : roundMoneyText(sum, currency, locale)
  }
  return bounds.low === null && bounds.high === null ? '' : 'sum not known'
}

/** Both outcomes in words: `between 0.00 and 31.20`. */
export function boundsText(bounds: Bounds, locale: string): string {
  if (bounds.low === null && bounds.high === null) return 'not known'
  if (bounds.low === null) return `up to ${moneyText(bounds.high ?? '0', locale)}`
  if (bounds.high === null) return `at least ${moneyText(bounds.low, locale)}`
  if (compareDecimals(bounds.low, bounds.high) === 0) return moneyText(bounds.low, locale)
  return `between ${moneyText(bounds.low, locale)} and ${moneyText(bounds.high, locale)}`
}
