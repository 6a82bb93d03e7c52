import { dateOfDay, dateParts, dayOfDate } from '../events/civil-date.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AccountId, AssetId, Instant } from '../events/identifiers.ts'
import type { Method, Profile } from '../events/interchange-types.ts'
import { METHODS } from '../events/interchange-types.ts'
import { lotMethodOf } from './methods/method-list.ts'
import type { RulePack } from './pack.ts'
import type { Refusal } from './result.ts'

/** Notes why nothing can be computed. */
export type Refuse = (code: Refusal['code'], text: string) => void

const FIRST_DAY = -1_000_000

/** A standing order: from its instant on, for one account or for all. */
export interface StandingOrder {
  readonly time: Instant
  readonly account: AccountId | null
  readonly asset: AssetId | null
  readonly method: Method
  /** It stands in the taxpayer's own books only: a broker was not told. */
  readonly inBooksOnly: boolean
}

/** A method from a day on, for one asset or account or for all. */
export interface MethodChoice {
  readonly from: number
  readonly method: Method
  readonly asset: AssetId | null
  readonly account: AccountId | null
}

/** The methods that the profile sets, or the pack's own, in document order. Refuses what the pack does not allow. */
export function methodChoices(profile: Profile, pack: RulePack, refuse: Refuse): readonly MethodChoice[] {
  const { method } = profile
  const list: MethodChoice[] = []
  if (method === undefined || typeof method === 'string') {
    list.push({ from: FIRST_DAY, method: method ?? pack.methods.standard, asset: null, account: null })
  } else {
    for (const entry of method) {
      list.push({
        from: dayOfDate(entry.from),
        method: entry.method,
        asset: entry.asset ?? null,
        account: entry.account ?? null,
      })
    }
    const { change } = pack.methods
    if (list.length === 0 || change !== undefined)
      list.unshift({ from: FIRST_DAY, method: pack.methods.standard, asset: null, account: null })
    if (change !== undefined) refuseChanges(list, pack, refuse)
  }
  for (const choice of list) {
    if (!pack.methods.menu.includes(choice.method)) {
      refuse(
        'method-not-allowed',
        `${pack.name} does not allow the method “${choice.method}” (${pack.methods.authority}). Allowed: ${pack.methods.menu.join(', ')}.`,
      )
    }
  }
  return list
}

/** Refuses a change of method where, or on a day on which, the law allows none. */
function refuseChanges(list: readonly MethodChoice[], pack: RulePack, refuse: Refuse): void {
  const { change, standard } = pack.methods
  if (change === undefined) return
  for (const { from, method } of list.slice(1)) {
    const { month, day } = dateParts(from)
    const atYearStart = month === pack.yearStart.month && day === pack.yearStart.day
    if (change.when === 'never' ? method !== standard : !atYearStart) {
      refuse(
        'method-change-not-allowed',
        change.when === 'never'
          ? `${pack.name} does not allow a change of method (${change.authority}).`
          : `${pack.name} allows another method from the first day of a tax year only, not from ${dateOfDay(from)} (${change.authority}).`,
      )
    }
  }
}

/** The choice with the latest start that applies; among those of one day the narrower one, then the later listed. */
export function choiceInForce(
  choices: readonly MethodChoice[],
  day: number,
  asset: AssetId,
  account: AccountId,
): Method {
  let best: MethodChoice | null = null
  let bestWidth = -1
  for (const choice of choices) {
    if (choice.from > day) continue
    if (choice.asset !== null && choice.asset !== asset) continue
    if (choice.account !== null && choice.account !== account) continue
    const width = (choice.asset === null ? 0 : 1) + (choice.account === null ? 0 : 1)
    if (best === null || width > bestWidth || (width === bestWidth && choice.from >= best.from)) {
      best = choice
      bestWidth = width
    }
  }
  return best?.method ?? (choices[0] as MethodChoice).method
}

/** The standing orders on record. Refuses methods that the pack does not allow. */
export function standingOrders(
  ruling: readonly LedgerEvent[],
  pack: RulePack,
  refuse: Refuse,
): readonly StandingOrder[] {
  const orders: StandingOrder[] = []
  for (const event of ruling) {
    if (event.kind !== 'lot_selection' || event.method === undefined) continue
    const method = METHODS.find((known) => known === event.method)
    if (method === undefined || lotMethodOf(method) === null || !pack.methods.menu.includes(method)) {
      refuse(
        'method-not-allowed',
        `The standing order ${event.id} asks for “${event.method}”, which ${pack.name} does not allow.`,
      )
      continue
    }
    orders.push({
      time: event.time,
      account: event.account ?? null,
      asset: event.asset ?? null,
      method,
      inBooksOnly: event.identifiedTo === 'books',
    })
  }
  return orders
}

/** The latest order that applies to an asset of an account at an instant; `brokerAsked`: those in books only do not. */
export function orderInForce(
  orders: readonly StandingOrder[],
  time: Instant,
  account: AccountId,
  asset: AssetId | null = null,
  brokerAsked = false,
): StandingOrder | null {
  let best: StandingOrder | null = null
  for (const order of orders) {
    if (order.time > time || (order.account !== null && order.account !== account)) continue
    if (order.asset !== null && asset !== null && order.asset !== asset) continue
    if (brokerAsked && order.inBooksOnly) continue
    if (best === null || order.time >= best.time) best = order
  }
  return best
}
