/**
 * The United Kingdom's share matching by the book: for each token and day one acquisition and one disposal; then same
 * day for all days, thirty days in the order of the sales, the pool, and at last what was bought later (TCGA 1992
 * ss. 104 to 106A). A swap gives what is received as proceeds and what is given as cost; its fee is shared by halves.
 */
import type { Fraction } from './fraction.ts'
import { add, decimal, divided, isZero, least, minus, times, ZERO } from './fraction.ts'
import type { PlainDocument, PlainEvent, PlainLeg } from './plain-history.ts'
import { civilDateOf, inOrder, partsOf, statedValue } from './plain-history.ts'

interface Acquired {
  readonly day: string
  amount: Fraction
  cost: Fraction
}
interface Disposed {
  readonly day: string
  readonly amount: Fraction
  readonly proceeds: Fraction
  readonly fees: Fraction
  open: Fraction
}
export interface PlainMatch {
  readonly asset: string
  readonly disposed: string
  readonly rule: 'same-day' | '30-day' | 's104' | 'later' | 'missing-acquisition'
  readonly acquired: string | null
  readonly amount: Fraction
  readonly cost: Fraction
}
export interface PlainDay {
  readonly asset: string
  readonly disposed: string
  readonly amount: Fraction
  readonly proceeds: Fraction
  readonly fees: Fraction
}
export interface PlainShares {
  readonly matches: readonly PlainMatch[]
  readonly days: readonly PlainDay[]
  readonly pools: ReadonlyMap<string, { readonly amount: Fraction; readonly cost: Fraction }>
}

const HALF: Fraction = { over: 1n, under: 2n }
const daysApart = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

/** Runs a history of one person under the share matching rules. */
export function plainShares(document: PlainDocument): PlainShares {
  const { currency, zone } = document.profile
  const assets = [...new Set(document.events.flatMap((event) => event.legs.map((leg) => leg.asset)))]
  const matches: PlainMatch[] = []
  const days: PlainDay[] = []
  const pools = new Map<string, { amount: Fraction; cost: Fraction }>()
  for (const asset of assets.filter((name) => name !== currency)) {
    const { acquired, disposed } = daysOf(document, asset, currency, zone)
    days.push(
      ...disposed.map((day) => ({
        asset,
        disposed: day.day,
        amount: day.amount,
        proceeds: day.proceeds,
        fees: day.fees,
      })),
    )
    const match = (
      rule: PlainMatch['rule'],
      sale: Disposed,
      from: Acquired | null,
      amount: Fraction,
      cost: Fraction,
    ) => {
      if (isZero(amount)) return
      matches.push({ asset, disposed: sale.day, rule, acquired: from?.day ?? null, amount, cost })
      sale.open = minus(sale.open, amount)
      if (from) {
        from.amount = minus(from.amount, amount)
        from.cost = minus(from.cost, cost)
      }
    }
    const matchWith = (rule: PlainMatch['rule'], sale: Disposed, from: Acquired) => {
      const amount = least(sale.open, from.amount)
      if (!isZero(amount)) match(rule, sale, from, amount, divided(times(from.cost, amount), from.amount))
    }
    for (const sale of disposed) {
      for (const from of acquired) if (from.day === sale.day) matchWith('same-day', sale, from)
    }
    for (const sale of disposed) {
      for (const from of acquired) {
        const gap = daysApart(sale.day, from.day)
        if (gap >= 1 && gap <= 30) matchWith('30-day', sale, from)
      }
    }
    const pool: Acquired = { day: '', amount: ZERO, cost: ZERO }
    for (const day of [...new Set([...acquired, ...disposed].map((entry) => entry.day))].sort()) {
      for (const from of acquired.filter((entry) => entry.day === day)) {
        pool.amount = add(pool.amount, from.amount)
        pool.cost = add(pool.cost, from.cost)
        from.amount = ZERO
        from.cost = ZERO
      }
      for (const sale of disposed.filter((entry) => entry.day === day)) {
        const amount = least(sale.open, pool.amount)
        if (!isZero(amount)) {
          const cost = divided(times(pool.cost, amount), pool.amount)
          match('s104', sale, null, amount, cost)
          pool.amount = minus(pool.amount, amount)
          pool.cost = minus(pool.cost, cost)
        }
        for (const from of acquired) if (from.day > day) matchWith('later', sale, from)
        match('missing-acquisition', sale, null, sale.open, ZERO)
      }
    }
    if (!isZero(pool.amount)) pools.set(asset, { amount: pool.amount, cost: pool.cost })
  }
  return { matches, days, pools }
}

function daysOf(document: PlainDocument, asset: string, currency: string, zone: string) {
  const acquired = new Map<string, Acquired>()
  const disposed = new Map<string, Disposed>()
  const gain = (day: string, amount: Fraction, cost: Fraction) => {
    const known = acquired.get(day) ?? { day, amount: ZERO, cost: ZERO }
    acquired.set(day, { day, amount: add(known.amount, amount), cost: add(known.cost, cost) })
  }
  const give = (day: string, units: Fraction, value: Fraction, fee: Fraction) => {
    const known = disposed.get(day) ?? { day, amount: ZERO, proceeds: ZERO, fees: ZERO, open: ZERO }
    const amount = add(known.amount, units)
    disposed.set(day, { day, amount, proceeds: add(known.proceeds, value), fees: add(known.fees, fee), open: amount })
  }
  for (const event of inOrder(document)) {
    const day = civilDateOf(event.time, zone)
    const { given, received, feeCoin, paid, earned, cashFee } = partsOf(event, currency)
    const fee = add(cashFee, statedValue(feeCoin))
    const isSwap = event.kind !== 'transfer' && given !== undefined && received !== undefined
    const shared = isSwap ? times(fee, HALF) : fee
    if (event.kind !== 'transfer') {
      if (given?.asset === asset) give(day, decimal(given.amount), proceedsOf(event, given, received, earned), shared)
      if (received?.asset === asset) {
        const cost = isSwap ? statedValue(given) : isZero(paid) ? statedValue(received) : paid
        gain(day, decimal(received.amount), isZero(paid) && !isSwap ? cost : add(cost, shared))
      }
    }
    if (feeCoin?.asset === asset) give(day, decimal(feeCoin.amount), statedValue(feeCoin), ZERO)
  }
  const byDay = <T extends { day: string }>(all: Map<string, T>): T[] =>
    [...all.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
  return { acquired: byDay(acquired), disposed: byDay(disposed) }
}

const proceedsOf = (event: PlainEvent, given: PlainLeg, received: PlainLeg | undefined, earned: Fraction): Fraction =>
  event.kind === 'trade' ? statedValue(received) : isZero(earned) ? statedValue(given) : earned
