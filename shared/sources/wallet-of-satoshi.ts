/**
 * Wallet of Satoshi's history. Facts:
 * - CREDIT comes in, DEBIT goes out; `currency` says by which way (Lightning or on chain): all of it is bitcoin.
 * - Fees stand beside what was sent. UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { size, unknownType } from './cells.ts'
import { deposit, feeLegs, present, withdrawal } from './legs.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

function open({ column }: OpenTable): RowReader {
  const at = {
    type: column('type'),
    amount: column('amount'),
    fees: column('fees'),
    address: column('address'),
    description: column('description'),
  }
  return {
    read(row) {
      const type = row.word(at.type).toUpperCase()
      const written = row.needed(at.amount)
      const amount = size(written)
      const fee = row.size(at.fees)
      const facts = { sourceKind: type, ...present({ note: row.text(at.description) }) }
      if (type === 'CREDIT') {
        row.cameIn(written, at.amount)
        return { ...deposit('BTC', amount, false, feeLegs('BTC', fee, 'in')), ...facts }
      }
      if (type !== 'DEBIT') return unknownType(row.text(at.type), 'type')
      const sent = withdrawal('BTC', amount, false, feeLegs('BTC', fee, 'out'))
      return { ...sent, ...facts, ...present({ toAddress: row.text(at.address) }) }
    },
  }
}

export const walletOfSatoshi = tableSource({
  id: 'wallet-of-satoshi' as SourceId,
  name: 'Wallet of Satoshi history',
  venue: 'Wallet of Satoshi',
  version: 1,
  account: { name: 'Wallet of Satoshi', kind: 'wallet' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Wallet of Satoshi: ⋯ → History → Export, CSV.',
  layouts: [
    {
      layout: 'history',
      required: ['utcDate', 'type', 'currency', 'amount', 'fees', 'address', 'description'],
      optional: ['pointOfSale', 'status'],
      identity: ['utcDate', 'type', 'currency', 'amount', 'fees', 'address'],
      time: ['utcDate'],
      open,
    },
  ],
})
