/**
 * CoinTracking: the trade table (compact, current, full), the import template, and exports in other languages. Facts:
 * - Three columns have the name `Cur.` (buy, sell, fee), in that order. In exports of other languages only `Cur.` stays as it
 *   is; they are told by the places of those three, and read by place.
 * - Nothing is written as `-` or left empty. Times are in the zone of the CoinTracking account, which no file states. The form
 *   of dates follows the account, and edited files mix several.
 * - A fee in the coin that was bought is taken out of `Buy` there: what was bought is Buy + Fee.
 * - Names of columns with values have no-break spaces, and the currency of the account.
 * - A row has one exchange. Own transfers are a Withdrawal and a Deposit, with the same `Tx-ID` where there is one.
 */
import type { SourceId } from '../events/identifiers.ts'
import { addFact, bothTexts } from './facts.ts'
import { foldName } from './header.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { TableHeader, Writable } from './source-format.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource } from './table-source.ts'
import { mixedClock } from './tool-clocks.ts'
import { sideIn, toolMeaning, type ValueColumn, type WalletSide } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const WORDS = vocabulary({
  in: {
    'reward/bonus': 'referral',
    'airdrop (non taxable)': 'airdrop',
    'income (non taxable)': 'refund_in',
    income: 'other_income',
    'gift/tip': 'gift_in',
    minting: 'nft_mint',
    einnahme: 'other_income',
    geschenk: 'gift_in',
    'swap (non taxable)': 'migration',
  },
  out: {
    'expense (non taxable)': 'spend',
    'other fee': 'network_fee',
    'repay loan': 'loan_repay',
    'remove liquidity': 'lp_remove',
    geschenk: 'gift_out',
    'swap (non taxable)': 'migration',
  },
  both: { 'swap (non taxable)': 'migration' },
  plain: ['derivatives/futures trade'],
  remarks: {
    'gift/tip': 'older CoinTracking exports also call airdrops, forks and rebates “Gift/Tip”: look at what this was',
    minting: '“Minting” was read as the making of a token; a reward for proof of stake is another kind',
    'airdrop (non taxable)':
      'CoinTracking counted this as not taxable; what it is under your country’s law is computed here',
    'income (non taxable)': 'CoinTracking counted this as not taxable; it was read as a refund',
    'expense (non taxable)': 'CoinTracking counted this as not taxable; it was read as spent',
    'margin trade': 'a margin trade was read as an exchange of what is written here',
    'derivatives/futures trade': 'a trade of derivatives was read as an exchange of what is written here',
  },
})

interface Columns {
  readonly type: Column
  readonly buy: Column
  readonly buyCurrency: Column
  readonly sell: Column
  readonly sellCurrency: Column
  readonly fee: Column
  readonly feeCurrency: Column
  readonly exchange: Column
  readonly group: Column
  readonly comment: Column
  readonly date: Column
  readonly hash: Column
}

function byName({ column }: OpenTable): Columns {
  const isTemplate = column('Buy Currency').at >= 0
  const isFull = column('Fee').at < 0
  return {
    type: column('Type'),
    buy: column('Buy', 'Buy Amount'),
    buyCurrency: isTemplate ? column('Buy Currency') : column('Cur.'),
    sell: column('Sell', 'Sell Amount'),
    sellCurrency: isTemplate ? column('Sell Currency') : column('Cur. #2'),
    fee: column('Fee'),
    feeCurrency: isTemplate ? column('Fee Currency') : isFull ? { at: -1, name: 'Cur.' } : column('Cur. #3'),
    exchange: column('Exchange'),
    group: column('Group', 'Trade-Group', 'Trade Group'),
    comment: column('Comment'),
    date: column('Date', 'Trade Date'),
    hash: column('Tx-ID'),
  }
}

/** Columns of an export whose names are in another language. */
function byPlace({ context }: OpenTable): Columns {
  const place = (at: number): Column => ({ at, name: context.header.names[at] ?? `column ${at + 1}` })
  return {
    type: place(0),
    buy: place(1),
    buyCurrency: place(2),
    sell: place(3),
    sellCurrency: place(4),
    fee: place(5),
    feeCurrency: place(6),
    exchange: place(7),
    group: place(8),
    comment: place(9),
    date: place(10),
    hash: context.header.names.length > 11 ? place(11) : { at: -1, name: 'Tx-ID' },
  }
}

/** The account's currency among the columns of values beside `Buy` and beside `Sell`; those in BTC count for nothing. */
function valuesOf({ context, column }: OpenTable): { bought: ValueColumn | null; sold: ValueColumn | null } {
  const { names } = context.header
  const sellAt = column('Sell').at
  let bought: ValueColumn | null = null
  let sold: ValueColumn | null = null
  for (const [at, name] of names.entries()) {
    const currency = /^value in ([a-z]{3,5})$/.exec(foldName(name))?.[1]?.toUpperCase()
    if (currency === undefined || currency === 'BTC') continue
    if (at < sellAt) bought ??= { column: { at, name }, currency }
    else sold ??= { column: { at, name }, currency }
  }
  return { bought, sold }
}

function openWith(table: OpenTable, at: Columns): RowReader {
  const values = valuesOf(table)
  const clock = mixedClock(table, at.date, 'mdy')
  const told = { amount: at.buy.name, type: at.type.name }
  const identityAt = [at.buy, at.buyCurrency, at.sell, at.sellCurrency, at.exchange, at.date]
  const laidOut = layouts.find(({ layout }) => layout === table.context.layout)?.identity ?? []
  /** The columns are those that the layout names. */
  const isAsLaidOut =
    laidOut.length === identityAt.length &&
    identityAt.every(({ at: own }, i) => own === table.column(laidOut[i] as string).at)

  const isNothing = (text: string): boolean => text === '' || text === '-'
  const side = (row: RowCursor, amount: bigint, symbolAt: Column, exchange: string): Writable<WalletSide> | null =>
    amount === 0n ? null : sideIn(row.symbol(symbolAt), amount, exchange)
  const sizeOf = (row: RowCursor, column: Column): bigint => (isNothing(row.text(column)) ? 0n : row.size(column))
  const addValue = (
    row: RowCursor,
    one: Writable<WalletSide> | null,
    other: WalletSide | null,
    of: ValueColumn | null,
  ): void => {
    if (one === null || of === null || row.isFiat(one.symbol) || (other !== null && row.isFiat(other.symbol))) return
    const { value } = row.worth(of.column, of.currency)
    if (value !== undefined) one.value = value
  }

  return {
    timeText: (row) => row.text(at.date),
    ...clock,
    identity(row) {
      if (isAsLaidOut && !identityAt.some((column) => row.text(column) === '-')) return null
      return identityAt.map((column) => {
        const text = row.text(column)
        return text === '-' ? '' : text
      })
    },
    read(row) {
      const exchange = row.text(at.exchange)
      const sent = side(row, sizeOf(row, at.sell), at.sellCurrency, exchange)
      const fee = side(row, sizeOf(row, at.fee), at.feeCurrency, exchange)
      const bought = isNothing(row.text(at.buy)) ? 0n : row.receipt(at.buy)
      // What was kept of the coin that was bought is part of what was bought.
      const isKept =
        sent !== null && fee !== null && bought > 0n && row.text(at.feeCurrency) === row.text(at.buyCurrency)
      const received = side(row, isKept ? bought + fee.amount : bought, at.buyCurrency, exchange)
      addValue(row, sent, received, values.sold)
      addValue(row, received, sent, values.bought)
      const made = toolMeaning(row, { sent, received, fee, words: [row.word(at.type)] }, WORDS, told)
      if ('reason' in made) return made
      addFact(made, 'hash', row.text(at.hash))
      addFact(made, 'note', bothTexts(row.text(at.comment), row.text(at.group)))
      return made
    },
  }
}

const open = (table: OpenTable): RowReader => openWith(table, byName(table))

/** 11 or 12 columns, of which the third, fifth and seventh are `Cur.`, under names that are not the English ones. */
const isLocalised = ({ names }: TableHeader): boolean => {
  const width = names.at(-1) === '' ? names.length - 1 : names.length
  return (width === 11 || width === 12) && [2, 4, 6].every((at) => foldName(names[at] ?? '') === 'cur.')
}

const GROUPS = ['Group', 'Trade-Group', 'Trade Group', 'Comment', 'Tx-ID', 'Liquidity pool']
const common = { time: ['Date', 'Trade Date'], record: 'transaction', open } as const
const layouts: readonly TableLayout[] = [
  {
    ...common,
    layout: 'trade table',
    required: ['Type', 'Buy', 'Cur.', 'Sell', 'Fee', 'Exchange', 'Date'],
    optional: GROUPS,
    identity: ['Buy', 'Cur.', 'Sell', 'Cur. #2', 'Exchange', 'Date'],
  },
  {
    ...common,
    layout: 'trade table, other date name',
    required: ['Type', 'Buy', 'Cur.', 'Sell', 'Fee', 'Exchange', 'Trade Date'],
    optional: GROUPS,
    identity: ['Buy', 'Cur.', 'Sell', 'Cur. #2', 'Exchange', 'Trade Date'],
  },
  {
    ...common,
    layout: 'full trade list',
    required: ['Type', 'Buy', 'Cur.', 'Sell', 'Spread', 'Exchange', 'Date'],
    optional: ['Value in BTC', ...GROUPS],
    identity: ['Buy', 'Cur.', 'Sell', 'Cur. #2', 'Exchange', 'Date'],
  },
  {
    ...common,
    layout: 'import template',
    required: ['Type', 'Buy Amount', 'Buy Currency', 'Sell Amount', 'Sell Currency', 'Fee', 'Exchange', 'Date'],
    optional: ['Fee Currency', 'Buy Value in Account Currency', 'Sell Value in Account Currency', ...GROUPS],
    identity: ['Buy Amount', 'Buy Currency', 'Sell Amount', 'Sell Currency', 'Exchange', 'Date'],
  },
  {
    layout: 'trade table in another language',
    required: ['Cur.'],
    identity: ['Buy', 'Cur.', 'Sell', 'Cur. #2', 'Exchange', 'Date'],
    time: ['Date'],
    fits: isLocalised,
    record: 'transaction',
    open: (table) => openWith(table, byPlace(table)),
  },
]

export const coinTracking = tableSource({
  id: 'cointracking' as SourceId,
  name: 'CoinTracking',
  venue: 'CoinTracking',
  version: 1,
  account: { name: 'CoinTracking import', kind: 'manual' },
  zone: 'ask',
  howToGet:
    'CoinTracking: Enter Coins (or Trade Table) → Export → CSV; times are in the zone of your CoinTracking account.',
  layouts,
})
