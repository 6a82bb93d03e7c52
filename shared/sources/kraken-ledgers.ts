/** Kraken's ledgers.csv: one row for each change of a balance, rows of one event share `refid`. */
import type { Amount } from '../amount/amount.ts'
import { assetResolver } from '../assets/resolve.ts'
import type { TimePrecision } from '../events/event.ts'
import type { Instant, SourceId, ZoneName } from '../events/identifiers.ts'
import { BalanceChain } from './balance-chain.ts'
import { amountIn, amountNeededIn, type CellProblem, isProblem, symbolIn, timeIn } from './cells.ts'
import { CutRow, cutRow, TextColumns } from './cut-row.ts'
import { FileOrder } from './file-order.ts'
import { GroupWindow } from './group-window.ts'
import { bestLayout, Columns, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { detached, groupKey, outcomeOfRepeated, RowIdentities, shared } from './identity.ts'
import { classifyKrakenGroup } from './kraken-kinds.ts'
import type {
  EventDraft,
  ReadContext,
  ReadSink,
  SourceFormat,
  SourceRow,
  TableReader,
  Writable,
} from './source-format.ts'
import { rememberedPair } from './word-table.ts'

const REQUIRED = ['txid', 'refid', 'time', 'type', 'asset', 'amount', 'fee', 'balance']
const LAYOUTS = [
  { layout: 'ledgers', required: REQUIRED, optional: ['subtype', 'aclass', 'subclass', 'wallet', 'amountusd'] },
]
/** Kraken writes four decimals of money; amount, fee and balance are each cut there. */
const ROUNDING = 2n * 10n ** 20n
const IDENTITY = ['refid', 'time', 'type', 'subtype', 'asset', 'amount', 'fee']

/** A row of an open group: values only, so that no block of the file is kept alive by it. */
export interface KrakenRow {
  readonly row: number
  readonly identity: string
  readonly type: string
  readonly subtype: string
  readonly symbol: string
  /** The asset the symbol stands for, by which legs are summed. */
  readonly asset: string
  readonly isFiat: boolean
  readonly amount: Amount
  /** Never negative; charged in addition to the amount. */
  readonly fee: Amount
  readonly time: Instant
  readonly precision: TimePrecision
  readonly timeText: string
  readonly place: number
}

/** What the balance of an asset in a wallet is called. */
const nameOfBalance = rememberedPair((symbol, wallet) => `${symbol} (${wallet})`)

function open(context: ReadContext, sink: ReadSink): TableReader {
  const columns = new Columns(context.header)
  const at = {
    txid: columns.at('txid'),
    refid: columns.at('refid'),
    time: columns.at('time'),
    type: columns.at('type'),
    subtype: columns.at('subtype'),
    asset: columns.at('asset'),
    amount: columns.at('amount'),
    fee: columns.at('fee'),
    balance: columns.at('balance'),
    wallet: columns.at('wallet'),
  }
  const identifying = new TextColumns(IDENTITY.map((name) => columns.at(name)))
  const own = new CutRow()
  const identities = new RowIdentities(context.sha256)
  const headerCell = context.header.names[at.time]
  const resolve = assetResolver('kraken-ledgers' as SourceId)
  const order = new FileOrder()
  const balances = new BalanceChain()

  const groups = new GroupWindow<KrakenRow>((group, rows) => {
    const first = rows[0] as KrakenRow
    const verdict = classifyKrakenGroup(rows)
    if ('reason' in verdict) {
      for (const { row, identity } of rows) sink.row({ row, outcome: 'not-understood', identity, ...verdict })
      return
    }
    for (const { row, identity } of rows) sink.row({ row, outcome: 'event', identity, group })
    const { kind, legs, sourceKind, warnings, counterparty } = verdict
    const draft: Writable<EventDraft> = {
      group,
      time: first.time,
      precision: first.precision,
      timeText: first.timeText,
      kind,
      legs,
      rows: rows.map(({ row }) => row),
    }
    const place = order.order(first.place)
    if (place !== undefined) draft.order = place
    if (sourceKind !== undefined) draft.sourceKind = sourceKind
    if (warnings !== undefined) draft.warnings = warnings
    if (counterparty !== undefined) draft.counterparty = counterparty
    sink.event(draft)
  })

  const refuse = (row: number, identity: string, { reason, column }: CellProblem): void =>
    sink.row({ row, outcome: 'not-understood', identity, reason, column })

  return {
    row(source: SourceRow) {
      groups.nextRow()
      const cells = cutRow(source, own)
      const { row } = source
      const txid = cells.cell(at.txid)
      const found = identities.byProviderOrColumns(txid, cells, identifying)
      const timeText = cells.cell(at.time)
      if (timeText === headerCell && isHeaderAgain(cells.cells, context.header)) {
        identities.beginStatement()
        return sink.row({ row, outcome: 'skipped', identity: found.identity, reason: HEADER_AGAIN })
      }
      const repeated = outcomeOfRepeated(row, found, 'ledger entry')
      if (repeated !== null) return sink.row(repeated)
      const { identity } = found
      if (txid === '') {
        const reason = 'no ledger id: a pending or failed attempt, whose final entry has one'
        sink.row({ row, outcome: 'skipped', identity, reason })
        return
      }
      const time = timeIn(timeText, 'time', context, sink)
      if (isProblem(time)) return refuse(row, identity, time)
      const symbol = symbolIn(cells.cell(at.asset), 'asset')
      if (isProblem(symbol)) return refuse(row, identity, symbol)
      const amount = amountNeededIn(cells.cell(at.amount), 'amount', context.mark)
      if (isProblem(amount)) return refuse(row, identity, amount)
      const fee = amountIn(cells.cell(at.fee), 'fee', context.mark)
      if (isProblem(fee)) return refuse(row, identity, fee)
      const asset = resolve({ symbol }, time.time)
      const charged = ((fee ?? 0n) < 0n ? -(fee as bigint) : (fee ?? 0n)) as Amount
      const balance = amountIn(cells.cell(at.balance), 'balance', context.mark)
      if (typeof balance === 'bigint') {
        const wallet = cells.cell(at.wallet)
        const of = wallet === '' ? shared(symbol) : nameOfBalance(symbol, wallet)
        // Where fees are written as negative, files differ in how the balance takes them.
        const slack = fee !== null && fee < 0n ? ROUNDING + 2n * charged : ROUNDING
        balances.add(of, row, balance, amount - charged, slack)
      }
      const refid = cells.cell(at.refid)
      const problem = groups.add(refid === '' ? identity : groupKey(refid, context.sha256), {
        row,
        identity,
        type: shared(cells.cell(at.type).toLowerCase()),
        subtype: shared(cells.cell(at.subtype).toLowerCase()),
        symbol: shared(symbol),
        asset: asset.asset,
        isFiat: asset.kind === 'fiat',
        amount,
        fee: charged,
        time: time.time,
        precision: time.precision,
        timeText: detached(timeText),
        place: order.place(timeText, time.time),
      })
      if (problem !== null) refuse(row, identity, { reason: problem, column: 'refid' })
    },
    endSome: () => groups.endSome(),
    end() {
      groups.end()
      for (const warning of balances.warnings()) sink.warn(warning)
    },
  }
}

export const krakenLedgers: SourceFormat = {
  id: 'kraken-ledgers' as SourceId,
  name: 'Kraken ledgers',
  venue: 'Kraken',
  version: 1,
  account: { name: 'Kraken', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  decimals: 'file',
  identityColumns: { ledgers: IDENTITY },
  howToGet: 'Kraken: Documents → New export → Ledgers, all assets, all types, CSV.',
  recognise: (header) => bestLayout(header, LAYOUTS),
  open,
}
