/** Legs of the shapes that most rows have: a movement one way, a trade of two sides, rows that are summed by asset. */
import type { Amount } from '../amount/amount.ts'
import type { Kind } from '../events/kinds.ts'
import { size } from './cells.ts'
import { detached } from './identity.ts'
import type { EventDraft, LegDraft } from './source-format.ts'
import { depositKind, tradeKind, withdrawalKind } from './trade-kind.ts'

/** What a reader makes of rows; time, group and row numbers are added to it. */
export type Meaning = Pick<EventDraft, 'kind' | 'legs'> &
  Partial<
    Pick<
      EventDraft,
      | 'sourceKind'
      | 'warnings'
      | 'counterparty'
      | 'note'
      | 'hash'
      | 'toAddress'
      | 'fromAddress'
      | 'protocol'
      | 'precision'
      | 'order'
      | 'special'
    >
  >

/** A leg of |amount|. */
export function leg(role: LegDraft['role'], symbol: string, amount: bigint, more?: Partial<LegDraft>): LegDraft {
  const plain: LegDraft = { role, asset: { symbol }, amount: size(amount as Amount) }
  return more === undefined ? plain : { ...plain, ...more }
}

/** A fee of |amount|, or no leg where it is nothing. A negative fee is a rebate. `on`: what it was charged on. */
export function feeLegs(symbol: string, amount: bigint, on?: 'out' | 'in', more?: Partial<LegDraft>): LegDraft[] {
  if (amount === 0n) return []
  if (amount < 0n) return [leg('rebate', symbol, amount)]
  return [leg('fee', symbol, amount, on === undefined ? more : { for: on, ...more })]
}

/** A fee that the source counts within `gross`, what moved on that side: larger than it, it is a fee of its own. */
export const feeWithin = (
  symbol: string,
  amount: bigint,
  on: 'out' | 'in' | undefined,
  gross: bigint,
  more: Partial<LegDraft> = {},
): LegDraft[] => feeLegs(symbol, amount, on, amount <= gross ? { ...more, included: true } : more)

/** Only what is not empty, as texts that keep no block of the file alive. */
export const present = <K extends string>(facts: Readonly<Record<K, string>>): Partial<Record<K, string>> => {
  const kept: Partial<Record<K, string>> = {}
  for (const key in facts) if (facts[key] !== '') kept[key] = detached(facts[key])
  return kept
}

export interface TradeSides {
  readonly isBuy: boolean
  readonly base: string
  readonly baseAmount: bigint
  readonly quote: string
  /** Without the fee. */
  readonly quoteAmount: bigint
  /** Positive: charged on top; negative: a rebate. */
  readonly fee?: bigint
  readonly feeSymbol?: string
}

/** A purchase or sale of `base` against `quote`; a fee in one of the two is charged on that side, on top of it. */
export function trade(sides: TradeSides, isFiat: (symbol: string) => boolean): Pick<EventDraft, 'kind' | 'legs'> {
  const { isBuy, base, quote, fee = 0n, feeSymbol = quote } = sides
  const [sold, soldAmount, bought, boughtAmount] = isBuy
    ? [quote, sides.quoteAmount, base, sides.baseAmount]
    : [base, sides.baseAmount, quote, sides.quoteAmount]
  return swap(sold, soldAmount, bought, boughtAmount, isFiat, fee, feeSymbol)
}

/** An exchange of one asset for another. */
export function swap(
  sold: string,
  soldAmount: bigint,
  bought: string,
  boughtAmount: bigint,
  isFiat: (symbol: string) => boolean,
  fee = 0n,
  feeSymbol = '',
): Pick<EventDraft, 'kind' | 'legs'> {
  const on = feeSymbol === sold ? 'out' : feeSymbol === bought ? 'in' : undefined
  return {
    kind: tradeKind(isFiat(sold), isFiat(bought)),
    legs: [leg('out', sold, soldAmount), leg('in', bought, boughtAmount), ...feeLegs(feeSymbol, fee, on)],
  }
}

/** Something that arrives from a place the row does not prove to be the user's own. */
export const deposit = (symbol: string, amount: bigint, isFiat: boolean, fees: readonly LegDraft[] = []): Meaning => ({
  kind: depositKind(isFiat),
  legs: [leg('in', symbol, amount), ...fees],
})

/** Something that leaves for a place the row does not prove to be the user's own. */
export const withdrawal = (
  symbol: string,
  amount: bigint,
  isFiat: boolean,
  fees: readonly LegDraft[] = [],
): Meaning => ({ kind: withdrawalKind(isFiat), legs: [leg('out', symbol, amount), ...fees] })

/** A signed amount with a kind for each direction. */
export function signed(symbol: string, amount: bigint, comesIn: Kind, goesOut: Kind): Meaning {
  if (amount < 0n) return { kind: goesOut, legs: [leg(CHARGES.has(goesOut) ? 'fee' : 'out', symbol, amount)] }
  return { kind: comesIn, legs: [leg(comesIn === 'fee_rebate' ? 'rebate' : 'in', symbol, amount)] }
}

/** Kinds of which the one leg is a fee. */
const CHARGES: ReadonlySet<Kind> = new Set<Kind>(['margin_interest', 'derivative_fee', 'network_fee'])

/** A move between pockets of the one account of which only this half is known: it counts nowhere. */
export const insideMove = (symbol: string, amount: bigint): Meaning => ({
  kind: 'custody_move',
  legs: [leg('info', symbol, amount)],
})

/** Half of an event: a signed amount of one asset, or a fee of it (positive: charged). */
export interface Part {
  readonly symbol: string
  /** The asset that the symbol stands for, by which parts are summed. */
  readonly asset: string
  readonly isFiat: boolean
  readonly amount: bigint
  readonly isFee?: boolean
  /** A fee that is within the other amounts and moves nothing of its own. */
  readonly included?: boolean
  /** What the source says it was worth; kept where no other part has the same asset. */
  readonly value?: LegDraft['value']
}

interface Sum {
  readonly symbol: string
  readonly isFiat: boolean
  amount: bigint
  value: LegDraft['value']
}

function sums(parts: Iterable<Part>, fees: boolean, within = false): Map<string, Sum> {
  const found = new Map<string, Sum>()
  for (const { symbol, asset, isFiat, amount, value, isFee = false, included = false } of parts) {
    if (isFee !== fees || included !== within) continue
    const sum = found.get(asset)
    if (sum === undefined) found.set(asset, { symbol, isFiat, amount, value })
    else {
      sum.amount += amount
      sum.value = undefined
    }
  }
  return found
}

/** What an event is that has nothing but fees: a rebate where they only give back. */
export const feesAlone = (legs: readonly LegDraft[]): Kind =>
  legs.length === 0 ? 'informational' : legs.every((one) => one.role === 'rebate') ? 'fee_rebate' : 'network_fee'

/**
 * The parts of one event, summed by asset: what goes down was given, what goes up was received. A side that is missing
 * stays missing, with a warning. `kind` is taken where the source names one.
 */
export function together(parts: readonly Part[], kind?: Kind): Meaning {
  const outs: LegDraft[] = []
  const ins: LegDraft[] = []
  const sideOf = new Map<string, 'out' | 'in'>()
  const sizeOf = new Map<string, bigint>()
  let outIsFiat = true
  let inIsFiat = true
  for (const [asset, sum] of sums(parts, false)) {
    if (sum.amount === 0n) continue
    const goesOut = sum.amount < 0n
    sideOf.set(asset, goesOut ? 'out' : 'in')
    sizeOf.set(asset, goesOut ? -sum.amount : sum.amount)
    const worth = sum.value === undefined ? {} : { value: sum.value }
    ;(goesOut ? outs : ins).push(leg(goesOut ? 'out' : 'in', sum.symbol, sum.amount, worth))
    if (goesOut) outIsFiat &&= sum.isFiat
    else inIsFiat &&= sum.isFiat
  }
  const fees: LegDraft[] = []
  for (const [asset, sum] of sums(parts, true)) fees.push(...feeLegs(sum.symbol, sum.amount, sideOf.get(asset)))
  for (const [asset, sum] of sums(parts, true, true)) {
    fees.push(...feeWithin(sum.symbol, sum.amount, sideOf.get(asset), sizeOf.get(asset) ?? 0n))
  }
  const legs = [...outs, ...ins, ...fees]
  if (outs.length === 0 && ins.length === 0) return { kind: feesAlone(legs), legs }
  if (outs.length === 0 || ins.length === 0) {
    const missing = outs.length === 0 ? 'what was given for it' : 'what was received for it'
    return { kind: kind ?? 'trade', legs, warnings: [`${missing} is not in this file`] }
  }
  return { kind: kind ?? tradeKind(outIsFiat, inIsFiat), legs }
}

/** Moves between pockets of the one account: whole ones as legs, a half alone as information, so that nothing counts twice. */
export function pockets(parts: readonly Part[]): Meaning {
  const isWhole = parts.length > 1 && [...sums(parts, false).values()].every((sum) => sum.amount === 0n)
  const legs = parts
    .toSorted((a, b) => (a.amount < b.amount ? -1 : a.amount > b.amount ? 1 : 0))
    .map((part) => leg(isWhole ? (part.amount < 0n ? 'out' : 'in') : 'info', part.symbol, part.amount))
  return { kind: 'custody_move', legs }
}
