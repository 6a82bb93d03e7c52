/**
 * Canada's superficial losses by the book (Income Tax Act s. 54, the Agency's proration): S units sold at a loss, P units
 * acquired from 30 days before to 30 days after that have served no earlier loss, B units held at the end of the
 * thirtieth day; min(S, P, B) / S of the loss is denied. It joins the cost of what took the units' place: of what is held
 * already at once, of what comes later when it comes; units bought before that are gone again with the sale give their
 * part to the next purchase inside the window, and keep it where there is none.
 */
import type { Fraction } from './fraction.ts'
import { add, compare, decimal, divided, isZero, least, minus, times, ZERO } from './fraction.ts'
import type { SuperficialRule } from './plain-averages.ts'
import type { PlainDocument, PlainEvent } from './plain-history.ts'
import { civilDateOf, inOrder } from './plain-history.ts'

const WINDOW = 30

interface Acquisition {
  readonly event: PlainEvent
  readonly asset: string
  readonly day: number
  unused: Fraction
  hasCome: boolean
  /** Denied loss that waits for it. */
  waiting: Fraction
}

const dayOf = (time: string, zone: string): number => Date.parse(civilDateOf(time, zone)) / 86_400_000

/** The rule over one document, to be asked in the order of its events. */
export function superficialRule(document: PlainDocument): SuperficialRule {
  const { currency, zone } = document.profile
  const events = inOrder(document)
  const acquisitions: Acquisition[] = events
    .filter(({ kind }) => kind !== 'transfer')
    .flatMap((event) =>
      event.legs
        .filter((leg) => leg.role === 'in' && leg.asset !== currency)
        .map((leg) => ({
          event,
          asset: leg.asset,
          day: dayOf(event.time, zone),
          unused: decimal(leg.amount),
          hasCome: false,
          waiting: ZERO,
        })),
    )
  const atOnce = new Map<string, Fraction>()

  const heldOn = (asset: string, day: number): Fraction =>
    events
      .filter((event) => dayOf(event.time, zone) <= day)
      .flatMap(({ legs }) => legs)
      .filter((leg) => leg.asset === asset)
      .reduce((sum, leg) => (leg.role === 'in' ? add : minus)(sum, decimal(leg.amount)), ZERO)

  return {
    deny(event, asset, sold, loss, held) {
      const day = dayOf(event.time, zone)
      const inWindow = acquisitions.filter((one) => one.asset === asset && Math.abs(one.day - day) <= WINDOW)
      let wanted = least(sold, heldOn(asset, day + WINDOW))
      if (compare(wanted, ZERO) <= 0) return ZERO
      let [taken, before] = [ZERO, ZERO]
      const later: { readonly one: Acquisition; units: Fraction }[] = []
      for (const one of inWindow) {
        const units = least(one.unused, wanted)
        if (isZero(units)) continue
        one.unused = minus(one.unused, units)
        wanted = minus(wanted, units)
        taken = add(taken, units)
        if (one.hasCome) before = add(before, units)
        else later.push({ one, units })
      }
      if (isZero(taken)) return ZERO
      const denied = divided(times(loss, taken), sold)
      const share = (units: Fraction): Fraction => divided(times(denied, units), taken)
      const staying = least(before, held)
      const next = inWindow.find((one) => !one.hasCome)
      const gone = minus(before, staying)
      if (next && !isZero(gone)) later.push({ one: next, units: gone })
      for (const { one, units } of later) one.waiting = add(one.waiting, share(units))
      atOnce.set(asset, add(atOnce.get(asset) ?? ZERO, share(next ? staying : before)))
      return denied
    },
    joining(asset) {
      const now = atOnce.get(asset) ?? ZERO
      atOnce.delete(asset)
      return now
    },
    acquired(event, asset) {
      for (const one of acquisitions) {
        if (one.event !== event || one.asset !== asset || one.hasCome) continue
        one.hasCome = true
        atOnce.set(asset, add(atOnce.get(asset) ?? ZERO, one.waiting))
        one.waiting = ZERO
      }
    },
  }
}
