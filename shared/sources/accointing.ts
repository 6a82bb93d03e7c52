/**
 * Accointing (closed, merged into Blockpit): the template, and the export in three ages (CSV or XLSX). Facts:
 * - Times are UTC; dates of the template are `MM/DD/YYYY`.
 * - `associatedTransferId` joins the two halves of an own transfer. `internal` marks halves, joined or not.
 * - Rows with the classification `ignored` count nowhere.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { addFact, saysYes } from './facts.ts'
import { detached } from './identity.ts'
import { type OpenTable, type RowReader, type TableLayout, tableSource, type Verdict } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { joinedHalves, NO_PARTS } from './tool-joins.ts'
import { type ToolColumns, toldColumns, toolCells, toolFacts, toolMeaning, toolReader } from './tool-rows.ts'
import { vocabulary } from './tool-words.ts'

const WORDS = vocabulary({
  in: { payment: 'business_income', 'liquidity pool': 'lp_reward', internal: 'unmatched_in' },
  out: { 'gambling used': 'spend', internal: 'unmatched_out' },
})

const plainName = (name: string): string => name.replace(/\s*\(optional\)\s*$/i, '')

const TEMPLATE: ToolColumns = {
  sent: [['outSellAmount'], ['outSellAsset']],
  received: [['inBuyAmount'], ['inBuyAsset']],
  fee: [['feeAmount'], ['feeAsset']],
  words: [['classification'], ['transactionType']],
  hash: ['operationId'],
  note: ['comments'],
}

const EXPORT: ToolColumns = {
  sent: [['soldQuantity'], ['soldCurrency', 'temporarySoldCurrencyTicker']],
  received: [['boughtQuantity'], ['boughtCurrency', 'temporaryBoughtCurrencyTicker']],
  fee: [['feeQuantity'], ['feeCurrency', 'temporaryFeeCurrencyTicker']],
  words: [['classification'], ['type']],
  wallet: ['walletName'],
  hash: ['txId'],
  note: ['comments'],
}

const openTemplate = (table: OpenTable): RowReader => ({
  ...documentedClock(table, table.column('date'), 'mdy'),
  ...toolReader(table, TEMPLATE, WORDS),
})

function openExport(table: OpenTable): RowReader {
  const at = {
    id: table.column('id'),
    other: table.column('associatedTransferId'),
    type: table.column('type'),
    ignored: table.column('isIgnored'),
    ownAddress: table.column('primaryAddress'),
    otherAddress: table.column('otherAddress'),
  }
  const cellsOf = toolCells(table, EXPORT)
  const facts = toolFacts(table, EXPORT)
  const told = toldColumns(table, EXPORT)
  /** Ids that rows gave for themselves or for their transfer, and the key under which they are joined. */
  const keys = new Map<string, string>()

  /** One key for both halves, whether each names the other or both name the transfer. */
  const keyOf = (id: string, other: string): string => {
    const key = keys.get(other) ?? keys.get(id) ?? detached(id !== '' && id < other ? id : other)
    keys.set(detached(other), key)
    if (id !== '') keys.set(detached(id), key)
    return key
  }

  return {
    ...documentedClock(table, table.column('timeExecuted'), 'mdy'),
    together: joinedHalves,
    read(row): Verdict {
      const cells = cellsOf(row)
      const isIgnored = saysYes(row.text(at.ignored))
      const made = toolMeaning(row, isIgnored ? { ...cells, words: ['ignored', ...cells.words] } : cells, WORDS, told)
      if ('reason' in made) return made
      const meaning = facts(row, made)
      // The address of this wallet, and the one on the other side.
      const comesIn = cells.sent === null && cells.received !== null
      addFact(meaning, 'fromAddress', row.text(comesIn ? at.otherAddress : at.ownAddress))
      addFact(meaning, 'toAddress', row.text(comesIn ? at.ownAddress : at.otherAddress))
      const other = row.text(at.other)
      if (other === '' || made.kind === 'ignored') return meaning
      const join = `transfer.${keyOf(row.text(at.id), other)}`
      return { join, word: row.word(at.type), parts: NO_PARTS, facts: meaning }
    },
  }
}

const SIDES = ['boughtQuantity', 'boughtCurrency', 'soldQuantity', 'soldCurrency', 'feeQuantity', 'feeCurrency']
const layouts: readonly TableLayout[] = [
  {
    layout: 'template',
    required: ['transactionType', 'date', 'inBuyAmount', 'inBuyAsset', 'outSellAmount', 'outSellAsset'],
    optional: ['feeAmount', 'feeAsset', 'classification', 'operationId', 'comments'],
    identity: [
      'date',
      'inBuyAmount',
      'inBuyAsset',
      'outSellAmount',
      'outSellAsset',
      'feeAmount',
      'feeAsset',
      'operationId',
    ],
    time: ['date'],
    record: 'transaction',
    open: openTemplate,
  },
  {
    layout: 'export',
    required: ['timeExecuted', 'type', ...SIDES, 'classification', 'walletName', 'id', 'associatedTransferId'],
    optional: [
      'boughtCurrencyId',
      'soldCurrencyId',
      'feeCurrencyId',
      'walletProvider',
      'providerId',
      'txId',
      'primaryAddress',
      'otherAddress',
      'temporaryCurrencyName',
      'temporaryFeeCurrencyName',
      'temporaryBoughtCurrencyTicker',
      'temporarySoldCurrencyTicker',
      'temporaryFeeCurrencyTicker',
      'comments',
      'fiatValueOverwrite',
      'feeFiatValueOverwrite',
      'isIgnored',
    ],
    id: ['id'],
    identity: ['timeExecuted', ...SIDES, 'txId'],
    time: ['timeExecuted'],
    record: 'transaction',
    open: openExport,
  },
]

export const accointing = tableSource({
  id: 'accointing' as SourceId,
  name: 'Accointing',
  venue: 'Accointing',
  version: 1,
  account: { name: 'Accointing import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Accointing closed in 2023: the export you kept (CSV or XLSX); Blockpit can export what was moved there.',
  plainName,
  layouts,
})
