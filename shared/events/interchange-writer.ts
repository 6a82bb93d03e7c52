/** Writes a `tallystick/events@1` document: canonical, so that equal ledgers give equal bytes and equal hashes. */
import { formatAmount, formatMoney } from '../amount/decimal.ts'
import type { JsonValue } from './canonical-json.ts'
import { canonicalJson } from './canonical-json.ts'
import { formatInstant } from './civil-time.ts'
import { inEngineOrder } from './engine-order.ts'
import type { LedgerEvent, Leg } from './event.ts'
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

/** `order` is not written: the order of the list says it. `joined` and `valueBy` are the overlay's own. */
function eventMembers(event: LedgerEvent): JsonMembers {
  const { order: _order, joined: _joined, legs, ...rest } = event
  return { ...members(rest, { planOrder: 'order' }), legs: legs.map(legMembers) }
}

function legMembers({ valueBy: _valueBy, ...leg }: Leg): JsonMembers {
  return members(leg)
}

/** The document as JSON values, events in engine order, prices and accounts as given. */
export function interchangeJson(document: InterchangeDocument): JsonMembers {
  const list = <T extends object>(items: readonly T[]): JsonMembers[] => items.map((item) => members(item))
  return {
    schema: INTERCHANGE_SCHEMA,
    profile: profileMembers(document.profile),
    accounts: list(document.accounts),
    assets: list(document.assets),
    events: inEngineOrder(document.events).map(eventMembers),
    prices: document.prices.length > 0 ? list<PriceEntry>(document.prices) : undefined,
    brokerForms: document.brokerForms.length > 0 ? list<BrokerForm>(document.brokerForms) : undefined,
  }
}

/** The document's canonical text, one line, as `export` writes it and as a filing hashes it. */
export function writeInterchange(document: InterchangeDocument): string {
  const { events: _events, ...rest } = interchangeJson({ ...document, events: [] })
  const written = new Map(
    Object.entries(rest).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, canonicalJson(value)] as const],
    ),
  )
  written.set('events', eventsText(document.events))
  return `{${[...written.keys()]
    .sort()
    .map((name) => `"${name}":${written.get(name)}`)
    .join(',')}}`
}

/** Members of most events, in canonical order; an event with others goes the general way, to the same bytes. */
const PLAIN_EVENT = new Set(['hash', 'id', 'joined', 'kind', 'legs', 'note', 'order', 'precision', 'protocol', 'time'])
const PLAIN_LEG = new Set(['account', 'amount', 'asset', 'for', 'included', 'role', 'value', 'valueBy', 'withheld'])

const onlyHas = (object: object, names: ReadonlySet<string>): boolean => {
  for (const name in object) if (!names.has(name)) return false
  return true
}

/** Events as canonical JSON, written member by member: a large document is mostly events. */
function eventsText(events: readonly LedgerEvent[]): string {
  const quoted = new Map<string, string>()
  const quote = (text: string): string => {
    const known = quoted.get(text)
    if (known !== undefined) return known
    const fresh = canonicalJson(text)
    quoted.set(text, fresh)
    return fresh
  }
  const legText = (leg: Leg): string => {
    if (!onlyHas(leg, PLAIN_LEG)) return canonicalJson(legMembers(leg))
    const { account, amount, asset, included, role, value, withheld } = leg
    const charged = leg.for === undefined ? '' : `,"for":"${leg.for}"`
    const inside = included === undefined ? '' : `,"included":${included}`
    const worth = value === undefined ? '' : `,"value":"${formatMoney(value)}"`
    const kept = withheld === undefined ? '' : `,"withheld":${withheld}`
    return `{"account":${quote(account)},"amount":"${formatAmount(amount)}","asset":${quote(asset)}${charged}${inside},"role":"${role}"${worth}${kept}}`
  }
  const eventText = (event: LedgerEvent): string => {
    if (!onlyHas(event, PLAIN_EVENT)) return canonicalJson(eventMembers(event))
    const { hash, id, kind, legs, note, precision, protocol, time } = event
    const text = (name: string, value: string | undefined): string =>
      value === undefined ? '' : `,"${name}":${canonicalJson(value)}`
    const opening = hash === undefined ? '' : `"hash":${canonicalJson(hash)},`
    return `{${opening}"id":${canonicalJson(id)},"kind":"${kind}","legs":[${legs.map(legText).join(',')}]${text('note', note)}${text('precision', precision)}${text('protocol', protocol)},"time":"${formatInstant(time)}"}`
  }
  return `[${inEngineOrder(events).map(eventText).join(',')}]`
}

/** `sha256:…` of a document: of its canonical text, by the hash function given. */
export const hashInterchange = (document: InterchangeDocument, sha256: (text: string) => string): string =>
  `sha256:${sha256(writeInterchange(document))}`
