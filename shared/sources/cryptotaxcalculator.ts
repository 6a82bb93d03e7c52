/**
 * Summ, once CryptoTaxCalculator: the advanced CSV, all generations. Facts:
 * - `Base` is what is bought for `buy` and sold for `sell`, `Quote` the other side. Amounts have no sign; fees stand beside.
 * - `From` and `To` name the accounts; one file for each wallet is the vendor’s convention, so that the halves of a transfer
 *   stand in different files: both keep the `ID`, which proves the pair. Halves of a bridge and of liquidity in one wallet are
 *   one event.
 * - Dates are `YYYY-MM-DD` or, older, `dd/mm/yyyy`; UTC.
 */
import type { Money } from '../amount/amount.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import { leg, type Meaning } from './legs.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { documentedClock } from './tool-clocks.ts'
import { joinedHalves, NO_PARTS } from './tool-joins.ts'
import { sideIn, toolMeaning, type WalletSide, walletNamed } from './tool-rows.ts'
import { foldWord, vocabulary } from './tool-words.ts'
import { wordTable } from './word-table.ts'

const WORDS = vocabulary({
  in: {
    staking: 'staking_reward',
    'swap in': 'migration',
    gift: 'gift_in',
    'return lp token': 'lp_remove',
  },
  out: { 'return lp token': 'lp_remove', 'swap out': 'migration' },
  both: { mint: 'nft_mint', 'bridge trade in': 'bridge_trade', 'bridge trade out': 'bridge_trade' },
  plain: ['bridge trade in', 'bridge trade out'],
})

const INCOMING = new Set([
  ...[
    'buy',
    'fiat deposit',
    'receive',
    'transfer in',
    'chain split',
    'income',
    'interest',
    'mining',
    'airdrop',
    'staking',
  ],
  ...[
    'staking reward',
    'staking withdrawal',
    'cashback',
    'royalty',
    'royalties',
    'incoming gift',
    'gift',
    'borrow',
    'loan',
  ],
  ...[
    'realized profit',
    'bridge in',
    'bridge trade in',
    'mint',
    'collateral withdrawal',
    'remove liquidity',
    'fee refund',
  ],
  ...['receive lp token', 'spam', 'in', 'rebate', 'incoming', 'swap in'],
])
const OUTGOING = new Set([
  ...['sell', 'fiat withdrawal', 'fee', 'send', 'transfer out', 'expense', 'stolen', 'lost', 'burn', 'staking deposit'],
  ...['personal use', 'outgoing gift', 'loan repayment', 'liquidate', 'realized loss', 'margin fee', 'bridge out'],
  ...[
    'bridge trade out',
    'collateral deposit',
    'add liquidity',
    'return lp token',
    'approval',
    'out',
    'outgoing',
    'swap out',
  ],
])

/** Records of positions: nothing moves with them but their fees. */
const POSITIONS: Readonly<Record<string, Kind>> = wordTable({
  'open position': 'perp_open',
  'send pq': 'perp_open',
  'close position': 'perp_close',
  'receive pq': 'perp_close',
})

/** Types that are one event where they share an `ID` and a wallet. */
const GROUPS: Readonly<Record<string, string>> = wordTable({
  'bridge in': 'bridge',
  'bridge out': 'bridge',
  'bridge trade in': 'bridge',
  'bridge trade out': 'bridge',
  'swap in': 'swap',
  'swap out': 'swap',
  'add liquidity': 'add liquidity',
  'receive lp token': 'add liquidity',
  'remove liquidity': 'remove liquidity',
  'return lp token': 'remove liquidity',
})

const TOLD = { amount: 'Base Amount', type: 'Type' } as const

const plainName = (name: string): string => name.replace(/\s*\(optional\)\s*$/i, '')

function open(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    time: column('Timestamp (UTC)'),
    type: column('Type'),
    base: column('Base Currency'),
    baseAmount: column('Base Amount'),
    quote: column('Quote Currency'),
    quoteAmount: column('Quote Amount'),
    fee: column('Fee Currency'),
    feeAmount: column('Fee Amount'),
    from: column('From'),
    to: column('To'),
    id: column('ID'),
    note: column('Description'),
    price: column('Reference Price Per Unit'),
    priceCurrency: column('Reference Price Currency'),
  }

  const side = (
    row: RowCursor,
    amountAt: Column,
    symbolAt: Column,
    wallet: string,
    isReceived = false,
  ): Writable<WalletSide> | null => {
    const amount = isReceived ? row.receipt(amountAt) : row.size(amountAt)
    return amount === 0n ? null : sideIn(row.symbol(symbolAt), amount, wallet)
  }

  return {
    ...documentedClock(table, at.time, 'dmy'),
    read(row): Verdict {
      const type = row.word(at.type)
      const folded = foldWord(type)
      const from = row.text(at.from)
      const to = row.text(at.to)
      if (folded.startsWith('failed') || folded === 'approval') return unmoved(row, type, feeKindOf(folded))
      const position = POSITIONS[folded]
      if (position !== undefined) return unmoved(row, type, { kind: position, without: position })
      const comesIn = INCOMING.has(folded)
      if (!comesIn && !OUTGOING.has(folded)) {
        if (folded !== 'trade' && folded !== 'unknown' && folded !== '') return unknownType(type, 'Type')
        return { reason: `“${type}” does not say which way it went: give it a type of its own`, column: 'Type' }
      }
      const own = comesIn ? to || from : from || to
      const base = side(row, at.baseAmount, at.base, own, comesIn)
      const quote = side(row, at.quoteAmount, at.quote, comesIn ? from || to : to || from)
      const fee = side(row, at.feeAmount, at.fee, own)
      if (base !== null && quote === null && !row.isFiat(base.symbol)) addValue(row, base)
      const [sent, received] = comesIn ? [quote, base] : [base, quote]
      const made = toolMeaning(row, { sent, received, fee, words: [type] }, WORDS, TOLD)
      if ('reason' in made) return made
      const id = row.text(at.id)
      addFact(made, 'hash', id)
      addFact(made, 'note', row.text(at.note))
      const other = comesIn ? from : to
      if (other !== (comesIn ? to : from)) addFact(made, 'counterparty', other)
      const group = GROUPS[folded]
      if (group === undefined || id === '') return made
      return { join: [group, id, own], word: type, parts: NO_PARTS, facts: made }
    },
    together(rows) {
      const made = joinedHalves(rows)
      if ('reason' in made || rows.length === 1 || !rows.every(({ word }) => word.startsWith('bridge'))) return made
      const kind = made.kind === 'transfer' ? 'bridge' : made.kind === 'trade' ? 'bridge_trade' : made.kind
      return { ...made, kind }
    },
  }

  /** What was worth one unit, times units. */
  function addValue(row: RowCursor, side: Writable<WalletSide>): void {
    const { value } = row.worth(at.price, row.word(at.priceCurrency))
    if (value === undefined) return
    const total = (value.amount * side.amount + UNIT / 2n) / UNIT
    if (total !== 0n) side.value = { amount: total as Money, currency: value.currency }
  }

  /** Nothing moved but the fee. */
  function unmoved(row: RowCursor, type: string, told: Unmoved): Verdict {
    const base = row.size(at.baseAmount)
    const fee = row.size(at.feeAmount)
    const wallet = walletNamed(row.text(at.from) || row.text(at.to))
    const legs = [
      ...(base === 0n ? [] : [{ ...leg('info', row.symbol(at.base), base), ...wallet }]),
      ...(fee === 0n ? [] : [{ ...leg('fee', row.symbol(at.fee), fee), ...wallet }]),
    ]
    const made: Writable<Meaning> = { kind: fee === 0n ? told.without : told.kind, legs, sourceKind: type }
    addFact(made, 'hash', row.text(at.id))
    addFact(made, 'note', row.text(at.note))
    return made
  }
}

interface Unmoved {
  readonly kind: Kind
  /** Where there was not even a fee. */
  readonly without: Kind
}

const feeKindOf = (folded: string): Unmoved => ({
  kind: folded === 'approval' ? 'approval_fee' : 'failed_fee',
  without: 'informational',
})

const UNIT = 10n ** 24n

const REQUIRED = ['Timestamp (UTC)', 'Type', 'Base Currency', 'Base Amount', 'Quote Currency', 'Quote Amount']
const FEE = ['Fee Currency', 'Fee Amount']

export const cryptoTaxCalculator = tableSource({
  id: 'cryptotaxcalculator' as SourceId,
  name: 'Summ (CryptoTaxCalculator)',
  venue: 'Summ',
  version: 1,
  account: { name: 'Summ import', kind: 'manual' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Summ (CryptoTaxCalculator): Transactions → Export → CSV; or your own file after the advanced template.',
  plainName,
  layouts: [
    {
      layout: 'advanced CSV',
      required: [...REQUIRED, ...FEE],
      optional: [
        'From',
        'To',
        'Blockchain',
        'ID',
        'Description',
        'Reference Price Per Unit',
        'Reference Price Currency',
      ],
      identity: [...REQUIRED, ...FEE, 'From', 'To', 'ID'],
      time: ['Timestamp (UTC)'],
      record: 'transaction',
      open,
    },
  ],
})
