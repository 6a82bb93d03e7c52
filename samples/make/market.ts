/** The invented market: prices by interpolation between quarters, with a wobble that is the same on every run. */

/** A number between 0 and 1 for each call, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const DAY = 86_400_000

/** US dollars on the first day of each quarter from January 2022 to January 2026; roughly what the markets showed. */
const QUARTERS: Readonly<Record<string, readonly number[]>> = {
  BTC: [46000, 45000, 20000, 19400, 16600, 28300, 30400, 27000, 42500, 70000, 63000, 61000, 94000, 83000, 107000, 114000, 98000],
  ETH: [3700, 3300, 1070, 1330, 1200, 1820, 1930, 1670, 2290, 3500, 3400, 2450, 3340, 1830, 2500, 4150, 3300],
  SOL: [175, 120, 33, 33, 10, 20, 19, 21, 102, 190, 140, 145, 190, 125, 150, 210, 150],
  DOT: [27, 21, 7, 6.3, 4.3, 6.2, 5.2, 4.1, 8.2, 9, 6.2, 4.2, 6.7, 4.1, 3.4, 3.9, 3],
  ADA: [1.31, 1.15, 0.46, 0.43, 0.25, 0.39, 0.29, 0.25, 0.6, 0.65, 0.4, 0.36, 0.85, 0.66, 0.57, 0.8, 0.6],
  LINK: [19.6, 17, 6.2, 7.8, 5.6, 7.2, 6.4, 7.4, 15, 19, 14, 11.5, 20, 13.5, 13.4, 21, 16],
  ATOM: [32, 29, 8.5, 12.8, 9.4, 11, 9.5, 7.2, 10.6, 12, 7, 4.5, 6.3, 4.4, 4.1, 4.1, 3.2],
  BNB: [512, 430, 220, 285, 245, 316, 245, 215, 312, 600, 570, 560, 700, 605, 655, 1010, 900],
  DOGE: [0.17, 0.14, 0.067, 0.06, 0.07, 0.077, 0.067, 0.062, 0.09, 0.2, 0.125, 0.11, 0.32, 0.17, 0.17, 0.23, 0.18],
  XLM: [0.27, 0.23, 0.11, 0.115, 0.071, 0.11, 0.11, 0.112, 0.13, 0.135, 0.09, 0.098, 0.33, 0.27, 0.24, 0.36, 0.28],
  LTC: [147, 124, 53, 53, 70, 90, 107, 65, 73, 105, 74, 66, 103, 84, 86, 106, 95],
  USDC: [1, 1],
  USDT: [1, 1],
}

/** Price of one unit in US dollars at noon of the day of `time`, with at most six digits after the point. */
export function priceAt(asset: string, time: number): number {
  const quarters = QUARTERS[asset]
  if (quarters === undefined) throw new Error(`no price for ${asset}`)
  if (quarters.length === 2) return 1
  const day = Math.floor(time / DAY)
  const at = new Date(time)
  const index = (at.getUTCFullYear() - 2022) * 4 + Math.floor(at.getUTCMonth() / 3)
  const from = Date.UTC(2022 + Math.floor(index / 4), (index % 4) * 3, 1)
  const to = Date.UTC(2022 + Math.floor((index + 1) / 4), ((index + 1) % 4) * 3, 1)
  const share = (day * DAY - from) / (to - from)
  const base = (quarters[index] as number) * (1 - share) + (quarters[index + 1] as number) * share
  const wobble = 0.97 + 0.06 * seeded(day * 131 + asset.charCodeAt(0) * 7 + asset.length)()
  const price = base * wobble
  const digits = price > 1000 ? 2 : price > 1 ? 4 : 6
  return Math.round(price * 10 ** digits) / 10 ** digits
}
