/** The smaller of two bigints, which `Math.min` cannot compare. */
export const least = (a: bigint, b: bigint): bigint => {
  if (a < b) return a
  return b
}

/** The larger of two bigints, which `Math.max` cannot compare. */
export const greatest = (a: bigint, b: bigint): bigint => {
  if (a > b) return a
  return b
}

/** Zero in place of anything below it. */
export const positive = (value: bigint): bigint => greatest(value, 0n)
