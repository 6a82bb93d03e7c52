/**
 * Bitcoin.tax: trades, income and spending, and the import file. Facts:
 * - `2018-06-03 21:16:15 +0000`. BUY and SELL are of `Symbol` against `Currency`; `Total` is what was paid or got, with a
 *   sign. SWAP exchanges one for the other without tax.
 * - In the tables of income and of spending `Total` is what `Volume` was worth.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource, type Verdict } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { sideIn, toolMeaning } from './tool-rows.ts'
import { foldWord, vocabulary } from './tool-words.ts'
import { wordTable } from './word-table.ts'

const INCOME: Readonly<Record<string, Kind>> = wordTable({
  income: 'other_income',
  mining: 'mining',
  giftin: 'gift_in',
  split: 'fork',
  fork: 'fork',
  airdrop: 'airdrop',
  staking: 'staking_reward',
  interest: 'lending_interest',
})
const SPENDING: Readonly<Record<string, Kind>> = wordTable({
  spend: 'spend',
  gift: 'gift_out',
  donation: 'donation',
  tip: 'spend',
  lost: 'lost',
  stolen: 'stolen',
  fee: 'network_fee',
})
const WORDS = vocabulary({ in: INCOME, out: SPENDING, both: { swap: 'migration' } })

const TOLD = { amount: 'Volume', type: 'Action' } as const

function open(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    action: column('Action'),
    symbol: column('Symbol'),
    account: column('Account'),
    volume: column('Volume'),
    price: column('Price'),
    currency: column('Currency'),
    fee: column('Fee'),
    feeCurrency: column('FeeCurrency'),
    total: column('Total'),
    memo: column('Memo'),
    hash: column('TxHash', 'ExchangeId'),
    sender: column('Sender'),
    recipient: column('Recipient'),
  }
  const told = (row: RowCursor, made: ReturnType<typeof toolMeaning>): Verdict => {
    if ('reason' in made) return made
    addFact(made, 'hash', row.text(at.hash))
    addFact(made, 'note', row.text(at.memo))
    addFact(made, 'fromAddress', row.text(at.sender))
    addFact(made, 'toAddress', row.text(at.recipient))
    return made
  }
  return {
    ...documentedClock(table, column('Date'), 'mdy'),
    read(row): Verdict {
      const action = row.word(at.action)
      const folded = foldWord(action)
      const wallet = row.text(at.account)
      const own = sideIn(row.symbol(at.symbol), row.neededSize(at.volume), wallet)
      const feeAmount = row.size(at.fee)
      const fee = feeAmount === 0n ? null : sideIn(row.symbol(at.feeCurrency), feeAmount, wallet)
      if (folded === 'buy' || folded === 'sell' || folded === 'swap') {
        const other = sideIn(row.symbol(at.currency), row.neededSize(at.total), wallet)
        // A swap sells the symbol: its total is what came for it.
        const [sent, received] = folded === 'buy' ? [other, own] : [own, other]
        return told(row, toolMeaning(row, { sent, received, fee, words: [action] }, WORDS, TOLD))
      }
      const comesIn = INCOME[folded] !== undefined
      if (!comesIn && SPENDING[folded] === undefined) return unknownType(action, 'Action')
      if (comesIn) row.receipt(at.volume)
      const { value } = row.worth(at.total, row.word(at.currency))
      if (value !== undefined) own.value = value
      const [sent, received] = comesIn ? [null, own] : [own, null]
      return told(row, toolMeaning(row, { sent, received, fee, words: [action] }, WORDS, TOLD))
    },
  }
}

const BASE = ['Date', 'Action', 'Symbol', 'Volume', 'Currency', 'Total', 'Fee', 'FeeCurrency']
const common = { time: ['Date'], record: 'transaction', open } as const
const layouts: readonly TableLayout[] = [
  {
    ...common,
    layout: 'trades',
    required: [...BASE, 'Account', 'Price', 'Cost/Proceeds'],
    optional: ['ExchangeId', 'Category', 'Subaccount', 'Memo', 'SymbolBalance', 'CurrencyBalance', 'FeeBalance'],
    identity: [...BASE, 'Account', 'ExchangeId'],
    tag: 'trade',
  },
  {
    ...common,
    layout: 'income and spending',
    required: [...BASE, 'Account', 'Price', 'Ref'],
    optional: ['Memo', 'Margin', 'MarginId', 'TxHash', 'Sender', 'Recipient', 'SymbolBalance'],
    identity: [...BASE, 'Account', 'Ref', 'TxHash'],
    tag: 'income',
  },
  { ...common, layout: 'import', required: BASE, optional: ['Memo'], identity: BASE, tag: 'import' },
]

export const bitcoinTax = tableSource({
  id: 'bitcoin-tax' as SourceId,
  name: 'Bitcoin.tax',
  venue: 'Bitcoin.tax',
  version: 1,
  account: { name: 'Bitcoin tax import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Bitcoin.tax: Trades, Income and Spending → Export; or your own file after its import template.',
  layouts,
})
