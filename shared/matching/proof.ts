/** Pairs that need no guess: the same transaction hash or the provider's transfer id on both sides. */
import type { FeeBook } from './features.ts'
import type { Movement } from './movement.ts'

/** Movements joined by one hash, whose amounts agree. */
export interface ProvedGroup {
  readonly outs: readonly Movement[]
  readonly ins: readonly Movement[]
}

const sum = (movements: readonly Movement[]): bigint => movements.reduce((total, { amount }) => total + amount, 0n)

/**
 * Groups of one hash and family with one movement on at least one side, between different accounts, where nothing
 * arrived that had not left. A hash alone is no proof: two unrelated events may share an id, and one transaction may pay
 * several people, so amounts that do not agree leave the pair to be weighed. A short id (`5`, `T1`) is one that any place may
 * give: it proves only what arrived soon and whole.
 */
export function provedGroups(movements: readonly Movement[], fees: FeeBook): ProvedGroup[] {
  const byHash = new Map<string, Movement[]>()
  for (const movement of movements) {
    if (movement.hash === null) continue
    const key = `${movement.family} ${movement.hash}`
    const group = byHash.get(key)
    if (group) group.push(movement)
    else byHash.set(key, [movement])
  }
  const proved: ProvedGroup[] = []
  for (const group of byHash.values()) {
    if (group.length < 2) continue
    const outs = group.filter(({ direction }) => direction === 'out')
    const ins = group.filter(({ direction }) => direction === 'in')
    if (outs.length === 0 || ins.length === 0 || (outs.length > 1 && ins.length > 1)) continue
    if (outs.some((out) => ins.some((into) => into.account === out.account))) continue
    const agree = isShort(group) ? arrivedSoonAndWhole(outs, ins) : amountsAgree(outs, ins, fees)
    if (agree) proved.push({ outs, ins })
  }
  return proved
}

/** Hashes and ids that no two places give by chance have at least as many characters. */
const UNIQUE_LENGTH = 16
const SOON = 7 * 86_400_000

const isShort = ([first]: readonly Movement[]): boolean => (first?.hash ?? '').length < UNIQUE_LENGTH

function arrivedSoonAndWhole(outs: readonly Movement[], ins: readonly Movement[]): boolean {
  const missing = sum(outs) - sum(ins)
  const stated = outs.reduce((total, { fee }) => total + (fee ?? 0n), 0n)
  if (missing !== 0n && missing !== stated) return false
  return outs.every((out) => ins.every((into) => Math.abs(into.time - out.time) <= SOON))
}

/** One to one may lose up to half in fees (small sums do); several must add up with no more than usual fees missing. */
function amountsAgree(outs: readonly Movement[], ins: readonly Movement[], fees: FeeBook): boolean {
  const [sent, arrived] = [sum(outs), sum(ins)]
  const missing = sent - arrived
  if (missing < 0n) return -missing * 1_000_000n <= sent
  if (outs.length === 1 && ins.length === 1) return missing * 2n <= sent
  const first = outs[0] as Movement
  const stated = outs.reduce((total, { fee }) => total + (fee ?? 0n), 0n)
  return missing * 50n <= sent || missing <= fees.largest(first) * 2n || missing <= stated
}
