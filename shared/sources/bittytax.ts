/**
 * BittyTax: the sheet of transactions that it reads and its converter writes (mostly XLSX), and the near twin that CoinTaxman
 * reads (`Timestamp UTC`, values in EUR). Facts:
 * - `2021-01-02T10:00:00 UTC`: the name of a zone follows the time. Quantities are without fees.
 * - The currency of the values stands in the names of their columns. `_` before a type means that it was not recognised there.
 */
import { isZoneName } from '../events/civil-time.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { documentedClock } from './tool-clocks.ts'
import { type ToolColumns, toolReader } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const WORDS = vocabulary()

const COLUMNS: ToolColumns = {
  sent: [['Sell Quantity'], ['Sell Asset']],
  received: [['Buy Quantity'], ['Buy Asset']],
  fee: [['Fee Quantity'], ['Fee Asset']],
  words: [['Type']],
  wallet: ['Wallet'],
  sentValue: /^sell value in ([a-z]{3})$/i,
  receivedValue: /^buy value in ([a-z]{3})$/i,
  hash: ['Tx ID'],
  note: ['Note'],
}

const NAMES_ZONE = /^[A-Za-z]+\/[A-Za-z_/+-]+$/

/** A time followed by the name of a zone. */
function open(table: OpenTable): RowReader {
  const { time: clock, proof } = documentedClock(table, table.column('Timestamp', 'Timestamp UTC'), 'dmy')
  return {
    ...toolReader(table, COLUMNS, WORDS),
    proof,
    time(text, row): SourceTime | null {
      const space = text.lastIndexOf(' ')
      const zone = text.slice(space + 1)
      if (space > 0 && zone.includes('/') && NAMES_ZONE.test(zone)) {
        return isZoneName(zone) ? readTime(text.slice(0, space), zone) : null
      }
      return clock(text, row)
    },
  }
}

const SIDES = ['Buy Quantity', 'Buy Asset', 'Sell Quantity', 'Sell Asset', 'Fee Quantity', 'Fee Asset']
const VALUES = ['Buy Value', 'Sell Value', 'Fee Value']
const common = { record: 'transaction', open } as const

export const bittyTax = tableSource({
  id: 'bittytax' as SourceId,
  name: 'BittyTax',
  venue: 'BittyTax',
  version: 1,
  account: { name: 'BittyTax import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'The sheet of transactions that you give to BittyTax, or that its converter made (XLSX or CSV).',
  plainName: (name) => name.replace(/ value in [a-z]{3}$/i, ' Value'),
  layouts: [
    {
      ...common,
      layout: 'transactions',
      required: ['Type', ...SIDES, 'Wallet', 'Timestamp'],
      optional: [...VALUES, 'Note', 'Raw Data', 'Tx ID', 'URL'],
      identity: [...SIDES, 'Wallet', 'Timestamp'],
      time: ['Timestamp'],
    },
    {
      ...common,
      layout: 'CoinTaxman transactions',
      required: ['Type', ...SIDES, 'Wallet', 'Timestamp UTC'],
      optional: [...VALUES, 'Note'],
      identity: [...SIDES, 'Wallet', 'Timestamp UTC'],
      time: ['Timestamp UTC'],
    },
  ],
})
