/**
 * Relai's transactions. Facts:
 * - Bitcoin is bought and sold against the currency of the pair; the sum leaves the fee out, which stands beside. What was bought
 *   goes to the wallet in `Destination`, which is the user's own.
 * - Times are UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { present, trade } from './legs.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { readWrittenTime } from './written-times.ts'

function open({ column, context }: OpenTable): RowReader {
  const at = {
    type: column('Transaction Type'),
    btc: column('BTC Amount'),
    fiat: column('Fiat Amount (excl. fees)'),
    currency: column('Fiat Currency'),
    fee: column('Fee'),
    feeCurrency: column('Fee Currency'),
    destination: column('Destination'),
    other: column('Counterparty'),
  }
  return {
    time: (text) => readWrittenTime(text, 'ymd', context.zone),
    read(row) {
      const type = row.word(at.type)
      const folded = type.toLowerCase()
      if (folded !== 'buy' && folded !== 'sell') return unknownType(type, 'Transaction Type')
      const fee = row.size(at.fee)
      const sides = { base: 'BTC', baseAmount: row.neededSize(at.btc), quote: row.symbol(at.currency) }
      const charged = fee === 0n ? {} : { fee, feeSymbol: row.symbol(at.feeCurrency) }
      const quoteAmount = row.neededSize(at.fiat)
      const made = trade({ isBuy: folded === 'buy', ...sides, quoteAmount, ...charged }, (one) => row.isFiat(one))
      const places = present({
        counterparty: row.text(at.other),
        toAddress: folded === 'buy' ? row.text(at.destination) : '',
      })
      return { ...made, sourceKind: type, ...places }
    },
  }
}

export const relai = tableSource({
  id: 'relai' as SourceId,
  name: 'Relai transactions',
  venue: 'Relai',
  version: 1,
  account: { name: 'Relai', kind: 'wallet' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Relai app: Profile → Transaction history → Export, CSV.',
  layouts: [
    {
      layout: 'transactions',
      required: [
        'Date',
        'Transaction Type',
        'BTC Amount',
        'Currency Pair',
        'Fiat Amount (excl. fees)',
        'Fiat Currency',
        'Fee',
        'Fee Currency',
        'Operation ID',
      ],
      optional: ['BTC Price', 'Destination', 'Counterparty'],
      id: ['Operation ID'],
      identity: ['Date', 'Transaction Type', 'BTC Amount', 'Fiat Amount (excl. fees)', 'Fiat Currency'],
      time: ['Date'],
      record: 'operation',
      open,
    },
  ],
})
