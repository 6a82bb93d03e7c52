/**
 * KuCoin's account history: each change of a balance on a row, by itself a full ledger. It repeats what all other files of the
 * archive hold, so that it is for those who import nothing else. Facts:
 * - `Side` gives the sign (Deposit, Withdrawal), `Remark` the meaning, `Type` (younger files) more of it.
 * - Rows of one trade, and of one conversion of dust to KCS, share only the second. `Amount` is what the balance changed
 *   by; the fee is inside of it.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { called } from './facts.ts'
import { kucoinTime, unlessEmpty } from './kucoin-rows.ts'
import { deposit, feeLegs, insideMove, signed, together, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import { clockOf, withoutOffset, zoneUnlessNamed } from './table-clocks.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { movedAndFee, partsOf } from './wallet-rows.ts'
import { remembered, rememberedPair } from './word-table.ts'

type LedgerMeaning = 'trade' | 'dust' | 'inside' | 'cross' | readonly [comesIn: Kind, goesOut: Kind]

/** Tried in turn against type and remark in small letters. */
const MEANINGS: readonly (readonly [words: RegExp, meaning: LedgerMeaning])[] = [
  [/dust/, 'dust'],
  [/distribution|airdrop/, ['airdrop', 'clawback']],
  [/kcs bonus|dividend/, ['other_income', 'clawback']],
  [/rebate|kickback|discount/, ['fee_rebate', 'balance_correction']],
  [/referral|invit|bonus/, ['referral', 'clawback']],
  [/staking|pool-x reward|profits/, ['staking_reward', 'balance_correction']],
  [/interest|earn income|lending/, ['lending_interest', 'margin_interest']],
  [/transfer|internal|earn subscription|earn redemption|subscri|redeem/, 'inside'],
  [/exchange|trade|spot|convert|order/, 'trade'],
  [/deposit|withdraw/, 'cross'],
]

/** What type and remark of a row mean; null where nobody has told us. */
const meaningOf = rememberedPair((type, remark): LedgerMeaning | null => {
  const words = `${type} ${remark}`.toLowerCase()
  return MEANINGS.find(([pattern]) => pattern.test(words))?.[1] ?? null
})

const sideOf = remembered((word) => {
  const side = word.toLowerCase()
  if (side === 'deposit' || side === 'in') return 'in'
  return side === 'withdrawal' || side === 'withdraw' || side === 'out' ? 'out' : null
})

/** One for each word, because rows of trades wait for each other by the thousand. */
const factsOf = remembered((sourceKind) => ({ sourceKind }))

function open(table: OpenTable): RowReader {
  const { column, sink } = table
  sink.warn('the account history repeats what the other files of the archive hold: import it alone, or them')
  const at = {
    currency: column('Currency'),
    side: column('Side'),
    amount: column('Amount'),
    fee: column('Fee'),
    time: column('Time'),
    remark: column('Remark'),
    type: column('Type'),
  }
  return {
    time: clockOf(table, at.time, kucoinTime),
    read: unlessEmpty((row: RowCursor) => {
      const side = sideOf(row.text(at.side))
      if (side === null) return unknownType(row.text(at.side), 'Side')
      const goesOut = side === 'out'
      const symbol = row.symbol(at.currency)
      const size = row.neededSize(at.amount)
      const amount = goesOut ? -size : size
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      const fee = row.size(at.fee)
      const type = row.word(at.type)
      const remark = row.word(at.remark)
      const sourceKind = type === '' ? remark : type
      const meaning = meaningOf(type, remark)
      if (meaning === null) return unknownType(remark || type, 'Remark')
      if (meaning === 'inside') return called(insideMove(symbol, amount), sourceKind)
      if (goesOut && fee > size) return { reason: 'the fee is larger than the amount that includes it', column: 'Fee' }
      if (meaning === 'cross') {
        if (!goesOut) return called(deposit(symbol, size, isFiat), sourceKind)
        const within = feeLegs(symbol, fee, 'out', { included: true })
        return called(withdrawal(symbol, size, isFiat, within), sourceKind)
      }
      if (meaning === 'trade' || meaning === 'dust') {
        return {
          join: [meaning, row.text(at.time)],
          word: meaning,
          parts: movedAndFee(
            { symbol, asset, isFiat, amount },
            fee === 0n || !goesOut ? null : { symbol, asset, isFiat, amount: fee, isFee: true, included: true },
          ),
          facts: factsOf(sourceKind),
        }
      }
      return called(signed(symbol, amount, meaning[0], meaning[1]), sourceKind)
    }),
    together(rows) {
      const isDust = rows.some((row) => row.word === 'dust')
      return together(partsOf(rows), isDust ? 'dust_convert' : undefined)
    },
  }
}

export const kucoinLedger = tableSource({
  id: 'kucoin-ledger' as SourceId,
  name: 'KuCoin account history',
  venue: 'KuCoin',
  version: 1,
  account: { name: 'KuCoin', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'KuCoin: Orders → Export → Billing statement → Account history. It repeats the other files of the archive.',
  plainName: withoutOffset,
  layouts: [
    {
      layout: 'account history',
      required: ['UID', 'Account Type', 'Currency', 'Side', 'Amount', 'Fee', 'Time', 'Remark'],
      optional: ['Type'],
      identity: ['Account Type', 'Currency', 'Side', 'Amount', 'Fee', 'Time'],
      time: ['Time'],
      zone: zoneUnlessNamed,
      open,
    },
  ],
})
