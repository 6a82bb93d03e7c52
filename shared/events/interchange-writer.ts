/** Writes a `tallystick/events@1` document: canonical, so that equal ledgers give equal bytes and equal hashes. */
import { formatAmount, formatMoney } from '../amount/decimal.ts'
import type { JsonValue } from './canonical-json.ts'
import { canonicalJson } from './canonical-json.ts'
import { formatInstant } from './civil-time.ts'
import { inEngineOrder } from './engine-order.ts'
import type { LedgerEvent, Leg } from './event.ts'
import type { Told } from './interchange-decided.ts'
import type { BrokerForm, InterchangeDocument, PriceEntry, Profile } from './interchange-types.ts'
import { INTERCHANGE_SCHEMA } from './interchange-types.ts'

type JsonMembers = { readonly [name: string]: JsonValue | undefined }

/** Members whose bigints are units of an asset; all other bigints are money. */
const UNITS = new Set(['amount', 'units', 'unitsIn'])
/** Members whose numbers are instants. */
const TIMES = new Set(['time', 'identifiedAt', 'completed'])

/** The members of a typed object as JSON: bigints as canonical decimals, instants as text, empty objects left out. */
function members(object: object, renamed: Readonly<Record<string, string>> = {}): JsonMembers {
  const written: Record<string, JsonValue | undefined> = {}
  for (const [name, value] of Object.entries(object)) written[renamed[name] ?? name] = member(name, value)
  return written
}

function member(name: string, value: unknown): JsonValue | undefined {
  if (typeof value === 'bigint') {
    return UNITS.has(name) ? formatAmount(value as Leg['amount']) : formatMoney(value as NonNullable<Leg['value']>)
  }
  if (typeof value === 'number') return TIMES.has(name) ? formatInstant(value as LedgerEvent['time']) : value
  if (Array.isArray(value)) return value.map((item) => member(name, item) ?? null)
  if (typeof value === 'object' && value !== null) return members(value)
  return value as string | boolean | undefined
}

function profileMembers(profile: Profile): JsonMembers {
  const { fees, positions, person, ...rest } = profile
  const unlessEmpty = (object: object): JsonMembers | undefined =>
    Object.keys(object).length === 0 ? undefined : members(object)
  return { ...members(rest), fees: unlessEmpty(fees), positions: unlessEmpty(positions), person: unlessEmpty(person) }
}

/** A profile as the interchange format writes it. */
export const profileJson = (profile: Profile): Readonly<Record<string, JsonValue>> => plain(profileMembers(profile))

/** A row of a broker's form as the interchange format writes it. */
export const brokerFormJson = (form: Partial<BrokerForm>): Readonly<Record<string, JsonValue>> => plain(members(form))

/** Without members that are not there. */
const plain = (object: JsonMembers): Readonly<Record<string, JsonValue>> =>
  JSON.parse(canonicalJson(object)) as Readonly<Record<string, JsonValue>>

/**
 * An event as JSON. `order` is not written: the order of the list says it. `joined` is the overlay's own.
 */
export function eventMembers(event: LedgerEvent): JsonMembers {
  const { order: _order, joined: _joined, legs, ...rest } = event
  return { ...members(rest, { planOrder: 'order' }), legs: legs.map((leg) => members(leg)) }
}

/** The ids that lots, plans and rejected pairs name and that no event has, in order: their import was taken back since. */
function absentFrom({ events, decided }: InterchangeDocument): readonly string[] {
  const named = [
    ...events.flatMap(({ lots, allocations }) => [
      ...(lots ?? []).map(({ event }) => event),
      ...(allocations ?? []).map(({ lot }) => lot),
    ]),
    ...(decided?.apart ?? []).flatMap(({ outs, ins }) => [...outs, ...ins].map(({ event }) => event)),
  ]
  if (named.length === 0) return []
  const ids = new Set(events.map(({ id }) => id))
  return [...new Set(named)].filter((id) => !ids.has(id)).sort()
}

const listUnlessEmpty = (list: readonly string[]): JsonValue | undefined => (list.length === 0 ? undefined : list)

/** The document as JSON values, events in engine order, prices and accounts as given. */
export function interchangeJson(document: InterchangeDocument): JsonMembers {
  const list = <T extends object>(items: readonly T[]): JsonMembers[] => items.map((item) => members(item))
  return {
    schema: INTERCHANGE_SCHEMA,
    profile: profileMembers(document.profile),
    accounts: list(document.accounts),
    assets: list(document.assets),
    events: inEngineOrder(document.events).map(eventMembers),
    absent: listUnlessEmpty(absentFrom(document)),
    prices: document.prices.length > 0 ? list<PriceEntry>(document.prices) : undefined,
    brokerForms: document.brokerForms.length > 0 ? list<BrokerForm>(document.brokerForms) : undefined,
    told: document.told === undefined || document.told.length === 0 ? undefined : list<Told>(document.told),
    decided:
      document.decided === undefined || Object.keys(document.decided).length === 0
        ? undefined
        : members(document.decided),
  }
}

/** The document's canonical text, one line, as `export` writes it and as a filing hashes it. */
export function writeInterchange(document: InterchangeDocument): string {
  const { events: _events, absent: _absent, ...rest } = interchangeJson({ ...document, events: [] })
  const written = new Map(
    Object.entries(rest).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, canonicalJson(value)] as const],
    ),
  )
  const absent = absentFrom(document)
  if (absent.length > 0) written.set('absent', canonicalJson(absent))
  written.set('events', eventsText(document.events))
  return `{${[...written.keys()]
    .sort()
    .map((name) => `"${name}":${written.get(name)}`)
    .join(',')}}`
}

/** Has the event none of the members that few events have? Those go the general way, to the same bytes. */
const isPlainEvent = (event: LedgerEvent): boolean =>
  event.lots === undefined &&
  event.identifiedAt === undefined &&
  event.identifiedTo === undefined &&
  event.portfolioValue === undefined &&
  event.parent === undefined &&
  event.asset === undefined &&
  event.account === undefined &&
  event.accounts === undefined &&
  event.method === undefined &&
  event.plan === undefined &&
  event.planOrder === undefined &&
  event.allocations === undefined &&
  event.completed === undefined &&
  event.jurisdiction === undefined &&
  event.currency === undefined &&
  event.zone === undefined

const isPlainLeg = (leg: Leg): boolean =>
  leg.acquired === undefined && leg.cost === undefined && leg.pool === undefined && leg.carry === undefined

/** Texts that repeat from leg to leg, made once. */
class Repeated {
  private readonly known = new Map<string, string>()
  private readonly make: (text: string) => string

  constructor(make: (text: string) => string) {
    this.make = make
  }

  of(text: string): string {
    const known = this.known.get(text)
    if (known !== undefined) return known
    const made = this.make(text)
    this.known.set(text, made)
    return made
  }
}

/** Events as canonical JSON, written member by member: a large document is mostly events. */
function eventsText(events: readonly LedgerEvent[]): string {
  const accounts = new Repeated((account) => `{"account":${canonicalJson(account)},"amount":"`)
  const assets = new Repeated((asset) => `","asset":${canonicalJson(asset)}`)
  const roles = new Repeated((role) => `,"role":"${role}"`)
  const kinds = new Repeated((kind) => `,"kind":"${kind}","legs":[`)
  const legText = (leg: Leg): string => {
    if (!isPlainLeg(leg)) return canonicalJson(members(leg))
    const { included, value, valueBy, withheld } = leg
    let text = accounts.of(leg.account) + formatAmount(leg.amount) + assets.of(leg.asset)
    if (leg.for !== undefined) text += `,"for":"${leg.for}"`
    if (included !== undefined) text += `,"included":${included}`
    text += roles.of(leg.role)
    if (value !== undefined) text += `,"value":"${formatMoney(value)}"`
    if (valueBy !== undefined) text += `,"valueBy":"${valueBy}"`
    return withheld === undefined ? `${text}}` : `${text},"withheld":${withheld}}`
  }
  let text = '['
  for (const event of inEngineOrder(events)) {
    if (text.length > 1) text += ','
    if (!isPlainEvent(event)) {
      text += canonicalJson(eventMembers(event))
      continue
    }
    const { hash, legs, note, precision, protocol } = event
    text += hash === undefined ? '{"id":' : `{"hash":${canonicalJson(hash)},"id":`
    text += canonicalJson(event.id) + kinds.of(event.kind)
    for (let i = 0; i < legs.length; i++) text += i === 0 ? legText(legs[i] as Leg) : `,${legText(legs[i] as Leg)}`
    text += ']'
    if (note !== undefined) text += `,"note":${canonicalJson(note)}`
    if (precision !== undefined) text += `,"precision":"${precision}"`
    if (protocol !== undefined) text += `,"protocol":${canonicalJson(protocol)}`
    text += `,"time":"${formatInstant(event.time)}"}`
  }
  return `${text}]`
}

/** `sha256:…` of what a document is computed from: of its canonical text without what stands beside the events. */
export function hashInterchange(document: InterchangeDocument, sha256: (text: string) => string): string {
  const { told: _told, decided: _decided, ...computed } = document
  return `sha256:${sha256(writeInterchange(computed))}`
}
