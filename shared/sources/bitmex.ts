/**
 * BitMEX's wallet history. Facts:
 * - Amounts are satoshis. `RealisedPNL` is the result of a day in derivatives, signed; fees of withdrawals stand beside.
 * - Times are `12/25/2019, 7:00:00 AM`, UTC. Transfers go to accounts of the same user.
 * - An address can begin with two quotes (`""3Qsy…","Completed",…`), which makes one cell of it and its neighbours.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, present, signed, withdrawal } from './legs.ts'
import { unlessDone } from './statuses.ts'
import { clockInOrder } from './table-clocks.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

const DONE = new Set(['completed'])
const SATS = 100_000_000n

/** A cell that begins with two quotes swallows the status behind it. */
function addressIn(text: string): { readonly address: string; readonly swallowed: string | undefined } {
  if (!text.includes('"') && !text.includes(',')) return { address: text, swallowed: undefined }
  const [address = '', swallowed] = text.replaceAll('"', '').split(',', 2)
  return { address, swallowed }
}

function open(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    type: column('transactType'),
    amount: column('amount'),
    fee: column('fee'),
    address: column('address'),
    status: column('transactStatus'),
  }
  return {
    ...clockInOrder(table, column('transactTime'), 'mdy'),
    read(row) {
      const { address, swallowed } = addressIn(row.text(at.address))
      const undone = unlessDone(swallowed ?? row.text(at.status), DONE, 'transactStatus')
      if (undone !== null) return undone
      const type = row.word(at.type)
      const amount = row.needed(at.amount) / SATS
      const fee = row.size(at.fee) / SATS
      switch (type.toLowerCase()) {
        case 'realisedpnl':
          return { ...signed('BTC', amount, 'realised_profit', 'realised_loss'), sourceKind: type }
        case 'funding':
          return { ...signed('BTC', amount, 'funding_in', 'funding_out'), sourceKind: type }
        case 'affiliatepayout':
          return { ...signed('BTC', amount, 'referral', 'clawback'), sourceKind: type }
        case 'deposit':
          return { ...deposit('BTC', amount, false), sourceKind: type }
        case 'withdrawal':
          return {
            ...withdrawal('BTC', amount, false, feeLegs('BTC', fee, 'out')),
            sourceKind: type,
            ...present({ toAddress: address }),
          }
        case 'transfer':
          return {
            ...(amount < 0n ? withdrawal : deposit)('BTC', amount, false),
            sourceKind: type,
            counterparty: 'BitMEX',
          }
        default:
          return unknownType(type, 'transactType')
      }
    },
  }
}

export const bitmex = tableSource({
  id: 'bitmex' as SourceId,
  name: 'BitMEX wallet history',
  venue: 'BitMEX',
  version: 1,
  account: { name: 'BitMEX', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'BitMEX: Account → Wallet → Transaction history → Save as CSV.',
  layouts: [
    {
      layout: 'wallet history',
      required: ['transactTime', 'transactType', 'amount', 'fee', 'address', 'transactStatus', 'walletBalance'],
      identity: ['transactTime', 'transactType', 'amount', 'fee', 'address'],
      time: ['transactTime'],
      open,
    },
  ],
})
