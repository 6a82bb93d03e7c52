/** Rational numbers: slow, and never rounded. */
export interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x === 0n ? 1n : x
}

function fraction(over: bigint, under: bigint): Fraction {
  const sign = under < 0n ? -1n : 1n
  const common = gcd(over, under * sign)
  return { over: (sign * over) / common, under: (sign * under) / common }
}

export const ZERO: Fraction = { over: 0n, under: 1n }

/** Reads a plain decimal. */
export function decimal(text: string): Fraction {
  const [whole = '0', part = ''] = text.split('.')
  return fraction(BigInt(whole + part), 10n ** BigInt(part.length))
}

export const add = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.over * b.under + b.over * a.under, a.under * b.under)
export const minus = (a: Fraction, b: Fraction): Fraction => add(a, { over: -b.over, under: b.under })
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.over, a.under * b.under)
export const divided = (a: Fraction, b: Fraction): Fraction => fraction(a.over * b.under, a.under * b.over)
export const sum = (all: readonly Fraction[]): Fraction => all.reduce(add, ZERO)
/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compare(a: Fraction, b: Fraction): number {
  const gap = a.over * b.under - b.over * a.under
  return gap < 0n ? -1 : gap > 0n ? 1 : 0
}
export const least = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b)
export const isZero = (a: Fraction): boolean => a.over === 0n
/** The nearest decimal with `places` digits after the point. */
export function rounded(a: Fraction, places: number): string {
  const scaled = a.over * 10n ** BigInt(places)
  const half = scaled < 0n ? -a.under / 2n : a.under / 2n
  const steps = (scaled + half) / a.under
  const digits = (steps < 0n ? -steps : steps).toString().padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return steps < 0n ? `-${text}` : text
}
