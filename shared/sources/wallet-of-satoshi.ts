/**
 * Wallet of Satoshi's history. Facts:
 * - CREDIT comes in, DEBIT goes out; `currency` says by which way (Lightning or on chain): all of it is bitcoin.
 * - Fees stand beside what was sent. UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { size, unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import { deposit, feeLegs, type Meaning, withdrawal } from './legs.ts'
import type { Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered } from './word-table.ts'

const inCapitals = remembered((type) => type.toUpperCase())

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
      const type = inCapitals(row.text(at.type))
      const written = row.needed(at.amount)
      const amount = size(written)
      const fee = row.size(at.fees)
      if (type !== 'CREDIT' && type !== 'DEBIT') return unknownType(row.text(at.type), 'type')
      if (type === 'CREDIT') row.cameIn(written, at.amount)
      const made: Writable<Meaning> =
        type === 'CREDIT'
          ? deposit('BTC', amount, false, feeLegs('BTC', fee, 'in'))
          : withdrawal('BTC', amount, false, feeLegs('BTC', fee, 'out'))
      made.sourceKind = type
      addFact(made, 'note', row.text(at.description))
      if (type === 'DEBIT') addFact(made, 'toAddress', row.text(at.address))
      return made
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
