/** Coinbase (retail): the transaction history in all its layouts, and the two older reports. */
import type { Amount } from '../amount/amount.ts'
import { assetResolver } from '../assets/resolve.ts'
import type { Instant, SourceId, ZoneName } from '../events/identifiers.ts'
import { amountNeededIn, isProblem, moneyIn, sizeOfMoney, symbolIn, timeIn } from './cells.ts'
import { COINBASE_IDENTITY, coinInHeader, currencyInHeader, recogniseCoinbase } from './coinbase-layouts.ts'
import { openCoinbaseReport } from './coinbase-old-reports.ts'
import { type CoinbaseEvent, type CoinbaseHalf, readCoinbaseRow } from './coinbase-row.ts'
import { CutRow, cutRow, TextColumns } from './cut-row.ts'
import { FileOrder } from './file-order.ts'
import { Columns, cell, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { detached, groupKey, outcomeOfRepeated, RowIdentities, shared } from './identity.ts'
import type {
  EventDraft,
  LegDraft,
  ReadContext,
  ReadSink,
  SourceFormat,
  SourceRow,
  TableReader,
  Writable,
} from './source-format.ts'
import type { SourceTime } from './times.ts'
import { WaitingHalves } from './waiting-halves.ts'

const ID = 'coinbase' as SourceId

/** A half whose other row has not come yet. */
interface WaitingHalf {
  readonly half: CoinbaseHalf
  readonly row: number
  readonly identity: string
  readonly group: string
  readonly time: SourceTime
  readonly timeText: string
  readonly sourceKind: string
  readonly place: number
}
const FREE = 'nothing was charged: in files of this age such a purchase can be a referral bonus or an airdrop'
const isPurchase = ({ kind }: CoinbaseEvent): boolean => kind === 'buy'

/** No two halves of this source lie further apart, in milliseconds. */
const LONGEST_APART = 15_000
/** Other rows may stand between two halves, but not many. */
const MOST_WAITING = 2_000

function open(context: ReadContext, sink: ReadSink): TableReader {
  if (context.layout.startsWith('old ')) return openCoinbaseReport(context, sink, coinInHeader(context.header))
  const columns = new Columns(context.header)
  const fiat = currencyInHeader(context.header)
  const at = {
    id: context.layout === 'transactions with ID' ? columns.at('ID') : -1,
    time: columns.at('Timestamp'),
    type: columns.at('Transaction Type'),
    asset: columns.at('Asset'),
    quantity: columns.at('Quantity Transacted'),
    currency: columns.at('Price Currency', 'Spot Price Currency'),
    subtotal: columns.at('Subtotal', `${fiat} Subtotal`),
    total: columns.at(
      'Total (inclusive of fees and/or spread)',
      'Total (inclusive of fees)',
      `${fiat} Total (inclusive of fees)`,
    ),
    fees: columns.at('Fees and/or Spread', 'Fees', `${fiat} Fees`),
    notes: columns.at('Notes'),
  }
  const own = new CutRow()
  const identifying = new TextColumns((COINBASE_IDENTITY[context.layout] ?? []).map((name) => columns.at(name)))
  const identities = new RowIdentities(context.sha256)
  const headerCell = cell(context.header.names, at.time)
  const order = new FileOrder()
  const resolve = assetResolver(ID)
  const { mark } = context
  const isOldest = context.layout === 'transactions to 2021'
  const waiting = new WaitingHalves<WaitingHalf>(LONGEST_APART)
  /** Those of `waiting` that may be no halves at all, and only wait for rows of their own second. */
  let perhaps: readonly WaitingHalf[] = []

  const emit = (
    event: CoinbaseEvent,
    of: Pick<WaitingHalf, 'group' | 'time' | 'timeText' | 'sourceKind'>,
    rows: readonly number[],
    place?: number,
  ) => {
    const draft: Writable<EventDraft> = {
      group: of.group,
      time: of.time.time,
      precision: of.time.precision,
      timeText: of.timeText,
      kind: event.kind,
      legs: event.legs,
      sourceKind: of.sourceKind,
      rows,
    }
    if (place !== undefined) draft.order = place
    if (event.warnings !== undefined) draft.warnings = event.warnings
    if (event.counterparty !== undefined) draft.counterparty = event.counterparty
    if (event.toAddress !== undefined) draft.toAddress = event.toAddress
    if (event.fromAddress !== undefined) draft.fromAddress = event.fromAddress
    if (event.note !== undefined) draft.note = event.note
    sink.event(draft)
  }

  const alone = (one: WaitingHalf) => {
    sink.row({ row: one.row, outcome: 'event', identity: one.identity, group: one.group })
    emit(one.half.alone, one, [one.row], one.half.isPerhaps === true ? order.order(one.place) : undefined)
  }

  /** Both halves are one event, named after the row that goes out, whichever stands first in the file. */
  const pair = (one: WaitingHalf): void => {
    const isOther = (other: WaitingHalf): boolean =>
      other.half.kind === one.half.kind &&
      other.half.half !== one.half.half &&
      Math.abs(other.time.time - one.time.time) <= one.half.seconds * 1000
    const candidates = waiting.near(one).filter(isOther)
    const isSure = one.half.isPerhaps !== true && candidates.every(({ half }) => half.isPerhaps !== true)
    const same = candidates.find(({ half }) => half.leg.amount === one.half.leg.amount)
    const other = same ?? (isSure ? candidates[0] : undefined)
    if (other === undefined) {
      waiting.add(one)
      if (one.half.isPerhaps === true) perhaps = [...perhaps, one]
      const oldest = waiting.size > MOST_WAITING ? waiting.takeOldest() : undefined
      if (oldest === undefined) return
      perhaps = perhaps.filter((half) => half !== oldest)
      alone(oldest)
      return
    }
    waiting.take(other)
    perhaps = perhaps.filter((half) => half !== other)
    const [out, income] = one.half.half === 'out' ? [one, other] : [other, one]
    const legs: LegDraft[] = [out.half.leg, income.half.leg]
    const rows = [other.row, one.row].toSorted((a, b) => a - b)
    for (const half of [other, one]) {
      sink.row({ row: half.row, outcome: 'event', identity: half.identity, group: out.group })
    }
    const { kind, warnings } = one.half
    emit({ kind, legs, ...(warnings === undefined ? {} : { warnings }) }, out, rows)
  }

  /** What was received in another second is the other half of nothing that comes now. */
  const settleReceived = (timeText: string): void => {
    const past = perhaps.filter((one) => one.timeText !== timeText)
    if (past.length === 0) return
    perhaps = perhaps.filter((one) => one.timeText === timeText)
    for (const one of past) waiting.take(one)
    for (const one of past) alone(one)
  }

  return {
    row(source: SourceRow) {
      const { row } = source
      const cells = cutRow(source, own)
      const id = cells.cell(at.id)
      const found = identities.byProviderOrColumns(id, cells, identifying)
      const timeText = cells.cell(at.time)
      if (timeText === headerCell && isHeaderAgain(cells.cells, context.header)) {
        identities.beginStatement()
        return sink.row({ row, outcome: 'skipped', identity: found.identity, reason: HEADER_AGAIN })
      }
      const repeated = outcomeOfRepeated(row, found, 'transaction')
      if (repeated !== null) return sink.row(repeated)
      const { identity } = found
      const refuse = (problem: { reason: string; column?: string }) =>
        sink.row({ row, outcome: 'not-understood', identity, ...problem })
      const time = timeIn(timeText, 'Timestamp', context, sink)
      if (isProblem(time)) return refuse(time)
      const symbol = symbolIn(cells.cell(at.asset), 'Asset')
      if (isProblem(symbol)) return refuse(symbol)
      const quantity = amountNeededIn(cells.cell(at.quantity), 'Quantity Transacted', mark)
      if (isProblem(quantity)) return refuse(quantity)
      const subtotal = moneyIn(cells.cell(at.subtotal), 'Subtotal', mark)
      if (isProblem(subtotal)) return refuse(subtotal)
      const total = moneyIn(cells.cell(at.total), 'Total', mark)
      if (isProblem(total)) return refuse(total)
      const fees = moneyIn(cells.cell(at.fees), 'Fees', mark)
      if (isProblem(fees)) return refuse(fees)
      const type = shared(cells.cell(at.type))
      const read = readCoinbaseRow({
        type,
        symbol: shared(symbol),
        asset: resolve({ symbol }, time.time),
        quantity: quantity as Amount,
        currency: fiat ?? shared(cells.cell(at.currency)),
        subtotal: subtotal === null ? null : sizeOfMoney(subtotal),
        total: total === null ? null : sizeOfMoney(total),
        fees: fees === null ? null : sizeOfMoney(fees),
        note: cells.cell(at.notes),
        resolve: (other) => resolve({ symbol: other }, time.time as Instant),
      })
      if ('reason' in read) return refuse(read)
      const group = id === '' ? identity : groupKey(id, context.sha256)
      const place = order.place(timeText, time.time)
      if (perhaps.length > 0) settleReceived(timeText)
      if ('half' in read) {
        pair({ half: read, row, identity, group, time, timeText: detached(timeText), sourceKind: type, place })
        return
      }
      sink.row({ row, outcome: 'event', identity, group })
      const isFree = isOldest && isPurchase(read) && (fees ?? 0n) === 0n
      const event = isFree ? { ...read, warnings: [...(read.warnings ?? []), FREE] } : read
      emit(event, { group, time, timeText: detached(timeText), sourceKind: type }, [row], order.order(place))
    },
    end() {
      for (let half = waiting.takeOldest(); half !== undefined; half = waiting.takeOldest()) alone(half)
    },
  }
}

export const coinbase: SourceFormat = {
  id: ID,
  name: 'Coinbase transaction history',
  venue: 'Coinbase',
  version: 2,
  account: { name: 'Coinbase', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  decimals: 'file',
  identityColumns: COINBASE_IDENTITY,
  howToGet: 'Coinbase: profile → Statements (or Documents) → Transaction history, all assets, all time, CSV.',
  recognise: recogniseCoinbase,
  open,
}
