/** Our own interchange, `tallystick/events@1`: read as a whole, every member checked. */
import { canonicalJson } from '../events/canonical-json.ts'
import { formatInstant } from '../events/civil-time.ts'
import type { LedgerEvent, Leg } from '../events/event.ts'
import type { EventId, SourceId, ZoneName } from '../events/identifiers.ts'
import { readInterchange } from '../events/interchange.ts'
import { renamed, type Settled, type Told } from '../events/interchange-decided.ts'
import { present } from '../events/interchange-problems.ts'
import type { InterchangeDocument } from '../events/interchange-types.ts'
import { INTERCHANGE_SCHEMA } from '../events/interchange-types.ts'
import { brokerFormJson } from '../events/interchange-writer.ts'
import { foldName } from './header.ts'
import { groupKey, isStableEventId, RowIdentities } from './identity.ts'
import type {
  EventDraft,
  LegDraft,
  ReadContext,
  ReadSink,
  SourceDocument,
  SourceFormat,
  SpecialMembers,
} from './source-format.ts'

const MOST_PROBLEMS = 20

function legDraft(leg: Leg, currency: string): LegDraft {
  const { account, asset, value, cost, ...rest } = leg
  return {
    ...rest,
    asset: { symbol: asset },
    account: { name: account, kind: 'manual' },
    ...(leg.carry === undefined ? {} : { carryCurrency: currency }),
    ...(value === undefined ? {} : { value: { amount: value, currency } }),
    ...(cost === undefined ? {} : { cost: { amount: cost, currency } }),
  }
}

/** Lots and allocations name other events of the document; their ids become group keys as those events' own do. */
function specialMembers(event: LedgerEvent, key: (id: string) => EventId): SpecialMembers {
  const {
    id: _,
    time: __,
    precision: ___,
    order: ____,
    kind: _____,
    legs,
    note,
    hash,
    protocol,
    lots,
    allocations,
    ...rest
  } = event
  return {
    ...rest,
    ...(lots === undefined ? {} : { lots: lots.map((lot) => ({ ...lot, event: key(lot.event) })) }),
    ...(allocations === undefined ? {} : { allocations: allocations.map((part) => ({ ...part, lot: key(part.lot) })) }),
  }
}

/** What stands beside the events, by event. */
interface Beside {
  readonly told: ReadonlyMap<EventId, Told>
  readonly settled: ReadonlyMap<EventId, Settled>
}

function eventDraft(
  event: LedgerEvent,
  row: number,
  currency: string,
  key: (id: string) => EventId,
  beside: Beside,
): EventDraft {
  const { time, legs, hash, protocol, order } = event
  const { sourceKind, from: fromAddress, to: toAddress, counterparty } = beside.told.get(event.id) ?? {}
  const was = beside.settled.get(event.id)?.was
  const kind = was?.kind ?? event.kind
  const note = was?.note === undefined ? event.note : was.note === '' ? undefined : was.note
  const special = specialMembers(event, key)
  return {
    group: key(event.id),
    time,
    precision: event.precision ?? 'millisecond',
    timeText: formatInstant(time),
    ...(order === undefined ? {} : { order }),
    kind,
    legs: legs.map((leg) => legDraft(leg, currency)),
    ...(note === undefined ? {} : { note }),
    ...(hash === undefined ? {} : { hash }),
    ...(protocol === undefined ? {} : { protocol }),
    ...present({ sourceKind, fromAddress, toAddress, counterparty }),
    ...(Object.keys(special).length === 0 ? {} : { special }),
    rows: [row],
  }
}

function readDocument(source: SourceDocument, context: ReadContext, sink: ReadSink): readonly string[] | null {
  const read = readInterchange(source.json, context.fileName)
  if (!read.ok) {
    const lines = read.problems.map(({ path, message }) => `${path === '' ? 'the document' : path} ${message}`)
    const more = lines.length - MOST_PROBLEMS
    return more > 0 ? [...lines.slice(0, MOST_PROBLEMS), `and ${more} more`] : lines
  }
  const { document } = read
  const { sha256 } = context
  const identities = new RowIdentities(sha256)
  const key = (id: string) => (isStableEventId(id) ? id : groupKey(id, sha256)) as EventId
  sink.declare?.(document.accounts, document.assets)
  sink.profile?.(document.profile, document.decided === undefined ? undefined : renamed(document.decided, key))
  const beside: Beside = {
    told: new Map(document.told?.map((one) => [one.event, one])),
    settled: new Map(document.decided?.settled?.map((one) => [one.event, one])),
  }
  for (const { row, list, index } of source.elements) {
    if (list === 'events') {
      const event = document.events[index] as LedgerEvent
      const { identity } = identities.byProvider(event.id, [])
      sink.row({ row, outcome: 'event', identity, group: key(event.id) })
      sink.event(eventDraft(event, row, document.profile.currency, key, beside))
    } else if (list === 'prices') readPrice(document, index, row, sink, identities)
    else readBrokerForm(document, index, row, sink, identities)
  }
  return null
}

function readPrice(
  document: InterchangeDocument,
  index: number,
  row: number,
  sink: ReadSink,
  identities: RowIdentities,
): void {
  const price = document.prices[index]
  if (price === undefined) throw new Error(`price ${index} was counted but not read`)
  const { asset, currency, time } = price
  const { identity } = identities.byText(['price', asset, currency, `${time}`, `${price.price}`])
  sink.row({ row, outcome: 'price', identity })
  const at = typeof time === 'number' ? { instant: time } : { day: time }
  sink.price({
    asset: { symbol: asset },
    currency,
    time: at,
    price: price.price,
    row,
    ...(price.source === undefined ? {} : { source: price.source }),
  })
}

function readBrokerForm(
  { brokerForms }: InterchangeDocument,
  index: number,
  row: number,
  sink: ReadSink,
  identities: RowIdentities,
): void {
  const read = brokerForms[index]
  if (read === undefined) throw new Error(`broker's form ${index} was counted but not read`)
  const { account, asset, ...form } = read
  const { identity } = identities.byText(["broker's form", canonicalJson(brokerFormJson(read))])
  sink.row({ row, outcome: 'broker-form', identity })
  sink.brokerForm?.({ account: { name: account, kind: 'manual' }, asset: { symbol: asset }, form, row })
}

export const tallystickEvents: SourceFormat = {
  id: 'tallystick' as SourceId,
  name: 'Tallystick interchange',
  venue: 'Tallystick',
  version: 2,
  keepsEventIds: true,
  account: { name: 'Tallystick document', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  decimals: '.',
  identityColumns: { [INTERCHANGE_SCHEMA]: ['id'] },
  howToGet: `A JSON document of the schema ${INTERCHANGE_SCHEMA}, as “tallystick export --to json” writes it.`,
  recognise: (header) =>
    header.preamble[0] === INTERCHANGE_SCHEMA && header.names.some((name) => foldName(name) === 'schema')
      ? { score: 1, layout: INTERCHANGE_SCHEMA }
      : null,
  open() {
    throw new Error('an interchange document is read as a whole')
  },
  document: { lists: ['events', 'prices', 'brokerForms'], read: readDocument },
}
