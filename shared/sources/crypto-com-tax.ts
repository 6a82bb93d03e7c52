/** Crypto.com Tax. Dates are `MM/DD/YYYY HH:MM:SS`, UTC; a transfer has the same amount on both sides of one row. */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { feeLegs, insideMove, type Meaning } from './legs.ts'
import type { Writable } from './source-format.ts'
import { tableSource, type Verdict } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { type ToolColumns, toldColumns, toolCells, toolMeaning } from './tool-rows.ts'
import { foldWord, vocabulary } from './tool-words.ts'

const SIDES = ['Received Currency', 'Received Amount', 'Sent Currency', 'Sent Amount', 'Fee Currency', 'Fee Amount']
const COLUMNS: ToolColumns = {
  sent: [['Sent Amount'], ['Sent Currency']],
  received: [['Received Amount'], ['Received Currency']],
  fee: [['Fee Amount'], ['Fee Currency']],
  words: [['Type']],
}
const WORDS = vocabulary()

export const cryptoComTax = tableSource({
  id: 'crypto-com-tax' as SourceId,
  name: 'Crypto.com Tax',
  venue: 'Crypto.com Tax',
  version: 1,
  account: { name: 'Crypto com Tax import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Crypto.com Tax: Transactions → Export; or your own file after its template.',
  layouts: [
    {
      layout: 'transactions',
      required: ['Date', 'Type', ...SIDES],
      optional: ['Received Net Worth', 'Sent Net Worth', 'Fee Net Worth'],
      fits: (header) => header.names.some((name) => /^received net worth$/i.test(name)),
      identity: ['Date', ...SIDES],
      time: ['Date'],
      record: 'transaction',
      open(table) {
        const cellsOf = toolCells(table, COLUMNS)
        const told = toldColumns(table, COLUMNS)
        return {
          ...documentedClock(table, table.column('Date'), 'mdy'),
          read(row): Verdict {
            const cells = cellsOf(row)
            const { sent, received, fee } = cells
            const [type = ''] = cells.words
            // Both places are the user's, but the row does not name them: nothing leaves the books but the fee.
            if (
              foldWord(type) === 'transfer' &&
              sent !== null &&
              received !== null &&
              sent.symbol === received.symbol
            ) {
              const inside: Writable<Meaning> = insideMove(sent.symbol, sent.amount)
              if (fee !== null) inside.legs = [...inside.legs, ...feeLegs(fee.symbol, fee.amount)]
              inside.sourceKind = type
              return inside
            }
            return toolMeaning(row, cells, WORDS, told)
          },
        }
      },
    },
  ],
})
