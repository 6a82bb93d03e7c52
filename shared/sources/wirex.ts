/**
 * Wirex's statement of an account. Facts:
 * - The second column, which says what happened, has no name; the amount has its unit in the cell and is signed.
 * - An exchange is a row in the statement of each of its two currencies, of which each stands alone here.
 * - Times are day first, without a zone: asked.
 */
import type { SourceId } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { called } from './facts.ts'
import { deposit, leg, signed, withdrawal } from './legs.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered } from './word-table.ts'
import { readWrittenTime } from './written-times.ts'

const REWARD = /cryptoback|cashback|x-?tras|reward|bonus/i
const EXCHANGE = /exchange/i
const PURCHASE = /purchase|payment|merchant|card|atm/i
const CROSSING = /top ?up|add funds|deposit|received?|withdraw|sent|send|transfer/i

/** What the words of a row mean; null where nobody has told us. */
const meaningOf = remembered((what) => {
  if (REWARD.test(what)) return 'reward'
  if (EXCHANGE.test(what)) return 'exchange'
  if (PURCHASE.test(what)) return 'purchase'
  return CROSSING.test(what) ? 'crossing' : null
})

function open({ column, context }: OpenTable): RowReader {
  const numberAt = column('#')
  const at = { what: { at: numberAt.at + 1, name: 'column 2' }, amount: column('Amount') }
  return {
    time: (text) => readWrittenTime(text, 'dmy', context.zone),
    read(row) {
      const what = row.word(at.what)
      const { symbol, amount } = row.neededGlued(at.amount)
      const isOut = amount < 0n
      const meaning = meaningOf(what)
      if (meaning === 'reward') return called(signed(symbol, amount, 'cashback', 'clawback'), what)
      if (meaning === 'exchange') {
        const warning = 'the other side of this exchange stands in the statement of the other currency'
        return {
          kind: 'trade',
          legs: [leg(isOut ? 'out' : 'in', symbol, amount)],
          sourceKind: what,
          warnings: [warning],
        }
      }
      if (meaning === 'purchase')
        return {
          kind: isOut ? 'spend' : 'refund_in',
          legs: [leg(isOut ? 'out' : 'in', symbol, amount)],
          sourceKind: what,
        }
      if (meaning === 'crossing')
        return called((isOut ? withdrawal : deposit)(symbol, amount, row.isFiat(symbol)), what)
      return unknownType(what, 'column 2')
    },
  }
}

export const wirex = tableSource({
  id: 'wirex' as SourceId,
  name: 'Wirex statement',
  venue: 'Wirex',
  version: 1,
  account: { name: 'Wirex', kind: 'exchange' },
  zone: 'ask',
  howToGet: 'Wirex: each account → Statement → CSV, from the first day.',
  layouts: [
    {
      layout: 'statement',
      required: ['#', 'Time', 'Amount', 'Available'],
      fits: ({ names }) => names[names.findIndex((name) => name.trim() === '#') + 1]?.trim() === '',
      identity: ['Time', 'Amount'],
      time: ['Time'],
      open,
    },
  ],
})
