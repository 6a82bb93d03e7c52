/**
 * CoinStats’ export. Facts:
 * - One asset per row; `Pair` is what it was bought or sold against, `Price` of one unit in it. Amounts of sales are written
 *   with or without a minus. The export does not say its zone.
 * - The fee’s unit is that of the pair where the cell names none.
 */
import type { SourceId } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import { shared } from './identity.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { sideIn, toolMeaning, type WalletSide } from './tool-rows.ts'
import { foldWord, vocabulary } from './tool-words.ts'
import { remembered } from './word-table.ts'

const WORDS = vocabulary()
const COMES_IN = new Set(['buy', 'deposit', 'receive', 'reward', 'staking', 'airdrop', 'mining'])
const GOES_OUT = new Set(['sell', 'withdraw', 'withdrawal', 'send', 'sent', 'fee'])

/** Which way a row of the type goes, and whether something may have been given for it; null of a type that is not known. */
const wayOf = remembered((type) => {
  const folded = foldWord(type)
  const comesIn = COMES_IN.has(folded)
  return comesIn || GOES_OUT.has(folded) ? { comesIn, isTrade: folded === 'buy' || folded === 'sell' } : null
})
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
      const way = wayOf(type)
      if (way === null) return unknownType(type, 'Type')
      const { comesIn } = way
      const wallet = row.text(at.exchange)
      const symbol = row.symbol(at.symbol)
      const own = sideIn(symbol, row.neededSize(at.amount), wallet)
      const quote = quoteOf(row.text(at.pair))
      const price = row.money(at.price) ?? 0n
      const isTrade = way.isTrade && quote !== '' && quote !== symbol
      const total = isTrade ? (own.amount * (price < 0n ? -price : price)) / UNIT : 0n
      const other = total > 0n ? sideIn(quote, total, wallet) : null
      const fee = feeOf(row, symbol, quote, wallet)
      const tool = { sent: comesIn ? other : own, received: comesIn ? own : other, fee, words: [type] }
      const made = toolMeaning(row, tool, WORDS, TOLD)
      if (!('reason' in made)) addFact(made, 'note', row.text(at.notes))
      return made
    },
  }

  function feeOf(row: RowCursor, symbol: string, quote: string, wallet: string): WalletSide | null {
    const text = row.text(at.fee)
    if (text === '') return null
    if (!LETTER.test(text)) {
      const amount = row.size(at.fee)
      return amount === 0n ? null : sideIn(quote || symbol, amount, wallet)
    }
    const found = row.glued(at.fee, quote === '' ? [symbol] : [symbol, quote])
    if (found === null || found.amount === 0n) return null
    return sideIn(found.symbol, found.amount < 0n ? -found.amount : found.amount, wallet)
  }
}

const LETTER = /[a-z]/i

/** What stands behind the last `/` or `-` of the pair; the whole where there is none. */
const quoteOf = remembered((pair) => shared(pair.slice(Math.max(pair.lastIndexOf('/'), pair.lastIndexOf('-')) + 1)))

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
