/**
 * Numbers as files write them. Which mark separates the decimals is a property of the file, never guessed per cell:
 * a format declares it, or `findDecimalMark` proves it from all cells of the numeric columns.
 */
import type { Amount, Money } from './amount.ts'
import { AMOUNT_DIGITS, MONEY_DIGITS } from './amount.ts'
import type { NumberError } from './decimal.ts'
import { divideHalfEven, LONGEST_NUMBER, parseDecimal, powerOfTen, quoted, SAFE_DIGITS, scaled } from './decimal.ts'

/** `undecided`: no cell of the file proves a mark, so that `1.234` cannot be read. */
export type DecimalMark = '.' | ',' | 'undecided'

/** A number with the unit written beside it: `0.1BTC`, `$1.00`, `0.1 %`. */
export interface SourceNumber {
  readonly value: bigint
  readonly unit: string | null
}

const BLANK = new Set(['', '-', '--', '–', '—', 'n/a', 'na', 'null', 'none', 'no data'])
const SPACES = /[\s\u00a0\u2007\u2009\u202f]/g
const MINUS = /[\u2212\ufe63\uff0d]/g
const PARTS =
  /^(?<sign1>[-+]?)(?<prefix>(?:[A-Za-z]{0,4}\p{Sc}|[A-Za-z]{2,5}(?![A-Za-z]))?)(?<sign2>[-+]?)(?<digits>[.,]?\d[\d.,'’]*)(?<exponent>(?:[eE][-+]?\d+(?![\w.]))?)(?<suffix>%|\p{Sc}|[A-Z][A-Z0-9._-]*|[A-Za-z]{2,6}|)(?<sign3>-?)$/u
const HEX_LIKE = /^[-+]?0[xX][0-9a-fA-F]+$|^[-+]?0[bBoO][0-7]+$/
const LARGEST_EXPONENT = 60

const isDigitAt = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** Does the text stand for “no value” (`-`, `N/A`, nothing)? */
const isBlankNumber = (text: string): boolean => !isDigitAt(text, 0) && BLANK.has(text.trim().toLowerCase())

interface Parts {
  readonly negative: boolean
  readonly digits: string
  readonly exponent: number
  readonly unit: string | null
}

/** The signs of currencies that most cells have. */
function isUsualSign(code: number): boolean {
  switch (code) {
    case 36: // $
    case 163: // £
    case 165: // ¥
    case 8364: // €
    case 8372: // ₴
    case 8377: // ₹
    case 8378: // ₺
      return true
    default:
      return false
  }
}

/** A number as most cells have it: perhaps a minus, perhaps the sign of a currency, digits and their marks; else null. */
function takeUsualApart(text: string): Parts | null {
  const negative = text.charCodeAt(0) === 45
  let begin = negative ? 1 : 0
  const unit = isUsualSign(text.charCodeAt(begin)) ? text.charAt(begin) : null
  if (unit !== null) begin++
  if (!isDigitAt(text, begin)) return null
  for (let i = begin + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code < 48 || code > 57) && code !== 44 && code !== 46) return null
  }
  return { negative, digits: begin === 0 ? text : text.slice(begin), exponent: 0, unit }
}

function takeApart(text: string): Parts | NumberError {
  if (text.length > LONGEST_NUMBER) return { error: `${quoted(text)} is too long for a number` }
  const usual = takeUsualApart(text)
  if (usual !== null) return usual
  const trimmed = text.replace(MINUS, '-').trim()
  const inParentheses = trimmed.startsWith('(') && trimmed.endsWith(')')
  const bare = inParentheses ? trimmed.slice(1, -1).trim() : trimmed
  if (HEX_LIKE.test(bare)) return { error: `${quoted(text)} is not a decimal number` }
  const spaced = bare.match(/^(.*[\d.,])\s+(\d*[A-Za-z][A-Za-z0-9._-]*)$/u)
  const body = spaced ? (spaced[1] as string) : bare
  const match = groupedBySpaces(body) ? body.replace(SPACES, '').match(PARTS) : null
  const found = match?.groups
  if (!found) return { error: `${quoted(text)} is not a number` }
  const signs = `${found.sign1}${found.sign2}${found.sign3}`
  if (signs.length > 1 || (inParentheses && signs !== '')) return { error: `${quoted(text)} has two signs` }
  if (spaced && found.suffix) return { error: `${quoted(text)} is not a number` }
  const exponent = found.exponent ? exponentOf(found.exponent.slice(1)) : 0
  if (Math.abs(exponent) > LARGEST_EXPONENT) return { error: `${quoted(text)} is out of range` }
  const unit = spaced?.[2] || found.suffix || found.prefix || null
  return { negative: inParentheses || signs === '-', digits: found.digits as string, exponent, unit }
}

/** Spaces may part a sign, a currency or groups of three digits, nothing else: `12 34` is not a number. */
function groupedBySpaces(text: string): boolean {
  const runs = text.match(/\d[\d\s\u00a0\u2007\u2009\u202f]*/u)?.[0].trimEnd()
  if (!runs || !/[\s\u00a0\u2007\u2009\u202f]/u.test(runs)) return true
  return /^\d{1,3}([\s\u00a0\u2007\u2009\u202f]\d{3})+$/u.test(runs)
}

function exponentOf(text: string): number {
  let size = 0
  for (const digit of text.replace(/^[-+]/, '')) size = Math.min(size * 10 + (digit.charCodeAt(0) - 48), 10_000)
  return text.startsWith('-') ? -size : size
}

/** The usual grouping: counted from behind, each fourth character is the mark, and no other. */
function isGroupedByThree(whole: string, mark: string): boolean {
  const { length } = whole
  for (let i = 0; i < length; i++) {
    if ((whole.charAt(i) === mark) !== ((length - i) % 4 === 0)) return false
  }
  return length % 4 !== 0
}

const isGrouped = (whole: string, mark: string): boolean => {
  if (!whole.includes(mark) || isGroupedByThree(whole, mark)) return true
  const groups = whole.split(mark)
  const inner = groups.slice(1, -1)
  const size = inner[0]?.length ?? 3
  return (
    /^\d{1,3}$/.test(groups[0] as string) &&
    groups.at(-1)?.length === 3 &&
    (size === 3 || size === 2) &&
    inner.every((group) => group.length === size)
  )
}

/** The decimal mark that a cell's digits prove by themselves; null where both readings are possible or none is. */
function markProvedBy(digits: string): '.' | ',' | null {
  const plain = digits.replace(/['’]/g, '')
  const dot = plain.lastIndexOf('.')
  const comma = plain.lastIndexOf(',')
  if (dot >= 0 && comma >= 0) {
    const mark = dot > comma ? '.' : ','
    return plain.indexOf(mark) === plain.lastIndexOf(mark) ? mark : null
  }
  const mark = dot >= 0 ? '.' : ','
  const at = Math.max(dot, comma)
  if (at < 0) return null
  if (plain.indexOf(mark) !== at) return isGrouped(plain, mark) ? (mark === '.' ? ',' : '.') : null
  const after = plain.length - at - 1
  const leadingZero = plain.startsWith('0')
  return digits !== plain || after !== 3 || at > 3 || at === 0 || leadingZero ? mark : null
}

/**
 * The decimal mark of a file, proved by all cells of its numeric columns: the mark that some cell proves and none
 * contradicts, `undecided` where no cell proves one, `mixed` where cells contradict each other.
 */
export function findDecimalMark(cells: Iterable<string>): DecimalMark | 'mixed' {
  let found: '.' | ',' | null = null
  for (const cell of cells) {
    // Without either mark nothing is proved.
    if (!cell.includes('.') && !cell.includes(',')) continue
    if (isBlankNumber(cell)) continue
    const parts = takeApart(cell)
    const proved = 'error' in parts ? null : markProvedBy(parts.digits)
    if (proved === null) continue
    if (found !== null && found !== proved) return 'mixed'
    found = proved
  }
  return found ?? 'undecided'
}

/** The plain decimal of digits with nothing but marks that fit; null where it takes a closer look. */
function usualDigits(digits: string, mark: DecimalMark): string | null {
  if (mark === 'undecided') return null
  const group = mark === '.' ? ',' : '.'
  const at = digits.indexOf(mark)
  const end = at < 0 ? digits.length : at
  if (at === digits.length - 1 || (at >= 0 && digits.indexOf(mark, at + 1) >= 0)) return null
  const lastGroup = digits.lastIndexOf(group)
  if (lastGroup < 0) return mark === '.' ? digits : digits.replace(',', '.')
  const whole = digits.slice(0, end)
  if (lastGroup > end || !isGroupedByThree(whole, group)) return null
  const plain = whole.replaceAll(group, '')
  return at < 0 ? plain : `${plain}.${digits.slice(at + 1)}`
}

/** Removes grouping and gives a plain decimal with a point, or says why the digits cannot be read with that mark. */
function plainDigits(digits: string, mark: DecimalMark, text: string): string | NumberError {
  const decided = mark === 'undecided' ? (markProvedBy(digits) ?? 'undecided') : mark
  if (decided === 'undecided' && /[.,]/.test(digits)) {
    return {
      error: `${quoted(text)} can be read in two ways; say whether this file writes decimals with a point or a comma`,
    }
  }
  const decimal = decided === ',' ? ',' : '.'
  const group = decimal === '.' ? ',' : '.'
  const at = digits.indexOf(decimal)
  const whole = at < 0 ? digits : digits.slice(0, at)
  const places = at < 0 ? '' : digits.slice(at + 1)
  const quote = /['’]/.exec(whole)?.[0]
  const grouped = quote ? !whole.includes(group) && isGrouped(whole, quote) : isGrouped(whole, group)
  if (!/^\d*$/.test(places) || !grouped || (whole === '' && places === '')) {
    return { error: `${quoted(text)} does not fit the decimal ${decimal === '.' ? 'point' : 'comma'} of this file` }
  }
  return `${whole.replace(/[.,'’]/g, '') || '0'}${places === '' ? '' : `.${places}`}`
}

/**
 * The digits between two places of the text, with nothing among them but the mark of decimals and groups of three; null
 * where it takes a closer look: more than 15 digits, or more places than `digits`.
 */
function fewDigits(text: string, from: number, to: number, mark: '.' | ',', digits: number): bigint | null {
  const point = mark === '.' ? 46 : 44
  let count = 0
  let seen = 0
  /** How many were seen before the point; −1 where there was none yet. */
  let before = -1
  /** How many were seen before the last mark between groups; −1 where there is none. */
  let grouped = -1
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) {
      count = count * 10 + (code - 48)
      seen++
    } else if (before >= 0 || seen === 0) return null
    else if (code === point) before = seen
    else if (code === 46 || code === 44) {
      if (grouped < 0 ? seen > 3 : seen - grouped !== 3) return null
      grouped = seen
    } else return null
  }
  const inFront = before < 0 ? seen : before
  const places = seen - inFront
  if (seen === 0 || seen > SAFE_DIGITS || before === seen || places > digits) return null
  return grouped >= 0 && inFront - grouped !== 3 ? null : scaled(count, places, digits)
}

/** Of a number as most cells have it: perhaps a minus, perhaps the sign of a currency, few digits; else null. */
function usualNumber(text: string, mark: DecimalMark, digits: number): bigint | null {
  if (mark === 'undecided') return null
  const isNegative = text.charCodeAt(0) === 45
  const begin = isNegative ? 1 : 0
  const from = isUsualSign(text.charCodeAt(begin)) ? begin + 1 : begin
  const value = fewDigits(text, from, text.length, mark, digits)
  return isNegative && value !== null ? -value : value
}

/** `225.00 SEK`: such a number, a space and letters; else null. */
function numberWithWord(text: string, mark: DecimalMark, digits: number): SourceNumber | null {
  const space = text.indexOf(' ')
  if (space < 0 || mark === 'undecided' || text.length > LONGEST_NUMBER) return null
  for (let i = space + 1; i < text.length; i++) {
    const letter = text.charCodeAt(i) | 32
    if (letter < 97 || letter > 122) return null
  }
  const isNegative = text.charCodeAt(0) === 45
  const value = fewDigits(text, isNegative ? 1 : 0, space, mark, digits)
  if (value === null || space === text.length - 1) return null
  return { value: isNegative ? -value : value, unit: text.slice(space + 1) }
}

/**
 * Reads a number as a source wrote it into a bigint × 10^`digits`: grouping (`1,234.56`, `1.234,56`, `1 234,56`,
 * `1'234.56`), currency signs, parentheses and Unicode minus as negative, exponents, a unit glued on. Blank cells (`-`,
 * `N/A`, empty) give null. Refuses `0x10`, `NaN`, two signs, grouping that does not fit the file's mark, and digits
 * beyond the scale (`round: true` rounds those half even).
 */
export function parseSourceNumber(
  text: string,
  mark: DecimalMark,
  digits: number = AMOUNT_DIGITS,
  round = false,
): SourceNumber | null | NumberError {
  const short = usualNumber(text, mark, digits)
  if (short === null) return longNumber(text, mark, digits, round)
  const sign = text.charAt(text.charCodeAt(0) === 45 ? 1 : 0)
  return { value: short, unit: isUsualSign(sign.charCodeAt(0)) ? sign : null }
}

/** As `parseSourceNumber`, of what `usualNumber` leaves. */
function longNumber(
  text: string,
  mark: DecimalMark,
  digits: number,
  round: boolean,
): SourceNumber | null | NumberError {
  const worded = numberWithWord(text, mark, digits)
  if (worded !== null) return worded
  if (mark === '.' && isDigitAt(text, text.charCodeAt(0) === 45 ? 1 : 0)) {
    const direct = parseDecimal(text, digits)
    if (typeof direct === 'bigint') return { value: direct, unit: null }
  }
  const usual = takeUsualApart(text)
  const easy = usual === null ? null : usualDigits(usual.digits, mark)
  if (usual !== null && easy !== null) {
    const exact = parseDecimal(easy, digits)
    if (typeof exact === 'bigint') return { value: usual.negative ? -exact : exact, unit: usual.unit }
  }
  if (isBlankNumber(text)) return null
  const parts = takeApart(text)
  if ('error' in parts) return parts
  const plain = plainDigits(parts.digits, mark, text)
  if (typeof plain !== 'string') return plain
  const point = plain.indexOf('.')
  const mantissa = BigInt(plain.replace('.', ''))
  const shift = digits + parts.exponent - (point < 0 ? 0 : plain.length - point - 1)
  let magnitude: bigint
  if (shift >= 0) magnitude = mantissa * powerOfTen(Math.min(shift, 99))
  else {
    const step = 10n ** BigInt(-shift)
    if (!round && mantissa % step !== 0n)
      return { error: `${quoted(text)} has more than ${digits} digits after the point` }
    magnitude = divideHalfEven(mantissa, step)
  }
  return { value: parts.negative ? -magnitude : magnitude, unit: parts.unit }
}

const valueWithoutPercent = (text: string, read: SourceNumber | null | NumberError): bigint | null | NumberError => {
  if (read === null || 'error' in read) return read
  return read.unit === '%' ? { error: `${quoted(text)} is a percentage, not a sum` } : read.value
}

/** Units from a cell; null for a blank one. A unit beside the number is left out; `parseSourceNumber` gives it. */
export const parseSourceAmount = (text: string, mark: DecimalMark): Amount | null | NumberError =>
  (usualNumber(text, mark, AMOUNT_DIGITS) ?? valueWithoutPercent(text, longNumber(text, mark, AMOUNT_DIGITS, false))) as
    | Amount
    | null
    | NumberError

/** Money from a cell; null for a blank one. Digits beyond 18 places are rounded half even. */
export const parseSourceMoney = (text: string, mark: DecimalMark): Money | null | NumberError =>
  (usualNumber(text, mark, MONEY_DIGITS) ?? valueWithoutPercent(text, longNumber(text, mark, MONEY_DIGITS, true))) as
    | Money
    | null
    | NumberError
