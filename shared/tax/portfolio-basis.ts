import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { ApartSnapshot } from './apart-pools.ts'
import { ApartPools } from './apart-pools.ts'
import type { AcquisitionDetail, Basis, Move } from './basis.ts'
import type { Law } from './law.ts'
import { greatest, least, positive } from './least.ts'
import { PortfolioHoldings } from './portfolio-holdings.ts'
import type { PortfolioWorth } from './portfolio-value.ts'
import { positionChoice } from './positions.ts'
import type { Recorder } from './recorder.ts'
import type { Form2086, HeldLot, PoolBalance, PortfolioState } from './result.ts'
import { sameState } from './state-copies.ts'
import { addNamed } from './year-slice.ts'

/** Names of the sums that the year's rule reads. */
export const PORTFOLIO_SUMS = {
  proceeds: 'fr-proceeds',
  acquisition: 'fr-acquisition',
  consumed: 'fr-consumed',
  soultes: 'fr-soultes',
} as const

interface PortfolioSnapshot {
  readonly holdings: unknown
  readonly state: PortfolioState
  readonly carriedIn: boolean
  readonly apart: ApartSnapshot
}

/** A swap with money beside its coins. Each figure counts once. */
interface SwapWithMoney {
  /** Positive received, negative paid. */
  balance: bigint
  /** What was paid and has not joined the acquisition price yet. */
  paid: bigint
}

/**
 * The portfolio formula of France: one acquisition price A for everything held; a taxable disposal at price C, out of a
 * portfolio worth V just before, uses up A × C / V of it. Swaps of coins without money beside them change neither; with
 * money beside them they are disposals, and the coins received add nothing to A.
 * Authority: Code général des impôts, article 150 VH bis; form 2086 and its notice.
 */
export class PortfolioBasis implements Basis {
  readonly weightless = true
  private readonly law: Law
  private readonly record: Recorder
  private readonly holdings: PortfolioHoldings
  private acquisition = 0n
  private consumed = 0n
  private soultes = 0n
  private carriedIn = false
  /** NFTs that are no digital assets in the sense of the article. */
  private readonly apart = new ApartPools()
  private event: LedgerEvent | null = null
  private swap: SwapWithMoney | null = null
  /** What the event's disposals have fetched so far. */
  private fetched = 0n

  constructor(law: Law, record: Recorder) {
    this.law = law
    this.record = record
    this.holdings = new PortfolioHoldings(law.prices)
  }

  owns(): boolean {
    return true
  }

  acquire(leg: Leg, _index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void {
    const { asset } = leg
    if (this.law.fiat.has(asset)) return
    if (detail?.note?.missing && this.record.event.kind !== 'opening_lot') {
      this.record.open({ code: 'missing-acquisition', asset, amount })
    }
    if (this.isApart(asset)) {
      this.apart.add(asset, amount, cost)
      return
    }
    this.holdings.add(asset, amount, this.record.event.kind === 'spam_in')
    const swap = this.swapOfEvent()
    if (swap === null) this.acquisition += cost
    else {
      this.acquisition += swap.paid
      swap.paid = 0n
    }
  }

  dispose(account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    if (amount === 0n || this.law.fiat.has(asset)) return ZERO_MONEY
    if (this.isApart(asset)) return this.disposeApart(account, asset, amount, proceeds, fees)
    const held = this.holdings.unitsOf(asset)
    const covered = least(amount, positive(held))
    const money = shareOf(proceeds, covered, amount) as Money
    const charge = shareOf(fees, covered, amount) as Money
    let gain = 0n
    if (covered > 0n) gain += this.disposeHeld(asset, covered as Amount, money, charge)
    if (covered < amount) {
      const rest = (amount - covered) as Amount
      const left = (proceeds - money) as Money
      gain += this.record.disposeMissing(null, asset, rest, left, (fees - charge) as Money, null)
      this.countProceeds(left)
    }
    return gain as Money
  }

  private disposeHeld(asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    const swap = this.swapOfEvent()
    const soulte = swap?.balance ?? 0n
    const worth = this.worthBefore(asset, amount, proceeds)
    const net = positive(this.acquisition - this.consumed - this.soultes)
    const cost = usedUp(net, proceeds, worth.value)
    const form2086: Form2086 = {
      portfolio: worth.value,
      price: soulte === 0n ? proceeds : ((proceeds - soulte) as Money),
      soulte: soulte as Money,
      acquisition: this.acquisition as Money,
      consumed: this.consumed as Money,
      soultes: this.soultes as Money,
    }
    const { record } = this
    const gain = record.disposePooled(null, asset, amount, proceeds, fees, cost, 'portfolio-fr', null, null, {
      form2086,
    })
    this.consumed += cost
    this.fetched += proceeds
    if (swap !== null) swap.balance = 0n
    this.soultes += positive(soulte)
    this.countProceeds(proceeds)
    this.holdings.remove(asset, amount)
    if (worth.missing.length > 0) this.openMissing(worth, net, proceeds, fees, gain)
    else if (worth.value < proceeds) {
      const most = (proceeds - fees) as Money
      record.open({
        code: 'portfolio-below-price',
        asset,
        amount,
        effect: { low: least(gain, most) as Money, high: greatest(gain, most) as Money },
        counted: gain,
        of: 'gain',
      })
    }
    return gain
  }

  /** What the portfolio is worth before the event's next disposal: as stated, else by the prices of everything held. */
  private worthBefore(asset: AssetId, units: Amount, price: Money): PortfolioWorth {
    const { event, day } = this.record
    if (event.portfolioValue !== undefined) {
      const value = positive(event.portfolioValue - this.fetched) as Money
      return { value, low: value, high: value, missing: [] }
    }
    return this.holdings.value.at(event.time, day, { asset, units, price })
  }

  private openMissing(worth: PortfolioWorth, net: bigint, proceeds: Money, fees: Money, gain: Money): void {
    const gainAt = (value: Money): Money => (proceeds - fees - usedUp(net, proceeds, value)) as Money
    this.record.open({
      code: 'missing-price',
      asset: worth.missing[0] as AssetId,
      effect: {
        low: gainAt(greatest(worth.low, proceeds) as Money),
        high: worth.high === null ? ((proceeds - fees) as Money) : gainAt(worth.high),
      },
      counted: gain,
      of: 'gain',
      detail: worth.missing.join(', '),
    })
  }

  private countProceeds(proceeds: Money): void {
    const { rows } = this.record.slice
    if (rows[rows.length - 1]?.taxable) addNamed(this.record.slice, PORTFOLIO_SUMS.proceeds, proceeds)
  }

  /** An NFT, averaged by itself: its gain belongs to another article, which is the person's to settle. */
  private disposeApart(account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    const cost = this.apart.take(asset, amount)
    const gain = this.record.disposePooled(null, asset, amount, proceeds, fees, cost, 'nft', null, null, {
      head: 'nft',
    })
    this.record.open({
      code: 'needs-decision',
      asset,
      account,
      amount,
      effect: { low: least(gain, 0n) as Money, high: greatest(gain, 0n) as Money },
      counted: gain,
      of: 'gain',
      detail: 'nft',
    })
    return gain
  }

  disposeJustAcquired(leg: Leg, amount: Amount, proceeds: Money, fees: Money): Money {
    return this.dispose(leg.account, leg.asset, amount, proceeds, fees)
  }

  drop(account: AccountId, asset: AssetId, amount: Amount): Money {
    if (this.law.fiat.has(asset)) return ZERO_MONEY
    if (this.isApart(asset)) return this.apart.take(asset, amount)
    const covered = least(amount, positive(this.holdings.unitsOf(asset)))
    if (covered < amount) {
      this.record.open({ code: 'missing-acquisition', asset, account, amount: (amount - covered) as Amount })
    }
    if (covered > 0n) this.holdings.remove(asset, covered)
    return ZERO_MONEY
  }

  leave(account: AccountId, asset: AssetId, amount: Amount, value: Money | null): Money {
    const { record } = this
    let cost: bigint = ZERO_MONEY
    const gratuitous = GRATUITOUS.has(record.event.kind)
    this.swapOfEvent()
    const choice = gratuitous ? positionChoice(this.law.profile, 'fr.gifts', record.event, record.day) : null
    if (choice === 'fraction' && value !== null && !this.isApart(asset)) {
      const net = positive(this.acquisition - this.consumed - this.soultes)
      cost = usedUp(net, value, this.worthBefore(asset, amount, value).value)
      this.consumed += cost
    }
    cost += this.drop(account, asset, amount)
    record.left(null, asset, amount, value, cost as Money, null)
    return cost as Money
  }

  settle(_asset: AssetId, _amount: Amount, gain: Money, told: (gain: Money) => void): void {
    told(gain)
  }

  move({ outs, ins, convert, absorbed, addCost }: Move): void {
    if (convert)
      this.holdings.convert(this.record.event.kind, outs, ins, (out) => this.drop(out.account, out.asset, out.amount))
    for (const portion of absorbed) this.drop(portion.account, portion.asset, portion.amount)
    this.acquisition += addCost()
  }

  split(_parent: AssetId, leg: Leg, _index: number): void {
    this.holdings.add(leg.asset, leg.amount)
  }

  nameLots(): void {}
  endNaming(): void {}

  endYear(): void {
    // A year without an event of its own has nothing to show; the price goes on through the reduction.
    if (this.record.day < this.law.yearStart(this.record.year)) return
    const { named } = this.record.slice
    named.set(PORTFOLIO_SUMS.acquisition, this.acquisition as Money)
    named.set(PORTFOLIO_SUMS.consumed, this.consumed as Money)
    named.set(PORTFOLIO_SUMS.soultes, this.soultes as Money)
  }

  startYear(year: number): void {
    const { carryIn } = this.law.profile
    if (carryIn === undefined || this.carriedIn || year < carryIn.year) return
    this.acquisition += carryIn.frAcquisition ?? 0n
    this.consumed += carryIn.frConsumed ?? 0n
    this.soultes += carryIn.frSoultes ?? 0n
    this.carriedIn = true
  }

  finish(): void {}

  /** The same portfolio at another acquisition price. */
  at(state: PortfolioState): PortfolioBasis {
    const other = new PortfolioBasis(this.law, this.record)
    other.restore(withState(this.snapshot(), state))
    return other
  }

  snapshot(): PortfolioSnapshot {
    return {
      holdings: this.holdings.snapshot(),
      state: this.portfolio(),
      carriedIn: this.carriedIn,
      apart: this.apart.snapshot(),
    }
  }

  restore(snapshot: unknown): void {
    const { holdings, state, carriedIn, apart } = snapshot as PortfolioSnapshot
    this.holdings.restore(holdings)
    this.acquisition = state.acquisition
    this.consumed = state.consumed
    this.soultes = state.soultes
    this.carriedIn = carriedIn
    this.apart.restore(apart)
  }

  heldLots(): HeldLot[] {
    return []
  }

  /** Units only: cost is the portfolio's, not an asset's. */
  pools(): PoolBalance[] {
    const balances: PoolBalance[] = this.holdings
      .units()
      .map(([asset, amount]) => ({ asset, account: null, amount: amount as Amount, cost: ZERO_MONEY }))
    balances.push(...this.apart.balances())
    return balances
  }

  portfolio(): PortfolioState {
    return {
      acquisition: this.acquisition as Money,
      consumed: this.consumed as Money,
      soultes: this.soultes as Money,
    }
  }

  /** Is the asset an NFT that the person, or the pack, keeps out of the portfolio. */
  private isApart(asset: AssetId): boolean {
    if (this.law.assets.get(asset)?.kind !== 'nft') return false
    return positionChoice(this.law.profile, 'fr.nft', this.record.event, this.record.day) !== 'digital-asset'
  }

  /** The money beside the coins of the present event, counted once. */
  private swapOfEvent(): SwapWithMoney | null {
    const { event } = this.record
    if (event !== this.event) {
      this.event = event
      this.fetched = 0n
      this.swap = event.legs.length < 3 ? null : this.swapOf(event)
    }
    return this.swap
  }

  private swapOf(event: LedgerEvent): SwapWithMoney | null {
    let [given, taken] = [false, false]
    let money = 0n
    for (const leg of event.legs) {
      if (leg.role !== 'out' && leg.role !== 'in') continue
      if (!this.law.fiat.has(leg.asset)) {
        if (this.isApart(leg.asset)) return null
        if (leg.role === 'out') given = true
        else taken = true
        continue
      }
      const value = this.moneyOf(leg)
      money += leg.role === 'in' ? value : -value
    }
    return given && taken ? { balance: money, paid: positive(-money) } : null
  }

  private moneyOf(leg: Leg): bigint {
    if (this.law.home.has(leg.asset)) return divideHalfEven(leg.amount, 10n ** 6n)
    if (leg.value !== undefined) return leg.value
    const price = this.law.prices.priceAt(leg.asset, this.record.event.time, this.record.day)
    return price === null ? 0n : divideHalfEven(leg.amount * price, 10n ** 24n)
  }
}

/** Departures without a price. */
const GRATUITOUS: ReadonlySet<string> = new Set(['gift_out', 'donation', 'inheritance_out'])

/** What `snapshot` gives, as far as another acquisition price can be put into it. */
export interface PortfolioStand {
  readonly state: PortfolioState
}

/** The same stand with another acquisition price. */
export const withState = (snapshot: unknown, state: PortfolioState): unknown => ({
  ...(snapshot as PortfolioSnapshot),
  state,
})

/** Do two stands hold the same, whatever was paid for it. */
export const sameHoldings = (a: unknown, b: unknown): boolean => {
  const [x, y] = [a as PortfolioSnapshot, b as PortfolioSnapshot]
  return x.carriedIn === y.carriedIn && sameState(x.holdings, y.holdings) && sameState(x.apart, y.apart)
}

/** A × C / V, never more than A; all of it where the price reaches the portfolio's value. */
export function usedUp(net: bigint, price: Money, value: Money): Money {
  if (net === 0n || price <= 0n) return ZERO_MONEY
  return (price >= value ? net : divideHalfEven(net * price, value)) as Money
}
