import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import { dateOfDay } from '../events/civil-date.ts'
import type { LedgerEvent, Leg, NamedLot } from '../events/event.ts'
import type { AccountId, AssetId, Instant } from '../events/identifiers.ts'
import type { AcquisitionDetail, Basis, Move, Revalue } from './basis.ts'
import { allocate } from './changeover.ts'
import type { Law } from './law.ts'
import type { LotSnapshot } from './lot-books.ts'
import { LotBooks } from './lot-books.ts'
import { moveLots, splitLots } from './lot-moves.ts'
import type { Lot } from './lot-queue.ts'
import { revalueLots } from './lot-revaluation.ts'
import type { Recorder } from './recorder.ts'
import type { HeldLot, LotOrigin, PoolBalance } from './result.ts'

/** Lots that keep their date and cost: FIFO, LIFO, HIFO, LOFO and specific identification, by account or universal. */
export class LotBasis implements Basis {
  protected readonly law: Law
  protected readonly record: Recorder
  private readonly lots: LotBooks
  private justAcquired: LotOrigin | null = null
  private events: readonly LedgerEvent[] = []
  private justAcquiredLeg: Leg | null = null

  constructor(law: Law, record: Recorder, assets: readonly AssetId[]) {
    this.law = law
    this.record = record
    this.lots = new LotBooks(law, record, assets)
  }

  foresee(events: readonly LedgerEvent[]): void {
    this.events = events
  }

  owns(asset: AssetId): boolean {
    return this.lots.books.has(asset)
  }

  acquire(leg: Leg, index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void {
    const book = this.lots.books.get(leg.asset)
    if (book === undefined || amount === 0n) return
    if (detail?.note?.missing && this.law.money.has(leg.asset)) {
      // Foreign money that nobody explains is the currency it is: without a lot it makes no gain.
      this.record.slice.foreignMoney.add(leg.asset)
      return
    }
    const { event, day } = this.record
    const acquired = detail?.acquired
    const lotDay = acquired === undefined ? day : acquired.day
    const unit = this.lots.unitOf(leg.account)
    const origin: LotOrigin = {
      event: event.id,
      leg: index,
      asset: leg.asset,
      account: this.law.units[unit] as AccountId,
      time: acquired === undefined ? event.time : acquired.time,
      day: lotDay,
      longFrom: this.law.longFrom(lotDay),
      sequence: this.lots.nextSequence(),
      unitCost: cost,
      perUnits: amount,
      parent: null,
      via: null,
      note: detail?.note ?? null,
    }
    this.lots.put(book, unit, { origin, amount, cost })
    this.justAcquired = origin
    this.justAcquiredLeg = leg
    this.lots.countBalance(book, unit, amount)
  }

  dispose(account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    const book = this.lots.books.get(asset)
    if (book === undefined || amount === 0n) return ZERO_MONEY
    const shortfall = this.lots.take(book, account, amount)
    return this.writeDisposals(account, asset, amount, proceeds, fees, shortfall)
  }

  disposeJustAcquired(leg: Leg, amount: Amount, proceeds: Money, fees: Money): Money {
    const book = this.lots.books.get(leg.asset)
    if (book === undefined || amount === 0n) return ZERO_MONEY
    const origin = this.justAcquiredLeg === leg ? this.justAcquired : null
    if (origin === null) return this.dispose(leg.account, leg.asset, amount, proceeds, fees)
    this.lots.taken = 0
    const unit = this.lots.unitOf(leg.account)
    const found = this.lots.queueOf(book, unit).takeNamed((candidate) => candidate === origin, amount, true)
    let need = amount
    for (const lot of found) {
      this.lots.addTaken(lot, 'withheld')
      need = (need - lot.amount) as Amount
    }
    this.lots.countBalance(book, unit, -amount)
    return this.writeDisposals(leg.account, leg.asset, amount, proceeds, fees, need)
  }

  private writeDisposals(
    account: AccountId,
    asset: AssetId,
    amount: Amount,
    proceeds: Money,
    fees: Money,
    shortfall: Amount,
  ): Money {
    const { record, lots, law } = this
    const { taken } = lots
    record.outsideUnits = 0n
    if (law.business.size > 0) record.business = law.business.has(account)
    const shown = this.lots.universal ? null : account
    if (taken === 1 && shortfall === 0n) {
      const rule = this.lots.takenRule[0] as string
      const cost = this.lots.takenCost[0] as Money
      return record.disposeLot(shown, asset, amount, proceeds, fees, cost, this.lots.takenOrigin[0] as LotOrigin, rule)
    }
    let [units, money, charges] = [amount as bigint, proceeds as bigint, fees as bigint]
    let gain = 0n
    for (let i = 0; i < taken; i++) {
      const part = this.lots.takenAmount[i] as Amount
      const share = shareOf(money, part, units)
      const charge = part === units || charges === 0n ? charges : divideHalfEven(charges * part, units)
      units -= part
      money -= share
      charges -= charge
      gain += record.disposeLot(
        shown,
        asset,
        part,
        share as Money,
        charge as Money,
        this.lots.takenCost[i] as Money,
        this.lots.takenOrigin[i] as LotOrigin,
        this.lots.takenRule[i] as string,
      )
    }
    if (shortfall > 0n && law.money.has(asset)) record.slice.foreignMoney.add(asset)
    else if (shortfall > 0n) {
      gain += record.disposeMissing(shown, asset, shortfall, money as Money, charges as Money, null)
    }
    return gain as Money
  }

  drop(account: AccountId, asset: AssetId, amount: Amount): Money {
    const book = this.lots.books.get(asset)
    if (book === undefined || amount === 0n) return ZERO_MONEY
    const shortfall = this.lots.take(book, account, amount)
    let cost = 0n
    for (let i = 0; i < this.lots.taken; i++) cost += this.lots.takenCost[i] as Money
    if (shortfall > 0n) this.reportShortfall(account, asset, shortfall)
    return cost as Money
  }

  leave(account: AccountId, asset: AssetId, amount: Amount, value: Money | null): Money {
    const book = this.lots.books.get(asset)
    if (book === undefined || amount === 0n) return ZERO_MONEY
    const shown = this.lots.universal ? null : account
    const shortfall = this.lots.take(book, account, amount)
    let [units, worth, total] = [amount as bigint, value as bigint | null, 0n]
    for (let i = 0; i < this.lots.taken; i++) {
      const part = this.lots.takenAmount[i] as Amount
      const share = worth === null ? null : shareOf(worth, part, units)
      if (worth !== null && share !== null) worth -= share
      units -= part
      total += this.lots.takenCost[i] as Money
      this.record.left(
        shown,
        asset,
        part,
        share as Money | null,
        this.lots.takenCost[i] as Money,
        this.lots.takenOrigin[i] as LotOrigin,
      )
    }
    if (shortfall > 0n) {
      this.record.left(shown, asset, shortfall, worth as Money | null, ZERO_MONEY, null)
      this.reportShortfall(account, asset, shortfall)
    }
    return total as Money
  }

  private reportShortfall(account: AccountId, asset: AssetId, amount: Amount): void {
    if (this.law.money.has(asset)) this.record.slice.foreignMoney.add(asset)
    else this.record.open({ code: 'missing-acquisition', asset, account, amount })
  }

  settle(_asset: AssetId, _amount: Amount, gain: Money, told: (gain: Money) => void): void {
    told(gain)
  }

  move(move: Move): void {
    const first = move.outs[0]
    if (first === undefined || !this.owns(first.asset)) return
    moveLots(this.lots, move, ({ account, asset, amount }) => this.drop(account, asset, amount))
  }

  split(parent: AssetId, leg: Leg, index: number, childValue: Money, parentPrice: Money): void {
    if (!splitLots(this.lots, parent, leg, childValue, parentPrice)) {
      this.acquire(leg, index, leg.amount, ZERO_MONEY, null)
    }
  }

  overrideCost(
    leg: Leg,
    cost: Money,
    acquired: { readonly day: number; readonly time: Instant } | null,
    named: readonly NamedLot[],
  ): Amount {
    const { record, law } = this
    const { taken, left } = this.lots.takeForOverride(leg, named)
    const found = (leg.amount - left) as bigint
    let [units, money] = [found, left === 0n ? cost : divideHalfEven(cost * found, leg.amount)] as [bigint, bigint]
    for (const [place, lot] of taken) {
      const share = shareOf(money, lot.amount, units)
      units -= lot.amount
      money -= share
      const day = acquired?.day ?? lot.origin.day
      const origin: LotOrigin = {
        ...lot.origin,
        day,
        time: acquired?.time ?? lot.origin.time,
        longFrom: law.longFrom(day),
        unitCost: share as Money,
        perUnits: lot.amount,
        parent: lot.origin,
        via: record.event.id,
        note: null,
      }
      place.insert({ origin, amount: lot.amount, cost: share as Money })
    }
    return left
  }

  nameLots(lots: readonly NamedLot[], fallbackAsset: AssetId): void {
    this.lots.nameLots(lots, fallbackAsset)
  }

  endNaming(): void {
    this.lots.endNaming()
  }

  endYear(): void {}

  startYear(_year: number, from: number): void {
    if (!this.lots.universal || from < this.law.changeover) return
    this.lots.universal = false
    for (const book of this.lots.books.values()) allocate(book, this.law, this.record, this.events)
  }

  finish(): void {}

  snapshot(): unknown {
    return this.lots.snapshot()
  }

  restore(snapshot: unknown): void {
    this.lots.restore(snapshot as LotSnapshot)
  }

  revalue(asset: AssetId, decide: Revalue): void {
    revalueLots(this.lots, asset, decide)
  }

  heldLots(): HeldLot[] {
    const lots: HeldLot[] = []
    for (const book of this.lots.books.values()) {
      const held: Lot[] = []
      for (const queue of book.queues) for (const lot of queue?.held() ?? []) held.push(lot)
      for (const lot of held) {
        const known = !lot.origin.note?.missing
        lots.push({
          account: this.lots.universal ? null : lot.origin.account,
          asset: book.asset,
          amount: lot.amount,
          acquired: known ? dateOfDay(lot.origin.day) : null,
          cost: lot.cost,
          origin: lot.origin.event,
          longFrom: known && this.law.pack.holding.rule !== 'none' ? dateOfDay(lot.origin.longFrom) : null,
          chain: lot.origin,
        })
      }
    }
    return lots
  }

  pools(): PoolBalance[] {
    return []
  }
}
