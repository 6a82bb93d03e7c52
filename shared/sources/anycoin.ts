/**
 * Anycoin's transactions. Facts:
 * - A trade is two rows of one order: `trade payment` (negative) and `trade fill`. There is no fee of its own.
 * - Amounts are signed. Times carry their zone, or are UTC.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { called } from './facts.ts'
import { deposit, signed, withdrawal } from './legs.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered, wordTable } from './word-table.ts'

const CROSSES = new Set(['deposit', 'withdrawal'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  affiliate: 'referral',
  'stake reward': 'staking_reward',
  bonus: 'other_income',
})

const foldType = remembered((type) => type.toLowerCase().replace(/_/g, ' '))

function open({ column }: OpenTable): RowReader {
  const at = {
    time: column('Date'),
    type: column('Type'),
    amount: column('Amount'),
    currency: column('Currency'),
    order: column('Order ID'),
  }
  return {
    read(row) {
      const type = row.word(at.type)
      const folded = foldType(type)
      const symbol = row.symbol(at.currency)
      const amount = row.needed(at.amount)
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      if (folded.startsWith('trade')) {
        const order = row.text(at.order)
        const join = order === '' ? ['trade', row.text(at.time)] : `order.${order}`
        return { join, word: type, parts: [{ symbol, asset, isFiat, amount }] }
      }
      if (CROSSES.has(folded)) return called((amount < 0n ? withdrawal : deposit)(symbol, amount, isFiat), type)
      const income = INCOME[folded]
      if (income === undefined) return unknownType(type, 'Type')
      return called(signed(symbol, amount, income, 'clawback'), type)
    },
  }
}

export const anycoin = tableSource({
  id: 'anycoin' as SourceId,
  name: 'Anycoin transactions',
  venue: 'Anycoin',
  version: 1,
  account: { name: 'Anycoin', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Anycoin: Account → Transactions → Export, CSV, all time.',
  layouts: [
    {
      layout: 'transactions',
      required: ['Date', 'Type', 'Amount', 'Currency', 'Order ID'],
      identity: ['Date', 'Type', 'Amount', 'Currency', 'Order ID'],
      time: ['Date'],
      open,
    },
  ],
})
