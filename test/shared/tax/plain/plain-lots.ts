/**
 * Lots by the book: one list of lots, looked through from its start for every unit of work. Written to be read beside
 * the rule, not to be fast, and without a line of the engine.
 * Fees: cost of a buy, proceeds of a sale, the given side of a swap; coins paid as a fee are disposed of at their value.
 * Withheld from what is given, the fee's value is part of the proceeds; from what is received, it leaves that very lot.
 */
import type { Fraction } from './fraction.ts'
import { add, compare, decimal, divided, isZero, least, minus, sum, times, ZERO } from './fraction.ts'
import type { PlainDocument, PlainEvent, PlainLeg } from './plain-history.ts'
import { civilDateOf, inOrder, partsOf, statedValue } from './plain-history.ts'

export interface PlainLot {
  readonly account: string
  readonly asset: string
  readonly event: string
  readonly acquired: string
  readonly time: number
  readonly listed: number
  amount: Fraction
  cost: Fraction
}
export interface PlainRow {
  /** Is it the coin of the trade, or the coin of its fee. */
  readonly part: 'trade' | 'fee'
  readonly event: string
  readonly asset: string
  /** The event of the lot, or null where none is known. */
  readonly lot: string | null
  readonly disposed: string
  readonly term: 'short' | 'long'
  readonly amount: Fraction
  readonly proceeds: Fraction
  readonly fees: Fraction
  readonly cost: Fraction
}
export interface PlainLots {
  readonly rows: readonly PlainRow[]
  readonly lots: readonly PlainLot[]
  readonly income: Fraction
}

/** Long-term from the day after acquisition, one year on: 29 February without one is 1 March. */
export function isLongTerm(acquired: string, disposed: string): boolean {
  const [year = 0, month = 1, day = 1] = acquired.split('-').map((part) => Number.parseInt(part, 10))
  const from = new Date(Date.UTC(year, month - 1, day + 1))
  const long = new Date(Date.UTC(from.getUTCFullYear() + 1, from.getUTCMonth(), from.getUTCDate()))
  return disposed >= long.toISOString().slice(0, 10)
}

/** A year has passed when the day that ends it has: its own date a year on, the end of February where that has no such day. */
export function isMoreThanAYear(acquired: string, disposed: string): boolean {
  const [year = '', month = '', day = ''] = acquired.split('-')
  const next = Number.parseInt(year, 10) + 1
  const lastOfMonth = new Date(Date.UTC(next, Number.parseInt(month, 10), 0)).getUTCDate()
  const ends = `${next}-${month}-${Number.parseInt(day, 10) > lastOfMonth ? lastOfMonth : day}`
  return disposed > ends
}

/** Where countries with lots differ. `received`: a coin taken in a swap costs its own value; `given`: that of the other. */
export interface LotRules {
  readonly isLong: (acquired: string, disposed: string) => boolean
  readonly swapCost: 'received' | 'given'
  /** Lots of so many days before a disposal go first, the newest of them before the others. */
  readonly recentDays?: number
  /** Units cost the average of their wallet, whichever lot they are dated by. */
  readonly isAveraged?: boolean
}
const AMERICAN: LotRules = { isLong: isLongTerm, swapCost: 'received' }

const perUnit = (lot: PlainLot): Fraction => divided(lot.cost, lot.amount)
const earlier = (a: PlainLot, b: PlainLot): boolean => a.time < b.time || (a.time === b.time && a.listed < b.listed)

/** Gives each lot its share, by units, of what all of them cost. */
function spreadCost(lots: readonly PlainLot[]): void {
  const [units, cost] = [sum(lots.map(({ amount }) => amount)), sum(lots.map((lot) => lot.cost))]
  for (const lot of lots) lot.cost = divided(times(cost, lot.amount), units)
}

/** Whether `a` goes before `b` under the method. */
const PREFERRED: Record<string, (a: PlainLot, b: PlainLot) => boolean> = {
  fifo: earlier,
  lifo: (a, b) => earlier(b, a),
  hifo: (a, b) => compare(perUnit(a), perUnit(b)) > 0 || (compare(perUnit(a), perUnit(b)) === 0 && earlier(a, b)),
  lofo: (a, b) => compare(perUnit(a), perUnit(b)) < 0 || (compare(perUnit(a), perUnit(b)) === 0 && earlier(a, b)),
}

/** Runs a history under `profile.method` and one scope for the whole of it: the profile's own unless another is named. */
export function plainLots(
  document: PlainDocument,
  scope = document.profile.scope,
  rules: LotRules = AMERICAN,
): PlainLots {
  const { currency, zone, method = 'fifo' } = document.profile
  const preferred = PREFERRED[method === 'fifo-average' ? 'fifo' : method]
  if (!preferred) throw new Error(`the plain lots know no ${method}`)
  const lots: PlainLot[] = []
  const rows: PlainRow[] = []
  let income = ZERO
  let listed = 0

  const take = (event: PlainEvent, leg: PlainLeg, amount: Fraction): PlainLot[] => {
    const taken: PlainLot[] = []
    let wanted = amount
    const day = Date.parse(civilDateOf(event.time, zone))
    const isRecent = (lot: PlainLot): boolean =>
      rules.recentDays !== undefined && day - Date.parse(lot.acquired) <= rules.recentDays * 86_400_000
    const goesFirst = (lot: PlainLot, chosen: PlainLot): boolean => {
      if (isRecent(lot) !== isRecent(chosen)) return isRecent(lot)
      return isRecent(lot) ? earlier(chosen, lot) : preferred(lot, chosen)
    }
    while (!isZero(wanted)) {
      const there = lots.filter(
        (lot) =>
          lot.asset === leg.asset && (scope === 'universal' || lot.account === leg.account) && !isZero(lot.amount),
      )
      const first = there[0]
      if (!first) break
      if (rules.isAveraged) spreadCost(there)
      const best = there.reduce((chosen, lot) => (goesFirst(lot, chosen) ? lot : chosen), first)
      const part = least(wanted, best.amount)
      const cost = divided(times(best.cost, part), best.amount)
      taken.push({ ...best, amount: part, cost })
      best.amount = minus(best.amount, part)
      best.cost = minus(best.cost, cost)
      wanted = minus(wanted, part)
    }
    if (!isZero(wanted)) {
      taken.push({
        account: leg.account,
        asset: leg.asset,
        event: '',
        acquired: '',
        time: 0,
        listed: 0,
        amount: wanted,
        cost: ZERO,
      })
    }
    return taken
  }

  const dispose = (event: PlainEvent, leg: PlainLeg, proceeds: Fraction, fees: Fraction) => {
    const role = leg.role === 'fee' ? 'fee' : 'trade'
    const amount = decimal(leg.amount)
    const disposed = civilDateOf(event.time, zone)
    for (const part of take(event, leg, amount)) {
      const share = (money: Fraction) => divided(times(money, part.amount), amount)
      rows.push({
        part: role,
        event: event.id,
        asset: leg.asset,
        lot: part.event === '' ? null : part.event,
        disposed,
        term: part.event !== '' && rules.isLong(part.acquired, disposed) ? 'long' : 'short',
        amount: part.amount,
        proceeds: share(proceeds),
        fees: share(fees),
        cost: part.cost,
      })
    }
  }

  const acquire = (event: PlainEvent, leg: PlainLeg, cost: Fraction) => {
    lots.push({
      account: leg.account,
      asset: leg.asset,
      event: event.id,
      acquired: civilDateOf(event.time, zone),
      time: Date.parse(event.time),
      listed: listed++,
      amount: decimal(leg.amount),
      cost,
    })
  }

  const giveBack = (event: PlainEvent, fee: PlainLeg) => {
    const lot = lots[lots.length - 1]
    if (!lot) return
    if (rules.isAveraged) {
      spreadCost(lots.filter((one) => one.account === lot.account && one.asset === lot.asset && !isZero(one.amount)))
    }
    const amount = decimal(fee.amount)
    const cost = divided(times(lot.cost, amount), lot.amount)
    lot.amount = minus(lot.amount, amount)
    lot.cost = minus(lot.cost, cost)
    const disposed = civilDateOf(event.time, zone)
    const proceeds = statedValue(fee)
    rows.push({
      part: 'fee',
      event: event.id,
      asset: fee.asset,
      lot: event.id,
      disposed,
      term: 'short',
      amount,
      proceeds,
      fees: ZERO,
      cost,
    })
  }

  const move = (event: PlainEvent, given: PlainLeg, received: PlainLeg) => {
    if (scope === 'universal') return
    for (const part of take(event, given, decimal(received.amount))) {
      if (part.event !== '') lots.push({ ...part, account: received.account })
    }
  }

  for (const event of inOrder(document)) {
    const { given, received, feeCoin, paid, earned, cashFee } = partsOf(event, currency)
    const fee = add(cashFee, statedValue(feeCoin))
    if (event.kind === 'transfer' && given && received) move(event, given, received)
    else if (given && received) {
      const service = feeCoin?.withheld === true && feeCoin.for === 'out' ? statedValue(feeCoin) : ZERO
      dispose(event, given, add(statedValue(received), service), fee)
      acquire(event, received, statedValue(rules.swapCost === 'given' ? given : received))
      if (feeCoin?.withheld === true && feeCoin.for === 'in') giveBack(event, feeCoin)
    } else if (given) dispose(event, given, isZero(earned) ? statedValue(given) : earned, fee)
    else if (received && !isZero(paid)) acquire(event, received, add(paid, fee))
    else if (received) {
      acquire(event, received, statedValue(received))
      income = add(income, statedValue(received))
    }
    if (feeCoin && feeCoin.withheld !== true) dispose(event, feeCoin, statedValue(feeCoin), ZERO)
  }
  const left = lots.filter((lot) => !isZero(lot.amount))
  if (rules.isAveraged) {
    for (const lot of left)
      spreadCost(left.filter(({ account, asset }) => account === lot.account && asset === lot.asset))
  }
  return { rows, lots: left, income }
}
