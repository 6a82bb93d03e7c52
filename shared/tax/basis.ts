import type { Amount, Money } from '../amount/amount.ts'
import type { LedgerEvent, Leg, NamedLot } from '../events/event.ts'
import type { AccountId, AssetId, EventId, Instant } from '../events/identifiers.ts'
import type { HeldLot, LotNote, PoolBalance, PortfolioState } from './result.ts'

/** Units that go somewhere: one side of a move. `weight` is its share of the value of its side, where assets differ. */
export interface Portion {
  readonly account: AccountId
  readonly asset: AssetId
  readonly amount: Amount
  readonly weight: bigint
}

export interface Move {
  readonly outs: readonly Portion[]
  readonly ins: readonly Portion[]
  readonly convert: boolean
  readonly absorbed: readonly Portion[]
  readonly addCost: () => Money
}

/** The cost of held units instead of their present one; `acquired` is null where the day is not known. */
export type Revalue = (amount: Amount, cost: Money, acquired: number | null) => Money

/** What an acquisition has beside its units and cost. */
export interface AcquisitionDetail {
  /** Day number and instant of an acquisition before its event (opening lots, gifts). */
  readonly acquired?: { readonly day: number; readonly time: Instant }
  readonly note?: LotNote
  /** Joins the pool or the lots without being matched with disposals near it. */
  readonly unmatched?: boolean
  /** Bought back in a deemed disposal: joins the pool only after the disposals of its day. */
  readonly boughtBack?: boolean
}

/**
 * How cost is attached to units: lots with an identity, an average, or the share matching of the United Kingdom. The
 * interpreter of events says what moved at what value; the basis finds the cost. Calls for assets of other partitions
 * do nothing. Figures are final when `finish` has run.
 */
export interface Basis {
  owns(asset: AssetId): boolean
  /** Told before the first event what comes, from the place `from` on, where the law looks ahead. */
  foresee?(events: readonly LedgerEvent[], from: number): void
  /** Sides of a conversion need no weights: no cost goes with the units. */
  readonly weightless?: true
  /** The acquisition price of the whole, where it is kept as one. */
  portfolio?(): PortfolioState
  acquire(leg: Leg, index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void
  /** Returns the gain counted; 0 where the method only knows it later. */
  dispose(account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money
  /** Disposes of units out of the lot just acquired for `leg`, at its cost, whatever the method. */
  disposeJustAcquired(leg: Leg, amount: Amount, proceeds: Money, fees: Money): Money
  /** Units and their cost go without a row. Returns the cost. */
  drop(account: AccountId, asset: AssetId, amount: Amount): Money
  /** Units go without a gain and are listed. Returns the cost. */
  leave(account: AccountId, asset: AssetId, amount: Amount, value: Money | null): Money
  /**
   * Lots move with date and cost. What `addCost` returns, asked once the lots are taken, is spread over them, and so is
   * the cost of the `absorbed` units, which go. `convert`: the units change in number or name, so that `ins` are shares
   * of the whole of `outs`.
   */
  move(move: Move): void
  /**
   * Hands the gain of units just disposed of to `told`, at once or when the method knows it, with how much of it counts
   * where that is not all. `gain`: what `dispose` gave.
   */
  settle(asset: AssetId, amount: Amount, gain: Money, told: (gain: Money, counted?: Money) => void): void
  /** Part of the parent's cost goes to a new asset: `childValue` of `childValue` + the value of the parent's units at `parentPrice`. */
  split(parent: AssetId, leg: Leg, index: number, childValue: Money, parentPrice: Money): void
  /**
   * Units held take a stated cost: of the named lots, else of those without a past first, then of the oldest. `acquired`
   * changes their date, too. Returns the units that are not there. Absent: the method has no such units.
   */
  overrideCost?(
    leg: Leg,
    cost: Money,
    acquired: { readonly day: number; readonly time: Instant } | null,
    lots: readonly NamedLot[],
  ): Amount
  /** Names lots for what follows, until `endNaming`. */
  nameLots(lots: readonly NamedLot[], fallbackAsset: AssetId): void
  endNaming(): void
  /** The tax year so far has had its last event. */
  endYear(): void
  /** The tax year that begins; `from` is its first day. */
  startYear(year: number, from: number): void
  /** No further event comes. */
  finish(): void
  /** The state between two years; null where the method has none that it could go on from. */
  snapshot(): unknown
  restore(snapshot: unknown): void
  /** Gives what is held of an asset another cost. */
  revalue?(asset: AssetId, decide: Revalue): void
  heldLots(): HeldLot[]
  pools(): PoolBalance[]
}

/** Why a named lot is refused, in words. */
export const missingLotText = (event: EventId, lot: EventId, asset: AssetId, rule: string): string =>
  `Event ${event} names the lot ${lot} of ${asset}, which does not hold that many units there at that time (${rule}). Name another lot, or fewer units.`
