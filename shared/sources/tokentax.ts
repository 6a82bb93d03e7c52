/**
 * TokenTax’s manual CSV. Dates are `MM/DD/YY HH:MM` or begin with the year, UTC; `Gift` goes out. `Group` holds the user’s own
 * words; only `margin` means something.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { type ToolColumns, toldColumns, toolCells, toolFacts, toolMeaning } from './tool-rows.ts'
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
  remarks: { margin: 'a margin trade was read as an exchange of what is written here' },
})

function open(table: OpenTable): RowReader {
  const group = table.column('Group')
  const cellsOf = toolCells(table, COLUMNS)
  const facts = toolFacts(table, COLUMNS)
  const told = toldColumns(table, COLUMNS)
  return {
    time: documentedClock(table, table.column('Date'), 'mdy'),
    read(row) {
      const word = row.word(group)
      const labels = foldWord(word) === 'margin' ? [word] : []
      const made = toolMeaning(row, { ...cellsOf(row), labels }, WORDS, told)
      return 'reason' in made ? made : { ...made, ...facts(row) }
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
