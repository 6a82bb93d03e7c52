/** Plain fractions, slow and obvious: what the fast arithmetic is compared with. */
export interface Rational {
  readonly n: bigint
  readonly d: bigint
}

export const rational = (n: bigint, d = 1n): Rational => (d < 0n ? { n: -n, d: -d } : { n, d })
export const times = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d)
export const over = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n)

/** A decimal text, sign and exponent allowed, as a fraction. */
export function rationalOf(text: string): Rational {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '', places = ''] = mantissa.split('.')
  const shift = BigInt(exponent) - BigInt(places.length)
  const n = BigInt(whole.replace('-', '') + places) * (text.startsWith('-') ? -1n : 1n)
  return shift >= 0n ? rational(n * 10n ** shift) : rational(n, 10n ** -shift)
}

const floor = (a: Rational): bigint => (a.n >= 0n ? a.n / a.d : -((-a.n + a.d - 1n) / a.d))

/** The nearest integer; a tie goes to the even one, or away from zero. */
export function nearest(a: Rational, tie: 'even' | 'away'): bigint {
  const low = floor(a)
  const rest = a.n - low * a.d
  if (rest * 2n < a.d) return low
  if (rest * 2n > a.d) return low + 1n
  if (tie === 'even') return low % 2n === 0n ? low : low + 1n
  return a.n < 0n ? low : low + 1n
}
