import type { Amount, Money } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import { fifo } from './methods/fifo.ts'
import type { LotMethod } from './methods/lot-method.ts'
import { byAge } from './methods/lot-method.ts'
import type { LotOrigin } from './result.ts'

/** Units of one origin that are still held. Never changed: what is left of a lot is a new one. */
export interface Lot {
  readonly origin: LotOrigin
  readonly amount: Amount
  readonly cost: Money
}

const COMPACT_FROM = 512

/** Units that nobody is known to have acquired have no cost, and take none from the average of the others. */
const isPriced = ({ origin }: Lot): boolean => !origin.note?.missing

/** The lots of one asset in one unit of basis, in the order of the method last asked for. */
export class LotQueue {
  private lots: Lot[]
  private head = 0
  private method: LotMethod
  /** All units and all cost of a queue whose units take its average; then the lots' own cost says nothing. */
  private pool: { amount: bigint; cost: bigint } | null = null

  constructor(lots: Lot[] = [], method: LotMethod = fifo) {
    this.lots = lots
    this.method = method
  }

  get isEmpty(): boolean {
    return this.head === this.lots.length
  }

  /** The lots held, in the queue's order; averaged units each with their share of the queue's cost. */
  held(): Lot[] {
    const lots = this.lots.slice(this.head)
    if (this.pool === null) return lots
    let { amount: units, cost } = this.pool
    return lots.map((lot) => {
      const { origin, amount } = lot
      if (!isPriced(lot)) return lot
      const share = shareOf(cost, amount, units)
      units -= amount
      cost -= share
      return { origin, amount, cost: share as Money }
    })
  }

  /** Does the queue give average costs. */
  get isAveraged(): boolean {
    return this.pool !== null
  }

  /** From now on units take the average cost of the queue, until none is left; or their own again. */
  setAveraged(averaged: boolean): void {
    if (averaged === (this.pool !== null)) return
    const lots = this.held()
    this.pool = null
    this.lots = lots
    this.head = 0
    if (!averaged) return
    const pool = { amount: 0n, cost: 0n }
    for (const lot of lots) {
      if (!isPriced(lot)) continue
      pool.amount += lot.amount
      pool.cost += lot.cost
    }
    this.pool = pool
  }

  /** Takes units of a lot out of the averaged cost; gives theirs. */
  takeAverage(lot: Lot, amount: Amount): Money {
    if (!isPriced(lot)) return lot.cost
    const pool = this.pool as { amount: bigint; cost: bigint }
    const cost = shareOf(pool.cost, amount, pool.amount)
    pool.amount -= amount
    pool.cost -= cost
    return cost as Money
  }

  /** A queue of the same lots that lives on its own; lots are shared, as they never change. */
  copy(): LotQueue {
    const copy = new LotQueue(this.held(), this.method)
    copy.setAveraged(this.pool !== null)
    return copy
  }

  /** A queue of the same sort without a lot in it. */
  emptied(): LotQueue {
    const queue = new LotQueue([], this.method)
    queue.setAveraged(this.pool !== null)
    return queue
  }

  insert(lot: Lot): void {
    if (this.pool !== null && isPriced(lot)) {
      this.pool.amount += lot.amount
      this.pool.cost += lot.cost
    }
    const { lots } = this
    const { compare } = this.method
    const last = lots[lots.length - 1]
    if (last === undefined || this.isEmpty || compare(last.origin, lot.origin) <= 0) {
      lots.push(lot)
      return
    }
    let low = this.head
    let high = lots.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare((lots[middle] as Lot).origin, lot.origin) <= 0) low = middle + 1
      else high = middle
    }
    if (low === this.head && this.head > 0) lots[--this.head] = lot
    else lots.splice(low, 0, lot)
  }

  /** The lot that the method takes next. */
  next(method: LotMethod): Lot | undefined {
    if (method.order !== this.method.order) {
      this.lots = this.lots.slice(this.head).sort((a, b) => method.compare(a.origin, b.origin))
      this.head = 0
      this.method = method
    }
    return this.isEmpty ? undefined : this.lots[method.end === 'front' ? this.head : this.lots.length - 1]
  }

  /** Takes the lot that `next` gave away whole. */
  removeNext(end: LotMethod['end']): void {
    if (end === 'back') {
      this.lots.length--
      return
    }
    this.head++
    if (this.head >= COMPACT_FROM && this.head * 2 > this.lots.length) {
      this.lots = this.lots.slice(this.head)
      this.head = 0
    }
  }

  /** Puts what is left in place of the lot that `next` gave. */
  replaceNext(end: LotMethod['end'], rest: Lot): void {
    this.lots[end === 'front' ? this.head : this.lots.length - 1] = rest
  }

  /** Takes up to `amount` units of the lots that `isNamed` tells, looked for from the newest end where `fromBack`. */
  takeNamed(isNamed: (origin: LotOrigin) => boolean, amount: Amount, fromBack = false): Lot[] {
    const taken: Lot[] = []
    let need = amount as bigint
    const step = fromBack ? -1 : 1
    let place = fromBack ? this.lots.length - 1 : this.head
    while (need > 0n && place >= this.head && place < this.lots.length) {
      const lot = this.lots[place] as Lot
      if (!isNamed(lot.origin)) {
        place += step
        continue
      }
      const part = this.takeAt(place, need as Amount)
      taken.push(part)
      need -= part.amount
      place = fromBack ? place - 1 : Math.max(place, this.head)
    }
    return taken
  }

  /** Takes up to `amount` units of the oldest lot, whatever order the queue is in; nothing where it is empty. */
  takeOldest(amount: Amount): Lot | undefined {
    if (this.isEmpty) return undefined
    let oldest = this.head
    if (this.method.order !== 'age') {
      for (let i = this.head + 1; i < this.lots.length; i++) {
        if (byAge((this.lots[i] as Lot).origin, (this.lots[oldest] as Lot).origin) < 0) oldest = i
      }
    }
    return this.takeAt(oldest, amount)
  }

  private takeAt(place: number, amount: Amount): Lot {
    const lot = this.lots[place] as Lot
    const part = this.cutAt(place, lot, amount)
    return this.pool === null ? part : { ...part, cost: this.takeAverage(part, part.amount) }
  }

  private cutAt(place: number, lot: Lot, amount: Amount): Lot {
    if (lot.amount > amount) {
      const [part, rest] = splitLot(lot, amount)
      this.lots[place] = rest
      return part
    }
    if (place === this.head) this.head++
    else this.lots.splice(place, 1)
    return lot
  }
}

/** Cuts a lot in two without losing a fraction of its cost: the rest takes what rounding leaves. */
export function splitLot(lot: Lot, amount: Amount): [Lot, Lot] {
  const cost = divideHalfEven(lot.cost * amount, lot.amount) as Money
  return [
    { origin: lot.origin, amount, cost },
    { origin: lot.origin, amount: (lot.amount - amount) as Amount, cost: (lot.cost - cost) as Money },
  ]
}
