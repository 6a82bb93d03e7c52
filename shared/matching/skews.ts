import { delayBin, USUAL_DELAYS } from './features.ts'
import type { KnownPair } from './pool.ts'

const HOUR = 3_600_000
const FARTHEST_ZONE = 14

/**
 * Accounts whose clock runs whole hours ahead of the others' (a zone read wrong), in milliseconds, from the delays of
 * known pairs: the shift that makes them most usual, taken only where the evidence is strong.
 */
export function learnSkews(pairs: readonly KnownPair[]): Map<string, number> {
  const delays = new Map<string, { readonly delay: number; readonly sign: number }[]>()
  const add = (account: string, delay: number, sign: number): void => {
    const list = delays.get(account) ?? []
    delays.set(account, list)
    list.push({ delay, sign })
  }
  for (const { out, in: into } of pairs) {
    if (out.precision === 'day' || into.precision === 'day') continue
    const delay = into.time - out.time
    add(into.account, delay, -1)
    add(out.account, delay, 1)
  }
  const usual = USUAL_DELAYS.map((share) => Math.log(share))
  const skews = new Map<string, number>()
  for (const [account, list] of delays) {
    const fitWith = (shift: number): number =>
      list.reduce((sum, { delay, sign }) => sum + (usual[delayBin(delay + sign * shift)] as number), 0)
    let best = 0
    let bestFit = fitWith(0) + 3 + list.length / 4
    for (let hours = -FARTHEST_ZONE; hours <= FARTHEST_ZONE; hours++) {
      const found = hours === 0 ? Number.NEGATIVE_INFINITY : fitWith(hours * HOUR)
      if (found <= bestFit) continue
      best = hours * HOUR
      bestFit = found
    }
    if (best !== 0) skews.set(account, best)
  }
  return skews
}
