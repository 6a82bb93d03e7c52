/** Koinly: the universal and the simple template, the transaction export, and the bulk edit workbook. */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { type CellProblem, isProblem, timeIn } from './cells.ts'
import { CutRow, cutRow, TextColumns } from './cut-row.ts'
import { bestLayout, Columns, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { detached, groupKey, outcomeOfRepeated, RowIdentities } from './identity.ts'
import { type KoinlyCells, koinlyRowReader } from './koinly-row.ts'
import type {
  EventDraft,
  ReadContext,
  ReadSink,
  SourceFormat,
  SourceRow,
  TableHeader,
  TableReader,
  Writable,
} from './source-format.ts'

const UNIVERSAL = ['Date', 'Sent Amount', 'Sent Currency', 'Received Amount', 'Received Currency']
const FEE = ['Fee Amount', 'Fee Currency']
const WORTH = ['Net Worth Amount', 'Net Worth Currency']
const TEXTS = ['Label', 'Tag', 'Description', 'TxHash']
const EXPORT = [
  'Date',
  'Type',
  'Sending Wallet',
  'Sent Amount',
  'Sent Currency',
  'Receiving Wallet',
  'Received Amount',
  'Received Currency',
]
const BULK = [
  'ID (read-only)',
  'Date (UTC)',
  'Type',
  'Tag',
  'From Wallet (read-only)',
  'From Amount',
  'From Currency',
  'To Wallet (read-only)',
  'To Amount',
  'To Currency',
]
const LAYOUTS = [
  { layout: 'universal template', required: [...UNIVERSAL, ...FEE], optional: [...WORTH, ...TEXTS] },
  { layout: 'simple template', required: ['Koinly Date', 'Amount', 'Currency'], optional: [...WORTH, ...TEXTS] },
  {
    layout: 'transaction export',
    required: [...EXPORT, ...FEE],
    optional: ['Sent Cost Basis', 'Received Cost Basis', 'TxSrc', 'TxDest', ...TEXTS],
  },
  {
    layout: 'bulk edit',
    required: [...BULK, ...FEE],
    optional: [
      'Parent ID (read-only)',
      'From Wallet ID',
      'To Wallet ID',
      ...WORTH,
      'Deleted',
      'TxSrc',
      'TxDest',
      'TxHash',
      'Description',
    ],
  },
]

/** Labels and descriptions are what the user edits, and gains what Koinly computes: none of them identifies a row. */
const IDENTITY: Readonly<Record<string, readonly string[]>> = {
  'universal template': [...UNIVERSAL, ...FEE, 'TxHash'],
  'simple template': ['Koinly Date', 'Amount', 'Currency', 'TxHash'],
  'transaction export': [...EXPORT, ...FEE, 'TxHash'],
  'bulk edit': ['ID (read-only)'],
}

const NET_VALUE = /^net value \(([a-z]{3})\)$/i

/** The base currency that an export has in its header (`Net Value (GBP)`). */
function netValueColumn(header: TableHeader): { readonly at: number; readonly currency: string } | null {
  for (const [at, name] of header.names.entries()) {
    const match = NET_VALUE.exec(name.trim())
    if (match !== null) return { at, currency: (match[1] as string).toUpperCase() }
  }
  return null
}

/**
 * Cells `WFLR;9546698` of the bulk edit workbook without Koinly's own number. Two numbers under one symbol are two assets
 * to Koinly: that is told, for the symbol alone does not tell them apart.
 */
function symbolsWithNumbers(sink: ReadSink): (text: string) => string {
  const numbers = new Map<string, string>()
  const told = new Set<string>()
  return (text) => {
    const at = text.lastIndexOf(';')
    if (at < 0) return text
    const symbol = text.slice(0, at)
    const first = numbers.get(symbol)
    if (first === undefined) numbers.set(detached(symbol), detached(text.slice(at + 1)))
    else if (first !== text.slice(at + 1) && !told.has(symbol)) {
      told.add(detached(symbol))
      sink.warn(
        `Koinly tells several assets called ${symbol.slice(0, 40)} apart by numbers of its own; they were read under that one symbol: look at which of them each row means`,
      )
    }
    return symbol
  }
}

const textAt = (cells: CutRow, column: number): string => cells.cell(column)
const withoutId = (text: string): string => (text.includes(';') ? text.slice(0, text.lastIndexOf(';')) : text)

type Sides = Pick<KoinlyCells, 'sent' | 'sentSymbol' | 'received' | 'receivedSymbol'>

function open(context: ReadContext, sink: ReadSink): TableReader {
  const columns = new Columns(context.header)
  const identifying = new TextColumns((IDENTITY[context.layout] ?? []).map((name) => columns.at(name)))
  const own = new CutRow()
  const identities = new RowIdentities(context.sha256)
  const value = netValueColumn(context.header)
  const isBulk = context.layout === 'bulk edit'
  const at = {
    id: columns.at('ID (read-only)'),
    date: columns.at('Date', 'Koinly Date', 'Date (UTC)'),
    amount: context.layout === 'simple template' ? columns.at('Amount') : -1,
    currency: context.layout === 'simple template' ? columns.at('Currency') : -1,
    type: columns.at('Type'),
    label: columns.at('Label', 'Tag'),
    description: columns.at('Description'),
    hash: columns.at('TxHash'),
    deleted: columns.at('Deleted'),
    sentWallet: columns.at('Sending Wallet', 'From Wallet (read-only)'),
    sentAmount: columns.at('Sent Amount', 'From Amount'),
    sentCurrency: columns.at('Sent Currency', 'From Currency'),
    receivedWallet: columns.at('Receiving Wallet', 'To Wallet (read-only)'),
    receivedAmount: columns.at('Received Amount', 'To Amount'),
    receivedCurrency: columns.at('Received Currency', 'To Currency'),
    feeAmount: columns.at('Fee Amount'),
    feeCurrency: columns.at('Fee Currency'),
    worthAmount: columns.at('Net Worth Amount'),
    worthCurrency: columns.at('Net Worth Currency'),
    source: columns.at('TxSrc'),
    target: columns.at('TxDest'),
  }
  const headerCell = context.header.names[at.date]
  const read = koinlyRowReader(context.mark)
  const assetIn = symbolsWithNumbers(sink)

  const symbol = isBulk ? (cells: CutRow, column: number) => assetIn(cells.cell(column)) : textAt
  const wallet = isBulk ? (cells: CutRow, column: number) => withoutId(cells.cell(column)) : textAt

  /** Of the simple template: one amount, of which the sign says where it belongs. */
  const simpleCells = (cells: CutRow): Sides => {
    const amount = cells.cell(at.amount)
    const currency = cells.cell(at.currency)
    const goesOut = amount.startsWith('-') || amount.startsWith('(') || amount.startsWith('\u2212')
    return goesOut
      ? { sent: amount, sentSymbol: currency, received: '', receivedSymbol: '' }
      : { sent: '', sentSymbol: '', received: amount, receivedSymbol: currency }
  }
  const bothCells = (cells: CutRow): Sides => ({
    sent: cells.cell(at.sentAmount),
    sentSymbol: symbol(cells, at.sentCurrency),
    received: cells.cell(at.receivedAmount),
    receivedSymbol: symbol(cells, at.receivedCurrency),
  })
  const sidesOf = at.amount >= 0 ? simpleCells : bothCells

  const cellsOf = (cells: CutRow): KoinlyCells => {
    const { sent, sentSymbol, received, receivedSymbol } = sidesOf(cells)
    const worth = cells.cell(at.worthAmount)
    const isNamed = worth !== '' || value === null
    return {
      sent,
      sentSymbol,
      sentWallet: wallet(cells, at.sentWallet),
      received,
      receivedSymbol,
      receivedWallet: wallet(cells, at.receivedWallet),
      fee: cells.cell(at.feeAmount),
      feeSymbol: symbol(cells, at.feeCurrency),
      worth: isNamed ? worth : cells.cell(value.at),
      worthCurrency: isNamed ? symbol(cells, at.worthCurrency) : value.currency,
      type: cells.cell(at.type).toLowerCase(),
      label: cells.cell(at.label),
    }
  }

  const refuse = (row: number, identity: string, { reason, column }: CellProblem): void =>
    sink.row({ row, outcome: 'not-understood', identity, reason, column })

  return {
    row(source: SourceRow) {
      const cells = cutRow(source, own)
      const { row } = source
      const id = isBulk ? cells.cell(at.id) : ''
      const found = identities.byProviderOrColumns(id, cells, identifying)
      const timeText = cells.cell(at.date)
      if (timeText === headerCell && isHeaderAgain(cells.cells, context.header)) {
        identities.beginStatement()
        return sink.row({ row, outcome: 'skipped', identity: found.identity, reason: HEADER_AGAIN })
      }
      const repeated = outcomeOfRepeated(row, found, 'transaction')
      if (repeated !== null) return sink.row(repeated)
      const { identity } = found
      const deleted = cells.cell(at.deleted)
      if (deleted !== '' && /^(true|yes|1)$/i.test(deleted)) {
        return sink.row({ row, outcome: 'skipped', identity, reason: 'deleted in Koinly' })
      }
      const time = timeIn(timeText, 'Date', context, sink)
      if (isProblem(time)) return refuse(row, identity, time)
      const event = read(cellsOf(cells), time.time)
      if ('reason' in event) return refuse(row, identity, event)
      const group = id === '' ? identity : groupKey(id, context.sha256)
      const hash = cells.cell(at.hash)
      const fromAddress = cells.cell(at.source)
      const toAddress = cells.cell(at.target)
      const note = cells.cell(at.description)
      const { kind, legs, sourceKind, warnings } = event
      const draft: Writable<EventDraft> = {
        group,
        time: time.time,
        precision: time.precision,
        timeText: detached(timeText),
        kind,
        legs,
        rows: [row],
      }
      if (sourceKind !== undefined) draft.sourceKind = sourceKind
      if (warnings !== undefined) draft.warnings = warnings
      if (hash !== '') draft.hash = detached(hash)
      if (fromAddress !== '') draft.fromAddress = detached(fromAddress)
      if (toAddress !== '') draft.toAddress = detached(toAddress)
      if (note !== '') draft.note = detached(note)
      sink.row({ row, outcome: 'event', identity, group })
      sink.event(draft)
    },
    end() {},
  }
}

export const koinly: SourceFormat = {
  id: 'koinly' as SourceId,
  name: 'Koinly',
  venue: 'Koinly',
  version: 1,
  account: { name: 'Koinly import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  decimals: 'file',
  identityColumns: IDENTITY,
  howToGet:
    'Koinly: Transactions → Export → CSV (or Bulk edit in Excel); or your own file after Koinly’s universal template.',
  recognise: (header) => bestLayout(header, LAYOUTS),
  open,
}
