/**
 * Events as the flat rows of other tools: at most one thing sent, one received and one fee, in one account. An event
 * with more is several rows; what each account holds stays the same.
 */
import type { Amount, Money } from '../amount/amount.ts'
import { shareMoney } from '../amount/arithmetic.ts'
import { formatAmount } from '../amount/decimal.ts'
import { formatInstant } from '../events/civil-time.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { AccountId, AssetId, Instant } from '../events/identifiers.ts'
import { legWithin } from '../events/leg-direction.ts'

export interface Side {
  readonly asset: AssetId
  readonly amount: Amount
  readonly value: Money | null
}

export interface FlatRow {
  readonly event: LedgerEvent
  readonly account: AccountId
  /** Without the fee that was part of it. */
  readonly sent: Side | null
  readonly received: Side | null
  readonly fee: Side | null
}

interface Open {
  account: AccountId
  sent: Side | null
  received: Side | null
  fee: Side | null
}

const sideOf = (leg: Leg, amount: bigint): Side => ({
  asset: leg.asset,
  amount: amount as Amount,
  value: leg.value === undefined ? null : amount === leg.amount ? leg.value : null,
})

/** One side cut into shares, by value where each share has one, else evenly; the last takes the remainder. */
function cut(side: Side, shares: readonly Side[]): Side[] {
  const known = shares.every(({ value }) => value !== null && value > 0n)
  const weights = shares.map(({ value }) => (known ? (value as bigint) : 1n))
  const amounts = shareMoney(side.amount as bigint as Money, weights)
  const values = side.value === null ? null : shareMoney(side.value, weights)
  return amounts.map((amount, i) => ({
    asset: side.asset,
    amount: amount as bigint as Amount,
    value: values === null ? null : (values[i] as Money),
  }))
}

/** What is given and taken in one account, put side by side. */
function paired(account: AccountId, outs: readonly Side[], ins: readonly Side[]): Open[] {
  const [given] = outs
  const [taken] = ins
  if (given !== undefined && ins.length > 1 && outs.length === 1) {
    return cut(given, ins).map((sent, i) => ({ account, sent, received: ins[i] as Side, fee: null }))
  }
  if (taken !== undefined && outs.length > 1 && ins.length === 1) {
    return cut(taken, outs).map((received, i) => ({ account, sent: outs[i] as Side, received, fee: null }))
  }
  return Array.from({ length: Math.max(outs.length, ins.length) }, (_, i) => ({
    account,
    sent: outs[i] ?? null,
    received: ins[i] ?? null,
    fee: null,
  }))
}

/** The rows of an event, accounts in the order of its legs. None where nothing moves. */
export function flatRows(event: LedgerEvent): readonly FlatRow[] {
  const { legs } = event
  const within = new Map<Leg, bigint>()
  for (const fee of legs) {
    if (fee.role !== 'fee') continue
    const whole = legWithin(fee, legs)
    if (whole?.role === 'out') within.set(whole, (within.get(whole) ?? 0n) + fee.amount)
  }
  const accounts = [...new Set(legs.map(({ account }) => account))]
  const rows: Open[] = []
  for (const account of accounts) {
    const own = legs.filter((leg) => leg.account === account)
    const outs = own
      .filter(({ role }) => role === 'out')
      .map((leg) => sideOf(leg, leg.amount - (within.get(leg) ?? 0n)))
      .filter(({ amount }) => amount !== 0n)
    const ins = own
      .filter(({ role, amount }) => (role === 'in' || role === 'rebate') && amount !== 0n)
      .map((leg) => sideOf(leg, leg.amount))
    rows.push(...paired(account, outs, ins))
  }
  for (const fee of legs) {
    if (fee.role !== 'fee' || fee.amount === 0n) continue
    // A fee within another account's `out` left that account.
    const whole = legWithin(fee, legs)
    const account = whole?.role === 'out' ? whole.account : fee.account
    const side = sideOf(fee, fee.amount)
    const row =
      rows.find((open) => open.account === account && open.fee === null && open.sent !== null) ??
      rows.find((open) => open.account === account && open.fee === null)
    if (row === undefined) rows.push({ account, sent: null, received: null, fee: side })
    else row.fee = side
  }
  return rows.map((row) => ({ event, ...row }))
}

/** The row's sides where a fee alone is something sent, as in the words of tools that know no fee without a movement. */
export const withFeeSent = (row: FlatRow): Pick<FlatRow, 'sent' | 'received' | 'fee'> =>
  row.sent === null && row.received === null ? { sent: row.fee, received: null, fee: null } : row

/** The amount and its unit, or two empty cells. */
export const sideCells = (side: Side | null, unit: (asset: AssetId) => string): readonly [string, string] =>
  side === null ? ['', ''] : [formatAmount(side.amount), unit(side.asset)]

/** `2024-05-01 12:30:00`: UTC, by the second. */
export const secondsOf = (time: Instant): string =>
  formatInstant(time)
    .replace('T', ' ')
    .replace(/(\.\d+)?Z$/, '')
