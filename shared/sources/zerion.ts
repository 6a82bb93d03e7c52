/**
 * Zerion’s export. Facts:
 * - Several assets of one transaction stand in one cell, one per line, in the same order in all cells of that side.
 * - `Status` may be Failed: then nothing moved but the fee. Amounts in fiat are what each asset was worth.
 * - `Timestamp` are seconds since 1970, where the column is there; date and time are UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { amountIn, type CellProblem, isProblem, moneyIn, sizeOfMoney, symbolIn, unknownType } from './cells.ts'
import { shared } from './identity.ts'
import { leg, type Meaning, present } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { LegDraft } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { readTime } from './times.ts'
import { foldWord } from './tool-words.ts'
import { depositKind, tradeKind, withdrawalKind } from './trade-kind.ts'
import { remembered } from './word-table.ts'
import { readEpoch } from './written-times.ts'

/** Types that say no more than what moved. */
const TYPES = new Set([
  '',
  'send',
  'receive',
  'trade',
  'deposit',
  'withdraw',
  'execute',
  'approve',
  'mint',
  'burn',
  'claim',
])

interface SideColumns {
  readonly amountAt: Column
  readonly symbolAt: Column
  readonly fiatAt: Column
  readonly codeAt: Column
}

const NOTHING: readonly string[] = ['']

/** The lines of a cell, of which most have one. */
function linesOf(text: string): readonly string[] {
  if (text === '') return NOTHING
  if (!text.includes('\n') && !text.includes('\r')) return [text]
  return text.split(/\r\n|\r|\n/).map((line) => line.trim())
}

const sideIn = (column: OpenTable['column'], side: string): SideColumns => ({
  amountAt: column(`${side} Amount`),
  symbolAt: column(`${side} Currency`),
  fiatAt: column(`${side} Fiat Amount`),
  codeAt: column(`${side} Fiat Currency`),
})

function open({ column, context }: OpenTable): RowReader {
  const at = {
    date: column('Date'),
    time: column('Time'),
    stamp: column('Timestamp'),
    type: column('Transaction Type'),
    status: column('Status'),
    application: column('Application'),
    buy: sideIn(column, 'Buy'),
    sell: sideIn(column, 'Sell'),
    fee: sideIn(column, 'Fee'),
    sender: column('Sender'),
    receiver: column('Receiver'),
    hash: column('Tx Hash'),
  } as const

  /** A side's assets, one per line of its cells. */
  const listed = (row: RowCursor, { amountAt, symbolAt, fiatAt, codeAt }: SideColumns, role: LegDraft['role']) => {
    const legs: LegDraft[] = []
    const amounts = linesOf(row.text(amountAt))
    const symbols = linesOf(row.text(symbolAt))
    const worths = linesOf(row.text(fiatAt))
    const codes = linesOf(row.text(codeAt))
    if (amounts.length !== symbols.length)
      return { reason: 'amounts and currencies are not as many', column: amountAt.name }
    for (let i = 0; i < amounts.length; i++) {
      const amount = amountIn(amounts[i] as string, amountAt.name, row.mark)
      if (isProblem(amount)) return amount
      if (amount === null || amount === 0n) continue
      const symbol = symbolIn(symbols[i] as string, symbolAt.name)
      if (isProblem(symbol)) return symbol
      const worth = worths.length === amounts.length ? moneyIn(worths[i] as string, fiatAt.name, row.mark) : null
      const code = codes[codes.length === amounts.length ? i : 0] ?? ''
      const isWorth = worth !== null && !isProblem(worth) && worth !== 0n && code !== '' && !row.isFiat(symbol)
      const value = isWorth ? { value: { amount: sizeOfMoney(worth), currency: shared(code) } } : undefined
      legs.push(leg(role, shared(symbol), amount, value))
    }
    return legs
  }

  return {
    timeText: (row) => row.text(at.stamp) || `${row.text(at.date)} ${row.text(at.time)}`.trim(),
    time: (text) => readEpoch(text) ?? readTime(text, context.zone),
    read(row): Verdict {
      const type = row.word(at.type)
      if (!TYPES.has(foldWord(type))) return unknownType(type, at.type.name)
      const ins = listed(row, at.buy, 'in')
      if ('reason' in ins) return ins
      const outs = listed(row, at.sell, 'out')
      if ('reason' in outs) return outs
      const fees = listed(row, at.fee, 'fee')
      if ('reason' in fees) return fees
      const isFailed = saysFailed(row.word(at.status))
      const charge = foldWord(type) === 'approve' ? 'approval_fee' : 'network_fee'
      const made = isFailed ? failed(fees) : movedOf(row, ins, outs, fees, charge)
      if ('reason' in made) return made
      const facts = present({
        hash: row.text(at.hash),
        fromAddress: row.text(at.sender),
        toAddress: row.text(at.receiver),
        protocol: row.text(at.application),
      })
      return { ...made, ...facts, ...(type === '' ? {} : { sourceKind: type }) }
    },
  }
}

const saysFailed = remembered((status) => /^fail/i.test(status))

const failed = (fees: readonly LegDraft[]): Meaning =>
  fees.length === 0 ? { kind: 'informational', legs: [] } : { kind: 'failed_fee', legs: fees }

function movedOf(
  row: RowCursor,
  ins: readonly LegDraft[],
  outs: readonly LegDraft[],
  fees: readonly LegDraft[],
  charge: 'approval_fee' | 'network_fee',
): Meaning | CellProblem {
  const legs = [...outs, ...ins, ...fees]
  const isFiat = (side: readonly LegDraft[]): boolean => side.every(({ asset }) => row.isFiat(asset.symbol))
  if (outs.length > 0 && ins.length > 0) return { kind: tradeKind(isFiat(outs), isFiat(ins)), legs }
  if (ins.length > 0) return { kind: depositKind(isFiat(ins)), legs }
  if (outs.length > 0) return { kind: withdrawalKind(isFiat(outs)), legs }
  if (fees.length > 0) return { kind: charge, legs }
  return { reason: 'neither side has an amount', column: 'Buy Amount' }
}

const SIDES = ['Buy Amount', 'Buy Currency', 'Sell Amount', 'Sell Currency', 'Fee Amount', 'Fee Currency']

export const zerion = tableSource({
  id: 'zerion' as SourceId,
  name: 'Zerion',
  venue: 'Zerion',
  version: 1,
  account: { name: 'Zerion', kind: 'wallet' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Zerion: History → Download CSV.',
  layouts: [
    {
      layout: 'history',
      required: ['Date', 'Time', 'Transaction Type', 'Status', ...SIDES, 'Tx Hash'],
      optional: [
        'Application',
        'Accounting Type',
        'Buy Currency Address',
        'Buy Fiat Amount',
        'Buy Fiat Currency',
        'Sell Currency Address',
        'Sell Fiat Amount',
        'Sell Fiat Currency',
        'Fee Fiat Amount',
        'Fee Fiat Currency',
        'Sender',
        'Receiver',
        'Link',
        'Timestamp',
        'Changes JSON',
      ],
      identity: ['Date', 'Time', ...SIDES, 'Tx Hash'],
      time: ['Date'],
      record: 'transaction',
      open,
    },
  ],
})
