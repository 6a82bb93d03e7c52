import type { Amount, Money } from './amount.ts'
import { AMOUNT_DIGITS, MONEY_DIGITS } from './amount.ts'

/** Why a text is no number, in words for the person who sees the file. */
export interface NumberError {
  readonly error: string
}

/** Longest text taken for a number; longer cells are refused unread. */
export const LONGEST_NUMBER = 120

const POWERS: readonly bigint[] = Array.from({ length: 100 }, (_, n) => 10n ** BigInt(n))
/** 10ⁿ for 0 ≤ n < 100. */
export const powerOfTen = (n: number): bigint => POWERS[n] as bigint

/** A count of so many digits fits a double exactly. */
export const SAFE_DIGITS = 15

/** Shows at most 40 characters of a text that was refused. */
export const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`

const halves = new Int32Array(2)
const whole = new BigInt64Array(halves.buffer)
/** Little-endian, as nearly every machine is: the lower half stands first. */
const LOWER = (() => {
  whole[0] = 1n
  return halves[0] === 1 ? 0 : 1
})()

/** A count below 2⁵³ as bigint. By halves, because `BigInt` takes a slow way for what is longer than 31 bits. */
function bigintOf(count: number): bigint {
  halves[LOWER] = count | 0
  halves[1 - LOWER] = (count / 4_294_967_296) | 0
  return whole[0] as bigint
}

/** `count` × 10^−`places` as a bigint × 10^`digits`. `count` has at most 15 digits, `places` are at most `digits`. */
export const scaled = (count: number, places: number, digits: number): bigint =>
  count === 0 ? 0n : bigintOf(count) * powerOfTen(digits - places)

/**
 * Reads a plain decimal (`-12.50`: optional minus, digits, optional point and digits) into a bigint × 10^`digits`.
 * Trailing zeros are allowed, an exponent, a plus, spaces, separators and bare points are not; digits that the scale
 * cannot hold are refused, never rounded.
 */
export function parseDecimal(text: string, digits: number): bigint | NumberError {
  const length = text.length
  if (length > LONGEST_NUMBER) return { error: `${quoted(text)} is too long for a number` }
  const negative = text.charCodeAt(0) === 45
  const start = negative ? 1 : 0
  let point = -1
  // The first 15 digits from the first that is not zero on, and how many of their places are behind the point.
  let small = 0
  let kept = 0
  let smallPlaces = 0
  let isLong = false
  for (let i = start; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) {
      if (kept < SAFE_DIGITS) {
        small = small * 10 + (code - 48)
        if (small !== 0) kept++
        if (point >= 0) smallPlaces++
      } else if (code !== 48 || point < 0) isLong = true
    } else if (code === 46 && point < 0 && i > start && i < length - 1) point = i
    else return { error: `${quoted(text)} is not a plain decimal number` }
  }
  if (length === start) return { error: `${quoted(text)} is not a plain decimal number` }
  if (!isLong && (smallPlaces <= digits || small === 0)) {
    const magnitude = scaled(small, smallPlaces, digits)
    return negative ? -magnitude : magnitude
  }
  let places = point < 0 ? 0 : length - point - 1
  let end = length
  while (places > 0 && text.charCodeAt(end - 1) === 48) {
    end--
    places--
  }
  if (places > digits) return { error: `${quoted(text)} has more than ${digits} digits after the point` }
  if (point >= 0 && places === 0) end = point
  const count = places === 0 ? text.slice(start, end) : text.slice(start, point) + text.slice(point + 1, end)
  const magnitude = BigInt(count) * powerOfTen(digits - places)
  return negative ? -magnitude : magnitude
}

/** Reads a plain decimal number of units; see `parseDecimal`. */
export const parseAmount = (text: string): Amount | NumberError =>
  parseDecimal(text, AMOUNT_DIGITS) as Amount | NumberError

/** Reads a plain decimal sum of money; see `parseDecimal`. */
export const parseMoney = (text: string): Money | NumberError => parseDecimal(text, MONEY_DIGITS) as Money | NumberError

/** Most values have no more than eight places and fit a double exactly as a count of those. */
const SHORT_DIGITS = 8
const SHORT_LIMIT = 10n ** 15n

/** A bigint × 10^`digits` as canonical decimal: no exponent, no trailing zeros, no `-0`; at least `keep` places after the point. */
export function formatDecimal(value: bigint, digits: number, keep = 0): string {
  if (value === 0n) return keep > 0 ? `0.${'0'.repeat(keep)}` : '0'
  const negative = value < 0n
  const magnitude = negative ? -value : value
  if (digits > SHORT_DIGITS && keep <= SHORT_DIGITS) {
    const step = powerOfTen(digits - SHORT_DIGITS)
    const short = magnitude / step
    if (short < SHORT_LIMIT && short * step === magnitude) {
      return written(Number(short).toString(), SHORT_DIGITS, keep, negative)
    }
  }
  return written(magnitude.toString(), digits, keep, negative)
}

/** Puts the point into the digits of a magnitude and leaves trailing zeros out. */
function written(count: string, digits: number, keep: number, negative: boolean): string {
  const text = count.length > digits ? count : count.padStart(digits + 1, '0')
  const cut = text.length - digits
  let end = text.length
  while (end > cut + keep && text.charCodeAt(end - 1) === 48) end--
  const whole = text.slice(0, cut)
  const plain = end === cut ? whole : `${whole}.${text.slice(cut, end)}`
  return negative ? `-${plain}` : plain
}

/** Units as canonical decimal. */
export const formatAmount = (amount: Amount): string => formatDecimal(amount, AMOUNT_DIGITS)

/**
 * Money as canonical decimal, unrounded; with `digits`, rounded half even to exactly so many places (display; forms
 * round with `roundMoney` first).
 */
export function formatMoney(money: Money, digits?: number): string {
  if (digits === undefined) return formatDecimal(money, MONEY_DIGITS)
  const step = powerOfTen(MONEY_DIGITS - digits)
  return formatDecimal(divideHalfEven(money, step), digits, digits)
}

/** Money unrounded with at least two places: `50000.00`, `20983.995`. */
export const formatMoneyFull = (money: Money): string => formatDecimal(money, MONEY_DIGITS, 2)

/** `numerator / denominator`, half even. The denominator is not zero. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator
  const rest = numerator - quotient * denominator
  if (rest === 0n) return quotient
  const twice = rest < 0n ? -2n * rest : 2n * rest
  const size = denominator < 0n ? -denominator : denominator
  if (twice < size || (twice === size && (quotient & 1n) === 0n)) return quotient
  return numerator < 0n === denominator < 0n ? quotient + 1n : quotient - 1n
}
