/** Cryptio’s import file. `success` false: nothing moved but the fee. `internalTransfer` marks halves of own transfers. */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { addFact, saysNo } from './facts.ts'
import { leg, type Meaning } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { tableSource, type Verdict } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { type ToolColumns, toldColumns, toolCells, toolFacts, toolMeaning } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const SIDES = ['incomingAsset', 'incomingVolume', 'outgoingAsset', 'outgoingVolume', 'feeAsset', 'feeVolume']
const COLUMNS: ToolColumns = {
  sent: [['outgoingVolume'], ['outgoingAsset']],
  received: [['incomingVolume'], ['incomingAsset']],
  fee: [['feeVolume'], ['feeAsset']],
  words: [['orderType']],
  hash: ['txhash'],
  note: ['note'],
}
const WORDS = vocabulary()

export const cryptio = tableSource({
  id: 'cryptio' as SourceId,
  name: 'Cryptio',
  venue: 'Cryptio',
  version: 1,
  account: { name: 'Cryptio import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Your own file after Cryptio’s import template.',
  layouts: [
    {
      layout: 'import file',
      required: ['transactionDate', 'orderType', 'txhash', ...SIDES],
      optional: ['otherParties', 'note', 'success', 'internalTransfer'],
      identity: ['transactionDate', 'txhash', ...SIDES],
      time: ['transactionDate'],
      record: 'transaction',
      open(table) {
        const success = table.column('success')
        const parties = table.column('otherParties')
        const cellsOf = toolCells(table, COLUMNS)
        const facts = toolFacts(table, COLUMNS)
        const told = toldColumns(table, COLUMNS)
        const withFacts = (row: RowCursor, made: Writable<Meaning>): Meaning => {
          addFact(made, 'counterparty', row.text(parties))
          return facts(row, made)
        }
        return {
          ...documentedClock(table, table.column('transactionDate'), 'mdy'),
          read(row): Verdict {
            const cells = cellsOf(row)
            if (saysNo(row.text(success))) {
              const { fee } = cells
              const sourceKind = cells.words[0] ?? ''
              if (fee === null) return { skip: 'a transaction that failed, without a fee' }
              return withFacts(row, { kind: 'failed_fee', legs: [leg('fee', fee.symbol, fee.amount)], sourceKind })
            }
            const made = toolMeaning(row, cells, WORDS, told)
            return 'reason' in made ? made : withFacts(row, made)
          },
        }
      },
    },
  ],
})
