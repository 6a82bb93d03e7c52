/**
 * CoinStats’ export. Facts:
 * - One asset per row; `Pair` is what it was bought or sold against, `Price` of one unit in it. Amounts of sales are written
 *   with or without a minus. The export does not say its zone.
 * - The fee’s unit is that of the pair where the cell names none.
 */
import type { SourceId } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { present } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { toolMeaning, type WalletSide } from './tool-rows.ts'
import { foldWord, vocabulary } from './tool-words.ts'

const WORDS = vocabulary()
const COMES_IN = new Set(['buy', 'deposit', 'receive', 'reward', 'staking', 'airdrop', 'mining'])
const GOES_OUT = new Set(['sell', 'withdraw', 'withdrawal', 'send', 'sent', 'fee'])
const TOLD = { amount: 'Amount', type: 'Type' } as const
const UNIT = 10n ** 18n

function open(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    symbol: column('Coin Symbol'),
    exchange: column('Exchange'),
    pair: column('Pair'),
    type: column('Type'),
    amount: column('Amount'),
    price: column('Price'),
    fee: column('Fee'),
    notes: column('Notes'),
  }
  return {
    ...documentedClock(table, column('Date'), 'mdy'),
    read(row): Verdict {
      const type = row.word(at.type)
      const folded = foldWord(type)
      const comesIn = COMES_IN.has(folded)
      if (!comesIn && !GOES_OUT.has(folded)) return unknownType(type, 'Type')
      const place = row.text(at.exchange)
      const wallet = place === '' ? {} : { wallet: place }
      const symbol = row.symbol(at.symbol)
      const own: WalletSide = { symbol, amount: row.neededSize(at.amount), ...wallet }
      const quote = row.word(at.pair).split(/[/-]/).at(-1) ?? ''
      const price = row.money(at.price) ?? 0n
      const total = (own.amount * (price < 0n ? -price : price)) / UNIT
      const isTrade = (folded === 'buy' || folded === 'sell') && quote !== '' && quote !== symbol && total > 0n
      const other: WalletSide | null = isTrade ? { symbol: quote, amount: total, ...wallet } : null
      const fee = feeOf(row, symbol, quote)
      const sides = comesIn ? { sent: other, received: own } : { sent: own, received: other }
      const charged = fee === null ? null : { ...fee, ...wallet }
      const made = toolMeaning(row, { ...sides, fee: charged, words: [type] }, WORDS, TOLD)
      return 'reason' in made ? made : { ...made, ...present({ note: row.text(at.notes) }) }
    },
  }

  function feeOf(row: RowCursor, symbol: string, quote: string): WalletSide | null {
    if (!/[a-z]/i.test(row.text(at.fee))) {
      const amount = row.size(at.fee)
      return amount === 0n ? null : { symbol: quote || symbol, amount }
    }
    const found = row.glued(at.fee, [symbol, ...(quote === '' ? [] : [quote])])
    if (found === null || found.amount === 0n) return null
    return { symbol: found.symbol, amount: found.amount < 0n ? -found.amount : found.amount }
  }
}

const REQUIRED = ['Coin Symbol', 'Exchange', 'Pair', 'Type', 'Amount', 'Price', 'Fee', 'Date']

export const coinStats = tableSource({
  id: 'coinstats' as SourceId,
  name: 'CoinStats',
  venue: 'CoinStats',
  version: 1,
  account: { name: 'CoinStats import', kind: 'manual' },
  zone: 'ask',
  howToGet: 'CoinStats: Portfolio → Transactions → Export CSV.',
  layouts: [
    {
      layout: 'export',
      required: REQUIRED,
      optional: ['Notes'],
      identity: REQUIRED,
      time: ['Date'],
      record: 'transaction',
      open,
    },
  ],
})
