import type { CivilClock } from './civil-time.ts'
import { parseDateOrInstant } from './civil-time.ts'
import type { LedgerEvent, Leg, LotAllocation, NamedLot } from './event.ts'
import { ROLES } from './event.ts'
import { checkEvent } from './event-invariants.ts'
import type { AccountId, CivilDate, CurrencyCode, EventId } from './identifiers.ts'
import type { JsonObject, Reading } from './interchange-problems.ts'
import { inWords, present } from './interchange-problems.ts'
import { isCurrency, isJurisdiction, readZone } from './interchange-profile.ts'
import { METHODS } from './interchange-types.ts'
import type { Kind } from './kinds.ts'
import { KINDS } from './kinds.ts'

const COMMON = [
  'id',
  'time',
  'precision',
  'kind',
  'legs',
  'note',
  'hash',
  'protocol',
  'lots',
  'identifiedAt',
  'identifiedTo',
  'portfolioValue',
]
const SPECIAL: Partial<Record<Kind, readonly string[]>> = {
  fork: ['parent'],
  residence_change: ['jurisdiction', 'currency', 'zone'],
  lot_selection: ['method', 'account', 'asset'],
  allocation: ['asset', 'plan', 'allocations', 'order', 'accounts', 'completed'],
}
const EVENT = new Set(COMMON)
const SPECIAL_EVENT = new Map<string, ReadonlySet<string>>(
  Object.entries(SPECIAL).map(([kind, names]) => [kind, new Set([...COMMON, ...names])]),
)
const OWNERS = new Map<string, string>(
  Object.entries(SPECIAL).flatMap(([kind, names]) => names.map((name) => [name, kind] as const)),
)
/** What is left out keeps what it was told of. */
SPECIAL_EVENT.set('ignored', new Set([...COMMON, ...Object.values(SPECIAL).flat()]))
const LEG = new Set([
  'role',
  'account',
  'asset',
  'amount',
  'value',
  'valueBy',
  'for',
  'included',
  'withheld',
  'acquired',
  'cost',
  'pool',
  'carry',
])
const LOT = new Set(['event', 'asset', 'leg', 'amount'])
const ALLOCATION = new Set(['account', 'lot', 'amount'])
const CARRY = new Set(['acquired', 'cost', 'marketValue'])
const KIND_SET: ReadonlySet<string> = new Set(KINDS)
const ROLE_SET: ReadonlySet<string> = new Set(ROLES)
const PRECISIONS = ['day', 'minute', 'second', 'millisecond'] as const
const PLAN_ORDERS = ['highest-basis-then-earliest', 'lowest-basis-then-earliest', 'earliest', 'latest'] as const

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * Reads `events` into document order; `order` of each is its index, because array order breaks ties of time. With them the
 * ids of those that the document says are not there.
 */
export function readEvents(
  reading: Reading,
  object: JsonObject,
  clock: CivilClock,
): { readonly events: LedgerEvent[]; readonly absent: ReadonlySet<string> } {
  const events: LedgerEvent[] = []
  const ids = new Set<string>()
  reading.each(object, 'events', true, (item, index) => {
    const entry = reading.object(item)
    if (entry) events.push(readEvent(reading, entry, index, clock, ids))
  })
  const absent = readAbsent(reading, object, ids)
  checkReferences(reading, events, ids, absent)
  return { events, absent }
}

/** Events that may be named although the document does not have them: the books lost them since, and say so. */
function readAbsent(reading: Reading, object: JsonObject, ids: ReadonlySet<string>): Set<string> {
  const absent = new Set<string>()
  reading.each(object, 'absent', false, (item) => {
    if (typeof item !== 'string' || item === '') reading.fail(`must be the id of an event, not ${inWords(item)}`)
    else if (ids.has(item)) reading.fail(`says that the event ${inWords(item)} is not there, but the document has it`)
    else absent.add(item)
  })
  return absent
}

function readEvent(
  reading: Reading,
  entry: JsonObject,
  index: number,
  clock: CivilClock,
  ids: Set<string>,
): LedgerEvent {
  const before = reading.problems.length
  const id = reading.required(entry, 'id')
  if (id !== '' && ids.has(id)) reading.fail(`${inWords(id)} is the id of an earlier event`, 'id')
  ids.add(id)
  const kind = readKind(reading, entry)
  const special = SPECIAL_EVENT.get(kind)
  const known = special ?? EVENT
  for (const name in entry) if (!known.has(name)) failMember(reading, name)
  const event = ownedEvent(entry)
  if (special) readSpecial(reading, entry, event)
  event.order = index
  event.kind = kind
  event.legs = readLegs(reading, entry)
  readTime(reading, entry, clock, event)
  if (entry.note !== undefined) reading.text(entry, 'note')
  if (entry.hash !== undefined) reading.text(entry, 'hash')
  if (entry.protocol !== undefined) reading.text(entry, 'protocol')
  if (entry.lots !== undefined) event.lots = readLots(reading, entry)
  if (entry.identifiedAt !== undefined) assign(event, 'identifiedAt', reading.instant(entry, 'identifiedAt'))
  if (entry.identifiedTo !== undefined) reading.oneOf(entry, 'identifiedTo', ['books', 'broker'])
  if (entry.portfolioValue !== undefined) assign(event, 'portfolioValue', reading.money(entry, 'portfolioValue'))
  // An event that could not be read has been named already.
  if (reading.problems.length > before || reading.isFull()) return event
  for (const fault of checkEvent(event)) {
    const at = fault.leg === undefined ? [] : ['legs', fault.leg]
    reading.fail(fault.message, ...at, ...(fault.member === undefined ? [] : [fault.member]))
  }
  return event
}

/**
 * The parsed JSON object itself, which becomes the typed one member by member: a large document is mostly events, and
 * copying each would double what the memory has to hold. An empty note is no note.
 */
function ownedEvent(entry: JsonObject): Mutable<LedgerEvent> {
  if (entry.note !== '') return entry as unknown as Mutable<LedgerEvent>
  const { note: _note, ...rest } = entry
  return rest as unknown as Mutable<LedgerEvent>
}

function failMember(reading: Reading, name: string): void {
  const owner = OWNERS.get(name)
  reading.fail(owner ? `belongs to ${owner} events only` : 'is not a member of an event', name)
}

function assign<T, K extends keyof T>(object: T, name: K, value: T[K] | undefined): void {
  if (value !== undefined) object[name] = value
}

function readKind(reading: Reading, entry: JsonObject): Kind {
  const kind = entry.kind
  if (typeof kind === 'string' && KIND_SET.has(kind)) return kind as Kind
  reading.fail(kind === undefined ? 'is missing' : `is ${inWords(kind)}, which is not one of the kinds`, 'kind')
  return 'informational'
}

function readTime(reading: Reading, entry: JsonObject, clock: CivilClock, event: Mutable<LedgerEvent>): void {
  const text = entry.time
  const time =
    typeof text === 'string'
      ? parseDateOrInstant(text)
      : { error: text === undefined ? 'is missing' : `${inWords(text)} is not an instant` }
  if (typeof time === 'number') event.time = time
  else if (typeof time === 'string') {
    event.time = clock.startOfDay(time as CivilDate)
    event.precision = 'day'
  } else reading.fail(time.error, 'time')
  if (entry.precision !== undefined) assign(event, 'precision', reading.oneOf(entry, 'precision', PRECISIONS))
}

function readLegs(reading: Reading, entry: JsonObject): Leg[] {
  const list = entry.legs
  if (list === undefined) return []
  if (!Array.isArray(list)) {
    reading.fail(`must be a list, not ${inWords(list)}`, 'legs')
    return []
  }
  reading.enter('legs')
  for (let i = 0; i < list.length; i++) {
    reading.enter(i)
    const leg = reading.object(list[i])
    if (leg) readLeg(reading, leg)
    reading.leave()
  }
  reading.leave()
  return list as Leg[]
}

/** Turns a parsed leg into a typed one in place. */
function readLeg(reading: Reading, entry: JsonObject): void {
  reading.onlyMembers(entry, LEG, 'a leg')
  const role = entry.role
  if (typeof role !== 'string' || !ROLE_SET.has(role)) {
    reading.fail(role === undefined ? 'is missing' : `is ${inWords(role)}; it can be ${ROLES.join(', ')}`, 'role')
  }
  if (entry.account === undefined || entry.asset === undefined || entry.amount === undefined) {
    reading.demand(entry, 'account', 'asset', 'amount')
  }
  const leg = entry as unknown as Mutable<Leg>
  assign(leg, 'account', reading.account(entry, 'account'))
  assign(leg, 'asset', reading.asset(entry, 'asset'))
  assign(leg, 'amount', reading.amount(entry, 'amount'))
  if (entry.value !== undefined) assign(leg, 'value', reading.money(entry, 'value'))
  if (entry.valueBy !== undefined) readValueBy(reading, entry)
  if (entry.for !== undefined) reading.oneOf(entry, 'for', ['out', 'in', 'fee'])
  if (entry.included !== undefined) reading.flag(entry, 'included')
  if (entry.withheld !== undefined) readWithheld(reading, entry, leg)
  if (entry.acquired !== undefined) reading.date(entry, 'acquired')
  if (entry.cost !== undefined) assign(leg, 'cost', reading.money(entry, 'cost'))
  if (entry.pool !== undefined) reading.flag(entry, 'pool')
  if (entry.carry !== undefined) assign(leg, 'carry', readCarry(reading, entry))
}

function readValueBy(reading: Reading, entry: JsonObject): void {
  reading.oneOf(entry, 'valueBy', ['user'])
  if (entry.value === undefined) reading.fail('says whose word the value is, but there is no value', 'valueBy')
}

/** `withheld` implies `included`, so the typed leg always says both. */
function readWithheld(reading: Reading, entry: JsonObject, leg: Mutable<Leg>): void {
  if (reading.flag(entry, 'withheld') !== true) return
  if (leg.included === false) reading.fail('is false, but a withheld fee is included', 'included')
  if (leg.for === 'fee') reading.fail('is "fee", but a fee is withheld from out or in', 'for')
  leg.included = true
}

function readCarry(reading: Reading, entry: JsonObject): Leg['carry'] {
  const carry = reading.object(entry.carry, 'carry')
  if (!carry) return undefined
  reading.enter('carry')
  reading.onlyMembers(carry, CARRY, 'what a gift carries')
  const read = present({
    acquired: reading.date(carry, 'acquired'),
    cost: reading.money(carry, 'cost'),
    marketValue: reading.money(carry, 'marketValue'),
  })
  reading.leave()
  return read
}

function readLots(reading: Reading, entry: JsonObject): NamedLot[] {
  const lots: NamedLot[] = []
  reading.each(entry, 'lots', true, (item) => {
    const lot = reading.object(item)
    if (!lot) return
    reading.onlyMembers(lot, LOT, 'a named lot')
    reading.demand(lot, 'amount')
    const event = reading.required(lot, 'event') as EventId
    const leg = lot.leg
    if (leg !== undefined && !(typeof leg === 'number' && Number.isInteger(leg) && leg >= 0)) {
      reading.fail(`must be the index of a leg, not ${inWords(leg)}`, 'leg')
    }
    const asset = reading.asset(lot, 'asset')
    const amount = reading.amount(lot, 'amount')
    if (amount !== undefined) lots.push({ event, ...present({ asset, leg: leg as number | undefined }), amount })
  })
  return lots
}

function readSpecial(reading: Reading, entry: JsonObject, event: Mutable<LedgerEvent>): void {
  const may = (kind: Kind): boolean => entry.kind === kind || entry.kind === 'ignored'
  if (may('fork')) assign(event, 'parent', reading.asset(entry, 'parent'))
  if (may('residence_change')) readResidence(reading, entry, event)
  if (may('lot_selection') || may('allocation')) assign(event, 'asset', reading.asset(entry, 'asset'))
  if (may('lot_selection')) {
    assign(event, 'account', reading.account(entry, 'account'))
    assign(event, 'method', reading.oneOf(entry, 'method', METHODS))
  }
  if (may('allocation')) readAllocation(reading, entry, event)
}

function readResidence(reading: Reading, entry: JsonObject, event: Mutable<LedgerEvent>): void {
  const jurisdiction = reading.text(entry, 'jurisdiction')
  if (jurisdiction !== undefined && !isJurisdiction(jurisdiction))
    reading.fail(
      `is ${inWords(jurisdiction)}; it can be a two-letter country code in lower case, or none`,
      'jurisdiction',
    )
  const currency = reading.text(entry, 'currency')
  if (currency !== undefined && !isCurrency(currency))
    reading.fail(`is ${inWords(currency)}; it must be a code like USD`, 'currency')
  assign(event, 'jurisdiction', jurisdiction)
  assign(event, 'currency', currency as CurrencyCode | undefined)
  if (entry.zone !== undefined) event.zone = readZone(reading, entry, 'zone')
}

function readAllocation(reading: Reading, entry: JsonObject, event: Mutable<LedgerEvent>): void {
  assign(event, 'plan', reading.oneOf(entry, 'plan', ['specific', 'global']))
  assign(event, 'planOrder', reading.oneOf(entry, 'order', PLAN_ORDERS))
  assign(event, 'completed', reading.instant(entry, 'completed'))
  if (entry.allocations !== undefined) {
    const allocations: LotAllocation[] = []
    reading.each(entry, 'allocations', true, (item) => {
      const given = reading.object(item)
      if (!given) return
      reading.onlyMembers(given, ALLOCATION, 'an allocation')
      reading.demand(given, 'account', 'amount')
      const account = reading.account(given, 'account')
      const lot = reading.required(given, 'lot') as EventId
      const amount = reading.amount(given, 'amount')
      if (account !== undefined && amount !== undefined) allocations.push({ account, lot, amount })
    })
    event.allocations = allocations
  }
  if (entry.accounts !== undefined) {
    const accounts: AccountId[] = []
    reading.each(entry, 'accounts', true, (item) => {
      const id = typeof item === 'string' ? reading.accounts.get(item) : undefined
      if (id === undefined) reading.fail(`names the account ${inWords(item)}, which the document does not declare`)
      else accounts.push(id)
    })
    event.accounts = accounts
  }
}

/** Lots and allocations may name later events, so they are looked up when all ids are known. */
function checkReferences(
  reading: Reading,
  events: readonly LedgerEvent[],
  ids: ReadonlySet<string>,
  absent: ReadonlySet<string>,
): void {
  const isKnown = (id: string): boolean => id === '' || ids.has(id) || absent.has(id)
  for (let i = 0; i < events.length; i++) {
    const event = events[i] as LedgerEvent
    if (event.lots === undefined && event.allocations === undefined) continue
    reading.enter('events')
    reading.enter(event.order ?? i)
    event.lots?.forEach((lot, at) => {
      if (!isKnown(lot.event))
        reading.fail(`names the event ${inWords(lot.event)}, which the document does not have`, 'lots', at, 'event')
    })
    event.allocations?.forEach((entry, at) => {
      if (!isKnown(entry.lot))
        reading.fail(
          `names the event ${inWords(entry.lot)}, which the document does not have`,
          'allocations',
          at,
          'lot',
        )
    })
    reading.leave()
    reading.leave()
  }
}
