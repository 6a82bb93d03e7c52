/**
 * dYdX: fills, funding payments and transfers of perpetuals, of the old exchange (v3) and the chain (v4). No public sample of the
 * files is known; the columns are those of its interface. Facts:
 * - A fill opens or closes part of a position in a perpetual: it moves no coin. Its fee is paid in USDC (negative: a rebate). The
 *   result of a position is in none of the files, and the file is told so.
 * - Funding payments are signed USDC. Times are ISO, UTC. What happens on the chain itself is exported by stake.tax.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { deposit, feeLegs, insideMove, present, signed, withdrawal } from './legs.ts'
import { unlessDone } from './statuses.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

const COLLATERAL = 'USDC'
const NO_RESULT =
  'fills of perpetuals tell fees, not results: add the realised profits and losses of your positions from dYdX’s own overview'

function openFills({ column, sink }: OpenTable): RowReader {
  const at = {
    market: column('market'),
    side: column('side'),
    size: column('size'),
    price: column('price'),
    fee: column('fee'),
  }
  let told = false
  return {
    read(row) {
      const side = row.word(at.side).toUpperCase()
      if (side !== 'BUY' && side !== 'SELL') return unknownType(row.text(at.side), 'side')
      row.neededSize(at.size)
      if (!told) {
        told = true
        sink.warn(NO_RESULT)
      }
      const legs = feeLegs(COLLATERAL, row.amount(at.fee))
      const note = `${side} ${row.text(at.size)} ${row.text(at.market)} at ${row.text(at.price)}`
      const kind = legs.length === 0 ? 'informational' : legs[0]?.role === 'rebate' ? 'fee_rebate' : 'derivative_fee'
      return { kind, legs, sourceKind: side, note }
    },
  }
}

function openFunding({ column }: OpenTable): RowReader {
  const at = { market: column('market'), payment: column('payment') }
  return {
    read(row) {
      const paid = signed(COLLATERAL, row.needed(at.payment), 'funding_in', 'funding_out')
      return { ...paid, sourceKind: 'funding', note: row.word(at.market) }
    },
  }
}

const DONE = new Set(['confirmed', 'completed'])

function openTransfers({ column }: OpenTable): RowReader {
  const at = {
    type: column('type'),
    symbol: column('symbol', 'creditAsset'),
    size: column('size', 'creditAmount'),
    hash: column('transactionHash'),
    status: column('status'),
  }
  return {
    read(row) {
      const undone = unlessDone(row.text(at.status), DONE, 'status')
      if (undone !== null) return undone
      const type = row.word(at.type)
      const folded = type.toUpperCase()
      const symbol = row.symbol(at.symbol)
      const amount = row.neededSize(at.size)
      const facts = { sourceKind: type, ...present({ hash: row.text(at.hash) }) }
      if (folded === 'TRANSFER_IN' || folded === 'TRANSFER_OUT') return { ...insideMove(symbol, amount), ...facts }
      if (folded === 'DEPOSIT') return { ...deposit(symbol, amount, false), ...facts }
      if (folded !== 'WITHDRAWAL' && folded !== 'FAST_WITHDRAWAL') return unknownType(type, 'type')
      return { ...withdrawal(symbol, amount, false), ...facts }
    },
  }
}

export const dydx = tableSource({
  id: 'dydx' as SourceId,
  name: 'dYdX exports',
  venue: 'dYdX',
  version: 1,
  account: { name: 'dYdX', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'dYdX: Portfolio → History → export of trades, funding payments and transfers, CSV.',
  layouts: [
    {
      layout: 'fills',
      required: ['createdAt', 'market', 'side', 'size', 'price', 'fee'],
      optional: ['id', 'liquidity', 'type', 'marketType', 'createdAtHeight', 'orderId'],
      id: ['id'],
      identity: ['createdAt', 'market', 'side', 'size', 'price'],
      time: ['createdAt'],
      record: 'fill',
      open: openFills,
    },
    {
      layout: 'funding payments',
      required: ['market', 'payment', 'rate', 'price'],
      optional: ['effectiveAt', 'createdAt', 'positionSize'],
      fits: ({ names }) => names.some((name) => /^(?:effectiveAt|createdAt)$/i.test(name.trim())),
      tag: 'funding',
      identity: ['effectiveAt', 'createdAt', 'market', 'payment'],
      time: ['effectiveAt', 'createdAt'],
      open: openFunding,
    },
    {
      layout: 'transfers',
      required: ['createdAt', 'type', 'transactionHash', 'id'],
      optional: [
        'symbol',
        'size',
        'creditAsset',
        'creditAmount',
        'debitAsset',
        'debitAmount',
        'status',
        'sender',
        'recipient',
      ],
      fits: ({ names }) => names.some((name) => /^(?:size|creditAmount)$/i.test(name.trim())),
      id: ['id'],
      tag: 'transfer',
      identity: ['createdAt', 'type', 'symbol', 'size'],
      time: ['createdAt'],
      record: 'transfer',
      open: openTransfers,
    },
  ],
})
