/**
 * Gemini's transaction history: a workbook, or the CSV of its sheet. Facts:
 * - A few base columns, then three columns for each asset ever held (`BTC Amount BTC`, `Fee (BTC) BTC`, `BTC Balance BTC`),
 *   then ids. Columns are found by name; their number and order vary.
 * - `Date` is date and time in the workbook; in the CSV the time of day stands in `Time (UTC)`. UTC.
 * - `Buy` and `Sell` have a market without separator (`PAXGUSD` is PAXG against USD): the split is the one whose two assets
 *   have columns, and amounts in this row. `Credit` and `Debit` have an asset, and `Specification` says what they are.
 * - Amounts are signed, as `-0.1` or `(0.1 BTC)`. Fees are negative and beside the amount.
 * - The last row is a row of totals without date and type; empty rows occur. Markets in `PERP` are derivatives.
 * - Earn and staking are places of their own with exports of their own.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { type CellProblem, unknownType } from './cells.ts'
import { deposit, feeLegs, type Meaning, present, signed, trade, withdrawal } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { bothWords, remembered } from './word-table.ts'

interface AssetColumns {
  readonly amount: Column
  readonly fee: Column
}

/** A market as two assets with their columns. */
interface Market {
  readonly base: string
  readonly quote: string
  readonly ofBase: AssetColumns
  readonly ofQuote: AssetColumns
}

const AMOUNT = /^(\S+) Amount \1$/i
const NONE: Column = { at: -1, name: 'Fee' }

/** The columns of each asset by its symbol in capitals. */
function assetColumns(names: readonly string[]): ReadonlyMap<string, AssetColumns> {
  const at = new Map(names.map((name, i) => [name.trim().toUpperCase(), i]))
  const found = new Map<string, AssetColumns>()
  for (const [i, name] of names.entries()) {
    const symbol = AMOUNT.exec(name.trim())?.[1]?.toUpperCase()
    if (symbol === undefined) continue
    const feeName = `FEE (${symbol}) ${symbol}`
    const feeAt = at.get(feeName)
    found.set(symbol, { amount: { at: i, name }, fee: feeAt === undefined ? NONE : { at: feeAt, name: feeName } })
  }
  return found
}

/** By the first words of the specification, small letters; each with a kind for what comes in and what goes out. */
const SPECIFICATIONS: readonly (readonly [start: string, comesIn: Kind, goesOut: Kind, counterparty?: string])[] = [
  ['earn', 'unmatched_in', 'unmatched_out', 'Gemini Earn'],
  ['staking reward', 'staking_reward', 'balance_correction'],
  ['staking', 'unmatched_in', 'unmatched_out', 'Gemini Staking'],
  ['interest', 'lending_interest', 'balance_correction'],
  ['administrative', 'balance_correction', 'balance_correction'],
  ['referral', 'referral', 'clawback'],
  ['reward', 'cashback', 'clawback'],
  ['gemini pay', 'refund_in', 'spend'],
  ['airdrop', 'airdrop', 'clawback'],
]

const specified = remembered(
  (specification) => SPECIFICATIONS.find(([start]) => specification.startsWith(start)) ?? null,
)

function open({ context, column }: OpenTable): RowReader {
  const at = {
    date: column('Date'),
    time: column('Time (UTC)'),
    type: column('Type'),
    symbol: column('Symbol'),
    specification: column('Specification'),
    hash: column('Tx Hash'),
    destination: column('Withdrawal Destination'),
  }
  const assets = assetColumns(context.header.names)

  /** Every split of a market into two assets that have columns. */
  const splits = remembered((market) => {
    const found: Market[] = []
    for (let cut = 1; cut < market.length; cut++) {
      const [base, quote] = [market.slice(0, cut), market.slice(cut)]
      const [ofBase, ofQuote] = [assets.get(base), assets.get(quote)]
      if (ofBase !== undefined && ofQuote !== undefined) found.push({ base, quote, ofBase, ofQuote })
    }
    return found
  })

  /** The split of which both assets have an amount in this row. */
  const split = (row: RowCursor, market: string): Market | null => {
    let found: Market | null = null
    for (const one of splits(market)) {
      if (row.text(one.ofBase.amount) !== '' && row.text(one.ofQuote.amount) !== '') found = one
    }
    return found
  }

  const traded = (row: RowCursor, isBuy: boolean): Meaning | CellProblem => {
    const market = row.symbol(at.symbol).toUpperCase()
    if (market.endsWith('PERP'))
      return { reason: 'the market is a derivative, which this file does not explain', column: 'Symbol' }
    const pair = split(row, market)
    if (pair === null)
      return { reason: `“${market.slice(0, 40)}” is no market of two assets of this file`, column: 'Symbol' }
    const { base, quote, ofBase, ofQuote } = pair
    const baseFee = -row.amount(ofBase.fee)
    const fee = baseFee === 0n ? -row.amount(ofQuote.fee) : baseFee
    const feeSymbol = baseFee === 0n ? quote : base
    const [baseAmount, quoteAmount] = [row.needed(ofBase.amount), row.needed(ofQuote.amount)]
    return trade({ isBuy, base, baseAmount, quote, quoteAmount, fee, feeSymbol }, (symbol) => row.isFiat(symbol))
  }

  const moved = (row: RowCursor): Meaning | CellProblem => {
    const symbol = row.symbol(at.symbol)
    const columns = assets.get(symbol.toUpperCase())
    if (columns === undefined) return { reason: `the file has no columns for ${symbol.slice(0, 40)}`, column: 'Symbol' }
    const amount = row.needed(columns.amount)
    const fee = -row.amount(columns.fee)
    const isFiat = row.isFiat(symbol)
    const specification = row.text(at.specification).toLowerCase()
    const hash = present({ hash: row.text(at.hash) })
    if (specification.startsWith('deposit'))
      return { ...deposit(symbol, amount, isFiat, feeLegs(symbol, fee, 'in')), ...hash }
    if (specification.startsWith('withdrawal')) {
      const to = present({ toAddress: row.text(at.destination) })
      return { ...withdrawal(symbol, amount, isFiat, feeLegs(symbol, fee, 'out')), ...hash, ...to }
    }
    const known = specified(specification)
    if (known === null) return unknownType(row.text(at.specification), 'Specification')
    const [, comesIn, goesOut, counterparty = ''] = known
    return { ...signed(symbol, amount, comesIn, goesOut), ...present({ counterparty }) }
  }

  return {
    timeText(row: RowCursor) {
      const date = row.text(at.date)
      const written = row.text(at.time)
      // A workbook's time of day comes with a day of 1899.
      const time = written.includes('-') ? (written.split(' ')[1] ?? '') : written
      return date.length === 10 && time !== '' ? `${date} ${time}` : date
    },
    identity(row: RowCursor) {
      const symbol = row.text(at.symbol)
      const columns = assets.get(symbol.toUpperCase())
      const amount = columns === undefined ? '' : row.text(columns.amount)
      return [row.text(at.date), row.text(at.time), row.text(at.type), symbol, row.text(at.specification), amount]
    },
    read(row: RowCursor) {
      const type = row.word(at.type)
      const folded = type.toLowerCase()
      if (type === '' && row.text(at.date) === '') return { skip: 'a row of totals' }
      const specification = row.word(at.specification)
      const sourceKind = specification === '' ? type : bothWords(type, specification)
      if (folded !== 'buy' && folded !== 'sell' && folded !== 'credit' && folded !== 'debit')
        return unknownType(type, 'Type')
      const read = folded === 'buy' || folded === 'sell' ? traded(row, folded === 'buy') : moved(row)
      return 'reason' in read ? read : { ...read, sourceKind }
    },
  }
}

export const gemini = tableSource({
  id: 'gemini' as SourceId,
  name: 'Gemini transaction history',
  venue: 'Gemini',
  version: 1,
  account: { name: 'Gemini', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Gemini: Account → Statements and history → Transaction history → Download, all time (a workbook).',
  layouts: [
    {
      layout: 'transaction history',
      required: ['Date', 'Time (UTC)', 'Type', 'Symbol', 'Specification'],
      optional: [
        'Liquidity Indicator',
        'Trading Fee Rate (bps)',
        'Trade ID',
        'Order ID',
        'Order Date',
        'Order Time',
        'Client Order ID',
        'API Session',
        'Tx Hash',
        'Deposit Destination',
        'Deposit Tx Output',
        'Withdrawal Destination',
        'Withdrawal Tx Output',
      ],
      id: ['Trade ID'],
      identity: ['Date', 'Time (UTC)', 'Type', 'Symbol', 'Specification'],
      time: ['Date'],
      record: 'trade',
      open,
    },
  ],
})
