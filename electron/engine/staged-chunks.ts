/** What the readers emit, as what the ledger stages: decimals as text, ids as keys, rows in small pieces. Runs in the worker. */
import { hash } from 'node:crypto'
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import { canonicalJson } from '../../shared/events/canonical-json.ts'
import { brokerFormJson } from '../../shared/events/interchange-writer.ts'
import { leavesWithOut } from '../../shared/events/leg-direction.ts'
import type { Writable } from '../../shared/sources/source-format.ts'
import type { ImportMessage, StagedEvent as ReadEvent, StagedLeg as ReadLeg, StagedRow } from '../intake/messages.ts'
import type {
  StagedBrokerForm,
  StagedChunk,
  StagedEvent,
  StagedEventExtra,
  StagedLeg,
  StagedLegExtra,
  StagedRecord,
} from '../ledger/staged.ts'

type ImportBatch = Extract<ImportMessage, { type: 'batch' }>

/** Rows of one piece: what the engine thread stages in well under 20 ms. */
const PIECE = 400
/** Bytes that are kept of a hash. */
const DIGEST = 16

/** First 16 bytes of SHA-256. The identity of a row holds within its source and account. */
const identityHash = (scope: string, identity: string): Uint8Array =>
  new Uint8Array(hash('sha256', `${scope}\n${identity}`, 'buffer').subarray(0, 16))

/** The hashes of one piece's rows, in one block: thousands of small blocks take longer to post than all else. */
class Digests {
  readonly #block: Buffer
  #at = 0

  /** Room for so many hashes. */
  constructor(count: number) {
    this.#block = Buffer.allocUnsafeSlow(count * DIGEST)
  }

  /** The first 16 bytes of a hash that is given in hex. */
  add(hex: string): Uint8Array {
    const from = this.#at
    this.#at += this.#block.write(hex.slice(0, 2 * DIGEST), from, 'hex')
    return new Uint8Array(this.#block.buffer, from, DIGEST)
  }
}

/**
 * Cuts one batch of a table into pieces of at most some hundred rows. An event travels with the last of its rows, so
 * that every piece names only rows that it holds or that came before.
 * @param scope the source and the account that the rows' identities hold in
 * @param sheet the table's position among the file's tables, where it has several
 */
export function* stagedChunks(batch: ImportBatch, scope: string, sheet: number | null): Generator<StagedChunk> {
  const names = {
    accounts: [
      ...batch.accounts.map(({ id, name, kind }) => ({ key: id, name, kind })),
      ...batch.declared.map(({ id, name, kind }) => ({ key: id, name, kind })),
    ],
    assets: batch.assets.map(({ id, symbol, name, kind, chain, contract, family }) => ({
      key: id,
      kind,
      ...defined({ symbol, name, chain, contract, family }),
    })),
  }
  const table = sheet === null ? {} : { sheet }
  const events = [...batch.events].sort((a, b) => lastRow(a) - lastRow(b))
  const rows = [...batch.rows].sort((a, b) => a.row - b.row)
  let nextEvent = 0
  let nextPrice = 0
  for (let from = 0; from < Math.max(1, rows.length); from += PIECE) {
    const piece = rows.slice(from, from + PIECE)
    const isLast = from + PIECE >= rows.length
    const upTo = isLast ? Number.POSITIVE_INFINITY : (piece.at(-1)?.row ?? 0)
    const own: StagedEvent[] = []
    for (let event = events[nextEvent]; event !== undefined && lastRow(event) <= upTo; event = events[++nextEvent])
      own.push(stagedEvent(event, sheet))
    const prices = []
    for (
      let price = batch.prices[nextPrice];
      price !== undefined && price.row <= upTo;
      price = batch.prices[++nextPrice]
    )
      prices.push({ ...price, price: formatMoney(price.price), ...table })
    const brokerForms = batch.brokerForms.length === 0 ? [] : formsOfPiece(batch.brokerForms, piece, scope, table)
    const digests = new Digests(2 * piece.length)
    yield {
      ...(from === 0 ? names : {}),
      records: piece.map((row) => stagedRecord(row, scope, sheet, digests)),
      events: own,
      prices,
      ...(brokerForms.length === 0 ? {} : { brokerForms }),
    }
  }
}

function formsOfPiece(
  forms: ImportBatch['brokerForms'],
  piece: readonly StagedRow[],
  scope: string,
  table: { readonly sheet?: number },
): StagedBrokerForm[] {
  const identities = new Map(piece.map(({ row, identity }) => [row, identity]))
  return forms.flatMap(({ form: { account, asset, ...rest }, row }) => {
    const identity = identities.get(row)
    if (identity === undefined) return []
    const body = canonicalJson(brokerFormJson(rest))
    return [{ account, asset, body, identity: identityHash(scope, identity), row, ...table }]
  })
}

const lastRow = (event: ReadEvent): number => event.rows.at(-1) ?? 0

function stagedRecord(row: StagedRow, scope: string, sheet: number | null, digests: Digests): StagedRecord {
  const record: Writable<StagedRecord> = {
    row: row.row,
    identity: digests.add(hash('sha256', `${scope}\n${row.identity}`)),
    hash: digests.add(row.hash),
    outcome: row.outcome === 'price' || row.outcome === 'broker-form' ? 'event' : row.outcome,
  }
  if (row.start !== null) {
    record.start = row.start
    record.length = row.length
  }
  if (row.reason !== undefined) record.reason = row.reason
  if (row.column !== undefined) record.column = row.column
  if (sheet !== null) record.sheet = sheet
  return record
}

function stagedEvent(event: ReadEvent, sheet: number | null): StagedEvent {
  const staged: Writable<StagedEvent> = {
    id: event.id,
    time: event.time,
    precision: event.precision,
    kind: event.kind,
    legs: event.legs.map((leg) => stagedLeg(leg, event.legs)),
    timeText: event.timeText,
    rows: event.rows,
  }
  if (event.order !== undefined) staged.order = event.order
  if (event.note !== undefined && event.note !== '') staged.note = event.note
  if (event.hash !== undefined) staged.hash = event.hash
  if (event.sourceKind !== undefined) staged.sourceKind = event.sourceKind
  if (event.toAddress !== undefined) staged.toAddress = event.toAddress
  if (event.fromAddress !== undefined) staged.fromAddress = event.fromAddress
  if (event.counterparty !== undefined) staged.counterparty = event.counterparty
  if (event.protocol !== undefined) staged.protocol = event.protocol
  if (event.warnings !== undefined) staged.warnings = event.warnings
  const extra = eventExtra(event)
  if (!isEmpty(extra)) staged.extra = extra
  if (sheet !== null) staged.sheet = sheet
  return staged
}

function stagedLeg(leg: ReadLeg, legs: readonly ReadLeg[]): StagedLeg {
  const included = leg.role === 'fee' && leavesWithOut(leg, legs)
  const staged: Writable<StagedLeg> = {
    role: leg.role,
    account: leg.account,
    asset: leg.asset,
    amount: formatAmount(leg.amount),
  }
  if (included) staged.included = true
  if (leg.value !== undefined) staged.value = formatMoney(leg.value)
  const extra = legExtra(leg, included)
  if (!isEmpty(extra)) staged.extra = extra
  return staged
}

function legExtra(leg: ReadLeg, included: boolean): StagedLegExtra {
  const extra: Writable<StagedLegExtra> = {}
  if (leg.valueBy !== undefined) extra.valueBy = leg.valueBy
  if (leg.for !== undefined) extra.for = leg.for
  if (leg.withheld !== undefined) extra.withheld = leg.withheld
  if (leg.included === true && !included) extra.includedInGross = true
  if (leg.acquired !== undefined) extra.acquired = leg.acquired
  if (leg.cost !== undefined) extra.cost = formatMoney(leg.cost)
  if (leg.pool !== undefined) extra.pool = leg.pool
  if (leg.carry !== undefined) {
    extra.carry = defined({
      acquired: leg.carry.acquired,
      cost: leg.carry.cost === undefined ? undefined : formatMoney(leg.carry.cost),
      marketValue: leg.carry.marketValue === undefined ? undefined : formatMoney(leg.carry.marketValue),
    })
  }
  if (leg.carryCurrency !== undefined) extra.carryCurrency = leg.carryCurrency
  if (leg.stated !== undefined) extra.stated = statedText(leg.stated)
  if (leg.costStated !== undefined) extra.statedCost = statedText(leg.costStated)
  return extra
}

const statedText = ({ amount, currency }: NonNullable<ReadLeg['stated']>) => ({ amount: formatMoney(amount), currency })

function eventExtra(event: ReadEvent): StagedEventExtra {
  return defined({
    lots: event.lots?.map((lot) => ({
      event: lot.event,
      amount: formatAmount(lot.amount),
      ...defined({ asset: lot.asset, leg: lot.leg }),
    })),
    allocations: event.allocations?.map(({ account, lot, amount }) => ({ account, lot, amount: formatAmount(amount) })),
    portfolioValue: event.portfolioValue === undefined ? undefined : formatMoney(event.portfolioValue),
    identifiedAt: event.identifiedAt,
    identifiedTo: event.identifiedTo,
    parent: event.parent,
    asset: event.asset,
    account: event.account,
    accounts: event.accounts,
    method: event.method,
    plan: event.plan,
    planOrder: event.planOrder,
    completed: event.completed,
    jurisdiction: event.jurisdiction,
    currency: event.currency,
    zone: event.zone,
  })
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** An object without its undefined members. A copy: taking members out would make every object slow to clone. */
function defined<T extends object>(object: T): Defined<T> {
  const copy: Defined<T> = {}
  for (const name in object)
    if (object[name] !== undefined) copy[name] = object[name] as Exclude<T[typeof name], undefined>
  return copy
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false
  return true
}
