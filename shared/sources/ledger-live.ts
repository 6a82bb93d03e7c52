/**
 * Ledger Live's operations: one row for each account that a transaction touched; rows of one transaction share its hash. An export has
 * the accounts that were chosen for it, each whole with its tokens: what a transaction did to one account is an event, and the
 * ledger joins those of one hash (`transactions.ts`), whichever exports they stand in.
 */
import type { Amount } from '../amount/amount.ts'
import { assetResolver } from '../assets/resolve.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { amountIn, isProblem, moneyIn, size, sizeOfMoney, symbolIn, timeIn } from './cells.ts'
import { CutRow, cutRow, TextColumns } from './cut-row.ts'
import { GroupWindow } from './group-window.ts'
import { bestLayout, Columns, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { detached, groupKey, outcomeOfRepeated, RowIdentities, shared } from './identity.ts'
import { classifyLedgerGroup, comesIn, distinct, type LedgerRow } from './ledger-live-kinds.ts'
import type {
  EventDraft,
  ReadContext,
  ReadSink,
  SourceFormat,
  SourceRow,
  TableReader,
  Writable,
} from './source-format.ts'
import { remembered } from './word-table.ts'

const REQUIRED = [
  'Operation Date',
  'Currency Ticker',
  'Operation Type',
  'Operation Amount',
  'Operation Fees',
  'Operation Hash',
  'Account Name',
]
const COUNTERVALUES = ['Countervalue Ticker', 'Countervalue at Operation Date', 'Countervalue at CSV Export']
const LAYOUTS = [
  { layout: 'operations with status', required: [...REQUIRED, 'Status', 'Account xpub'], optional: COUNTERVALUES },
  { layout: 'operations', required: [...REQUIRED, 'Account xpub'], optional: COUNTERVALUES },
  { layout: 'oldest operations', required: [...REQUIRED, 'Account id'] },
]
/** The account's name is the person's own text and may change; fees and hash may be filled in later. */
const IDENTITY = ['Operation Date', 'Currency Ticker', 'Operation Type', 'Operation Amount', 'Operation Hash']

/** What a status means: carried out, failed, or why the row is skipped. */
const statusOf = remembered((text): 'confirmed' | 'failed' | { readonly skip: string } => {
  const status = text.toLowerCase()
  if (status === '' || status === 'confirmed') return 'confirmed'
  return status === 'failed' ? status : { skip: `the operation is ${status.slice(0, 40)}, not confirmed` }
})
const symbolOf = remembered((text) => {
  const symbol = symbolIn(text, 'Currency Ticker')
  return isProblem(symbol) ? symbol : shared(symbol)
})
const typeOf = remembered((text) => text.toUpperCase())

/** The key of an account (xpub or address); the oldest files have it in the middle of an id: `libcore:1:bitcoin:xpub…:segwit`. */
function keyOf(account: string): string {
  const parts = account.split(':')
  return parts.length >= 4 ? (parts[3] as string) : account
}

function open(context: ReadContext, sink: ReadSink): TableReader {
  const columns = new Columns(context.header)
  const at = {
    date: columns.at('Operation Date'),
    status: columns.at('Status'),
    ticker: columns.at('Currency Ticker'),
    type: columns.at('Operation Type'),
    amount: columns.at('Operation Amount'),
    fees: columns.at('Operation Fees'),
    hash: columns.at('Operation Hash'),
    account: columns.at('Account Name'),
    key: columns.at('Account xpub', 'Account id'),
    valueTicker: columns.at('Countervalue Ticker'),
    value: columns.at('Countervalue at Operation Date'),
  }
  const identifying = new TextColumns(IDENTITY.map((name) => columns.at(name)))
  const identities = new RowIdentities(context.sha256)
  const headerCell = context.header.names[at.date]
  const resolve = assetResolver('ledger-live' as SourceId)
  const { mark } = context

  const groups = new GroupWindow<LedgerRow>((group, rows) => {
    const first = rows[0] as LedgerRow
    const verdict = classifyLedgerGroup(rows)
    if ('reason' in verdict) {
      for (const { row, identity } of rows) sink.row({ row, outcome: 'not-understood', identity, ...verdict })
      return
    }
    for (const { row, identity } of rows) sink.row({ row, outcome: 'event', identity, group })
    const { kind, legs, sourceKind, warnings } = verdict
    const draft: Writable<EventDraft> = {
      group,
      time: first.time.time,
      precision: first.time.precision,
      timeText: first.timeText,
      kind,
      legs,
      rows: rows.map(({ row }) => row),
      note: distinct(rows, 'account', ', '),
    }
    if (sourceKind !== undefined) draft.sourceKind = sourceKind
    if (warnings !== undefined) draft.warnings = warnings
    if (first.hash !== '') draft.hash = first.hash
    sink.event(draft)
  })

  /** Of each account: what its part of a transaction's id ends with. */
  const tags = new Map<string, string>()
  const tagOf = (account: string): string => {
    const known = tags.get(account)
    if (known !== undefined) return known
    const key = keyOf(account)
    const tag = key === '' ? '' : `.${context.sha256(key).slice(0, 8)}`
    tags.set(detached(account), tag)
    return tag
  }

  const own = new CutRow()
  const refuse = (row: number, identity: string, { reason, column }: { reason: string; column: string }): void =>
    sink.row({ row, outcome: 'not-understood', identity, reason, column })

  return {
    row(source: SourceRow) {
      const cells = cutRow(source, own)
      const { row } = source
      groups.nextRow()
      const found = identities.byColumns(cells, identifying)
      const { identity } = found
      const timeText = cells.cell(at.date)
      if (timeText === headerCell && isHeaderAgain(cells.cells, context.header)) {
        identities.beginStatement()
        return sink.row({ row, outcome: 'skipped', identity, reason: HEADER_AGAIN })
      }
      const repeated = outcomeOfRepeated(row, found, 'operation')
      if (repeated !== null) return sink.row(repeated)
      const time = timeIn(timeText, 'Operation Date', context, sink)
      if (isProblem(time)) return refuse(row, identity, time)
      const status = statusOf(cells.cell(at.status))
      if (typeof status === 'object') {
        sink.row({ row, outcome: 'skipped', identity, reason: status.skip })
        return
      }
      const symbol = symbolOf(cells.cell(at.ticker))
      if (isProblem(symbol)) return refuse(row, identity, symbol)
      const type = typeOf(cells.cell(at.type))
      const amount = amountIn(cells.cell(at.amount), 'Operation Amount', mark)
      if (isProblem(amount)) return refuse(row, identity, amount)
      if (amount !== null && amount < 0n && comesIn(type)) {
        return refuse(row, identity, { reason: 'what was received is negative', column: 'Operation Amount' })
      }
      const fee = amountIn(cells.cell(at.fees), 'Operation Fees', mark)
      if (isProblem(fee)) return refuse(row, identity, fee)
      const value = moneyIn(cells.cell(at.value), 'Countervalue at Operation Date', mark)
      const currency = cells.cell(at.valueTicker)
      const hash = cells.cell(at.hash)
      const key = hash === '' ? identity : groupKey(hash, context.sha256)
      const problem = groups.add(hash === '' ? identity : key + tagOf(cells.cell(at.key)), {
        row,
        identity,
        type,
        symbol,
        asset: resolve({ symbol }, time.time),
        amount: size(amount ?? (0n as Amount)),
        fee: size(fee ?? (0n as Amount)),
        failed: status === 'failed',
        value:
          value === null || isProblem(value) || currency === ''
            ? null
            : { amount: sizeOfMoney(value), currency: shared(currency) },
        time,
        timeText: detached(timeText),
        hash: key === hash ? key : detached(hash),
        account: shared(cells.cell(at.account)),
      })
      if (problem !== null) refuse(row, identity, { reason: problem, column: 'Operation Hash' })
    },
    endSome: () => groups.endSome(),
    end: () => groups.end(),
  }
}

export const ledgerLive: SourceFormat = {
  id: 'ledger-live' as SourceId,
  name: 'Ledger Live operations',
  venue: 'Ledger',
  version: 2,
  account: { name: 'Ledger', kind: 'wallet' },
  zone: 'UTC' as ZoneName,
  decimals: 'file',
  identityColumns: Object.fromEntries(LAYOUTS.map(({ layout }) => [layout, IDENTITY])),
  howToGet: 'Ledger Live: Accounts → Export operations, all accounts, CSV.',
  recognise: (header) => bestLayout(header, LAYOUTS),
  open,
}
