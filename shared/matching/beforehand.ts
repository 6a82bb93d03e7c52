/**
 * How likely a candidate without rivals is true before its time and route are looked at, by amount class. A movement
 * whose partner is missing may meet a stranger of the right amount; how often, shows in the data: strangers come before
 * as well as after, and by any route. The share of true ones is the one that makes the times and routes found most
 * likely (expectation maximisation on a mixture of two).
 */
import { AMOUNT_CLASSES, commonnessOf, fitOf } from './features.ts'
import type { Model } from './model.ts'
import type { WeighedPair } from './weigh.ts'

/** Log-odds by amount class. */
export type Beforehand = Float64Array

/** Share of true pairs by fit that small samples lean on. */
const USUAL_TRUE = [0.985, 0.97, 0.985, 0.6, 0.4, 0.2, 0.1, 0.05]
const COMMON_TRUE = [1, 0.7, 0.5]
const WEIGHT = 4
/** Whatever a sample says, some strangers come at the right time by the right route. */
const MOST_TRUE = 0.995
const LEAST_TRUE = 1e-4
const STEPS = 40
/** Pairs whose rivals took more than this say nothing about candidates without rivals. */
const FREE_OF_RIVALS = 0.2
const MARGIN = 4

const usualTrue = (amountClass: number): number =>
  (USUAL_TRUE[fitOf(amountClass)] as number) * (COMMON_TRUE[commonnessOf(amountClass)] as number)
const logOdds = (share: number): number => Math.log(share / (1 - share))

/** Log-odds for a first round, high enough that unlikely pairs are seen as well. */
export const GENEROUS: Beforehand = Float64Array.from(
  { length: AMOUNT_CLASSES },
  (_, c) => logOdds(usualTrue(c)) + MARGIN,
)

/**
 * Learns the log-odds from the pairs of a generous round. Strangers far away in time were not among those pairs, so the
 * share of rivals that could have been there at all enters the odds.
 */
export function learnBeforehand(pairs: readonly WeighedPair[], model: Model): Beforehand {
  const ratios: number[][] = Array.from({ length: AMOUNT_CLASSES }, () => [])
  for (const { address, rivals, grounds } of pairs) {
    if (address === 0 && rivals > -FREE_OF_RIVALS)
      ratios[grounds.amountClass]?.push(Math.exp(grounds.time + grounds.route + grounds.habit))
  }
  return Float64Array.from(ratios, (found, c) => {
    const usual = usualTrue(c)
    const seen = model.shareOfRivals(c, -(GENEROUS[c] as number))
    let share = usual
    for (let step = 0; step < STEPS; step++) {
      let sum = WEIGHT * usual
      for (const ratio of found) sum += (share * ratio * seen) / (share * ratio * seen + 1 - share)
      share = sum / (found.length + WEIGHT)
    }
    return logOdds(Math.min(Math.max(share, LEAST_TRUE), MOST_TRUE)) + Math.log(seen)
  })
}
