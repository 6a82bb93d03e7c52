/**
 * stake.tax’s default export of Cosmos chains, Solana, Algorand … Facts:
 * - Times are UTC. Several rows may share a `txid`; the fee is on one of them. Types that begin with `_` are messages the tool
 *   did not recognise: what they moved is not understood here either; where they moved nothing, their fee is one.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { addFact } from './facts.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { type ToolColumns, toldColumns, toolCells, toolFacts, toolMeaning } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const SIDES = ['received_amount', 'received_currency', 'sent_amount', 'sent_currency', 'fee', 'fee_currency']

const COLUMNS: ToolColumns = {
  sent: [['sent_amount'], ['sent_currency']],
  received: [['received_amount'], ['received_currency']],
  fee: [['fee'], ['fee_currency']],
  words: [['tx_type']],
  wallet: ['wallet_address'],
  hash: ['txid'],
  note: ['comment'],
}
const WORDS = vocabulary({
  in: { 'lp withdraw': 'lp_remove' },
  out: { 'lp deposit': 'lp_add', 'transaction fee': 'network_fee' },
  both: { 'lp deposit': 'lp_add', 'lp withdraw': 'lp_remove' },
})

function open(table: OpenTable): RowReader {
  const cellsOf = toolCells(table, COLUMNS)
  const facts = toolFacts(table, COLUMNS)
  const told = toldColumns(table, COLUMNS)
  return {
    read(row) {
      const cells = cellsOf(row)
      const [type = ''] = cells.words
      const isFeeOnly = cells.sent === null && cells.received === null && cells.fee !== null
      const known = isFeeOnly && type.startsWith('_') ? { ...cells, words: ['transaction fee'] } : cells
      const made = toolMeaning(row, known, WORDS, told)
      if ('reason' in made) return made
      addFact(made, 'sourceKind', type)
      return facts(row, made)
    },
  }
}

export const stakeTax = tableSource({
  id: 'staketax' as SourceId,
  name: 'stake.tax',
  venue: 'stake.tax',
  version: 1,
  account: { name: 'stake tax import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'stake.tax: your address → Export → default CSV.',
  layouts: [
    {
      layout: 'default export',
      required: ['timestamp', 'tx_type', ...SIDES, 'txid'],
      optional: ['comment', 'url', 'exchange', 'wallet_address'],
      identity: ['timestamp', ...SIDES, 'txid', 'wallet_address'],
      time: ['timestamp'],
      record: 'transaction',
      open,
    },
  ],
})
