/**
 * Gate's account book (“my history”): `no,time,action_desc,action_data,type,change_amount,amount,total`. Facts:
 * - `type` is the currency, `change_amount` is signed, `amount` the balance afterwards. `no` only counts the rows.
 * - Rows of one order share `action_data`: placed (negative), filled (`Order Fullfilled` as well), fees, and what comes back of the
 *   unfilled rest. So do the rows of a dust swap. Fees can be paid in POINT.
 * - Times are in the zone of the account's settings (UTC+8 by default in old files): asked.
 */
import type { SourceId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { called } from './facts.ts'
import { deposit, signed, together, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { partsOf } from './wallet-rows.ts'
import { remembered, wordTable } from './word-table.ts'

const ORDER = new Set([
  'order placed',
  'order filled',
  'order fullfilled',
  'order fulfilled',
  'order cancelled',
  'order canceled',
  'points purchase',
])
const ORDER_FEE = new Set(['trade fee', 'trading fees', 'trading fee'])
const DUST = new Set(['dust swap-small balances deducted', 'dust swap-gt added'])
const CROSSING = new Set(['deposits', 'deposit', 'withdrawals', 'withdrawal', 'withdraw'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  airdrop: 'airdrop',
  'airdrop bonus': 'airdrop',
  'hodl interest': 'lending_interest',
  'interest income': 'lending_interest',
  'referral superior rebate': 'referral',
})

type GateMeaning = 'order' | 'fee' | 'dust' | 'crossing' | { readonly income: Kind }

/** What an action means; null where nobody has told us. */
const meaningOf = remembered((action): GateMeaning | null => {
  const folded = action.toLowerCase()
  if (ORDER_FEE.has(folded)) return 'fee'
  if (DUST.has(folded)) return 'dust'
  if (ORDER.has(folded)) return 'order'
  if (CROSSING.has(folded)) return 'crossing'
  const income = INCOME[folded]
  return income === undefined ? null : { income }
})

function open({ column }: OpenTable): RowReader {
  const at = {
    time: column('time'),
    action: column('action_desc'),
    shared: column('action_data'),
    symbol: column('type'),
    change: column('change_amount'),
  }
  return {
    read(row: RowCursor) {
      const action = row.word(at.action)
      const meaning = meaningOf(action)
      const symbol = row.symbol(at.symbol)
      const amount = row.needed(at.change)
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      if (meaning === null) return unknownType(action, 'action_desc')
      if (meaning === 'order' || meaning === 'fee' || meaning === 'dust') {
        const isFee = meaning === 'fee'
        const join = [meaning === 'dust' ? 'dust' : 'order', row.text(at.shared) || row.text(at.time)]
        return { join, word: action, parts: [{ symbol, asset, isFiat, isFee, amount: isFee ? -amount : amount }] }
      }
      if (meaning === 'crossing') return called((amount < 0n ? withdrawal : deposit)(symbol, amount, isFiat), action)
      return called(signed(symbol, amount, meaning.income, 'balance_correction'), action)
    },
    together(rows) {
      const isDust = rows.some((row) => meaningOf(row.word) === 'dust')
      return together(partsOf(rows), isDust ? 'dust_convert' : undefined)
    },
  }
}

export const gate = tableSource({
  id: 'gate' as SourceId,
  name: 'Gate account book',
  venue: 'Gate',
  version: 1,
  account: { name: 'Gate', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'Gate: Wallet → Billing details (“my history”) → Export, all types, all time.',
  layouts: [
    {
      layout: 'account book',
      required: ['no', 'time', 'action_desc', 'action_data', 'type', 'change_amount', 'amount', 'total'],
      identity: ['time', 'action_desc', 'action_data', 'type', 'change_amount'],
      time: ['time'],
      open,
    },
  ],
})
