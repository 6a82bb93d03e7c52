import type { HandChange, HandEvent, HandLeg } from '../../../shared/contract/hand.ts'
import type { Kind } from '../../../shared/events/kinds.ts'
import { exactText, parseTyped, subtractDecimals, sumDecimals } from '../../components/decimal-text.ts'
import { clockText, instantOf } from '../../components/zone-clock.ts'

type Role = HandLeg['role']

/** A leg as it is typed. */
export interface LegDraft {
  readonly role: Role
  readonly account: string
  readonly asset: string
  readonly amount: string
  readonly value: string
  readonly included: boolean
  /** The leg it was made from, with what no field shows. */
  readonly base?: HandLeg
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

/** An event with all that it holds, as a draft of itself or of another like it. */
export function draftOf(event: HandEvent, zone: string, locale: string): EventDraft {
  return {
    clock: clockText(event.time, zone),
    precision: event.precision,
    kind: event.kind,
    note: event.note,
    legs: event.legs.map((leg) => ({
      role: leg.role,
      account: leg.account,
      asset: leg.asset,
      amount: exactText(leg.amount, locale),
      value: leg.value === undefined ? '' : exactText(leg.value, locale),
      included: leg.included ?? false,
      base: leg,
    })),
  }
}

/**
 * What a typed leg takes along of the leg it was made from. Another role or asset is another movement; of another amount
 * what was said of the whole sum (its cost, what the giver paid, what the source stated) no longer holds.
 */
function takenAlong({ base, role, asset }: LegDraft, amount: string, value: string | undefined): Partial<HandLeg> {
  if (!base || base.role !== role || base.asset !== asset.trim()) return {}
  const { cost, carry, stated, statedCost, valueBy, ...plain } = base
  const same = base.amount === amount
  return {
    ...plain,
    ...(value !== undefined && value === base.value && valueBy !== undefined ? { valueBy } : {}),
    ...(same && cost !== undefined ? { cost } : {}),
    ...(same && carry !== undefined ? { carry } : {}),
    ...(same && stated !== undefined ? { stated } : {}),
    ...(same && statedCost !== undefined ? { statedCost } : {}),
  }
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
    const { value: _before, included: _was, ...along } = takenAlong(leg, amount, value)
    legs.push({
      ...along,
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
 * What was typed into a draft that began as `first`: only members that differ, legs as a whole list. In words where it cannot
 * stand. What has no field is not in it and so stays as it was.
 */
export function changeOf(first: EventDraft, draft: EventDraft, zone: string, locale: string): HandChange | string {
  const event = eventOf(draft, zone, locale)
  if (typeof event === 'string') return event
  return {
    ...(draft.clock === first.clock ? {} : { time: event.time, precision: event.precision }),
    ...(draft.kind === first.kind ? {} : { kind: event.kind }),
    ...(draft.note === first.note ? {} : { note: event.note }),
    ...(JSON.stringify(draft.legs) === JSON.stringify(first.legs) ? {} : { legs: event.legs }),
  }
}

/**
 * The amounts of the first movement in each part, where they say how the whole is to be shared out: all given and together
 * the whole, or all but the last and less than it. Null where they do not.
 */
export function sharesOf(whole: EventDraft, parts: readonly EventDraft[], locale: string): string[] | null {
  const total = whole.legs[0] ? parseTyped(whole.legs[0].amount, locale) : null
  if (total === null || parts.length < 2) return null
  const given = parts.map(({ legs }) => legs[0]?.amount.trim() ?? '')
  const typed = given.map((amount) => (amount === '' ? '' : parseTyped(amount, locale)))
  const open = typed.filter((amount) => amount === '').length
  if (open > 1 || (open === 1 && typed.at(-1) !== '')) return null
  const amounts = typed.filter((amount): amount is string => amount !== null && amount !== '')
  if (amounts.length + open !== parts.length) return null
  const rest = subtractDecimals(total, sumDecimals(amounts))
  if (open === 0) return /[1-9]/.test(rest) ? null : amounts
  return /[1-9]/.test(rest) && !rest.startsWith('-') ? [...amounts, rest] : null
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
