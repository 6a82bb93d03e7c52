/** What the plain implementations read of a `tallystick/events@1` document: one movement after another, values worked out. */
import type { Fraction } from './fraction.ts'
import { add, decimal, ZERO } from './fraction.ts'

export interface PlainLeg {
  readonly role: 'in' | 'out' | 'fee'
  readonly account: string
  readonly asset: string
  readonly amount: string
  readonly value?: string
  readonly for?: 'out' | 'in'
  readonly withheld?: boolean
}
export interface PlainEvent {
  readonly id: string
  readonly time: string
  readonly kind: string
  readonly legs: readonly PlainLeg[]
}
export interface PlainDocument {
  readonly profile: {
    readonly jurisdiction: string
    readonly currency: string
    readonly zone: string
    readonly method?: string
    readonly scope?: string
  }
  readonly events: readonly PlainEvent[]
}

const dates = new Map<string, Intl.DateTimeFormat>()

/** The civil date of an instant, as the platform's own calendar tells it. */
export function civilDateOf(time: string, zone: string): string {
  const format = dates.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  dates.set(zone, format)
  return format.format(new Date(time))
}

/** Events by time; those of one instant in the order of the document. */
export const inOrder = (document: PlainDocument): readonly PlainEvent[] =>
  document.events
    .map((event, index) => ({ event, index }))
    .sort((a, b) => Date.parse(a.event.time) - Date.parse(b.event.time) || a.index - b.index)
    .map(({ event }) => event)

/** The legs of one event, apart. Fees are `charged` beside or inside the other legs. */
export function partsOf(event: PlainEvent, currency: string) {
  const coins = (role: PlainLeg['role']) => event.legs.filter((leg) => leg.role === role && leg.asset !== currency)
  const cash = (role: PlainLeg['role']) =>
    event.legs
      .filter((leg) => leg.role === role && leg.asset === currency)
      .map((leg) => decimal(leg.amount))
      .reduce(add, ZERO)
  return {
    given: coins('out')[0],
    received: coins('in')[0],
    feeCoin: coins('fee')[0],
    paid: cash('out'),
    earned: cash('in'),
    cashFee: cash('fee'),
  }
}

export const statedValue = (leg: PlainLeg | undefined): Fraction =>
  leg?.value === undefined ? ZERO : decimal(leg.value)
