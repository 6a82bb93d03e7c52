/**
 * CoinLedger (once CryptoTrader.Tax): the template for manual import, and the transaction export. Facts:
 * - The export has one row for each leg, joined by `Internal Id`; `Record Type` says what the leg is, the amount is signed.
 *   Own transfers have both platforms under one id.
 * - Times are UTC without saying so; dates of the template are `mm/dd/yyyy`.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { type CellProblem, unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import type { Meaning } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import {
  type JoinedRow,
  type OpenTable,
  type RowReader,
  type TableLayout,
  tableSource,
  type Verdict,
} from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { joinedHalves, NO_PARTS } from './tool-joins.ts'
import { halfMeaning, legOf, sideIn, type ToolColumns, toolReader } from './tool-rows.ts'
import { foldWord, knowsWord, vocabulary } from './tool-words.ts'
import { remembered, rememberedPair } from './word-table.ts'

const WORDS = vocabulary({
  in: { payment: 'business_income', 'gift received': 'gift_in' },
  plain: ['manual position', 'platform fee', 'composite swap'],
  remarks: {
    'manual position': 'a position entered by hand: how it was acquired, and at what cost, is not in this file',
  },
})

const plainName = (name: string): string => name.replace(/\s*\(optional\)\s*$/i, '')

const TEMPLATE: ToolColumns = {
  sent: [['Amount Sent'], ['Asset Sent']],
  received: [['Amount Received'], ['Asset Received']],
  fee: [['Fee Amount'], ['Fee Currency']],
  words: [['Type']],
  wallet: ['Platform'],
  hash: ['TxHash'],
  note: ['Description'],
}

const openTemplate = (table: OpenTable): RowReader => ({
  ...documentedClock(table, table.column('Date (UTC)'), 'mdy'),
  ...toolReader(table, TEMPLATE, WORDS),
})

function openExport({ column }: OpenTable): RowReader {
  const at = {
    type: column('Type'),
    id: column('Internal Id'),
    platform: column('Platform'),
    account: column('Account Name'),
    record: column('Record Type'),
    asset: column('Asset'),
    amount: column('Amount'),
    hash: column('Blockchain Id'),
    note: column('Description'),
  }
  return {
    together: joinedLegs,
    read(row): Verdict {
      const record = row.word(at.record)
      const type = row.word(at.type)
      const wallet = row.text(at.account) || row.text(at.platform)
      const signedAmount = row.needed(at.amount)
      const amount = signedAmount < 0n ? -signedAmount : signedAmount
      const one = sideIn(row.symbol(at.asset), amount, wallet)
      const said = wordsOf(type, record)
      if (said === null) return unknownType(type, 'Type')
      const { is } = recordOf(record)
      if (is === 'fee') {
        return joined(row, type, {
          kind: 'network_fee',
          legs: amount === 0n ? [] : [legOf('fee', one, amount, wallet)],
        })
      }
      if (is === null) return unknownType(record, 'Record Type')
      const comesIn = is === 'in'
      if (comesIn && signedAmount < 0n) return { reason: `a ${record} is negative`, column: 'Amount' }
      const tool = { sent: comesIn ? null : one, received: comesIn ? one : null, fee: null, words: NO_WORDS }
      const made = halfMeaning(row, tool, said, TOLD)
      return 'reason' in made ? made : joined(row, type, made)
    },
  }

  /** The types of all rows of an event name it; of a row alone, its own. */
  function joined(row: RowCursor, type: string, made: Writable<Meaning>): Verdict {
    addFact(made, 'hash', row.text(at.hash))
    addFact(made, 'note', row.text(at.note))
    const id = row.text(at.id)
    if (id !== '') return { join: id, word: type, parts: NO_PARTS, facts: made }
    made.sourceKind = type
    return made
  }
}

const NO_WORDS: readonly string[] = []

/** What a leg of the export is; null of a word that is not known. */
const recordOf = remembered((record): { readonly is: 'fee' | 'in' | 'out' | null; readonly isMargin: boolean } => {
  const folded = foldWord(record)
  const isMargin = folded.startsWith('margin')
  if (folded === 'platform fee' || folded === 'network fee') return { is: 'fee', isMargin }
  if (folded === 'credit' || folded === 'margin gain') return { is: 'in', isMargin }
  return { is: folded === 'debit' || folded === 'margin loss' ? 'out' : null, isMargin }
})

/** What the words of a leg say; null where its type is not known. Words of an exchange are not those of one of its sides. */
const wordsOf = rememberedPair((type, record) => {
  if (!knowsWord(WORDS, type)) return null
  const own = IS_BOTH.has(foldWord(type)) ? [] : [type]
  return WORDS.said(NO_WORDS, recordOf(record).isMargin ? [record, ...own] : own)
})

/** What the export says as several legs; its word for an exchange is a word of the whole. */
function joinedLegs(rows: readonly JoinedRow[]): Meaning | CellProblem {
  const made = joinedHalves(rows)
  if ('reason' in made || rows.length === 1) return made
  for (let i = 0; i < rows.length; i++) {
    const kind = WORDS.both[foldWord((rows[i] as JoinedRow).word)]
    if (kind !== undefined) return { ...made, kind }
  }
  return made
}

const TOLD = { amount: 'Amount', type: 'Type' } as const
const IS_BOTH = new Set(['nft mint', 'add liquidity', 'remove liquidity', 'transfer'])

const TEMPLATE_COLUMNS = ['Date (UTC)', 'Platform', 'Asset Sent', 'Amount Sent', 'Asset Received', 'Amount Received']
const EXPORT_COLUMNS = ['Timestamp (UTC)', 'Type', 'Internal Id', 'Platform', 'Record Type', 'Asset', 'Amount']
const layouts: readonly TableLayout[] = [
  {
    layout: 'manual import template',
    required: [...TEMPLATE_COLUMNS, 'Fee Currency', 'Fee Amount', 'Type'],
    optional: ['Description', 'TxHash'],
    identity: [...TEMPLATE_COLUMNS, 'Fee Currency', 'Fee Amount', 'TxHash'],
    time: ['Date (UTC)'],
    record: 'transaction',
    open: openTemplate,
  },
  {
    layout: 'transaction export',
    required: EXPORT_COLUMNS,
    optional: ['Account Name', 'Platform Id', 'Blockchain Id', 'Description'],
    identity: ['Timestamp (UTC)', 'Internal Id', 'Platform', 'Record Type', 'Asset', 'Amount'],
    time: ['Timestamp (UTC)'],
    open: openExport,
  },
]

export const coinLedger = tableSource({
  id: 'coinledger' as SourceId,
  name: 'CoinLedger',
  venue: 'CoinLedger',
  version: 1,
  account: { name: 'CoinLedger import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'CoinLedger: Transactions → Export (CSV); or your own file after the universal template.',
  plainName,
  layouts,
})
