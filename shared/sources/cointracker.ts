/**
 * CoinTracker: the import template and both generations of the transaction history. Facts:
 * - Dates of the template are `MM/DD/YYYY HH:MM:SS`; times are UTC.
 * - Transfers have both wallets in one row. A trade of several tokens is several rows with one `Transaction ID`.
 * - The last line may be a footer that begins with `...`. Cost bases and returns are CoinTracker’s results: never read.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { addFact, bothTexts, saysYes } from './facts.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource, type Verdict } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { joinedHalves, NO_PARTS } from './tool-joins.ts'
import { type ToolColumns, toldColumns, toolCells, toolFacts, toolMeaning, toolReader } from './tool-rows.ts'
import { foldWord, vocabulary } from './tool-words.ts'

const WORDS = vocabulary({
  in: { payment: 'business_income', 'margin rebate': 'fee_rebate', income: 'other_income' },
  out: { payment: 'spend', 'margin fee': 'derivative_fee' },
  plain: ['multi token trade', 'margin', 'fiat'],
})

const TEMPLATE: ToolColumns = {
  sent: [['Sent Quantity'], ['Sent Currency']],
  received: [['Received Quantity'], ['Received Currency']],
  fee: [['Fee Amount'], ['Fee Currency']],
  words: [],
  labels: [['Tag']],
}
const HISTORY: ToolColumns = {
  ...TEMPLATE,
  words: [['Type']],
  labels: [['Received Tag'], ['Sent Tag']],
  sentWallet: ['Sent Wallet'],
  receivedWallet: ['Received Wallet'],
  hash: ['Transaction Hash', 'Transaction ID'],
  fromAddress: ['Sent Address'],
  toAddress: ['Received Address'],
}

const FOOTER = { skip: 'a line of text beside the table' } as const

function openTemplate(table: OpenTable): RowReader {
  const date = table.column('Date')
  const reader = toolReader(table, TEMPLATE, WORDS)
  return {
    ...documentedClock(table, date, 'mdy'),
    read: (row) => (row.text(date).startsWith('...') ? FOOTER : reader.read(row)),
  }
}

function openHistory(table: OpenTable): RowReader {
  const at = {
    date: table.column('Date'),
    id: table.column('Transaction ID'),
    type: table.column('Type'),
    ignored: table.column('Ignored'),
    receivedComment: table.column('Received Comment'),
    sentComment: table.column('Sent Comment'),
  }
  const cellsOf = toolCells(table, HISTORY)
  const facts = toolFacts(table, HISTORY)
  const told = toldColumns(table, HISTORY)
  return {
    ...documentedClock(table, at.date, 'mdy'),
    together: joinedHalves,
    read(row): Verdict {
      if (row.text(at.date).startsWith('...')) return FOOTER
      const cells = cellsOf(row)
      const isIgnored = saysYes(row.text(at.ignored))
      const made = toolMeaning(row, isIgnored ? { ...cells, words: ['ignored', ...cells.words] } : cells, WORDS, told)
      if ('reason' in made) return made
      const meaning = facts(row, made)
      addFact(meaning, 'note', bothTexts(row.text(at.receivedComment), row.text(at.sentComment)))
      const id = row.text(at.id)
      const type = row.word(at.type)
      const isPart = foldWord(type) === 'multi token trade' && id !== '' && !isIgnored
      return isPart ? { join: id, word: type, parts: NO_PARTS, facts: meaning } : meaning
    },
  }
}

const SIDES = ['Received Quantity', 'Received Currency', 'Sent Quantity', 'Sent Currency', 'Fee Amount', 'Fee Currency']
const WALLETS = ['Received Wallet', 'Received Address', 'Sent Wallet', 'Sent Address']
const RESULTS = [
  'Received Cost Basis (USD)',
  'Sent Cost Basis (USD)',
  'Fee Cost Basis (USD)',
  'Realized Return (USD)',
  'Fee Realized Return (USD)',
]
const layouts: readonly TableLayout[] = [
  {
    layout: 'import template',
    required: ['Date', ...SIDES, 'Tag'],
    identity: ['Date', ...SIDES],
    time: ['Date'],
    record: 'transaction',
    open: openTemplate,
  },
  {
    layout: 'transaction history',
    required: ['Date', 'Type', 'Transaction ID', ...SIDES, 'Received Wallet', 'Sent Wallet'],
    optional: [
      ...WALLETS.slice(1),
      ...RESULTS,
      'Received Tag',
      'Received Comment',
      'Sent Tag',
      'Sent Comment',
      'Ignored',
      'Transaction Hash',
    ],
    identity: ['Date', 'Transaction ID', ...SIDES],
    time: ['Date'],
    record: 'transaction',
    open: openHistory,
  },
]

export const coinTracker = tableSource({
  id: 'cointracker' as SourceId,
  name: 'CoinTracker',
  venue: 'CoinTracker',
  version: 1,
  account: { name: 'CoinTracker import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'CoinTracker: Transactions → ⋯ → Export transaction history (CSV); or your own file after its template.',
  layouts,
})
