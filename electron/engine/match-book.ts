/** Movements without a partner, and what the matcher makes of them. Runs in the compute worker. */

import type { Amount } from '../../shared/amount/amount.ts'
import { formatAmount } from '../../shared/amount/decimal.ts'
import { familyOf } from '../../shared/assets/families.ts'
import type { Asset } from '../../shared/events/account.ts'
import { type MovementRef, PAIRED_KINDS } from '../../shared/events/decision.ts'
import type { LedgerEvent, Leg } from '../../shared/events/event.ts'
import type { AccountId } from '../../shared/events/identifiers.ts'
import type { Kind } from '../../shared/events/kinds.ts'
import type { Movement } from '../../shared/matching/movement.ts'
import { proposeMatches } from '../../shared/matching/propose.ts'
import { readFacts } from '../ledger/facts.ts'
import type { ReadableLedger } from '../ledger/handles.ts'
import { type Proposal, readAcceptedMatches, readProposals, rejectedPairs } from '../ledger/matches.ts'
import { visibleWhere } from '../ledger/visibility.ts'
import type { JobSignal } from './job-signal.ts'
import { placesOfRests } from './legs-left.ts'
import type { Resident } from './resident.ts'

/** Kinds whose legs may be one half of an own transfer. */
const HALF_KINDS: ReadonlySet<Kind> = new Set<Kind>(['unmatched_out', 'unmatched_in', ...PAIRED_KINDS])

/** The id of a movement, from which ids of proposals follow. */
export const movementId = (event: string, leg: number): string => `${event}/${leg}`

interface Addresses {
  readonly to: string | null
  readonly from: string | null
}

/** Addresses that the facts state, by event: of all events (a scan), or of some. */
function readAddresses(ledger: ReadableLedger, events?: readonly string[]): Map<string, Addresses> {
  const columns = 'e.stable_id, e.to_address, e.from_address'
  const stated = `(e.to_address IS NOT NULL OR e.from_address IS NOT NULL) AND ${visibleWhere(ledger)}`
  const rows =
    events === undefined
      ? ledger.tuples<[string, string | null, string | null]>(`SELECT ${columns} FROM event e WHERE ${stated}`)
      : ledger.tuples<[string, string | null, string | null]>(
          `SELECT ${columns} FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
           JOIN event e ON e.id = i.event_id WHERE ${stated}`,
          JSON.stringify(events),
        )
  return new Map(rows.map(([id, to, from]) => [id, { to, from }]))
}

/** The legs that wait for a partner: out and in legs of one-sided movements that no accepted match explains. */
export function openMovements(ledger: ReadableLedger, resident: Resident): Movement[] {
  const { revision, assets } = resident.books()
  const known = lastMovements.get(resident)
  if (known?.revision === revision) return known.movements
  const halves = resident.events().filter(isHalf)
  const matched = new Set<string>(resident.events().flatMap(({ joined = [] }) => joined))
  const rests = placesOfRests(ledger, halves, (id) => matched.has(id))
  const addresses = readAddresses(
    ledger,
    halves.map(({ id }) => id),
  )
  const families = familiesOf(assets)
  const movements = halves.flatMap((event) =>
    movementsOf(event, addresses.get(event.id), families, rests.get(event.id)),
  )
  lastMovements.set(resident, { revision, movements })
  return movements
}

const lastMovements = new WeakMap<Resident, { readonly revision: number; readonly movements: Movement[] }>()

/** What joins assets that are the same to the taxpayer: the family that the books or the symbol give, else the asset. */
function familiesOf(assets: readonly Asset[]): (asset: string) => string {
  const families = new Map(assets.map(({ id, family, symbol }) => [id as string, family ?? familyOf(symbol ?? id)]))
  return (asset) => families.get(asset) ?? asset
}

function isHalf(event: LedgerEvent): boolean {
  if (!HALF_KINDS.has(event.kind) || event.joined !== undefined) return false
  const roles = new Set(event.legs.map(({ role }) => role).filter((role) => role === 'in' || role === 'out'))
  return roles.size === 1
}

function movementsOf(
  event: LedgerEvent,
  addresses: Addresses | undefined,
  familyOfAsset: (asset: string) => string,
  places?: readonly number[],
): Movement[] {
  const movements: Movement[] = []
  for (const [at, one] of event.legs.entries()) {
    if (one.role !== 'in' && one.role !== 'out') continue
    const leg = places?.[at] ?? at
    const fee = feeOf(event, one)
    movements.push({
      id: movementId(event.id, leg),
      event: event.id,
      leg,
      account: one.account,
      asset: one.asset,
      family: familyOfAsset(one.asset),
      direction: one.role,
      amount: one.amount,
      fee: fee?.amount ?? null,
      feeIncluded: fee?.included === true || fee?.withheld === true,
      time: event.time,
      precision: event.precision ?? 'millisecond',
      hash: event.hash ?? null,
      address: (one.role === 'out' ? addresses?.to : addresses?.from) ?? null,
    })
  }
  return movements
}

/** The fee in the same asset, where the movement is the event's only one. */
function feeOf(event: LedgerEvent, leg: Leg): Leg | undefined {
  const alone = event.legs.every((other) => other === leg || other.role === 'fee')
  return alone ? event.legs.find((other) => other.role === 'fee' && other.asset === leg.asset) : undefined
}

/** Addresses that a source states for an account of the user's own: where its arrivals came to, where its departures left from. */
function ownAddresses(
  events: Iterable<LedgerEvent>,
  addresses: ReadonlyMap<string, Addresses>,
): Map<string, AccountId> {
  const own = new Map<string, AccountId>()
  for (const event of events) {
    const stated = addresses.get(event.id)
    if (stated === undefined) continue
    for (const { role, account } of event.legs) {
      if (role === 'in' && stated.to !== null) own.set(stated.to, account)
      if (role === 'out' && stated.from !== null) own.set(stated.from, account)
    }
  }
  return own
}

export interface Matched {
  readonly proposals: Proposal[]
  readonly alone: number
}

/** Runs the matcher over all that is unpaired, learning from what was accepted. */
export function matchAll(ledger: ReadableLedger, resident: Resident, signal: JobSignal): Matched {
  const movements = openMovements(ledger, resident)
  signal.progress(0, movements.length)
  signal.check()
  const addresses = readAddresses(ledger)
  const { proposals, alone } = proposeMatches({
    movements,
    ownAddresses: ownAddresses(factsOf(ledger, resident), addresses),
    rejected: new Set(rejectedPairs(ledger)),
    accepted: acceptedPairs(ledger, resident, addresses),
  })
  signal.progress(movements.length, movements.length)
  return {
    alone: alone.length,
    proposals: proposals.map(({ id, outs, ins, kind, grade, score, parts, reason }) => ({
      id,
      outs: outs.map(({ event, leg }) => ({ event, leg })),
      ins: ins.map(({ event, leg }) => ({ event, leg })),
      kind,
      grade,
      score,
      parts: parts.map(({ name, score: points, why }) => ({ name, score: points, why })),
      reason,
    })),
  }
}

/** The effective events, and of accepted transfers their two halves as imported. */
function* factsOf(ledger: ReadableLedger, resident: Resident): Generator<LedgerEvent> {
  const halves: string[] = []
  for (const event of resident.events()) {
    if (event.joined === undefined) yield event
    else halves.push(...event.joined)
  }
  for (const block of readFacts(ledger, { events: halves })) for (const { event } of block) yield event
}

function acceptedPairs(ledger: ReadableLedger, resident: Resident, addresses: ReadonlyMap<string, Addresses>) {
  const matches = readAcceptedMatches(ledger).filter(({ outs, ins }) => outs.length === 1 && ins.length === 1)
  const ids = [...new Set(matches.flatMap(({ outs, ins }) => [...outs, ...ins].map(({ event }) => event as string)))]
  const facts = new Map<string, LedgerEvent>()
  for (const block of readFacts(ledger, { events: ids })) for (const { event } of block) facts.set(event.id, event)
  const families = familiesOf(resident.books().assets)
  const movement = (event: string, leg: number): Movement | undefined => {
    const fact = facts.get(event)
    return fact === undefined
      ? undefined
      : movementsOf(fact, addresses.get(event), families).find((one) => one.leg === leg)
  }
  return matches.flatMap(({ outs, ins }) => {
    const [out, into] = [outs[0], ins[0]]
    const left = out === undefined ? undefined : movement(out.event, out.leg)
    const arrived = into === undefined ? undefined : movement(into.event, into.leg)
    return left === undefined || arrived === undefined ? [] : [{ out: left, in: arrived }]
  })
}

/** Movements that no proposal has: nobody knows yet where they went or came from. */
export function aloneMovements(ledger: ReadableLedger, resident: Resident): MovementRef[] {
  const placed = new Set(
    readProposals(ledger).flatMap(({ outs, ins }) => [...outs, ...ins].map(({ event, leg }) => movementId(event, leg))),
  )
  return openMovements(ledger, resident)
    .filter(({ id }) => !placed.has(id))
    .map(({ event, leg }) => ({ event, leg }))
}

export interface Candidate {
  readonly event: string
  readonly leg: number
  readonly score: number
  readonly reason: string
}

const HOUR = 3_600_000
const MOST_CANDIDATES = 50

/** Movements the other way in the same asset family, the likeliest partner first: close in amount, then in time. Null where the movement is not open. */
export function candidatesFor(
  ledger: ReadableLedger,
  resident: Resident,
  event: string,
  leg: number,
): Candidate[] | null {
  const movements = openMovements(ledger, resident)
  const wanted = movements.find((one) => one.event === event && one.leg === leg)
  if (wanted === undefined) return null
  return movements
    .filter((one) => one.direction !== wanted.direction && one.family === wanted.family)
    .map((one) => {
      const larger = one.amount > wanted.amount ? one.amount : wanted.amount
      const gap = (one.amount > wanted.amount ? one.amount - wanted.amount : wanted.amount - one.amount) as Amount
      const share = larger === 0n ? 0 : Number((gap * 1_000_000n) / larger) / 1_000_000
      const hours = Math.abs(one.time - wanted.time) / HOUR
      const sameHash = one.hash !== null && one.hash === wanted.hash
      const score = (sameHash ? 10 : 0) - 8 * share - Math.log1p(hours) / 2
      const reason = [
        sameHash ? 'same hash' : null,
        gap === 0n ? 'equal amount' : `${formatAmount(gap)} apart`,
        hours < 1
          ? `${Math.round(hours * 60)} minutes`
          : hours < 48
            ? `${Math.round(hours)} hours`
            : `${Math.round(hours / 24)} days`,
      ]
        .filter((part) => part !== null)
        .join(' · ')
      return { event: one.event, leg: one.leg, score, reason }
    })
    .sort((a, b) => b.score - a.score || (a.event < b.event ? -1 : 1))
    .slice(0, MOST_CANDIDATES)
}
