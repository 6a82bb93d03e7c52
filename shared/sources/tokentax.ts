/** TokenTax’s manual CSV. Dates are `MM/DD/YY HH:MM` or begin with the year, UTC; `Gift` goes out. */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { tableSource } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { toolReader } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const SIDES = ['BuyAmount', 'BuyCurrency', 'SellAmount', 'SellCurrency', 'FeeAmount', 'FeeCurrency']

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
      open: (table) => ({
        time: documentedClock(table, table.column('Date'), 'mdy'),
        ...toolReader(
          table,
          {
            sent: [['SellAmount'], ['SellCurrency']],
            received: [['BuyAmount'], ['BuyCurrency']],
            fee: [['FeeAmount'], ['FeeCurrency']],
            words: [['Type'], ['Group']],
            wallet: ['Exchange'],
            note: ['Comment'],
          },
          vocabulary({
            plain: ['margin'],
            remarks: { margin: 'a margin trade was read as an exchange of what is written here' },
          }),
        ),
      }),
    },
  ],
})
