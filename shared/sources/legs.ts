/** Legs of the shapes that most rows have: a movement one way, a trade of two sides, rows that are summed by asset. */
import type { Amount } from '../amount/amount.ts'
import type { Kind } from '../events/kinds.ts'
import { size } from './cells.ts'
import type { EventDraft, LegDraft, Writable } from './source-format.ts'
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
  return amount === 0n ? [] : [feeLeg(symbol, amount, on, more)]
}

function feeLeg(symbol: string, amount: bigint, on?: 'out' | 'in', more?: Partial<LegDraft>): LegDraft {
  if (amount < 0n) return leg('rebate', symbol, amount)
  const fee: Writable<LegDraft> = { role: 'fee', asset: { symbol }, amount: amount as Amount }
  if (on !== undefined) fee.for = on
  return more === undefined ? fee : { ...fee, ...more }
}

/** A fee that the source counts within `gross`, what moved on that side: larger than it, it is a fee of its own. */
export const feeWithin = (
  symbol: string,
  amount: bigint,
  on: 'out' | 'in' | undefined,
  gross: bigint,
  more: Partial<LegDraft> = {},
): LegDraft[] => feeLegs(symbol, amount, on, amount <= gross ? { ...more, included: true } : more)

type Facts = Pick<Meaning, 'hash' | 'note' | 'fromAddress' | 'toAddress' | 'counterparty' | 'sourceKind' | 'protocol'>

/** Only what is not empty. Member by member, because nearly every row has some. */
export function present(facts: Facts): Facts {
  const { hash, note, fromAddress, toAddress, counterparty, sourceKind, protocol } = facts
  const kept: Writable<Facts> = {}
  if (hash !== undefined && hash !== '') kept.hash = hash
  if (note !== undefined && note !== '') kept.note = note
  if (fromAddress !== undefined && fromAddress !== '') kept.fromAddress = fromAddress
  if (toAddress !== undefined && toAddress !== '') kept.toAddress = toAddress
  if (counterparty !== undefined && counterparty !== '') kept.counterparty = counterparty
  if (sourceKind !== undefined && sourceKind !== '') kept.sourceKind = sourceKind
  if (protocol !== undefined && protocol !== '') kept.protocol = protocol
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
  const { baseAmount, quoteAmount } = sides
  return isBuy
    ? swap(quote, quoteAmount, base, baseAmount, isFiat, fee, feeSymbol)
    : swap(base, baseAmount, quote, quoteAmount, isFiat, fee, feeSymbol)
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
  const kind = tradeKind(isFiat(sold), isFiat(bought))
  const out = leg('out', sold, soldAmount)
  const into = leg('in', bought, boughtAmount)
  if (fee === 0n) return { kind, legs: [out, into] }
  const on = feeSymbol === sold ? 'out' : feeSymbol === bought ? 'in' : undefined
  return { kind, legs: [out, into, feeLeg(feeSymbol, fee, on)] }
}

const NO_FEES: readonly LegDraft[] = []
const withFees = (moved: LegDraft, fees: readonly LegDraft[]): readonly LegDraft[] =>
  fees.length === 0 ? [moved] : [moved, ...fees]

/** Something that arrives from a place the row does not prove to be the user's own. */
export const deposit = (
  symbol: string,
  amount: bigint,
  isFiat: boolean,
  fees: readonly LegDraft[] = NO_FEES,
): Meaning => ({
  kind: depositKind(isFiat),
  legs: withFees(leg('in', symbol, amount), fees),
})

/** Something that leaves for a place the row does not prove to be the user's own. */
export const withdrawal = (
  symbol: string,
  amount: bigint,
  isFiat: boolean,
  fees: readonly LegDraft[] = NO_FEES,
): Meaning => ({ kind: withdrawalKind(isFiat), legs: withFees(leg('out', symbol, amount), fees) })

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
  readonly asset: string
  readonly symbol: string
  readonly isFiat: boolean
  amount: bigint
  value: LegDraft['value']
}

/** So many sums are looked through; more are found by a map. */
const FEW = 16

/** The parts that are fees or not, within the other amounts or not, summed by asset. */
function sums(parts: readonly Part[], fees: boolean, within = false): Sum[] {
  const found: Sum[] = []
  let byAsset: Map<string, Sum> | null = null
  for (let i = 0; i < parts.length; i++) {
    const { symbol, asset, isFiat, amount, value, isFee = false, included = false } = parts[i] as Part
    if (isFee !== fees || included !== within) continue
    const sum: Sum | undefined = byAsset === null ? sumOf(found, asset) : byAsset.get(asset)
    if (sum !== undefined) {
      sum.amount += amount
      sum.value = undefined
      continue
    }
    const first: Sum = { asset, symbol, isFiat, amount, value }
    found.push(first)
    if (byAsset !== null) byAsset.set(asset, first)
    else if (found.length > FEW) byAsset = new Map(found.map((one) => [one.asset, one]))
  }
  return found
}

function sumOf(sums: readonly Sum[], asset: string): Sum | undefined {
  for (let i = 0; i < sums.length; i++) if ((sums[i] as Sum).asset === asset) return sums[i]
  return undefined
}

/** What an event is that has nothing but fees: a rebate where they only give back. */
export const feesAlone = (legs: readonly Pick<LegDraft, 'role'>[]): Kind =>
  legs.length === 0 ? 'informational' : legs.every((one) => one.role === 'rebate') ? 'fee_rebate' : 'network_fee'

/**
 * The parts of one event, summed by asset: what goes down was given, what goes up was received. A side that is missing
 * stays missing, with a warning. `kind` is taken where the source names one.
 */
export function together(parts: readonly Part[], kind?: Kind): Meaning {
  let outs: LegDraft[] = []
  let ins: LegDraft[] = []
  let outIsFiat = true
  let inIsFiat = true
  const moved = sums(parts, false)
  for (const sum of moved) {
    if (sum.amount === 0n) continue
    const goesOut = sum.amount < 0n
    const plain = leg(goesOut ? 'out' : 'in', sum.symbol, sum.amount)
    const made = sum.value === undefined ? plain : { ...plain, value: sum.value }
    if (goesOut) {
      outs = withLeg(outs, made)
      outIsFiat &&= sum.isFiat
    } else {
      ins = withLeg(ins, made)
      inIsFiat &&= sum.isFiat
    }
  }
  const fees = parts.some(({ isFee }) => isFee === true) ? feesOf(parts, moved) : []
  const isPair = outs.length === 1 && ins.length === 1 && fees.length === 0
  const legs = isPair ? [outs[0] as LegDraft, ins[0] as LegDraft] : [...outs, ...ins, ...fees]
  if (outs.length === 0 && ins.length === 0) return { kind: feesAlone(legs), legs }
  if (outs.length === 0 || ins.length === 0) {
    const missing = outs.length === 0 ? 'what was given for it' : 'what was received for it'
    return { kind: kind ?? 'trade', legs, warnings: [`${missing} is not in this file`] }
  }
  return { kind: kind ?? tradeKind(outIsFiat, inIsFiat), legs }
}

/** Arrays that are pushed to make room for many; most have one leg. */
const withLeg = (legs: LegDraft[], one: LegDraft): LegDraft[] => {
  if (legs.length === 0) return [one]
  legs.push(one)
  return legs
}

/** The fees among the parts, each on the side that moved its asset. */
function feesOf(parts: readonly Part[], moved: readonly Sum[]): LegDraft[] {
  const byAsset = new Map(moved.map((sum) => [sum.asset, sum.amount]))
  const sideOf = (asset: string): 'out' | 'in' | undefined => {
    const amount = byAsset.get(asset) ?? 0n
    return amount === 0n ? undefined : amount < 0n ? 'out' : 'in'
  }
  const fees: LegDraft[] = []
  for (const { asset, symbol, amount } of sums(parts, true)) fees.push(...feeLegs(symbol, amount, sideOf(asset)))
  for (const { asset, symbol, amount } of sums(parts, true, true)) {
    const gross = byAsset.get(asset) ?? 0n
    fees.push(...feeWithin(symbol, amount, sideOf(asset), gross < 0n ? -gross : gross))
  }
  return fees
}

/** Moves between pockets of the one account: whole ones as legs, a half alone as information, so that nothing counts twice. */
export function pockets(parts: readonly Part[]): Meaning {
  const isWhole = parts.length > 1 && sums(parts, false).every((sum) => sum.amount === 0n)
  const legs = parts
    .toSorted((a, b) => (a.amount < b.amount ? -1 : a.amount > b.amount ? 1 : 0))
    .map((part) => leg(isWhole ? (part.amount < 0n ? 'out' : 'in') : 'info', part.symbol, part.amount))
  return { kind: 'custody_move', legs }
}
