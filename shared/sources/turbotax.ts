/**
 * TurboTax: the universal template of transactions, and the older tables of gains and losses. Facts:
 * - Names of columns are compared without regard to case; only date and type are always filled.
 * - The tables of gains and losses are results, not transactions: their rows are left out with that reason.
 */
import type { SourceId } from '../events/identifiers.ts'
import type { RowReader, TableLayout } from './table-source.ts'
import { tableSource } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { toolReader } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const SIDES = ['Sent Asset', 'Sent Amount', 'Received Asset', 'Received Amount', 'Fee Asset', 'Fee Amount']

const RESULT = {
  skip: 'a sale with its gain as another tool computed it: gains are computed here from the transactions themselves; lots that were left at the end of a year can be brought as opening lots',
} as const
const openResults = (): RowReader => ({ read: () => RESULT })

const layouts: readonly TableLayout[] = [
  {
    layout: 'universal template',
    required: ['Date', 'Type', ...SIDES],
    optional: ['Market Value Currency', 'Market Value', 'Description', 'Transaction Hash', 'Transaction ID'],
    id: ['Transaction ID'],
    identity: ['Date', ...SIDES, 'Transaction Hash'],
    time: ['Date'],
    record: 'transaction',
    open: (table) => ({
      ...documentedClock(table, table.column('Date'), 'mdy'),
      ...toolReader(
        table,
        {
          sent: [['Sent Amount'], ['Sent Asset']],
          received: [['Received Amount'], ['Received Asset']],
          fee: [['Fee Amount'], ['Fee Asset']],
          words: [['Type']],
          worth: [['Market Value'], ['Market Value Currency']],
          hash: ['Transaction Hash'],
          note: ['Description'],
        },
        vocabulary({ in: { forking: 'fork' }, plain: ['sale'] }),
      ),
    }),
  },
  {
    layout: 'gains and losses',
    required: ['Currency Name', 'Purchase Date', 'Cost Basis', 'Date Sold', 'Proceeds'],
    identity: ['Currency Name', 'Purchase Date', 'Cost Basis', 'Date Sold', 'Proceeds'],
    time: ['Date Sold'],
    tag: 'result',
    open: openResults,
  },
  {
    layout: 'gains and losses, older',
    required: ['ASSET NAME', 'RECEIVED DATE', 'COST BASIS(USD)', 'DATE SOLD', 'PROCEEDS'],
    identity: ['ASSET NAME', 'RECEIVED DATE', 'COST BASIS(USD)', 'DATE SOLD', 'PROCEEDS'],
    time: ['DATE SOLD'],
    tag: 'result',
    open: openResults,
  },
]

export const turboTax = tableSource({
  id: 'turbotax' as SourceId,
  name: 'TurboTax',
  venue: 'TurboTax',
  version: 1,
  account: { name: 'TurboTax import', kind: 'manual' },
  zone: 'ask',
  howToGet: 'Your own file after TurboTax’s universal template of transactions.',
  layouts,
})
