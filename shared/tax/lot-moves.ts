import type { Amount, Money } from '../amount/amount.ts'
import { ZERO_MONEY } from '../amount/amount.ts'
import { shareOf } from '../amount/arithmetic.ts'
import { divideHalfEven } from '../amount/decimal.ts'
import type { Leg } from '../events/event.ts'
import type { AccountId, AssetId } from '../events/identifiers.ts'
import type { Move, Portion } from './basis.ts'
import { least } from './least.ts'
import type { AssetLots, LotBooks } from './lot-books.ts'
import type { Lot, LotQueue } from './lot-queue.ts'
import type { LotNote, LotOrigin } from './result.ts'

const MISSING: LotNote = { missing: true }
/** Shares of several assets are counted in steps so fine that no unit is lost between them. */
const FINE = 10n ** 12n

/** A lot on its way: its share of what arrives, and its second basis where it is a gift. */
interface Moving {
  readonly lot: Lot
  readonly share: bigint
  readonly lossCost: bigint | null
}

/** Takes a unit’s lots as a disposal there would, and what the units were short of as a lot without a past. */
function takeOut(books: LotBooks, out: Portion): Lot[] {
  const missing = books.takeToMove(books.books.get(out.asset) as AssetLots, out.account, out.amount)
  const lots = books.takenLots()
  if (missing > 0n && books.law.money.has(out.asset)) books.record.slice.foreignMoney.add(out.asset)
  else if (missing > 0n) {
    books.record.open({ code: 'missing-acquisition', asset: out.asset, account: out.account, amount: missing })
    lots.push({ origin: missingOrigin(books, out.asset, out.account, missing), amount: missing, cost: ZERO_MONEY })
  }
  return lots
}

function missingOrigin(books: LotBooks, asset: AssetId, account: AccountId, amount: Amount): LotOrigin {
  const { event, day } = books.record
  return {
    event: event.id,
    leg: -1,
    asset,
    account,
    time: event.time,
    day,
    longFrom: books.law.longFrom(day),
    sequence: books.nextSequence(),
    unitCost: ZERO_MONEY,
    perUnits: amount,
    parent: null,
    via: null,
    note: MISSING,
  }
}

/** Moves lots between accounts, or into another form of themselves. `drop` takes units away and gives their cost. */
export function moveLots(
  books: LotBooks,
  { outs, ins, convert, absorbed, addCost }: Move,
  drop: (portion: Portion) => Money,
): void {
  const extra = (): Money => {
    let cost = 0n
    for (const portion of absorbed) cost += drop(portion)
    return (cost + addCost()) as Money
  }
  const [out, arrival] = [outs[0], ins[0]]
  if (out === undefined || arrival === undefined) return
  openBusinessMove(books, outs, ins)
  const staysInUnit =
    outs.length === 1 && ins.length === 1 && books.unitOf(out.account) === books.unitOf(arrival.account)
  if (!convert && staysInUnit) {
    // Inside one unit of basis no lot moves, so none can be named, and there is nothing to spread a cost over.
    books.forgetNames()
    extra()
  } else if (!convert && books.universal) {
    relocate(books, outs, ins, extra)
  } else if (convert) {
    convertLots(books, outs, ins, extra)
  } else {
    const lots = outs.flatMap((portion) => takeOut(books, portion))
    arriveInTurn(books, spreadCost(lots, extra()), ins)
  }
}

/** Units that enter or leave a business: at cost meanwhile; what the law makes of it is the person's to say. */
function openBusinessMove(books: LotBooks, outs: readonly Portion[], ins: readonly Portion[]): void {
  const { business } = books.law
  if (business.size === 0) return
  const sides = new Set([...outs, ...ins].map(({ account }) => business.has(account)))
  const [first] = outs
  if (sides.size < 2 || first === undefined) return
  const { account, asset, amount } = first
  books.record.open({ code: 'business-transfer', account, asset, amount, effect: { low: null, high: null } })
}

/**
 * Under universal scope a move takes no lots: it only says where they are from now on. The fees then are taken from all
 * lots, and what they add to cost is spread over what moved.
 */
function relocate(books: LotBooks, outs: readonly Portion[], ins: readonly Portion[], extra: () => Money): void {
  books.forgetNames()
  const lots = outs.flatMap((out) => {
    books.takeLocated(books.books.get(out.asset) as AssetLots, books.unitOf(out.account), out.amount)
    return books.takenLots()
  })
  arriveInTurn(books, lots, ins)
  const added = extra()
  if (added === 0n) return
  const event = books.record.event.id
  const moved: Lot[] = []
  const places: LotQueue[] = []
  for (const arrival of ins) {
    const queue = books.queueOf(books.books.get(arrival.asset) as AssetLots, books.unitOf(arrival.account))
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

/** The lots fill the destinations one after the other, unit for unit. */
function arriveInTurn(books: LotBooks, lots: readonly Lot[], ins: readonly Portion[]): void {
  let next = 0
  let lot = lots[0]
  for (const arrival of ins) {
    const book = books.books.get(arrival.asset) as AssetLots
    const unit = books.unitOf(arrival.account)
    books.countBalance(book, unit, arrival.amount)
    let need = arrival.amount as bigint
    while (need > 0n && lot !== undefined) {
      const amount: bigint = least(lot.amount, need)
      const whole = amount === lot.amount
      const cost: bigint = whole ? lot.cost : divideHalfEven(lot.cost * amount, lot.amount)
      arrive(books, book, unit, lot.origin, amount as Amount, cost as Money, lot.origin.note)
      need -= amount
      lot = whole
        ? lots[++next]
        : { origin: lot.origin, amount: (lot.amount - amount) as Amount, cost: (lot.cost - cost) as Money }
    }
  }
}

/** Every lot is divided over the destinations by their weight, and takes their units in proportion. */
function convertLots(books: LotBooks, outs: readonly Portion[], ins: readonly Portion[], extra: () => Money): void {
  const moving = outs.flatMap((out) =>
    takeOut(books, out).map((lot): Moving => {
      const basis = lot.origin.note?.lossBasis
      return {
        lot,
        share: (lot.amount * out.weight * FINE) / out.amount,
        lossCost: basis === undefined ? null : (basis.cost * lot.amount) / basis.amount,
      }
    }),
  )
  const costs = spreadCost(
    moving.map(({ lot, share }) => ({ origin: lot.origin, amount: share as Amount, cost: lot.cost })),
    extra(),
  ).map((lot) => lot.cost as bigint)
  const whole = moving.reduce((sum, { share }) => sum + share, 0n)
  const allWeights = ins.reduce((sum, arrival) => sum + arrival.weight, 0n)
  let weights = allWeights
  for (const arrival of ins) {
    const book = books.books.get(arrival.asset) as AssetLots
    const unit = books.unitOf(arrival.account)
    books.countBalance(book, unit, arrival.amount)
    let [units, size] = [arrival.amount as bigint, whole]
    moving.forEach(({ lot, share, lossCost }, i) => {
      const amount = shareOf(units, share, size)
      const left = costs[i] as bigint
      const cost = shareOf(left, arrival.weight, weights)
      costs[i] = left - cost
      units -= amount
      size -= share
      if (amount === 0n) return
      const note = converted(lot.origin.note, lossCost, arrival.weight, allWeights, amount as Amount)
      arrive(books, book, unit, lot.origin, amount as Amount, cost as Money, note)
    })
    weights -= arrival.weight
  }
}

/** A gift’s second basis in the new units. */
function converted(
  note: LotNote | null,
  lossCost: bigint | null,
  weight: bigint,
  weights: bigint,
  amount: Amount,
): LotNote | null {
  if (note?.lossBasis === undefined || lossCost === null) return note
  return { ...note, lossBasis: { ...note.lossBasis, cost: ((lossCost * weight) / weights) as Money, amount } }
}

function arrive(
  books: LotBooks,
  book: AssetLots,
  unit: number,
  origin: LotOrigin,
  amount: Amount,
  cost: Money,
  note: LotNote | null,
): void {
  const unchanged = origin.asset === book.asset && cost * origin.perUnits === origin.unitCost * amount
  const moved: LotOrigin = {
    event: origin.event,
    leg: origin.leg,
    asset: book.asset,
    account: books.law.units[unit] as AccountId,
    time: origin.time,
    day: origin.day,
    longFrom: origin.longFrom,
    sequence: origin.sequence,
    unitCost: unchanged ? origin.unitCost : cost,
    perUnits: unchanged ? origin.perUnits : amount,
    parent: origin,
    via: books.record.event.id,
    note,
  }
  books.put(book, unit, { origin: moved, amount, cost })
}

/**
 * Gives part of every lot of the parent to a child of a chain split: `childValue` of `childValue` and the value of the
 * parent’s units. False where there is no parent to divide.
 */
export function splitLots(books: LotBooks, parent: AssetId, leg: Leg, childValue: Money, parentPrice: Money): boolean {
  const parents = books.books.get(parent)
  const child = books.books.get(leg.asset)
  if (parents === undefined || child === undefined) return true
  let held = 0n
  for (const queue of parents.queues) for (const lot of queue?.held() ?? []) held += lot.amount
  const worth = (held * parentPrice) / 10n ** 24n + childValue
  if (held === 0n || worth === 0n) return false
  const unit = books.unitOf(leg.account)
  books.countBalance(child, unit, leg.amount)
  let [units, size] = [leg.amount as bigint, held]
  parents.queues.forEach((queue, place) => {
    if (queue === undefined) return
    const kept = queue.emptied()
    for (const lot of queue.held()) {
      const cost = divideHalfEven(lot.cost * childValue, worth)
      const amount = shareOf(units, lot.amount, size)
      units -= amount
      size -= lot.amount
      kept.insert({ origin: lot.origin, amount: lot.amount, cost: (lot.cost - cost) as Money })
      if (amount > 0n) arrive(books, child, unit, lot.origin, amount as Amount, cost as Money, null)
    }
    parents.queues[place] = kept
  })
  return true
}

/** Adds cost to lots in proportion to their units, the last taking the remainder. */
function spreadCost(lots: readonly Lot[], addedCost: Money): readonly Lot[] {
  if (addedCost === 0n || lots.length === 0) return lots
  let units = 0n
  for (const lot of lots) units += lot.amount
  let money = addedCost as bigint
  return lots.map((lot) => {
    const share = shareOf(money, lot.amount, units)
    units -= lot.amount
    money -= share
    return { origin: lot.origin, amount: lot.amount, cost: (lot.cost + share) as Money }
  })
}
