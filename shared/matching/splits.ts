/** One movement whose other half came, or left, in several parts. */
import { isRound } from './features.ts'
import type { Movement } from './movement.ts'
import { proposalId } from './movement.ts'

export interface Split {
  readonly outs: readonly Movement[]
  readonly ins: readonly Movement[]
  readonly score: number
}

const MOST_PARTS = 4
/** Parts looked at for one whole: the nearest ones in time. It bounds the search; how late a part is, is weighed. */
const NEAREST = 24
/** A day's lateness costs as much as one more part. */
const DAY = 86_400_000

/**
 * Wholes whose amount, less a stated fee, is exactly the sum of two to four parts of other accounts. Found among
 * movements that nothing else explains, tightest first, each used once. Sums of round amounts meet by chance, so a part
 * must not be round, and the proposal is never more than likely.
 */
export function findSplits(movements: readonly Movement[], rejected: ReadonlySet<string>): Split[] {
  const families = new Map<string, Movement[]>()
  for (const movement of movements) {
    const family = families.get(movement.family)
    if (family) family.push(movement)
    else families.set(movement.family, [movement])
  }
  const found: Split[] = []
  for (const family of families.values()) {
    family.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
    const round = family.map(({ amount }) => isRound(amount))
    for (let at = 0; at < family.length; at++) {
      const split = splitOf(family, round, at)
      if (split && !rejected.has(proposalId(split.outs, split.ins))) found.push(split)
    }
  }
  found.sort((a, b) => b.score - a.score || (proposalId(a.outs, a.ins) < proposalId(b.outs, b.ins) ? -1 : 1))
  const used = new Set<string>()
  return found.filter(({ outs, ins }) => {
    const ids = [...outs, ...ins].map(({ id }) => id)
    if (ids.some((id) => used.has(id))) return false
    for (const id of ids) used.add(id)
    return true
  })
}

function splitOf(family: readonly Movement[], round: readonly boolean[], at: number): Split | null {
  const whole = family[at] as Movement
  const parts = nearestParts(family, round, at)
  if (parts.length < 2) return null
  const isOut = whole.direction === 'out'
  const targets = new Set<bigint>([whole.amount])
  if (isOut && whole.fee !== null && whole.feeIncluded) targets.add(whole.amount - whole.fee)
  let best: Split | null = null
  for (const target of targets) {
    for (const combination of combinations(parts, target)) {
      const spread = Math.max(...combination.map((part) => Math.abs(part.time - whole.time))) / DAY
      const score = 4 - combination.length - spread
      if (score <= 0 || (best !== null && score <= best.score)) continue
      best = isOut ? { outs: [whole], ins: combination, score } : { outs: combination, ins: [whole], score }
    }
  }
  return best
}

function nearestParts(family: readonly Movement[], round: readonly boolean[], at: number): Movement[] {
  const whole = family[at] as Movement
  const parts: Movement[] = []
  let [before, after] = [at - 1, at + 1]
  while (parts.length < NEAREST && (before >= 0 || after < family.length)) {
    const early = family[before]
    const late = family[after]
    const takeLate = !early || (late !== undefined && late.time - whole.time <= whole.time - early.time)
    const part = (takeLate ? late : early) as Movement
    const partIsRound = round[takeLate ? after : before]
    if (takeLate) after++
    else before--
    if (Math.abs(part.time - whole.time) > 3 * DAY) break
    if (partIsRound || part.direction === whole.direction || part.account === whole.account) continue
    if (part.amount < whole.amount) parts.push(part)
  }
  return parts
}

/** Sets of two to MOST_PARTS parts that add up to `target` exactly. */
function combinations(parts: readonly Movement[], target: bigint): Movement[][] {
  const found: Movement[][] = []
  const descend = (from: number, left: bigint, chosen: Movement[]): void => {
    if (left === 0n && chosen.length >= 2) found.push(chosen)
    if (left <= 0n || chosen.length === MOST_PARTS) return
    for (let i = from; i < parts.length; i++) {
      const part = parts[i] as Movement
      if (part.amount <= left) descend(i + 1, left - part.amount, [...chosen, part])
    }
  }
  descend(0, target, [])
  return found
}
