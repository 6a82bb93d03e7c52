/**
 * Blockpit: the template and the export. Facts:
 * - The export is separated by semicolons, times to the minute, `dd.MM.yyyy HH:mm`, without a zone; the template is UTC.
 * - `Merge ID` names the `Blockpit ID` of the other half of an own transfer. A spreadsheet shortens both (`1,55444E+13`): then
 *   they say nothing, and the halves stay apart.
 * - “Non-Taxable” holds currencies, loans and real exemptions alike.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource, type Verdict } from './table-source.ts'
import { mixedClock } from './tool-clocks.ts'
import { joinedHalves, NO_PARTS } from './tool-joins.ts'
import { type ToolColumns, toldColumns, toolCells, toolFacts, toolMeaning } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const NON_TAXABLE =
  'Blockpit calls currencies, loans and exemptions alike “Non-Taxable”: look at what this was; it was read without that word'

const WORDS = vocabulary({
  in: {
    payment: 'business_income',
    'gift (incoming)': 'gift_in',
    'security token income': 'revenue_share',
    'auto balancing in': 'balance_correction',
  },
  out: { 'gift (outgoing)': 'gift_out', 'auto balancing out': 'balance_correction' },
  both: { 'token migration': 'migration' },
  remarks: {
    nontaxablein: NON_TAXABLE,
    nontaxableout: NON_TAXABLE,
    'non taxable in': NON_TAXABLE,
    'non taxable out': NON_TAXABLE,
    'auto balancing in': 'Blockpit made this row up to balance its books',
    'auto balancing out': 'Blockpit made this row up to balance its books',
  },
})

const plainName = (name: string): string => name.replace(/\s*\(optional\)\s*$/i, '')

const COLUMNS: ToolColumns = {
  sent: [['Outgoing Amount'], ['Outgoing Asset']],
  received: [['Incoming Amount'], ['Incoming Asset']],
  fee: [['Fee Amount'], ['Fee Asset']],
  words: [['Transaction Type', 'Label']],
  wallet: ['Integration', 'Integration Name'],
  hash: ['Transaction ID', 'Trx. ID'],
  note: ['Note', 'Comment'],
}

const DAMAGED = /^[\d.,]+e\+?\d+$/i

function open(table: OpenTable): RowReader {
  const at = {
    id: table.column('Blockpit ID'),
    merge: table.column('Merge ID'),
    time: table.column('Timestamp', 'Date (UTC)'),
    word: table.column('Transaction Type', 'Label'),
  }
  const cellsOf = toolCells(table, COLUMNS)
  const facts = toolFacts(table, COLUMNS)
  const told = toldColumns(table, COLUMNS)
  let isTold = false
  return {
    ...mixedClock(table, at.time, 'dmy'),
    together: joinedHalves,
    read(row): Verdict {
      const made = toolMeaning(row, cellsOf(row), WORDS, told)
      if ('reason' in made) return made
      const meaning = facts(row, made)
      const id = row.text(at.id)
      const merge = row.text(at.merge)
      if (merge === '' || id === '') return meaning
      if (DAMAGED.test(id) || DAMAGED.test(merge)) {
        if (!isTold) {
          table.sink.warn(
            'a spreadsheet has shortened the Blockpit IDs of this file (1,55444E+13): halves of own transfers could not be joined by them; export the file again and import it as it is',
          )
        }
        isTold = true
        return meaning
      }
      return { join: `merge.${id < merge ? id : merge}`, word: row.word(at.word), parts: NO_PARTS, facts: meaning }
    },
  }
}

const SIDES = ['Outgoing Asset', 'Outgoing Amount', 'Incoming Asset', 'Incoming Amount']
const FEE = ['Fee Asset', 'Fee Amount']
const layouts: readonly TableLayout[] = [
  {
    layout: 'template',
    required: ['Date (UTC)', 'Integration Name', 'Label', ...SIDES],
    optional: [...FEE, 'Comment', 'Trx. ID', 'Source Type', 'Source Name'],
    identity: ['Date (UTC)', 'Integration Name', ...SIDES, ...FEE, 'Trx. ID'],
    time: ['Date (UTC)'],
    record: 'transaction',
    open,
  },
  {
    layout: 'export',
    required: ['Blockpit ID', 'Timestamp', 'Integration', 'Transaction Type', ...SIDES, ...FEE],
    optional: ['Source Type', 'Source Name', 'Transaction ID', 'Note', 'Merge ID'],
    identity: ['Timestamp', 'Integration', ...SIDES, ...FEE, 'Transaction ID'],
    time: ['Timestamp'],
    zone: 'ask',
    record: 'transaction',
    open,
  },
]

export const blockpit = tableSource({
  id: 'blockpit' as SourceId,
  name: 'Blockpit',
  venue: 'Blockpit',
  version: 1,
  account: { name: 'Blockpit import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Blockpit: Transactions → Export (CSV); or your own file after the manual import template.',
  plainName,
  layouts,
})
