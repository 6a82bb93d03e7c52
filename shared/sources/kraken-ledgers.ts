/** Kraken's ledgers.csv: one row for each change of a balance, rows of one event share `refid`. */
import type { Amount } from '../amount/amount.ts'
import { assetResolver } from '../assets/resolve.ts'
import type { TimePrecision } from '../events/event.ts'
import type { Instant, SourceId, ZoneName } from '../events/identifiers.ts'
import { BalanceChain } from './balance-chain.ts'
import { amountIn, amountNeededIn, isProblem, symbolIn, timeIn } from './cells.ts'
import { FileOrder } from './file-order.ts'
import { GroupWindow } from './group-window.ts'
import { bestLayout, Columns, cell, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { detached, groupKey, outcomeOfRepeated, RowIdentities, shared } from './identity.ts'
import { classifyKrakenGroup } from './kraken-kinds.ts'
import type { ReadContext, ReadSink, SourceFormat, SourceRow, TableReader } from './source-format.ts'

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
  const identityAt = IDENTITY.map((name) => columns.at(name))
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
    const place = order.order(first.place)
    sink.event({
      group,
      time: first.time,
      precision: first.precision,
      timeText: first.timeText,
      ...(place === undefined ? {} : { order: place }),
      ...verdict,
      rows: rows.map((row) => row.row),
    })
  })

  return {
    row({ row, cells }: SourceRow) {
      groups.nextRow()
      const txid = cell(cells, at.txid)
      const found = identities.byProviderOrText(txid, cells, identityAt)
      const timeText = cell(cells, at.time)
      if (timeText === headerCell && isHeaderAgain(cells, context.header)) {
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
      const refuse = (problem: { reason: string; column?: string }) =>
        sink.row({ row, outcome: 'not-understood', identity, ...problem })
      const time = timeIn(timeText, 'time', context, sink)
      if (isProblem(time)) return refuse(time)
      const symbol = symbolIn(cell(cells, at.asset), 'asset')
      if (isProblem(symbol)) return refuse(symbol)
      const amount = amountNeededIn(cell(cells, at.amount), 'amount', context.mark)
      if (isProblem(amount)) return refuse(amount)
      const fee = amountIn(cell(cells, at.fee), 'fee', context.mark)
      if (isProblem(fee)) return refuse(fee)
      const asset = resolve({ symbol }, time.time)
      const charged = ((fee ?? 0n) < 0n ? -(fee as bigint) : (fee ?? 0n)) as Amount
      const balance = amountIn(cell(cells, at.balance), 'balance', context.mark)
      if (typeof balance === 'bigint') {
        const wallet = cell(cells, at.wallet)
        const of = wallet === '' ? shared(symbol) : shared(`${symbol} (${wallet})`)
        // Where fees are written as negative, files differ in how the balance takes them.
        const slack = fee !== null && fee < 0n ? ROUNDING + 2n * charged : ROUNDING
        balances.add(of, row, balance, amount - charged, slack)
      }
      const refid = cell(cells, at.refid)
      const problem = groups.add(refid === '' ? identity : groupKey(refid, context.sha256), {
        row,
        identity,
        type: shared(cell(cells, at.type).toLowerCase()),
        subtype: shared(cell(cells, at.subtype).toLowerCase()),
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
      if (problem !== null) refuse({ reason: problem, column: 'refid' })
    },
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
