/** How the halves of a match become transfers. */
import type { Amount } from '../amount/amount.ts'
import type { Match, MovementRef, PairedKind } from './decision.ts'
import { PAIRED_KINDS } from './decision.ts'
import type { LedgerEvent, Leg } from './event.ts'
import type { EventId } from './identifiers.ts'

interface Half {
  readonly event: LedgerEvent
  readonly index: number
  readonly leg: Leg
  /** Fee legs of the same event that go with the movement. */
  readonly fees: readonly Leg[]
}

/**
 * The transfers of one match; null where a half is not there (the match sleeps). Legs that were used are added to
 * `used`. Several outs into one in become one transfer each, because each leaves at its own time; the last one takes
 * what remains. Anything else is one transfer. It acts at the out's instant, or at the in's if that is earlier; the
 * difference between what left and what arrived is an included fee.
 */
export function joinMatch(
  match: Match,
  halves: ReadonlyMap<EventId, LedgerEvent>,
  used: Map<EventId, Set<number>>,
): LedgerEvent[] | null {
  const outs = match.outs.map((ref) => findHalf(ref, 'out', halves, used))
  const ins = match.ins.map((ref) => findHalf(ref, 'in', halves, used))
  const found = [...outs, ...ins]
  if (found.length < 2 || found.some((half) => half === null)) return null
  const fees = new Map<EventId, readonly Leg[]>()
  for (const half of found as Half[]) {
    const taken = takeFees(half, used)
    fees.set(half.event.id, [...(fees.get(half.event.id) ?? []), ...taken])
  }
  const withFees = (half: Half | null): Half => {
    const own = { ...(half as Half), fees: fees.get((half as Half).event.id) ?? [] }
    fees.delete(own.event.id)
    return own
  }
  const allOuts = outs.map(withFees)
  const allIns = ins.map(withFees)
  const [into] = allIns
  if (allOuts.length === 1 || allIns.length > 1 || into === undefined) return [transfer(match, allOuts, allIns)]
  return splitByOut(allOuts, into).map(([out, part]) => transfer(match, [out], [part]))
}

function findHalf(
  ref: MovementRef,
  role: 'out' | 'in',
  halves: ReadonlyMap<EventId, LedgerEvent>,
  used: ReadonlyMap<EventId, Set<number>>,
): Half | null {
  const event = halves.get(ref.event)
  const leg = event?.legs[ref.leg]
  if (!event || !leg || leg.role !== role || used.get(ref.event)?.has(ref.leg)) return null
  return { event, index: ref.leg, leg, fees: [] }
}

/** Marks the movement and the fee legs that belong to it as used, and gives the fee legs. */
function takeFees({ event, index, leg }: Half, used: Map<EventId, Set<number>>): Leg[] {
  const taken = used.get(event.id) ?? new Set<number>()
  used.set(event.id, taken)
  taken.add(index)
  const alone = event.legs.every((other, i) => i === index || other.role === 'fee')
  const fees: Leg[] = []
  event.legs.forEach((fee, i) => {
    if (fee.role !== 'fee' || taken.has(i) || !(alone || fee.for === leg.role)) return
    taken.add(i)
    fees.push(fee)
  })
  return fees
}

const includedFees = (half: Half): bigint =>
  half.fees.reduce((sum, fee) => (fee.included && fee.asset === half.leg.asset ? sum + fee.amount : sum), 0n)

/** Cuts the in leg in document order of the outs: each out's net amount, the last one the remainder (never below zero). */
function splitByOut(outs: readonly Half[], into: Half): [Half, Half][] {
  let left: bigint = into.leg.amount
  const parts: [Half, Half][] = []
  outs.forEach((out, i) => {
    const last = i === outs.length - 1
    const net = out.leg.amount - includedFees(out)
    const amount = last || net > left ? left : net
    left -= amount
    parts.push([out, { ...into, leg: { ...into.leg, amount: amount as Amount }, fees: last ? into.fees : [] }])
  })
  return parts
}

function transfer(match: Match, outs: readonly Half[], ins: readonly Half[]): LedgerEvent {
  const first = outs[0] as Half
  const earliest = [...ins].sort((a, b) => a.event.time - b.event.time)[0] as Half
  const acting = earliest.event.time < first.event.time ? earliest.event : first.event
  const { id, hash = earliest.event.hash, note = earliest.event.note, lots, identifiedAt, identifiedTo } = first.event
  const whole = first.event.legs.every((leg, i) => i === first.index || leg.role === 'fee')
  return {
    id: (whole ? id : `${id}#${first.index}`) as EventId,
    time: acting.time,
    ...(acting.precision ? { precision: acting.precision } : {}),
    ...(acting.order === undefined ? {} : { order: acting.order }),
    kind: kindOf(match, outs, ins),
    legs: joinLegs(outs, ins),
    ...(note ? { note } : {}),
    ...(hash ? { hash } : {}),
    ...(lots ? { lots } : {}),
    ...(identifiedAt === undefined ? {} : { identifiedAt }),
    ...(identifiedTo ? { identifiedTo } : {}),
    joined: [...new Set([...outs, ...ins].map(({ event }) => event.id))],
  }
}

const isPaired = (kind: string): kind is PairedKind => (PAIRED_KINDS as readonly string[]).includes(kind)

function kindOf(match: Match, outs: readonly Half[], ins: readonly Half[]): PairedKind {
  if (match.kind) return match.kind
  const own = [...outs, ...ins].map(({ event }) => event.kind).find((kind) => isPaired(kind) && kind !== 'transfer')
  if (own && isPaired(own)) return own
  return outs.every((out) => ins.every((into) => into.leg.asset === out.leg.asset)) ? 'transfer' : 'bridge'
}

/** What arrives brings the cost and the days of what left: those that were stated for it alone sleep while it is paired. */
function arriving({ leg }: Half): Leg {
  if (leg.cost === undefined && leg.acquired === undefined) return leg
  const { cost: _, acquired: __, ...rest } = leg
  return rest
}

function joinLegs(outs: readonly Half[], ins: readonly Half[]): Leg[] {
  const first = outs[0] as Half
  const sent = outs.reduce((sum, half) => sum + half.leg.amount - includedFees(half), 0n)
  // A fee included in an in leg arrived and was taken there; the gross leg is what arrived.
  const arrived = ins.reduce((sum, half) => sum + half.leg.amount, 0n)
  const legs: Leg[] = [...outs.map(({ leg }) => leg), ...ins.map(arriving).filter((leg) => leg.amount > 0n)]
  for (const half of outs) legs.push(...half.fees)
  for (const half of ins) legs.push(...half.fees.map((fee): Leg => ({ ...fee, for: fee.for ?? 'in' })))
  if (sent > arrived) {
    const amount = (sent - arrived) as Amount
    legs.push({ role: 'fee', account: first.leg.account, asset: first.leg.asset, amount, for: 'out', included: true })
  }
  return legs
}
