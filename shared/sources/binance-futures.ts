/**
 * Binance's futures transaction history (`Date(UTC),type,Amount,Asset,Symbol,Transaction ID`): results, commissions and
 * funding of derivatives. Moves between spot and futures stay within the account and count nowhere.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { insideMove, leg, type Meaning, signed } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { clockOf, withoutOffset } from './table-clocks.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { wordTable } from './word-table.ts'
import { readShortYear } from './written-times.ts'

const SIGNED: Readonly<Record<string, readonly [Kind, Kind]>> = wordTable({
  REALIZED_PNL: ['realised_profit', 'realised_loss'],
  FUNDING_FEE: ['funding_in', 'funding_out'],
  INSURANCE_CLEAR: ['realised_profit', 'realised_loss'],
  COIN_SWAP_DEPOSIT: ['unmatched_in', 'unmatched_out'],
  COIN_SWAP_WITHDRAW: ['unmatched_in', 'unmatched_out'],
  REFERRAL_KICKBACK: ['fee_rebate', 'balance_correction'],
  COMMISSION_REBATE: ['fee_rebate', 'balance_correction'],
  WELCOME_BONUS: ['referral', 'balance_correction'],
})
const INSIDE = new Set(['TRANSFER', 'DEPOSIT', 'WITHDRAW', 'INTERNAL_TRANSFER', 'CROSS_COLLATERAL_TRANSFER'])

function open(table: OpenTable): RowReader {
  const { column } = table
  const at = { time: column('Date'), type: column('type'), amount: column('Amount'), asset: column('Asset') }
  return {
    time: clockOf(table, at.time, readShortYear),
    read(row: RowCursor) {
      const type = row.word(at.type).toUpperCase()
      const symbol = row.symbol(at.asset)
      const amount = row.needed(at.amount)
      const meaning = meaningOf(type, symbol, amount)
      return meaning === null ? unknownType(type, 'type') : { ...meaning, sourceKind: type }
    },
  }
}

function meaningOf(type: string, symbol: string, amount: bigint): Meaning | null {
  if (INSIDE.has(type)) return insideMove(symbol, amount)
  if (type === 'COMMISSION') {
    const rebate = amount > 0n
    return { kind: rebate ? 'fee_rebate' : 'derivative_fee', legs: [leg(rebate ? 'rebate' : 'fee', symbol, amount)] }
  }
  const kinds = SIGNED[type]
  return kinds === undefined ? null : signed(symbol, amount, kinds[0], kinds[1])
}

const COLUMNS = ['Date', 'type', 'Amount', 'Asset', 'Symbol', 'Transaction ID']

export const binanceFutures = tableSource({
  id: 'binance-futures' as SourceId,
  name: 'Binance futures transactions',
  venue: 'Binance',
  version: 1,
  account: { name: 'Binance', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Binance Futures: Orders → Transaction History → Export.',
  plainName: withoutOffset,
  layouts: [{ layout: 'futures', required: COLUMNS, identity: COLUMNS, time: ['Date'], open }],
})
