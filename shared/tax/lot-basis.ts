import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_AMOUNT, ZERO_MONEY } from '../amount/amount.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import { dateOfDay } from '../events/civil-date.ts'
import type { Leg, NamedLot } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { AcquisitionDetail, Basis, Move, Portion } from './basis.ts'
import { missingLotText } from './basis.ts'
import { allocate } from './changeover.ts'
import type { Law } from './law.ts'
import { least } from './least.ts'
import type { Lot } from './lot-queue.ts'
import { LotQueue } from './lot-queue.ts'
import type { LotMethod } from './methods/lot-method.ts'
import type { Recorder } from './recorder.ts'
import type { HeldLot, LotNote, LotOrigin, PoolBalance } from './result.ts'

/** The lots of one asset by unit of basis; under universal scope the units only say where lots physically are. */
export interface AssetLots {
  readonly asset: AssetId
  readonly queues: (LotQueue | undefined)[]
  /** Units held by unit of basis; kept while a changeover is ahead. */
  readonly balances: Amount[]
}

interface LotSnapshot {
  readonly sequence: number
  readonly universal: boolean
  readonly books: readonly {
    readonly asset: AssetId
    readonly queues: (LotQueue | undefined)[]
    readonly balances: Amount[]
  }[]
}

const MISSING: LotNote = { missing: true }

/** Lots that keep their date and cost: FIFO, LIFO, HIFO, LOFO and specific identification, by account or universal. */
export class LotBasis implements Basis {
  private readonly law: Law
  private readonly record: Recorder
  private readonly books = new Map<AssetId, AssetLots>()
  private universal: boolean
  private readonly changes: boolean
  private sequence = 0
  private named: { readonly lot: NamedLot; readonly asset: AssetId; left: Amount }[] | null = null
  private justAcquired: LotOrigin | null = null
  private justAcquiredLeg: Leg | null = null

  // What the last `take` took; the arrays are reused.
  private readonly takenOrigin: LotOrigin[] = []
  private readonly takenAmount: Amount[] = []
  private readonly takenCost: Money[] = []
  private readonly takenRule: string[] = []
  private taken = 0

  constructor(law: Law, record: Recorder, assets: readonly AssetId[]) {
    this.law = law
    this.record = record
    this.universal = law.firstScope === 'universal'
    this.changes = this.universal && law.changeover < 10_000_000
    for (const asset of assets) this.books.set(asset, { asset, queues: [], balances: [] })
  }

  owns(asset: AssetId): boolean {
    return this.books.has(asset)
  }

  acquire(leg: Leg, index: number, amount: Amount, cost: Money, detail: AcquisitionDetail | null): void {
    const book = this.books.get(leg.asset)
    if (book === undefined || amount === 0n) return
    const { event, day } = this.record
    const acquired = detail?.acquired
    const lotDay = acquired === undefined ? day : acquired.day
    const unit = this.unitOf(leg.account)
    const origin: LotOrigin = {
      event: event.id,
      leg: index,
      asset: leg.asset,
      account: this.law.units[unit] as AccountId,
      time: acquired === undefined ? event.time : acquired.time,
      day: lotDay,
      longFrom: this.law.longFrom(lotDay),
      sequence: this.sequence++,
      unitCost: cost,
      perUnits: amount,
      parent: null,
      via: null,
      note: detail?.note ?? null,
    }
    this.put(book, unit, { origin, amount, cost })
    this.justAcquired = origin
    this.justAcquiredLeg = leg
    if (this.changes) this.addBalance(book, unit, amount)
  }

  dispose(account: AccountId, asset: AssetId, amount: Amount, proceeds: Money, fees: Money): Money {
    const book = this.books.get(asset)
    if (book === undefined || amount === 0n) return ZERO_MONEY
    const shortfall = this.take(book, account, amount)
    return this.writeDisposals(account, asset, amount, proceeds, fees, shortfall)
  }

  disposeJustAcquired(leg: Leg, amount: Amount, proceeds: Money, fees: Money): Money {
    const book = this.books.get(leg.asset)
    if (book === undefined || amount === 0n) return ZERO_MONEY
    const origin = this.justAcquiredLeg === leg ? this.justAcquired : null
    if (origin === null) return this.dispose(leg.account, leg.asset, amount, proceeds, fees)
    this.taken = 0
    const unit = this.unitOf(leg.account)
    const found = this.queueOf(book, unit).takeNamed((candidate) => candidate === origin, amount, true)
    let need = amount
    for (const lot of found) {
      this.addTaken(lot, 'withheld')
      need = (need - lot.amount) as Amount
    }
    if (this.changes) this.addBalance(book, unit, -amount as Amount)
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
    const { record, taken } = this
    const shown = this.universal ? null : account
    if (taken === 1 && shortfall === 0n) {
      const rule = this.takenRule[0] as string
      const cost = this.takenCost[0] as Money
      return record.disposeLot(shown, asset, amount, proceeds, fees, cost, this.takenOrigin[0] as LotOrigin, rule)
    }
    let [units, money, charges] = [amount as bigint, proceeds as bigint, fees as bigint]
    let gain = 0n
    for (let i = 0; i < taken; i++) {
      const part = this.takenAmount[i] as Amount
      const share = part === units ? money : divideHalfEven(money * part, units)
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
        this.takenCost[i] as Money,
        this.takenOrigin[i] as LotOrigin,
        this.takenRule[i] as string,
      )
    }
    if (shortfall > 0n) gain += record.disposeMissing(shown, asset, shortfall, money as Money, charges as Money, null)
    return gain as Money
  }

  drop(account: AccountId, asset: AssetId, amount: Amount): Money {
    const book = this.books.get(asset)
    if (book === undefined || amount === 0n) return ZERO_MONEY
    const shortfall = this.take(book, account, amount)
    let cost = 0n
    for (let i = 0; i < this.taken; i++) cost += this.takenCost[i] as Money
    if (shortfall > 0n) this.reportShortfall(account, asset, shortfall)
    return cost as Money
  }

  leave(account: AccountId, asset: AssetId, amount: Amount, value: Money | null): Money {
    const book = this.books.get(asset)
    if (book === undefined || amount === 0n) return ZERO_MONEY
    const shown = this.universal ? null : account
    const shortfall = this.take(book, account, amount)
    let [units, worth, total] = [amount as bigint, value as bigint | null, 0n]
    for (let i = 0; i < this.taken; i++) {
      const part = this.takenAmount[i] as Amount
      const share = worth === null ? null : part === units ? worth : divideHalfEven(worth * part, units)
      if (worth !== null && share !== null) worth -= share
      units -= part
      total += this.takenCost[i] as Money
      this.record.left(
        shown,
        asset,
        part,
        share as Money | null,
        this.takenCost[i] as Money,
        this.takenOrigin[i] as LotOrigin,
      )
    }
    if (shortfall > 0n) {
      this.record.left(shown, asset, shortfall, worth as Money | null, ZERO_MONEY, null)
      this.reportShortfall(account, asset, shortfall)
    }
    return total as Money
  }

  private reportShortfall(account: AccountId, asset: AssetId, amount: Amount): void {
    this.record.open({ code: 'missing-acquisition', asset, account, amount })
  }

  settle(_asset: AssetId, _amount: Amount, gain: Money, told: (gain: Money) => void): void {
    told(gain)
  }

  move({ outs, ins, convert, absorbed, addCost }: Move): void {
    const first = outs[0]
    if (first === undefined || !this.owns(first.asset)) return
    const sameAsset = !convert
    if (sameAsset && outs.length === 1 && ins.length === 1) {
      // Inside one unit of basis no lot moves, so there is nothing to spread a cost over.
      if (this.unitOf(first.account) === this.unitOf((ins[0] as Portion).account)) {
        this.named = null
        this.absorb(absorbed)
        addCost()
        return
      }
    }
    if (sameAsset && this.universal) {
      // No lot is taken, so none can be named.
      this.named = null
      this.relocate(outs, ins, () => (this.absorb(absorbed) + addCost()) as Money)
      return
    }
    const lots: Lot[] = []
    let outWeight = 0n
    for (const out of outs) outWeight += out.weight
    for (const out of outs) {
      const book = this.books.get(out.asset) as AssetLots
      const missing = this.take(book, out.account, out.amount)
      for (let i = 0; i < this.taken; i++) {
        lots.push({
          origin: this.takenOrigin[i] as LotOrigin,
          amount: (sameAsset ? this.takenAmount[i] : this.scaled(i, out, outWeight)) as Amount,
          cost: this.takenCost[i] as Money,
        })
      }
      if (missing > 0n) {
        this.reportShortfall(out.account, out.asset, missing)
        const amount = sameAsset ? missing : (missing * out.weight * 10n ** 12n) / out.amount
        lots.push({ origin: this.missingOrigin(out), amount: amount as Amount, cost: ZERO_MONEY })
      }
    }
    const arriving = spreadCost(lots, (this.absorb(absorbed) + addCost()) as Money)
    if (sameAsset) this.arriveInTurn(arriving, ins)
    else this.arriveShared(arriving, ins)
  }

  /**
   * Under universal scope a move takes no lots: it only says where they are from now on. The fees then are taken from
   * all lots, and what they add to cost is spread over what moved.
   */
  private relocate(outs: readonly Portion[], ins: readonly Portion[], addCost: () => Money): void {
    const lots: Lot[] = []
    for (const out of outs) {
      this.takeLocated(this.books.get(out.asset) as AssetLots, this.unitOf(out.account), out.amount)
      for (let i = 0; i < this.taken; i++) {
        lots.push({
          origin: this.takenOrigin[i] as LotOrigin,
          amount: this.takenAmount[i] as Amount,
          cost: this.takenCost[i] as Money,
        })
      }
    }
    this.arriveInTurn(lots, ins)
    const added = addCost()
    if (added === 0n) return
    const event = this.record.event.id
    const moved: Lot[] = []
    const places: LotQueue[] = []
    for (const arrival of ins) {
      const queue = this.queueOf(this.books.get(arrival.asset) as AssetLots, this.unitOf(arrival.account))
      for (const lot of queue.takeNamed((origin) => origin.via === event, arrival.amount)) {
        moved.push(lot)
        places.push(queue)
      }
    }
    spreadCost(moved, added).forEach((lot, i) => {
      const origin: LotOrigin = { ...lot.origin, unitCost: lot.cost, perUnits: lot.amount }
      places[i]?.insert({ origin, amount: lot.amount, cost: lot.cost })
    })
  }

  private absorb(absorbed: readonly Portion[]): bigint {
    let cost = 0n
    for (const { account, asset, amount } of absorbed) cost += this.drop(account, asset, amount)
    return cost
  }

  /** A fraction's size among several assets: its share of the value of the side, in steps fine enough not to matter. */
  private scaled(i: number, out: Portion, outWeight: bigint): bigint {
    return outWeight === 0n ? 0n : ((this.takenAmount[i] as Amount) * out.weight * 10n ** 12n) / out.amount
  }

  private missingOrigin(portion: Portion): LotOrigin {
    const { event, day } = this.record
    return {
      event: event.id,
      leg: -1,
      asset: portion.asset,
      account: portion.account,
      time: event.time,
      day,
      longFrom: this.law.longFrom(day),
      sequence: this.sequence++,
      unitCost: ZERO_MONEY,
      perUnits: portion.amount,
      parent: null,
      via: null,
      note: MISSING,
    }
  }

  /** The lots fill the destinations one after the other, unit for unit. */
  private arriveInTurn(lots: readonly Lot[], ins: readonly Portion[]): void {
    let next = 0
    let lot = lots[0]
    for (const arrival of ins) {
      const book = this.books.get(arrival.asset) as AssetLots
      const unit = this.unitOf(arrival.account)
      if (this.changes) this.addBalance(book, unit, arrival.amount)
      let need = arrival.amount as bigint
      while (need > 0n && lot !== undefined) {
        const amount = lot.amount < need ? (lot.amount as bigint) : need
        const cost = amount === lot.amount ? lot.cost : divideHalfEven(lot.cost * amount, lot.amount)
        this.arrive(book, unit, lot, amount as Amount, cost as Money)
        need -= amount
        lot =
          amount === lot.amount
            ? lots[++next]
            : {
                origin: lot.origin,
                amount: (lot.amount - amount) as Amount,
                cost: (lot.cost - cost) as Money,
              }
      }
    }
  }

  /** Every lot is divided over the destinations by their weight, and takes their units in proportion. */
  private arriveShared(lots: readonly Lot[], ins: readonly Portion[]): void {
    let whole = 0n
    for (const lot of lots) whole += lot.amount
    let weights = 0n
    for (const arrival of ins) weights += arrival.weight
    const costs = lots.map((lot) => lot.cost as bigint)
    for (const arrival of ins) {
      const book = this.books.get(arrival.asset) as AssetLots
      const unit = this.unitOf(arrival.account)
      if (this.changes) this.addBalance(book, unit, arrival.amount)
      let [units, size] = [arrival.amount as bigint, whole]
      lots.forEach((lot, i) => {
        const amount = size === lot.amount ? units : divideHalfEven(units * lot.amount, size)
        const left = costs[i] as bigint
        const cost = arrival.weight === weights ? left : divideHalfEven(left * arrival.weight, weights)
        costs[i] = left - cost
        units -= amount
        size -= lot.amount
        if (amount > 0n) this.arrive(book, unit, lot, amount as Amount, cost as Money)
      })
      weights -= arrival.weight
    }
  }

  private arrive(book: AssetLots, unit: number, lot: Lot, amount: Amount, cost: Money): void {
    const { origin } = lot
    const unchanged = origin.asset === book.asset && cost * origin.perUnits === origin.unitCost * amount
    const lossBasis = origin.note?.lossBasis
    const note =
      lossBasis === undefined || origin.asset === book.asset
        ? origin.note
        : {
            ...origin.note,
            lossBasis: { ...lossBasis, cost: (lossBasis.cost * lot.amount) / lossBasis.amount, amount },
          }
    const moved: LotOrigin = {
      event: origin.event,
      leg: origin.leg,
      asset: book.asset,
      account: this.law.units[unit] as AccountId,
      time: origin.time,
      day: origin.day,
      longFrom: origin.longFrom,
      sequence: origin.sequence,
      unitCost: unchanged ? origin.unitCost : cost,
      perUnits: unchanged ? origin.perUnits : amount,
      parent: origin,
      via: this.record.event.id,
      note: note as LotNote | null,
    }
    this.put(book, unit, { origin: moved, amount, cost })
  }

  split(parent: AssetId, leg: Leg, index: number, childValue: Money, parentPrice: Money): void {
    const parents = this.books.get(parent)
    const child = this.books.get(leg.asset)
    if (parents === undefined || child === undefined) return
    let held = 0n
    for (const queue of parents.queues) for (const lot of queue?.held() ?? []) held += lot.amount
    const worth = (held * parentPrice) / 10n ** 24n + childValue
    const unit = this.unitOf(leg.account)
    if (this.changes) this.addBalance(child, unit, leg.amount)
    if (held === 0n || worth === 0n) {
      this.acquire(leg, index, leg.amount, ZERO_MONEY, null)
      return
    }
    let [units, size] = [leg.amount as bigint, held]
    parents.queues.forEach((queue, place) => {
      if (queue === undefined) return
      const kept: Lot[] = []
      for (const lot of queue.held()) {
        const cost = divideHalfEven(lot.cost * childValue, worth)
        const amount = size === lot.amount ? units : divideHalfEven(units * lot.amount, size)
        units -= amount
        size -= lot.amount
        kept.push({ origin: lot.origin, amount: lot.amount, cost: (lot.cost - cost) as Money })
        if (amount > 0n) this.arrive(child, unit, lot, amount as Amount, cost as Money)
      }
      parents.queues[place] = new LotQueue()
      for (const lot of kept) parents.queues[place]?.insert(lot)
    })
  }

  nameLots(lots: readonly NamedLot[], fallbackAsset: AssetId): void {
    this.named = lots
      .map((lot) => ({ lot, asset: lot.asset ?? fallbackAsset, left: lot.amount }))
      .filter((entry) => this.books.has(entry.asset))
  }

  endNaming(): void {
    for (const entry of this.named ?? []) {
      if (entry.left > 0n) {
        this.record.refuse(
          'named-lots-exceed',
          `Event ${this.record.event.id} names more units of ${entry.asset} than it disposes of or moves. Name fewer units.`,
        )
      }
    }
    this.named = null
  }

  endYear(): void {}

  startYear(_year: number, from: number): void {
    if (!this.universal || from < this.law.changeover) return
    this.universal = false
    for (const book of this.books.values()) allocate(book, this.law, this.record)
  }

  finish(): void {}

  snapshot(): LotSnapshot {
    return {
      sequence: this.sequence,
      universal: this.universal,
      books: [...this.books.values()].map((book) => ({
        asset: book.asset,
        queues: book.queues.map((queue) => queue?.copy()),
        balances: book.balances.slice(),
      })),
    }
  }

  restore(snapshot: unknown): void {
    const saved = snapshot as LotSnapshot
    this.sequence = saved.sequence
    this.universal = saved.universal
    for (const book of saved.books) {
      this.books.set(book.asset, {
        asset: book.asset,
        queues: book.queues.map((queue) => queue?.copy()),
        balances: book.balances.slice(),
      })
    }
  }

  heldLots(): HeldLot[] {
    const lots: HeldLot[] = []
    for (const book of this.books.values()) {
      const held: Lot[] = []
      for (const queue of book.queues) for (const lot of queue?.held() ?? []) held.push(lot)
      for (const lot of held) {
        const known = !lot.origin.note?.missing
        lots.push({
          account: this.universal ? null : lot.origin.account,
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

  private unitOf(account: AccountId): number {
    return this.law.unitOf.get(account) as number
  }

  private queueOf(book: AssetLots, unit: number): LotQueue {
    let queue = book.queues[unit]
    if (queue === undefined) {
      queue = new LotQueue()
      book.queues[unit] = queue
    }
    return queue
  }

  private put(book: AssetLots, unit: number, lot: Lot): void {
    this.queueOf(book, unit).insert(lot)
  }

  private addBalance(book: AssetLots, unit: number, amount: Amount): void {
    book.balances[unit] = ((book.balances[unit] ?? ZERO_AMOUNT) + amount) as Amount
  }

  private addTaken(lot: Lot, rule: string): void {
    const i = this.taken++
    this.takenOrigin[i] = lot.origin
    this.takenAmount[i] = lot.amount
    this.takenCost[i] = lot.cost
    this.takenRule[i] = rule
  }

  /** Takes units as a disposal there takes them; what it took is in the `taken` arrays. Returns the shortfall. */
  private take(book: AssetLots, account: AccountId, amount: Amount): Amount {
    this.taken = 0
    const unit = this.unitOf(account)
    if (this.changes) this.addBalance(book, unit, -amount as Amount)
    let need = amount
    if (this.named !== null) need = this.takeNamed(book, unit, need)
    if (need === 0n) return need
    const method = this.methodFor(book.asset, account)
    if (this.universal) return this.takeAcross(book, method, need)
    const queue = book.queues[unit]
    return queue === undefined ? need : this.drain(queue, method, need)
  }

  private methodFor(asset: AssetId, account: AccountId): LotMethod {
    const { law, record } = this
    const method = law.onlyMethod ?? law.lotMethodFor(record.event.time, record.day, asset, account)
    if (method.id !== 'fifo') record.noteAssumedOrder(account)
    return method
  }

  private takeNamed(book: AssetLots, unit: number, amount: Amount): Amount {
    let need = amount
    for (const entry of this.named ?? []) {
      if (entry.asset !== book.asset || entry.left === 0n || need === 0n) continue
      const wanted = least(entry.left, need)
      const isNamed = (origin: LotOrigin): boolean =>
        origin.event === entry.lot.event && (entry.lot.leg === undefined || entry.lot.leg === origin.leg)
      let found = 0n
      const places = this.universal ? book.queues : [book.queues[unit]]
      for (const queue of places) {
        if (queue === undefined || found === wanted) continue
        for (const lot of queue.takeNamed(isNamed, (wanted - found) as Amount)) {
          this.addTaken(lot, 'specific')
          found += lot.amount
        }
      }
      entry.left = (entry.left - wanted) as Amount
      need = (need - found) as Amount
      if (found < wanted) {
        this.record.refuse('named-lot-missing', missingLotText(this.record.event.id, entry.lot.event, book.asset))
      }
    }
    return need
  }

  private drain(queue: LotQueue, method: LotMethod, amount: Amount): Amount {
    const { end } = method
    let need = amount
    while (need > 0n) {
      const lot = queue.next(method)
      if (lot === undefined) return need
      need = this.takeNext(queue, lot, end, need, method.id)
    }
    return need
  }

  private takeNext(queue: LotQueue, lot: Lot, end: LotMethod['end'], need: Amount, rule: string): Amount {
    const i = this.taken++
    this.takenOrigin[i] = lot.origin
    this.takenRule[i] = rule
    if (lot.amount <= need) {
      this.takenAmount[i] = lot.amount
      this.takenCost[i] = lot.cost
      queue.removeNext(end)
      return (need - lot.amount) as Amount
    }
    const cost = divideHalfEven(lot.cost * need, lot.amount) as Money
    this.takenAmount[i] = need
    this.takenCost[i] = cost
    queue.replaceNext(end, {
      origin: lot.origin,
      amount: (lot.amount - need) as Amount,
      cost: (lot.cost - cost) as Money,
    })
    return ZERO_AMOUNT
  }

  private takeAcross(book: AssetLots, method: LotMethod, amount: Amount): Amount {
    const { end, compare } = method
    let need = amount
    while (need > 0n) {
      let best: LotQueue | undefined
      let bestLot: Lot | undefined
      for (const queue of book.queues) {
        const lot = queue?.next(method)
        if (lot === undefined) continue
        const order = bestLot === undefined ? -1 : compare(lot.origin, bestLot.origin)
        if (bestLot === undefined || (end === 'front' ? order < 0 : order > 0)) {
          best = queue
          bestLot = lot
        }
      }
      if (best === undefined || bestLot === undefined) return need
      need = this.takeNext(best, bestLot, end, need, method.id)
    }
    return need
  }

  /** Takes the earliest lots that physically are in a unit, for a move that changes only where they are. */
  private takeLocated(book: AssetLots, unit: number, amount: Amount): Amount {
    this.taken = 0
    if (this.changes) this.addBalance(book, unit, -amount as Amount)
    const queue = book.queues[unit]
    let need = amount as bigint
    while (queue !== undefined && need > 0n) {
      const lot = queue.takeOldest(need as Amount)
      if (lot === undefined) break
      this.addTaken(lot, '')
      need -= lot.amount
    }
    return need as Amount
  }
}

/** Adds cost to lots in proportion to their units, the last taking the remainder. */
function spreadCost(lots: Lot[], addedCost: Money): Lot[] {
  if (addedCost === 0n || lots.length === 0) return lots
  let units = 0n
  for (const lot of lots) units += lot.amount
  let money = addedCost as bigint
  return lots.map((lot) => {
    const share = lot.amount === units ? money : divideHalfEven(money * lot.amount, units)
    units -= lot.amount
    money -= share
    return { origin: lot.origin, amount: lot.amount, cost: (lot.cost + share) as Money }
  })
}
