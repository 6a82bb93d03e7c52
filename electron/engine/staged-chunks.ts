/** What the readers emit, as what the ledger stages: decimals as text, ids as keys, rows in small pieces. Runs in the worker. */
import { hash } from 'node:crypto'
import { formatAmount, formatMoney } from '../../shared/amount/decimal.ts'
import { canonicalJson } from '../../shared/events/canonical-json.ts'
import { brokerFormJson } from '../../shared/events/interchange-writer.ts'
import { leavesWithOut } from '../../shared/events/leg-direction.ts'
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

/** First 16 bytes of SHA-256. The identity of a row holds within its source and account. */
const identityHash = (scope: string, identity: string): Uint8Array =>
  new Uint8Array(hash('sha256', `${scope}\n${identity}`, 'buffer').subarray(0, 16))

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
    assets: batch.assets.map(({ id, symbol, kind, chain, contract, family }) => ({
      key: id,
      kind,
      ...defined({ symbol, chain, contract, family }),
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
      own.push({ ...stagedEvent(event), ...table })
    const prices = []
    for (
      let price = batch.prices[nextPrice];
      price !== undefined && price.row <= upTo;
      price = batch.prices[++nextPrice]
    )
      prices.push({ ...price, price: formatMoney(price.price), ...table })
    const brokerForms = batch.brokerForms.length === 0 ? [] : formsOfPiece(batch.brokerForms, piece, scope, table)
    yield {
      ...(from === 0 ? names : {}),
      records: piece.map((row) => ({ ...stagedRecord(row, scope), ...table })),
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

function stagedRecord(row: StagedRow, scope: string): StagedRecord {
  return {
    row: row.row,
    identity: identityHash(scope, row.identity),
    hash: new Uint8Array(Buffer.from(row.hash, 'hex').subarray(0, 16)),
    outcome: row.outcome === 'price' || row.outcome === 'broker-form' ? 'event' : row.outcome,
    ...(row.start === null ? {} : { start: row.start, length: row.length }),
    ...defined({ reason: row.reason, column: row.column }),
  }
}

function stagedEvent(event: ReadEvent): StagedEvent {
  const extra = eventExtra(event)
  return {
    id: event.id,
    time: event.time,
    precision: event.precision,
    kind: event.kind,
    legs: event.legs.map((leg) => stagedLeg(leg, event.legs)),
    timeText: event.timeText,
    rows: event.rows,
    ...defined({
      order: event.order,
      note: event.note === '' ? undefined : event.note,
      hash: event.hash,
      sourceKind: event.sourceKind,
      toAddress: event.toAddress,
      fromAddress: event.fromAddress,
      counterparty: event.counterparty,
      protocol: event.protocol,
      warnings: event.warnings,
      extra: isEmpty(extra) ? undefined : extra,
    }),
  }
}

function stagedLeg(leg: ReadLeg, legs: readonly ReadLeg[]): StagedLeg {
  const included = leg.role === 'fee' && leavesWithOut(leg, legs)
  const extra: StagedLegExtra = defined({
    valueBy: leg.valueBy,
    for: leg.for,
    withheld: leg.withheld,
    includedInGross: leg.included === true && !included ? true : undefined,
    acquired: leg.acquired,
    cost: leg.cost === undefined ? undefined : formatMoney(leg.cost),
    pool: leg.pool,
    carry:
      leg.carry === undefined
        ? undefined
        : defined({
            acquired: leg.carry.acquired,
            cost: leg.carry.cost === undefined ? undefined : formatMoney(leg.carry.cost),
            marketValue: leg.carry.marketValue === undefined ? undefined : formatMoney(leg.carry.marketValue),
          }),
    stated: statedText(leg.stated),
    statedCost: statedText(leg.costStated),
  })
  return {
    role: leg.role,
    account: leg.account,
    asset: leg.asset,
    amount: formatAmount(leg.amount),
    ...defined({
      included: included ? true : undefined,
      value: leg.value === undefined ? undefined : formatMoney(leg.value),
      extra: isEmpty(extra) ? undefined : extra,
    }),
  }
}

const statedText = (stated: ReadLeg['stated']) =>
  stated === undefined ? undefined : { amount: formatMoney(stated.amount), currency: stated.currency }

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

const isEmpty = (object: object): boolean => Object.keys(object).length === 0
