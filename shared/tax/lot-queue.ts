import type { Amount, Money } from '../amount/amount.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import { fifo } from './methods/fifo.ts'
import type { LotMethod } from './methods/lot-method.ts'
import type { LotOrigin } from './result.ts'

/** Units of one origin that are still held. Never changed: what is left of a lot is a new one. */
export interface Lot {
  readonly origin: LotOrigin
  readonly amount: Amount
  readonly cost: Money
}

const COMPACT_FROM = 512

/** The lots of one asset in one unit of basis, in the order of the method last asked for. */
export class LotQueue {
  private lots: Lot[]
  private head = 0
  private method: LotMethod

  constructor(lots: Lot[] = [], method: LotMethod = fifo) {
    this.lots = lots
    this.method = method
  }

  get isEmpty(): boolean {
    return this.head === this.lots.length
  }

  /** The lots held, in the queue's order. */
  held(): Lot[] {
    return this.lots.slice(this.head)
  }

  /** A queue of the same lots that lives on its own; lots are shared, as they never change. */
  copy(): LotQueue {
    return new LotQueue(this.held(), this.method)
  }

  insert(lot: Lot): void {
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
      this.lots = this.held().sort((a, b) => method.compare(a.origin, b.origin))
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
      this.lots = this.held()
      this.head = 0
    }
  }

  /** Puts what is left in place of the lot that `next` gave. */
  replaceNext(end: LotMethod['end'], rest: Lot): void {
    this.lots[end === 'front' ? this.head : this.lots.length - 1] = rest
  }

  /** Takes up to `amount` units of the lots that `isNamed` tells; what was found, in the queue's order. */
  takeNamed(isNamed: (origin: LotOrigin) => boolean, amount: Amount): Lot[] {
    const taken: Lot[] = []
    const kept: Lot[] = []
    let need = amount
    for (const lot of this.held()) {
      if (need === 0n || !isNamed(lot.origin)) {
        kept.push(lot)
        continue
      }
      if (lot.amount <= need) {
        taken.push(lot)
        need = (need - lot.amount) as Amount
      } else {
        const [part, rest] = splitLot(lot, need)
        taken.push(part)
        kept.push(rest)
        need = 0n as Amount
      }
    }
    this.lots = kept
    this.head = 0
    return taken
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
