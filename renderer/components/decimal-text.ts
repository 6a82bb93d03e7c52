/**
 * Canonical decimal strings shown in the user's locale. Digits are never turned into floating point: `Intl` takes the
 * decimal as text and formats every digit of it.
 */

export type DecimalSign = 'negative' | 'zero' | 'positive'

/** Sign of a canonical decimal. */
export function signOf(decimal: string): DecimalSign {
  if (decimal.startsWith('-')) return 'negative'
  return /^0(\.0*)?$/.test(decimal) ? 'zero' : 'positive'
}

/** The decimal without its sign. */
export function magnitudeOf(decimal: string): string {
  return decimal.startsWith('-') ? decimal.slice(1) : decimal
}

/** Digits after the point. */
function fractionDigitsOf(decimal: string): number {
  const point = decimal.indexOf('.')
  return point < 0 ? 0 : decimal.length - point - 1
}

const MINUS = '\u2212'
const formats = new Map<string, Intl.NumberFormat>()

function formatOf(locale: string, least: number, most: number): Intl.NumberFormat {
  const key = `${locale} ${least} ${most}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: least,
    maximumFractionDigits: most,
    roundingMode: 'halfEven',
  } as Intl.NumberFormatOptions)
  formats.set(key, made)
  return made
}

/** Formats the magnitude with between `least` and `most` fraction digits (at most 100), half even. */
function magnitudeText(decimal: string, locale: string, least: number, most: number): string {
  return formatOf(locale, least, most).format(magnitudeOf(decimal) as `${number}`)
}

/** A sum of money with two decimals and a true minus; `-0.004` reads as `0.00`. */
export function moneyText(decimal: string, locale: string): string {
  const text = magnitudeText(decimal, locale, 2, 2)
  return signOf(decimal) === 'negative' && /[1-9]/.test(roundedDigits(decimal, 2)) ? `${MINUS}${text}` : text
}

/** A sum without decimals and with its currency's sign, for the rail: `$2,310`. */
export function roundMoneyText(decimal: string, currency: string, locale: string): string {
  const text = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 0,
  }).format(magnitudeOf(decimal) as `${number}`)
  return signOf(decimal) === 'negative' ? `${MINUS}${text}` : text
}

/** An amount of an asset with up to eight decimals, or all its leading zeros and one digit where it is smaller. */
export function amountText(decimal: string, locale: string): string {
  const most = Math.max(8, leadingZeros(decimal) + 2)
  const text = magnitudeText(decimal, locale, 0, Math.min(most, 100))
  return signOf(decimal) === 'negative' ? `${MINUS}${text}` : text
}

/** Every digit, grouped as the locale does. */
export function exactText(decimal: string, locale: string): string {
  const text = magnitudeText(decimal, locale, 0, 100)
  return signOf(decimal) === 'negative' ? `${MINUS}${text}` : text
}

/** A whole count, grouped as the locale does. */
export function countText(count: number, locale: string): string {
  return formatOf(locale, 0, 0).format(count)
}

function leadingZeros(decimal: string): number {
  const magnitude = magnitudeOf(decimal)
  return magnitude.startsWith('0.') ? (/^0\.(0*)/.exec(magnitude)?.[1]?.length ?? 0) : 0
}

/** Digits of the magnitude rounded half even to `digits` decimals, locale aside. */
function roundedDigits(decimal: string, digits: number): string {
  return magnitudeText(decimal, 'en-US', digits, digits)
}

/** Adds decimals exactly. Scale is the longest fraction among them. */
export function sumDecimals(decimals: readonly string[]): string {
  const digits = decimals.reduce((most, decimal) => Math.max(most, fractionDigitsOf(decimal)), 0)
  const total = decimals.reduce((sum, decimal) => sum + scaled(decimal, digits), 0n)
  return fromScaled(total, digits)
}

/** Orders two decimals by value. */
export function compareDecimals(left: string, right: string): number {
  const digits = Math.max(fractionDigitsOf(left), fractionDigitsOf(right))
  const difference = scaled(left, digits) - scaled(right, digits)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** `left − right`, exactly. */
export function subtractDecimals(left: string, right: string): string {
  const digits = Math.max(fractionDigitsOf(left), fractionDigitsOf(right))
  return fromScaled(scaled(left, digits) - scaled(right, digits), digits)
}

function scaled(decimal: string, digits: number): bigint {
  const magnitude = magnitudeOf(decimal)
  const [whole = '0', fraction = ''] = magnitude.split('.')
  const units = BigInt(whole + fraction.padEnd(digits, '0'))
  return decimal.startsWith('-') ? -units : units
}

function fromScaled(units: bigint, digits: number): string {
  const text = (units < 0n ? -units : units).toString().padStart(digits + 1, '0')
  const whole = text.slice(0, text.length - digits)
  const fraction = text.slice(text.length - digits).replace(/0+$/, '')
  const magnitude = fraction ? `${whole}.${fraction}` : whole
  return units < 0n ? `-${magnitude}` : magnitude
}

/**
 * A decimal as a person types it (`1,234.56`, `1 234,56`, `1.234,56`) as a canonical decimal, or null where it is not one
 * number beyond doubt. A single separator followed by exactly three digits is read as the locale reads it.
 */
export function parseTyped(text: string, locale: string): string | null {
  const compact = text
    .trim()
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(MINUS, '-')
  const point =
    formatOf(locale, 1, 1)
      .formatToParts(1.5)
      .find((part) => part.type === 'decimal')?.value ?? '.'
  const match = /^(-?)([\d.,]*\d)$/.exec(compact)
  if (!match) return null
  const [, minus = '', digits = ''] = match
  const plain = withPoint(digits, point)
  if (plain === null) return null
  const [whole = '', fraction = ''] = plain.split('.')
  const trimmed = fraction.replace(/0+$/, '')
  const magnitude = `${whole.replace(/^0+(?=\d)/, '') || '0'}${trimmed ? `.${trimmed}` : ''}`
  return minus && magnitude !== '0' ? `-${magnitude}` : magnitude
}

function withPoint(digits: string, localePoint: string): string | null {
  const points = digits.split('.').length - 1
  const commas = digits.split(',').length - 1
  if (points + commas === 0) return digits
  if (points > 0 && commas > 0) {
    const point = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
    return grouped(digits, point)
  }
  const separator = points > 0 ? '.' : ','
  if (points + commas > 1) return grouped(digits, separator === '.' ? ',' : '.')
  const after = digits.length - digits.indexOf(separator) - 1
  const isPoint = separator === localePoint || after !== 3 || digits.startsWith('0')
  return isPoint ? digits.replace(separator, '.') : digits.replace(separator, '')
}

function grouped(digits: string, point: string): string | null {
  const [whole = '', fraction, ...more] = digits.split(point)
  if (more.length > 0) return null
  const groups = whole.split(point === '.' ? ',' : '.')
  if (groups.slice(1).some((group) => group.length !== 3) || (groups[0]?.length ?? 0) > 3) return null
  return groups.join('') + (fraction === undefined ? '' : `.${fraction}`)
}
