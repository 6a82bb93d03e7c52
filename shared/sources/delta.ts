/**
 * Delta’s export. Facts:
 * - `2023-06-02 16:06:47-04:00`: each time has its offset. A currency may be written with its name, `SOL (Solana)`.
 * - `Way` is BUY, SELL, DEPOSIT, WITHDRAW or TRANSFER; a transfer names both places in one row.
 */
import type { SourceId } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import { shared } from './identity.ts'
import { insideMove, type Meaning } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { sideIn, toolMeaning, transferOf, type WalletSide } from './tool-rows.ts'
import { foldWord, vocabulary } from './tool-words.ts'
import { remembered } from './word-table.ts'

const WORDS = vocabulary()

const TOLD = { amount: 'Base amount', type: 'Way' } as const

/** `SOL (Solana)` is SOL. */
const withoutName = remembered((symbol) =>
  symbol.endsWith(')') ? shared(symbol.replace(/\s*\([^)]*\)$/, '')) : symbol,
)

function open(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    way: column('Way'),
    base: column('Base amount'),
    baseCurrency: column('Base currency (name)'),
    quote: column('Quote amount'),
    quoteCurrency: column('Quote currency'),
    exchange: column('Exchange'),
    from: column('Sent/Received from'),
    to: column('Sent to'),
    fee: column('Fee amount'),
    feeCurrency: column('Fee currency (name)'),
    note: column('Notes'),
  }
  const side = (row: RowCursor, amountAt: Column, symbolAt: Column, wallet: string): WalletSide | null => {
    const amount = row.size(amountAt)
    return amount === 0n ? null : sideIn(withoutName(row.symbol(symbolAt)), amount, wallet)
  }
  return {
    ...documentedClock(table, column('Date'), 'mdy'),
    read(row): Verdict {
      const way = row.word(at.way)
      const folded = foldWord(way)
      const place = row.text(at.exchange)
      const note = row.text(at.note)
      if (folded === 'transfer') {
        const from = row.text(at.from)
        const to = row.text(at.to)
        const sent = side(row, at.base, at.baseCurrency, from || place)
        const received = side(row, at.base, at.baseCurrency, to)
        if (sent === null || received === null) return { reason: 'the amount is missing', column: 'Base amount' }
        const fee = side(row, at.fee, at.feeCurrency, from || place)
        if (to !== '' && (from || place) !== '' && to !== (from || place)) {
          const made = transferOf(sent, received, fee)
          made.sourceKind = way
          addFact(made, 'note', note)
          return made
        }
        const inside: Writable<Meaning> = insideMove(sent.symbol, sent.amount)
        inside.sourceKind = way
        addFact(inside, 'note', note)
        return inside
      }
      const comesIn = folded === 'buy' || folded === 'deposit'
      if (!comesIn && folded !== 'sell' && folded !== 'withdraw') return unknownType(way, 'Way')
      const base = side(row, at.base, at.baseCurrency, place)
      const isTrade = folded === 'buy' || folded === 'sell'
      const quote = isTrade ? side(row, at.quote, at.quoteCurrency, place) : null
      const fee = side(row, at.fee, at.feeCurrency, place)
      const tool = { sent: comesIn ? quote : base, received: comesIn ? base : quote, fee, words: [way] }
      const made = toolMeaning(row, tool, WORDS, TOLD)
      if ('reason' in made) return made
      addFact(made, 'note', note)
      if (!isTrade) addFact(made, 'counterparty', row.text(comesIn ? at.from : at.to))
      return made
    },
  }
}

const REQUIRED = ['Date', 'Way', 'Base amount', 'Base currency (name)', 'Quote amount', 'Quote currency', 'Exchange']

export const delta = tableSource({
  id: 'delta' as SourceId,
  name: 'Delta',
  venue: 'Delta',
  version: 1,
  account: { name: 'Delta import', kind: 'manual' },
  zone: 'ask',
  howToGet: 'Delta: Settings → Data & backup → Export to CSV.',
  layouts: [
    {
      layout: 'export',
      required: [...REQUIRED, 'Fee amount', 'Fee currency (name)'],
      optional: ['Base type', 'Sent/Received from', 'Sent to', 'Broker', 'Notes'],
      identity: [...REQUIRED, 'Sent/Received from', 'Sent to'],
      time: ['Date'],
      record: 'transaction',
      open,
    },
  ],
})
