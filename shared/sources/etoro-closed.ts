/**
 * eToro's account statement, sheet “Closed Positions”: the opening and the closing of a position in one row. Facts:
 * - The account activity (`etoro.ts`) tells the same and more: by the number of the position the two are known to be one, and are
 *   linked, never both counted.
 * - `Amount` is what was paid, in US dollars; what the sale brought is amount + profit. Names of columns vary by year.
 * - A row with leverage, of type CFD, or whose `Action` is Sell (short) is a derivative: only its profit is money.
 * - Dates are day first, UTC; `(12.34)` is negative.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { coinOf, NOT_CRYPTO } from './etoro-rows.ts'
import { signed, trade } from './legs.ts'
import { separatedPair } from './market-pairs.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { readWrittenTime } from './written-times.ts'

const CURRENCY = 'USD'

function open({ column, context }: OpenTable): RowReader {
  const at = {
    id: column('Position ID'),
    action: column('Action'),
    amount: column('Amount'),
    units: column('Units'),
    opened: column('Open Date'),
    leverage: column('Leverage'),
    profit: column('Profit'),
    type: column('Type'),
  }
  return {
    time: (text) => readWrittenTime(text, 'dmy', context.zone),
    read(row) {
      const action = row.word(at.action)
      const isShort = /^sell\b/i.test(action)
      const name = action.replace(/^(?:buy|sell)\s+/i, '')
      const symbol = separatedPair(name)?.base ?? name
      if (symbol === '') return { reason: 'it does not name the asset', column: 'Action' }
      const type = row.word(at.type)
      const leverage = row.text(at.leverage).replace(/^x|:?1?x?$/gi, '')
      const isLevered = leverage !== '' && leverage !== '1'
      const sort = coinOf(row, type, symbol)
      if (sort === 'other') return NOT_CRYPTO
      const profit = row.needed(at.profit)
      if (sort === 'derivative' || isShort || isLevered)
        return {
          ...signed(CURRENCY, profit, 'realised_profit', 'realised_loss'),
          sourceKind: `${action} ${type}`.trim(),
        }
      const paid = row.neededSize(at.amount)
      if (paid + profit < 0n) return { reason: 'more was lost than was paid', column: 'Profit' }
      const begun = row.text(at.opened)
      const beginning = readWrittenTime(begun, 'dmy', context.zone)
      if (beginning === null) return { reason: 'the day on which it was opened is no time', column: 'Open Date' }
      const isFiat = (one: string): boolean => row.isFiat(one)
      const sides = { base: symbol, baseAmount: row.neededSize(at.units), quote: CURRENCY }
      const sold = trade({ ...sides, isBuy: false, quoteAmount: paid + profit }, isFiat)
      const bought = trade({ ...sides, isBuy: true, quoteAmount: paid }, isFiat)
      const id = row.text(at.id)
      const opening = { meaning: { ...bought, sourceKind: action }, at: { time: beginning, timeText: begun } }
      const further = [id === '' ? opening : { ...opening, key: `open.${id}` }]
      return { ...sold, sourceKind: action, further }
    },
  }
}

export const etoroClosed = tableSource({
  id: 'etoro-closed' as SourceId,
  name: 'eToro closed positions',
  venue: 'eToro',
  version: 1,
  account: { name: 'eToro', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'eToro: Portfolio → History → Account statement, XLS; the sheet Closed Positions of the workbook.',
  plainName: (name) => (/^Profit\s*\(USD\)$/i.test(name) ? 'Profit' : name),
  layouts: [
    {
      layout: 'closed positions',
      required: ['Position ID', 'Action', 'Amount', 'Units', 'Open Date', 'Close Date', 'Profit'],
      optional: [
        'Leverage',
        'Spread Fees (USD)',
        'Open Rate',
        'Close Rate',
        'Take profit rate',
        'Stop loss rate',
        'Overnight Fees and Dividends',
        'Copied From',
        'Type',
        'ISIN',
        'Notes',
      ],
      id: ['Position ID'],
      tag: 'close',
      identity: ['Action', 'Amount', 'Units', 'Open Date', 'Close Date'],
      time: ['Close Date'],
      record: 'position',
      open,
    },
  ],
})
