import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_AMOUNT } from '../amount/amount.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { Leg, NamedLot } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import { missingLotText } from './basis.ts'
import type { Law } from './law.ts'
import { least } from './least.ts'
import type { Lot } from './lot-queue.ts'
import { LotQueue } from './lot-queue.ts'
import { fifo } from './methods/fifo.ts'
import { fifoAverage } from './methods/fifo-average.ts'
import { lifo } from './methods/lifo.ts'
import type { LotMethod } from './methods/lot-method.ts'
import type { Recorder } from './recorder.ts'
import type { LotOrigin } from './result.ts'

/** The lots of one asset by unit of basis; under universal scope the units only say where lots physically are. */
export interface AssetLots {
  readonly asset: AssetId
  readonly queues: (LotQueue | undefined)[]
  /** Units held by unit of basis; kept while a changeover is ahead. */
  readonly balances: Amount[]
}

export interface LotSnapshot {
  readonly sequence: number
  readonly universal: boolean
  readonly books: readonly AssetLots[]
}

const UNKNOWN = { low: null, high: null }

/** Lots by asset and unit of basis, and how a disposal or a move takes units out of them. */
export class LotBooks {
  readonly law: Law
  readonly record: Recorder
  readonly books = new Map<AssetId, AssetLots>()
  universal: boolean
  /** What the last `take` took, by index below `taken`; the arrays are reused. */
  readonly takenOrigin: LotOrigin[] = []
  readonly takenAmount: Amount[] = []
  readonly takenCost: Money[] = []
  readonly takenRule: string[] = []
  taken = 0
  private readonly changes: boolean
  /** Units of basis of a business, where the pack keeps them apart and there are any. */
  private readonly businessUnits: ReadonlySet<number> | null
  private sequence = 0
  private named: { readonly lot: NamedLot; readonly asset: AssetId; left: Amount }[] | null = null

  constructor(law: Law, record: Recorder, assets: readonly AssetId[]) {
    this.law = law
    this.record = record
    this.universal = law.firstScope === 'universal'
    this.changes = this.universal && law.changeover < 10_000_000
    this.businessUnits =
      law.business.size === 0 ? null : new Set([...law.business].map((account) => law.unitOf.get(account) as number))
    for (const asset of assets) this.books.set(asset, { asset, queues: [], balances: [] })
  }

  /** The rank of the next lot among those of one instant. */
  nextSequence(): number {
    return this.sequence++
  }

  /** Units came into, or with a minus left, a unit of basis. */
  countBalance(book: AssetLots, unit: number, amount: bigint): void {
    if (this.changes) book.balances[unit] = ((book.balances[unit] ?? ZERO_AMOUNT) + amount) as Amount
  }

  /** Nothing that follows in this event takes lots by name. */
  forgetNames(): void {
    this.named = null
  }

  nameLots(lots: readonly NamedLot[], fallbackAsset: AssetId): void {
    this.named = lots
      .map((lot) => ({ lot, asset: lot.asset ?? fallbackAsset, left: lot.amount }))
      .filter((entry) => this.books.has(entry.asset))
  }

  endNaming(): void {
    const over = this.named?.find(({ left }) => left > 0n)
    if (over !== undefined) {
      const rule = this.law.pack.identification.authority
      this.record.refuse(
        'named-lots-exceed',
        `Event ${this.record.event.id} names more units of ${over.asset} than it disposes of or moves (${rule}). Name fewer units.`,
        rule,
      )
    }
    this.named = null
  }

  /** The state as it is; lots are shared, as they never change. */
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

  restore(saved: LotSnapshot): void {
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

  /** The unit of basis of an account. */
  unitOf(account: AccountId): number {
    return this.law.unitOf.get(account) as number
  }

  /** The lots in a unit of basis. */
  queueOf(book: AssetLots, unit: number): LotQueue {
    let queue = book.queues[unit]
    if (queue === undefined) {
      queue = new LotQueue()
      book.queues[unit] = queue
    }
    return queue
  }

  /** Adds a lot where it is now. */
  put(book: AssetLots, unit: number, lot: Lot): void {
    const queue = this.queueOf(book, unit)
    if (this.law.averagesLots) this.keepMethod(queue, book.asset, this.law.units[unit] as AccountId)
    queue.insert(lot)
  }

  /** A queue gives average costs or the lots' own; where the law asks so, changing it has to wait until it is empty. */
  private keepMethod(queue: LotQueue, asset: AssetId, account: AccountId): void {
    const { law, record } = this
    const method = law.onlyMethod ?? law.lotMethodFor(record.event.time, record.day, asset, account)
    const averaged = method.averaged === true
    if (queue.isAveraged === averaged) return
    const kept = law.pack.methodKeptUntilEmpty
    if (kept !== undefined && !queue.isEmpty) {
      record.refuse(
        'method-change-not-allowed',
        `The method of ${asset} in ${account} changes at event ${record.event.id} while units are left there. ${law.pack.name} lets it change only once none is left (${kept.authority}). Let the change begin on a later day.`,
        kept.authority,
      )
    }
    queue.setAveraged(averaged)
  }

  /** Notes a lot as taken. */
  addTaken(lot: Lot, rule: string): void {
    const i = this.taken++
    this.takenOrigin[i] = lot.origin
    this.takenAmount[i] = lot.amount
    this.takenCost[i] = lot.cost
    this.takenRule[i] = rule
  }

  /** Takes units as a disposal there takes them; what it took is in the `taken` arrays. Returns the shortfall. */
  take(book: AssetLots, account: AccountId, amount: Amount): Amount {
    this.taken = 0
    const unit = this.unitOf(account)
    this.countBalance(book, unit, -amount)
    let need = amount
    if (this.named !== null) {
      if (this.law.averagesLots && this.methodFor(book.asset, account).averaged) this.ignoreNames(book, account, amount)
      else need = this.takeNamed(book, unit, need)
    }
    const { recentFirst } = this.law.pack
    if (recentFirst !== undefined && need > 0n) need = this.takeRecent(book, need, recentFirst.days)
    if (need === 0n) return need
    const method = this.methodFor(book.asset, account)
    if (this.universal) return this.takeAcross(book, method, need, unit)
    const queue = book.queues[unit]
    if (queue === undefined) return need
    if (this.law.averagesLots) this.keepMethod(queue, book.asset, account)
    return this.drain(queue, method, need)
  }

  /** Takes the oldest units whatever the method, and none by name. Returns the shortfall. */
  takeToMove(book: AssetLots, account: AccountId, amount: Amount): Amount {
    if (this.law.pack.transfersFifo === undefined) return this.take(book, account, amount)
    this.ignoreNames(book, account, amount)
    this.taken = 0
    const unit = this.unitOf(account)
    this.countBalance(book, unit, -amount)
    const queue = book.queues[unit]
    if (queue === undefined) return amount
    if (this.law.averagesLots) this.keepMethod(queue, book.asset, account)
    return this.drain(queue, queue.isAveraged ? fifoAverage : fifo, amount)
  }

  /** Lots of the asset are named where none can be: the units are taken as the method says, and that is reported. */
  private ignoreNames({ asset }: AssetLots, account: AccountId, amount: Amount): void {
    if (!this.named?.some((entry) => entry.asset === asset)) return
    this.named = null
    this.record.open({ code: 'identification-not-allowed', asset, account, amount, effect: UNKNOWN })
  }

  /** What the last `take` took, as lots. */
  takenLots(): Lot[] {
    const lots: Lot[] = []
    for (let i = 0; i < this.taken; i++) {
      lots.push({
        origin: this.takenOrigin[i] as LotOrigin,
        amount: this.takenAmount[i] as Amount,
        cost: this.takenCost[i] as Money,
      })
    }
    return lots
  }

  private methodFor(asset: AssetId, account: AccountId): LotMethod {
    const { law, record } = this
    const method = law.onlyMethod ?? law.lotMethodFor(record.event.time, record.day, asset, account)
    if (method.id !== 'fifo') record.noteAssumedOrder(account)
    if (law.missesBroker(record.event.time, record.day, asset, account)) {
      record.open({ code: 'identification-not-sent-to-broker', asset, account, effect: { low: null, high: null } })
    }
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
        const rule = this.law.pack.identification.authority
        const text = missingLotText(this.record.event.id, entry.lot.event, book.asset, rule)
        this.record.refuse('named-lot-missing', text, rule)
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
      this.takenCost[i] = queue.isAveraged ? queue.takeAverage(lot, lot.amount) : lot.cost
      queue.removeNext(end)
      return (need - lot.amount) as Amount
    }
    const cost = divideHalfEven(lot.cost * need, lot.amount) as Money
    this.takenAmount[i] = need
    this.takenCost[i] = queue.isAveraged ? queue.takeAverage(lot, need) : cost
    queue.replaceNext(end, {
      origin: lot.origin,
      amount: (lot.amount - need) as Amount,
      cost: (lot.cost - cost) as Money,
    })
    return ZERO_AMOUNT
  }

  /** Takes units acquired in the days before, the newest first. Returns what is still needed. */
  private takeRecent(book: AssetLots, amount: Amount, days: number): Amount {
    const from = this.record.day - days
    let need = amount
    while (need > 0n) {
      let newest: LotQueue | undefined
      let newestLot: Lot | undefined
      for (const queue of book.queues) {
        const lot = queue?.next(lifo)
        if (lot === undefined || lot.origin.day < from || lot.origin.note?.missing) continue
        if (newestLot === undefined || lifo.compare(lot.origin, newestLot.origin) > 0) {
          newest = queue
          newestLot = lot
        }
      }
      if (newest === undefined || newestLot === undefined) return need
      need = this.takeNext(newest, newestLot, lifo.end, need, 'four-weeks')
    }
    return need
  }

  private takeAcross(book: AssetLots, method: LotMethod, amount: Amount, unit: number): Amount {
    const { end, compare } = method
    const { businessUnits } = this
    const ofBusiness = businessUnits?.has(unit)
    let need = amount
    while (need > 0n) {
      let best: LotQueue | undefined
      let bestLot: Lot | undefined
      for (let place = 0; place < book.queues.length; place++) {
        const queue = book.queues[place]
        const lot = queue?.next(method)
        if (lot === undefined || businessUnits?.has(place) !== ofBusiness) continue
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

  /**
   * Takes the lots whose cost is stated anew out of their queues: the named ones, else those without a past, then the
   * oldest. Balances stay, as the lots go back. `left`: units that are not there.
   */
  takeForOverride(
    { account, asset, amount }: Leg,
    named: readonly NamedLot[],
  ): { readonly taken: readonly (readonly [LotQueue, Lot])[]; readonly left: Amount } {
    const book = this.books.get(asset)
    const taken: (readonly [LotQueue, Lot])[] = []
    let left = amount as bigint
    if (book === undefined) return { taken, left: amount }
    const own = book.queues[this.unitOf(account)]
    const places = (this.universal ? [own, ...book.queues.filter((queue) => queue !== own)] : [own]).filter(
      (queue) => queue !== undefined,
    )
    const wishes: ((origin: LotOrigin) => boolean)[] =
      named.length > 0
        ? named.map((lot) => (origin) => origin.event === lot.event && (lot.leg ?? origin.leg) === origin.leg)
        : [(origin) => origin.note?.missing === true, () => true]
    for (const isWanted of wishes) {
      for (const queue of places) {
        if (left === 0n) break
        for (const lot of queue.takeNamed(isWanted, left as Amount)) {
          taken.push([queue, lot])
          left -= lot.amount
        }
      }
    }
    return { taken, left: left as Amount }
  }

  /** Takes the earliest lots that physically are in a unit, for a move that changes only where they are. */
  takeLocated(book: AssetLots, unit: number, amount: Amount): Amount {
    this.taken = 0
    this.countBalance(book, unit, -amount)
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
