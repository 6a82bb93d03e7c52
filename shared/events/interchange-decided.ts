/**
 * What a document of our own books says beside its events, and what no computation reads: what the sources said of them,
 * and what people decided that the events alone cannot show. The hash of a document does not cover it.
 */
import { type MovementRef, PAIRED_KINDS, type PairedKind } from './decision.ts'
import type { LedgerEvent } from './event.ts'
import type { EventId } from './identifiers.ts'
import type { JsonObject, Reading } from './interchange-problems.ts'
import { inWords, present } from './interchange-problems.ts'
import { KINDS, type Kind } from './kinds.ts'

/** What a source said of an event beside what moved. */
export interface Told {
  readonly event: EventId
  /** The source's own word for what happened. */
  readonly sourceKind?: string
  readonly from?: string
  readonly to?: string
  /** The name that the source gives to the other side. */
  readonly counterparty?: string
}

/** What stands decided on an event, which no rule decides again. `was`: what it would be without. */
export interface Settled {
  readonly event: EventId
  readonly kind?: Kind
  /** Why it is left out; empty: it was decided that it counts. */
  readonly ignore?: string
  readonly note?: string
  /** Empty: it was decided that no account of the books is on the other side. */
  readonly counterparty?: ''
  readonly was?: { readonly kind?: Kind; readonly note?: string }
}

const PAIR_GRADES = ['certain', 'likely', 'unclear', 'none'] as const

/** A pair of movements that was judged. */
export interface JudgedPair {
  readonly outs: readonly MovementRef[]
  readonly ins: readonly MovementRef[]
  readonly kind?: PairedKind
  readonly grade?: (typeof PAIR_GRADES)[number]
  readonly reason?: string
}

/** A verdict on records of one movement; `fact` is empty where a link was ended. The events need not be in the document. */
export interface JudgedLink {
  readonly key: string
  readonly event: string
  readonly fact: string
  readonly verdict: 'linked' | 'unlinked' | 'rejected'
  readonly grade: 'proved' | 'likely' | 'unclear'
  readonly reason: string
}

/** What was said of a transaction that several records tell of, by the id that the event of all of them has. */
export interface JudgedJoin {
  readonly key: string
  readonly verdict: 'apart' | 'together' | 'held'
  readonly reason: string
}

export interface Decided {
  readonly settled?: readonly Settled[]
  /** Rejected: not proposed again. Of a pair one event may be gone from the books. */
  readonly apart?: readonly JudgedPair[]
  /** Proved, but its acceptance was taken back: proposed, and not accepted by itself. */
  readonly waiting?: readonly JudgedPair[]
  readonly links?: readonly JudgedLink[]
  readonly joins?: readonly JudgedJoin[]
  readonly groups?: readonly { readonly name: string; readonly events: readonly EventId[] }[]
  /** Rules, answers on symbols and excuses for days without records: as the ledger's contract has them. */
  readonly rules?: readonly JsonObject[]
  readonly symbols?: readonly JsonObject[]
  readonly excuses?: readonly JsonObject[]
}

const TOLD = new Set(['event', 'sourceKind', 'from', 'to', 'counterparty'])
const DECIDED = new Set(['settled', 'apart', 'waiting', 'links', 'joins', 'groups', 'rules', 'symbols', 'excuses'])
const SETTLED = new Set(['event', 'kind', 'ignore', 'note', 'counterparty', 'was'])
const WAS = new Set(['kind', 'note'])
const PAIR = new Set(['outs', 'ins', 'kind', 'grade', 'reason'])
const MOVEMENT = new Set(['event', 'leg'])
const LINK = new Set(['key', 'event', 'fact', 'verdict', 'grade', 'reason'])
const JOIN = new Set(['key', 'verdict', 'reason'])
const GROUP = new Set(['name', 'events'])

const NONE: ReadonlySet<string> = new Set()

/** Reads `told`. The events must have been read before. */
export function readTold(reading: Reading, object: JsonObject, events: ReadonlyMap<string, LedgerEvent>): Told[] {
  const told: Told[] = []
  reading.each(object, 'told', false, (item) => {
    const entry = reading.object(item)
    if (!entry) return
    reading.onlyMembers(entry, TOLD, 'what a source told')
    const event = eventIn(reading, entry, events)
    if (event === null) return
    told.push({
      event: event.id,
      ...present({
        sourceKind: reading.text(entry, 'sourceKind'),
        from: reading.text(entry, 'from'),
        to: reading.text(entry, 'to'),
        counterparty: reading.text(entry, 'counterparty'),
      }),
    })
  })
  return told
}

/** Reads `decided`. The events must have been read before, and which ones are `absent`. */
export function readDecided(
  reading: Reading,
  value: unknown,
  events: ReadonlyMap<string, LedgerEvent>,
  absent: ReadonlySet<string> = NONE,
): Decided {
  const object = reading.object(value, 'decided')
  if (!object) return {}
  reading.enter('decided')
  reading.onlyMembers(object, DECIDED, 'what was decided')
  const decided = {
    settled: list(reading, object, 'settled', (entry) => readSettled(reading, entry, events)),
    apart: list(reading, object, 'apart', (entry) => readPair(reading, entry, events, absent)),
    waiting: list(reading, object, 'waiting', (entry) => readPair(reading, entry, events, NONE)),
    links: list(reading, object, 'links', (entry) => readLink(reading, entry)),
    joins: list(reading, object, 'joins', (entry) => readJoin(reading, entry)),
    groups: list(reading, object, 'groups', (entry) => readGroup(reading, entry, events)),
    rules: list(reading, object, 'rules', (entry) => entry),
    symbols: list(reading, object, 'symbols', (entry) => entry),
    excuses: list(reading, object, 'excuses', (entry) => entry),
  }
  reading.leave()
  return present(decided)
}

function list<T>(
  reading: Reading,
  object: JsonObject,
  name: string,
  read: (entry: JsonObject) => T | null,
): T[] | undefined {
  if (object[name] === undefined) return undefined
  const found: T[] = []
  reading.each(object, name, true, (item) => {
    const entry = reading.object(item)
    const one = entry === undefined ? null : read(entry)
    if (one !== null) found.push(one)
  })
  return found
}

function eventIn(reading: Reading, entry: JsonObject, events: ReadonlyMap<string, LedgerEvent>): LedgerEvent | null {
  const id = reading.required(entry, 'event')
  const event = events.get(id)
  if (event === undefined && id !== '')
    reading.fail(`names the event ${inWords(id)}, which the document does not have`, 'event')
  return event ?? null
}

function readSettled(reading: Reading, entry: JsonObject, events: ReadonlyMap<string, LedgerEvent>): Settled | null {
  reading.onlyMembers(entry, SETTLED, 'what is settled')
  const event = eventIn(reading, entry, events)
  if (event === null) return null
  const kind = reading.oneOf(entry, 'kind', KINDS)
  const ignore = reading.text(entry, 'ignore')
  const note = reading.text(entry, 'note')
  const counterparty = reading.oneOf(entry, 'counterparty', [''])
  const was = readWas(reading, entry)
  const leftOut = ignore !== undefined && ignore !== ''
  const says = leftOut ? 'ignored' : (kind ?? (was?.kind === undefined ? event.kind : was.kind))
  if (says !== event.kind) reading.fail(`makes it ${says}, but the event is ${event.kind}`)
  if ((note ?? was?.note) !== undefined && (note ?? was?.note) !== (event.note ?? ''))
    reading.fail('says another note than the event has', 'note')
  return { event: event.id, ...present({ kind, ignore, note, counterparty, was }) }
}

function readWas(reading: Reading, entry: JsonObject): Settled['was'] {
  if (entry.was === undefined) return undefined
  const was = reading.object(entry.was, 'was')
  if (!was) return undefined
  reading.enter('was')
  reading.onlyMembers(was, WAS, 'what it was')
  const read = present({ kind: reading.oneOf(was, 'kind', KINDS), note: reading.text(was, 'note') })
  reading.leave()
  return read
}

function readPair(
  reading: Reading,
  entry: JsonObject,
  events: ReadonlyMap<string, LedgerEvent>,
  absent: ReadonlySet<string>,
): JudgedPair | null {
  reading.onlyMembers(entry, PAIR, 'a pair')
  const side = (name: 'outs' | 'ins'): MovementRef[] => {
    const refs: MovementRef[] = []
    reading.each(entry, name, true, (item) => {
      const ref = reading.object(item)
      if (!ref) return
      reading.onlyMembers(ref, MOVEMENT, 'a movement')
      const gone = typeof ref.event === 'string' && absent.has(ref.event) ? (ref.event as EventId) : null
      const event = gone === null ? eventIn(reading, ref, events) : null
      if (gone === null && event === null) return
      const { leg } = ref
      const direction = name === 'outs' ? 'out' : 'in'
      if (typeof leg !== 'number' || !Number.isInteger(leg) || leg < 0)
        reading.fail(`must be the index of an ${direction} leg, not ${inWords(leg)}`, 'leg')
      else if (gone !== null) refs.push({ event: gone, leg })
      else if (event?.legs[leg]?.role === direction) refs.push({ event: event.id, leg })
      else reading.fail(`must be the index of an ${direction} leg, not ${inWords(leg)}`, 'leg')
    })
    return refs
  }
  const [outs, ins] = [side('outs'), side('ins')]
  if (outs.length === 0 || ins.length === 0) return null
  if (![...outs, ...ins].some(({ event }) => events.has(event))) {
    reading.fail('names only events that the document says are not there')
    return null
  }
  return {
    outs,
    ins,
    ...present({
      kind: reading.oneOf(entry, 'kind', PAIRED_KINDS),
      grade: reading.oneOf(entry, 'grade', PAIR_GRADES),
      reason: reading.text(entry, 'reason'),
    }),
  }
}

function readLink(reading: Reading, entry: JsonObject): JudgedLink | null {
  reading.onlyMembers(entry, LINK, 'a verdict on a link')
  reading.demand(entry, 'verdict', 'grade')
  const key = reading.required(entry, 'key')
  const event = reading.required(entry, 'event')
  const verdict = reading.oneOf(entry, 'verdict', ['linked', 'unlinked', 'rejected'])
  const grade = reading.oneOf(entry, 'grade', ['proved', 'likely', 'unclear'])
  const [fact = '', reason = ''] = [reading.text(entry, 'fact'), reading.text(entry, 'reason')]
  return verdict === undefined || grade === undefined ? null : { key, event, fact, verdict, grade, reason }
}

function readJoin(reading: Reading, entry: JsonObject): JudgedJoin | null {
  reading.onlyMembers(entry, JOIN, 'a verdict on a transaction')
  reading.demand(entry, 'verdict')
  const key = reading.required(entry, 'key')
  const verdict = reading.oneOf(entry, 'verdict', ['apart', 'together', 'held'])
  const reason = reading.text(entry, 'reason') ?? ''
  return verdict === undefined ? null : { key, verdict, reason }
}

function readGroup(
  reading: Reading,
  entry: JsonObject,
  events: ReadonlyMap<string, LedgerEvent>,
): { readonly name: string; readonly events: readonly EventId[] } {
  reading.onlyMembers(entry, GROUP, 'a group')
  const name = reading.required(entry, 'name')
  const members: EventId[] = []
  reading.each(entry, 'events', true, (item) => {
    const event = typeof item === 'string' ? events.get(item) : undefined
    if (event === undefined) reading.fail(`names the event ${inWords(item)}, which the document does not have`)
    else members.push(event.id)
  })
  return { name, events: members }
}

/** The same with other names for the events of the document. Verdicts on links keep theirs, which are of ledgers. */
export function renamed(decided: Decided, nameOf: (event: EventId) => EventId): Decided {
  const refs = (side: readonly MovementRef[]) => side.map(({ event, leg }) => ({ event: nameOf(event), leg }))
  const pairs = (list: readonly JudgedPair[] | undefined) =>
    list?.map((pair) => ({ ...pair, outs: refs(pair.outs), ins: refs(pair.ins) }))
  return {
    ...decided,
    ...present({
      settled: decided.settled?.map((one) => ({ ...one, event: nameOf(one.event) })),
      apart: pairs(decided.apart),
      waiting: pairs(decided.waiting),
      groups: decided.groups?.map(({ name, events }) => ({ name, events: events.map(nameOf) })),
    }),
  }
}
