/**
 * Bitfinex's ledgers: each change of a balance on a row, what happened as a sentence. Trades and movements
 * (`bitfinex.ts`) hold the same with order ids and addresses: where both are imported, one of each counts. Facts:
 * - The rows of a trade (both sides and the fee) share the second. Moves between wallets stay inside the account.
 * - `#` is the ledger's own id; older files have none. Dates are as in the other files of Bitfinex.
 */
import type { Amount } from '../amount/amount.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { deposit, insideMove, type Meaning, signed, withdrawal } from './legs.ts'
import type { RowCursor } from './row-cursor.ts'
import type { Writable } from './source-format.ts'
import { clockInOrder } from './table-clocks.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'
import { remembered, rememberedPair } from './word-table.ts'

type Sense = 'trade' | 'trade fee' | 'fee' | 'inside' | 'cross' | readonly [comesIn: Kind, goesOut: Kind]

/** Tried in turn against the description in small letters; `begins`: the letters that it must begin with, none where any may stand there. */
const SENTENCES: readonly (readonly [begins: string, pattern: RegExp, sense: Sense])[] = [
  ['t', /^trading (fees?|rebate)/, 'trade fee'],
  ['e', /^exchange .+ for /, 'trade'],
  ['t', /^transfer of /, 'inside'],
  ['', /(withdrawal|deposit) fee/, 'fee'],
  ['cdwb', /^(crypto )?(deposit|withdrawal)|^bitcoin (deposit|withdrawal)|^wire (deposit|withdrawal)/, 'cross'],
  ['cfr', /^(canceled|cancelled|failed|rejected) withdrawal/, ['refund_in', 'balance_correction']],
  ['', /margin funding payment|^interest payment/, ['lending_interest', 'margin_interest']],
  ['', /^earned fees from user|affiliate rebate|^referral/, ['referral', 'clawback']],
  ['', /staking (payment|reward)/, ['staking_reward', 'balance_correction']],
  ['', /^position .*funding cost|funding fee/, ['funding_in', 'funding_out']],
  [
    'psd',
    /^position .*(closed|liquidated)|^settlement|^derivatives? funding event/,
    ['realised_profit', 'realised_loss'],
  ],
  ['us', /^used margin funding charge|^swap/, ['lending_interest', 'margin_interest']],
  ['', /airdrop|^distribution/, ['airdrop', 'clawback']],
]

/** Those that a text with this first letter can fit. */
const sentencesFrom = remembered((letter) =>
  SENTENCES.filter(([begins]) => begins === '' || (letter !== '' && begins.includes(letter))),
)

/** What a description in small letters says; most tell their amounts, so that hardly two are the same. */
function senseOf(description: string): Sense | null {
  for (const [, pattern, sense] of sentencesFrom(description.charAt(0))) if (pattern.test(description)) return sense
  return null
}

/** Each wallet has a balance of its own. */
const balanceIn = rememberedPair((currency, wallet) => `${currency} (${wallet})`)

/** `USTF0` and `BTCF0`: what lies in the wallet of derivatives, and the perpetuals themselves. */
export const isDerivative = (symbol: string): boolean => symbol.endsWith('F0') && /^[A-Z0-9]{2,}F0$/.test(symbol)
export const outOfDerivatives = (symbol: string): string => (isDerivative(symbol) ? symbol.slice(0, -2) : symbol)

/** A row that is an event by itself. */
function alone(
  sense: Exclude<Sense, 'trade' | 'trade fee'>,
  symbol: string,
  amount: Amount,
  isFiat: boolean,
): Writable<Meaning> {
  if (sense === 'inside') return insideMove(symbol, amount)
  if (sense === 'cross') return amount < 0n ? withdrawal(symbol, amount, isFiat) : deposit(symbol, amount, isFiat)
  if (sense === 'fee') return signed(symbol, amount, 'fee_rebate', 'network_fee')
  return signed(symbol, amount, sense[0], sense[1])
}

function open(table: OpenTable): RowReader {
  const { column } = table
  const at = {
    date: column('DATE'),
    description: column('DESCRIPTION'),
    currency: column('CURRENCY'),
    amount: column('AMOUNT'),
    balance: column('BALANCE'),
    wallet: column('WALLET'),
  }
  /** Of the row that was read last, whose balance is asked for then. */
  let amount = 0n as Amount
  let currency = ''
  return {
    ...clockInOrder(table, at.date, 'dmy'),
    balance(row: RowCursor) {
      const balance = row.amountOrNull(at.balance)
      if (balance === null) return null
      return { of: balanceIn(currency, row.text(at.wallet)), balance, change: amount }
    },
    read(row: RowCursor) {
      const description = row.text(at.description)
      currency = row.symbol(at.currency)
      const symbol = outOfDerivatives(currency)
      amount = row.needed(at.amount)
      const sense = senseOf(description.toLowerCase())
      if (sense === null) {
        return { reason: `what “${description.slice(0, 60)}” means is not known to this reader`, column: 'DESCRIPTION' }
      }
      const { asset, kind } = row.asset(symbol)
      const isFiat = kind === 'fiat'
      if (sense === 'trade' || sense === 'trade fee') {
        const isFee = sense === 'trade fee'
        const part = { symbol, asset, isFiat, amount: isFee ? -amount : amount, isFee }
        return { join: ['trade', row.text(at.date)], word: sense, parts: [part] }
      }
      const made = alone(sense, symbol, amount, isFiat)
      made.note = description
      return made
    },
  }
}

const COLUMNS = ['DESCRIPTION', 'CURRENCY', 'AMOUNT', 'BALANCE', 'DATE', 'WALLET']

export const bitfinexLedgers = tableSource({
  id: 'bitfinex-ledgers' as SourceId,
  name: 'Bitfinex ledgers',
  venue: 'Bitfinex',
  version: 2,
  account: { name: 'Bitfinex', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet: 'Bitfinex: Reports → History → Ledgers → Export as CSV, UTC, all time.',
  layouts: [
    {
      layout: 'ledgers',
      required: COLUMNS,
      optional: ['#'],
      id: ['#'],
      identity: ['CURRENCY', 'AMOUNT', 'DATE', 'WALLET'],
      time: ['DATE'],
      record: 'ledger entry',
      open,
    },
  ],
})
