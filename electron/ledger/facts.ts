import type { Amount, Money } from '../../shared/amount/amount.ts'
import { parseAmount, parseMoney } from '../../shared/amount/decimal.ts'
import type { LedgerEvent, Leg, NamedLot, Role } from '../../shared/events/event.ts'
import type { AccountId, AssetId, CivilDate, EventId, Instant } from '../../shared/events/identifiers.ts'
import type { Kind } from '../../shared/events/kinds.ts'
import type { ReadableLedger } from './handles.ts'
import type { StagedEventExtra, StagedLegExtra } from './staged.ts'
import { PRECISIONS } from './staging.ts'
import { type StatedMoney, statedMoney } from './stated-money.ts'
import { visibleWhere } from './visibility.ts'

/** A fact as imported, with what the source said beside it. */
export interface StoredFact {
  readonly row: number
  readonly event: LedgerEvent
  readonly batch: number
  readonly source: string | null
  readonly sourceKind: string | null
  readonly timeText: string | null
  readonly toAddress: string | null
  readonly fromAddress: string | null
  readonly counterparty: string | null
  readonly protocol: string | null
}

/** Events a block holds; with their legs some 3 MB of text, read in about 15 ms. */
const BLOCK = 4000

type EventTuple = [
  row: number, id: string, time: number, precision: number, order: number | null, kind: Kind, hash: string | null, note: string | null,
  extra: string | null, batch: number, file: number | null, sourceKind: string | null, timeText: string | null, to: string | null,
  from: string | null, counterparty: string | null, protocol: string | null,
] // biome-ignore format: in the order of the columns
type LegTuple = [
  event: number, role: Role, account: number, asset: number, amount: string, included: number, value: string | null, extra: string | null,
] // biome-ignore format: in the order of the columns

const EVENT = `json_array(e.id, e.stable_id, e.time, e.precision, e.ord, e.kind, e.hash, e.note, e.extra, e.batch_id, e.file_id,
  e.source_kind, e.time_text, e.to_address, e.from_address, e.counterparty, e.protocol)`
const LEG = 'json_array(l.event_id, l.role, l.account_id, l.asset_id, l.amount, l.included, l.value, l.extra)'

/**
 * Reads facts (newest versions in live batches, not those hidden by another source's) in blocks, in the order of their
 * rows: of the whole ledger, of some stable ids, or of a batch (staged ones too). A million events take some seconds, so
 * this is for workers; sort the lot with `inEngineOrder`. Rows cross from SQLite as one JSON text a block, which is twice
 * as fast as row by row.
 */
export function* readFacts(
  ledger: ReadableLedger,
  where: { readonly events?: readonly string[]; readonly rows?: readonly number[]; readonly batch?: number } = {},
): Generator<StoredFact[]> {
  const names = namesOf(ledger)
  if (where.events !== undefined || where.rows !== undefined) {
    const rows = where.rows ?? rowsOfEvents(ledger, where.events ?? [])
    for (let at = 0; at < rows.length; at += BLOCK) {
      const ids = JSON.stringify(rows.slice(at, at + BLOCK))
      yield block(
        names,
        ledger.value<string>(
          `SELECT json_group_array(${EVENT}) FROM event e WHERE e.id IN (SELECT value FROM json_each(?))`,
          ids,
        ),
        ledger.value<string>(
          `SELECT json_group_array(${LEG}) FROM leg l WHERE l.event_id IN (SELECT value FROM json_each(?))`,
          ids,
        ),
      )
    }
    return
  }
  const visible = where.batch === undefined ? visibleWhere(ledger) : `e.batch_id = ${Math.trunc(where.batch)}`
  const [first, last] = rangeOf(ledger, where.batch)
  for (let from = first; from <= last; from += BLOCK) {
    const facts = block(
      names,
      ledger.value<string>(
        `SELECT json_group_array(${EVENT}) FROM event e WHERE e.id >= ? AND e.id < ? AND ${visible}`,
        from,
        from + BLOCK,
      ),
      ledger.value<string>(
        `SELECT json_group_array(${LEG}) FROM leg l WHERE l.event_id >= ? AND l.event_id < ?`,
        from,
        from + BLOCK,
      ),
    )
    if (facts.length > 0) yield facts
  }
}

function rangeOf(ledger: ReadableLedger, batch: number | undefined): readonly [number, number] {
  if (batch === undefined) return [1, ledger.value<number>('SELECT max(id) FROM event') ?? 0]
  const ranges = 'SELECT min(event_first), max(event_last) FROM source_file WHERE batch_id = ?'
  const [first, last] = ledger.tuples<[number | null, number | null]>(ranges, batch)[0] ?? [null, null]
  return [first ?? 1, last ?? 0]
}

/** The rows of the facts of some stable ids, ascending. */
function rowsOfEvents(ledger: ReadableLedger, events: readonly string[]): number[] {
  return ledger
    .column<number>(
      `SELECT e.id FROM json_each(?) wanted CROSS JOIN event_identity i ON i.stable_id = wanted.value
       JOIN event e ON e.id = i.event_id WHERE ${visibleWhere(ledger)}`,
      JSON.stringify(events),
    )
    .sort((a, b) => a - b)
}

interface Names {
  readonly accounts: ReadonlyMap<number, AccountId>
  readonly assets: ReadonlyMap<number, AssetId>
  readonly sources: ReadonlyMap<number, string | null>
  readonly money: StatedMoney
}

const namesOf = (ledger: ReadableLedger): Names => ({
  accounts: new Map(ledger.tuples<[number, AccountId]>('SELECT id, key FROM account')),
  assets: new Map(ledger.tuples<[number, AssetId]>('SELECT id, key FROM asset')),
  sources: new Map(ledger.tuples<[number, string | null]>('SELECT id, source FROM source_file')),
  money: statedMoney(ledger),
})

function block(names: Names, eventText: string | undefined, legText: string | undefined): StoredFact[] {
  const events = JSON.parse(eventText ?? '[]') as EventTuple[]
  const legs = JSON.parse(legText ?? '[]') as LegTuple[]
  events.sort(byFirst)
  let at = 0
  return events.map((event) => {
    while (at < legs.length && (legs[at] as LegTuple)[0] < event[0]) at++
    const own: Leg[] = []
    while (at < legs.length && (legs[at] as LegTuple)[0] === event[0])
      own.push(legOf(names, event[2], legs[at++] as LegTuple))
    return factOf(names, event, own)
  })
}

const byFirst = (a: EventTuple, b: EventTuple): number => a[0] - b[0]

function amountOf(text: string): Amount {
  const amount = parseAmount(text)
  if (typeof amount !== 'bigint') throw new Error(`an amount in the ledger is not canonical: ${amount.error}`)
  return amount
}
function moneyOf(text: string): Money {
  const money = parseMoney(text)
  if (typeof money !== 'bigint') throw new Error(`a sum in the ledger is not canonical: ${money.error}`)
  return money
}

function legOf(names: Names, time: number, [, role, account, asset, amount, included, value, extra]: LegTuple): Leg {
  const accountId = names.accounts.get(account) as AccountId
  const assetId = names.assets.get(asset) as AssetId
  const leg: { -readonly [K in keyof Leg]: Leg[K] } = {
    role,
    account: accountId,
    asset: assetId,
    amount: amountOf(amount),
  }
  if (value !== null) leg.value = moneyOf(value)
  if (included === 1) leg.included = true
  if (extra !== null) {
    const more = JSON.parse(extra) as StagedLegExtra
    addLegExtra(leg, more)
    if (more.stated !== undefined || more.statedCost !== undefined) addStated(leg, more, names.money, time as Instant)
    if (more.carryCurrency !== undefined && more.carryCurrency !== names.money.currency)
      addCarried(leg, more, names.money, time as Instant)
  }
  return leg
}

/** What was written down is what the source stated; what it counts in the books follows their currency and its rates. */
function addStated(
  leg: { -readonly [K in keyof Leg]: Leg[K] },
  { stated, statedCost }: StagedLegExtra,
  money: StatedMoney,
  time: Instant,
): void {
  // In the currency of the books it was written down as the leg's own already.
  if (stated !== undefined && (stated.currency !== money.currency || leg.value === undefined)) {
    const value = money.valueAt(stated, time)
    if (value !== null) leg.value = value
    else {
      delete leg.value
      delete leg.valueBy
    }
  }
  if (statedCost !== undefined && (statedCost.currency !== money.currency || leg.cost === undefined)) {
    const cost = money.costAt(statedCost, leg.acquired, time)
    if (cost === null) delete leg.cost
    else leg.cost = cost
  }
}

/** What a gift carries in another currency: the giver's cost at the rate of its day, the market value at that of the gift's. */
function addCarried(
  leg: { -readonly [K in keyof Leg]: Leg[K] },
  { carry, carryCurrency: currency }: StagedLegExtra,
  money: StatedMoney,
  time: Instant,
): void {
  if (carry === undefined || currency === undefined) return
  const { acquired } = leg.carry ?? {}
  const cost = carry.cost === undefined ? null : money.costAt({ amount: carry.cost, currency }, acquired, time)
  const market = carry.marketValue === undefined ? null : money.valueAt({ amount: carry.marketValue, currency }, time)
  leg.carry = {
    ...(acquired === undefined ? {} : { acquired }),
    ...(cost === null ? {} : { cost }),
    ...(market === null ? {} : { marketValue: market }),
  }
}

function addLegExtra(leg: { -readonly [K in keyof Leg]: Leg[K] }, extra: StagedLegExtra): void {
  if (extra.valueBy !== undefined) leg.valueBy = extra.valueBy
  if (extra.for !== undefined) leg.for = extra.for
  if (extra.withheld !== undefined) leg.withheld = extra.withheld
  if (extra.includedInGross === true) leg.included = true
  if (extra.acquired !== undefined) leg.acquired = extra.acquired as CivilDate
  if (extra.cost !== undefined) leg.cost = moneyOf(extra.cost)
  if (extra.pool !== undefined) leg.pool = extra.pool
  if (extra.carry !== undefined) {
    const { acquired, cost, marketValue } = extra.carry
    leg.carry = {
      ...(acquired === undefined ? {} : { acquired: acquired as CivilDate }),
      ...(cost === undefined ? {} : { cost: moneyOf(cost) }),
      ...(marketValue === undefined ? {} : { marketValue: moneyOf(marketValue) }),
    }
  }
}

function factOf(names: Names, tuple: EventTuple, legs: readonly Leg[]): StoredFact {
  const [
    row,
    id,
    time,
    precision,
    order,
    kind,
    hash,
    note,
    extra,
    batch,
    file,
    sourceKind,
    timeText,
    to,
    from,
    counterparty,
    protocol,
  ] = tuple
  const event: { -readonly [K in keyof LedgerEvent]: LedgerEvent[K] } = {
    id: id as EventId,
    time: time as Instant,
    precision: PRECISIONS[precision] ?? 'millisecond',
    kind,
    legs,
  }
  if (order !== null) event.order = order
  if (hash !== null) event.hash = hash
  if (note !== null) event.note = note
  if (protocol !== null) event.protocol = protocol
  if (extra !== null) addEventExtra(event, JSON.parse(extra) as StagedEventExtra)
  return {
    row,
    event,
    batch,
    source: file === null ? null : (names.sources.get(file) ?? null),
    sourceKind,
    timeText,
    toAddress: to,
    fromAddress: from,
    counterparty,
    protocol,
  }
}

function addEventExtra(event: { -readonly [K in keyof LedgerEvent]: LedgerEvent[K] }, extra: StagedEventExtra): void {
  const { lots, allocations, portfolioValue, ...plain } = extra
  Object.assign(event, plain)
  if (lots) event.lots = lots.map((lot) => ({ ...lot, amount: amountOf(lot.amount) }) as NamedLot)
  if (allocations) {
    event.allocations = allocations.map(({ account, lot, amount }) => ({
      account: account as AccountId,
      lot: lot as EventId,
      amount: amountOf(amount),
    }))
  }
  if (portfolioValue !== undefined) event.portfolioValue = moneyOf(portfolioValue)
}
