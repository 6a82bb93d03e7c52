import type { EventRow } from '../../../shared/contract/events.ts'
import type { HandEvent } from '../../../shared/contract/hand.ts'
import type { Kind } from '../../../shared/events/kinds.ts'
import { exactText, parseTyped, subtractDecimals, sumDecimals } from '../../components/decimal-text.ts'
import { clockText, instantOf } from '../../components/zone-clock.ts'

type Role = HandEvent['legs'][number]['role']

/** A leg as it is typed. */
export interface LegDraft {
  readonly role: Role
  readonly account: string
  readonly asset: string
  readonly amount: string
  readonly value: string
  readonly included: boolean
}

/** An event as it is typed: texts until it is sent. */
export interface EventDraft {
  /** The clock of the taxpayer's zone, as a date-and-time field has it. */
  readonly clock: string
  readonly precision: HandEvent['precision']
  readonly kind: Kind
  readonly note: string
  readonly legs: readonly LegDraft[]
}

/** A leg with nothing typed yet. */
export const emptyLeg = (account: string, role: Role = 'in'): LegDraft => ({
  role,
  account,
  asset: '',
  amount: '',
  value: '',
  included: false,
})

/** An event that is there, as a draft of another like it. */
export function draftOf(row: EventRow, zone: string, locale: string): EventDraft {
  return {
    clock: clockText(row.time, zone),
    precision: row.precision,
    kind: row.kind,
    note: row.note,
    legs: row.legs.map((leg) => ({
      role: leg.role,
      account: leg.account,
      asset: leg.asset,
      amount: exactText(leg.amount, locale),
      value: leg.value === null || leg.valueReason === null ? '' : statedValue(leg.value, leg.valueReason, locale),
      included: leg.included,
    })),
  }
}

/** Only what somebody stated is taken along; a value from a price is worked out anew. */
function statedValue(value: string, reason: string, locale: string): string {
  return /stated|your/i.test(reason) ? exactText(value, locale) : ''
}

/** What stands in the way of an event, in words, or the event as the engine takes it. Legs without an amount are left out. */
export function eventOf(draft: EventDraft, zone: string, locale: string): HandEvent | string {
  const time = instantOf(draft.clock, zone)
  if (time === null) return 'Say when it was.'
  const typed = draft.legs.filter((leg) => leg.amount.trim() !== '')
  if (typed.length === 0) return 'Say what moved: at least one amount.'
  const legs: HandEvent['legs'] = []
  for (const leg of typed) {
    const amount = parseTyped(leg.amount, locale)
    if (amount === null) return `“${leg.amount}” is not one number.`
    if (leg.asset.trim() === '') return 'Say which asset moved.'
    if (leg.account === '') return 'Say which account it was.'
    const value = leg.value.trim() === '' ? undefined : parseTyped(leg.value, locale)
    if (value === null) return `“${leg.value}” is not one number.`
    legs.push({
      role: leg.role,
      account: leg.account,
      asset: leg.asset.trim(),
      amount,
      ...(value === undefined ? {} : { value }),
      ...(leg.included ? { included: true } : {}),
    })
  }
  return { time, precision: draft.precision, kind: draft.kind, legs, note: draft.note }
}

/**
 * What the parts of an event leave over of it, leg by leg of the whole: amounts per role, account and asset. Negative
 * where the parts move more. Legs that come out even are left out.
 */
export function leftOver(whole: EventDraft, parts: readonly EventDraft[], locale: string): LegDraft[] {
  const keyOf = (leg: LegDraft): string =>
    `${leg.role}\u001f${leg.account}\u001f${leg.asset.trim()}\u001f${leg.included}`
  const sumOf = (legs: readonly LegDraft[], key: string): string =>
    sumDecimals(legs.filter((leg) => keyOf(leg) === key).map((leg) => parseTyped(leg.amount, locale) ?? '0'))
  const all = parts.flatMap(({ legs }) => legs)
  const keys = new Map(
    [...whole.legs, ...all.filter(({ amount }) => amount.trim() !== '')].map((leg) => [keyOf(leg), leg]),
  )
  return [...keys].flatMap(([key, leg]) => {
    const rest = subtractDecimals(sumOf(whole.legs, key), sumOf(all, key))
    return /[1-9]/.test(rest) ? [{ ...leg, amount: exactText(rest, locale), value: '' }] : []
  })
}
