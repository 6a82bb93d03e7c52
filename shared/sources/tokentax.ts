/**
 * TokenTax’s manual CSV. Dates are `MM/DD/YY HH:MM` or begin with the year, UTC; `Gift` goes out. `Group` holds the user’s own
 * words; only `margin` means something. A gift has `Gift` for its exchange: which account it left is not in the file.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import {
  type ToolColumns,
  type ToolRow,
  toldColumns,
  toolCells,
  toolFacts,
  toolMeaning,
  type WalletSide,
} from './tool-rows.ts'
import { foldWord, vocabulary } from './tool-words.ts'

const SIDES = ['BuyAmount', 'BuyCurrency', 'SellAmount', 'SellCurrency', 'FeeAmount', 'FeeCurrency']

const COLUMNS: ToolColumns = {
  sent: [['SellAmount'], ['SellCurrency']],
  received: [['BuyAmount'], ['BuyCurrency']],
  fee: [['FeeAmount'], ['FeeCurrency']],
  words: [['Type']],
  wallet: ['Exchange'],
  note: ['Comment'],
}
const WORDS = vocabulary({
  plain: ['margin'],
  remarks: {
    margin: 'a margin trade was read as an exchange of what is written here',
  },
})

const NO_PLACE = 'TokenTax does not say which account a gift left: look whether it was this one'

const anywhere = (side: WalletSide | null): WalletSide | null => {
  if (side === null) return null
  const { wallet: _, ...rest } = side
  return rest
}
const withoutWallets = (cells: ToolRow): ToolRow => ({ ...cells, sent: anywhere(cells.sent), fee: anywhere(cells.fee) })

function open(table: OpenTable): RowReader {
  const group = table.column('Group')
  const cellsOf = toolCells(table, COLUMNS)
  const facts = toolFacts(table, COLUMNS)
  const told = toldColumns(table, COLUMNS)
  return {
    ...documentedClock(table, table.column('Date'), 'mdy'),
    read(row) {
      const word = row.text(group)
      const cells = cellsOf(row)
      if (word !== '' && foldWord(word) === 'margin') cells.labels = [word]
      const isGift = foldWord(cells.words[0] ?? '') === 'gift' && foldWord(cells.sent?.wallet ?? '') === 'gift'
      const made = toolMeaning(row, isGift ? withoutWallets(cells) : cells, WORDS, told)
      if ('reason' in made) return made
      if (isGift) made.warnings = [...(made.warnings ?? []), NO_PLACE]
      return facts(row, made)
    },
  }
}

export const tokenTax = tableSource({
  id: 'tokentax' as SourceId,
  name: 'TokenTax',
  venue: 'TokenTax',
  version: 1,
  account: { name: 'TokenTax import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'TokenTax: Transactions → Export; or your own file after the manual template.',
  layouts: [
    {
      layout: 'manual CSV',
      required: ['Type', ...SIDES, 'Exchange', 'Date'],
      optional: ['Group', 'Comment'],
      identity: [...SIDES, 'Exchange', 'Date'],
      time: ['Date'],
      record: 'transaction',
      open,
    },
  ],
})
