/** One row of Coinbase's transaction history to the legs of its event. */
import { type Amount, MONEY_DIGITS, type Money, ONE_UNIT } from '../amount/amount.ts'
import { mulDiv } from '../amount/arithmetic.ts'
import type { ResolvedAsset } from '../assets/resolve.ts'
import type { Kind } from '../events/kinds.ts'
import { type CellProblem, size, sizeOfMoney, unknownType } from './cells.ts'
import { type OtherSide, readConversion, readReceivedFrom, readSentTo, readTrade } from './coinbase-notes.ts'
import { coinbaseMeaning } from './coinbase-types.ts'
import type { EventDraft, LegDraft, Writable } from './source-format.ts'
import { depositKind, tradeKind, withdrawalKind } from './trade-kind.ts'
import { remembered } from './word-table.ts'

/** A row's cells as values. Money is in `currency`, with its sign left out. */
export interface CoinbaseRow {
  readonly type: string
  readonly symbol: string
  readonly asset: ResolvedAsset
  readonly quantity: Amount
  readonly currency: string
  readonly subtotal: Money | null
  readonly total: Money | null
  readonly fees: Money | null
  readonly note: string
  /** Looks up another asset at the row's time. */
  readonly resolve: (symbol: string) => ResolvedAsset
}

export type CoinbaseEvent = Pick<
  EventDraft,
  'kind' | 'legs' | 'warnings' | 'counterparty' | 'toAddress' | 'fromAddress' | 'note'
>

/** Half of an event that stands on two rows. */
export interface CoinbaseHalf {
  readonly half: 'out' | 'in'
  readonly kind: Kind
  readonly seconds: number
  readonly leg: LegDraft
  /** What the row is where no other half turns up. */
  readonly alone: CoinbaseEvent
  /** Received ether can be the other half of staked ether sent in the same second; mostly it is not. */
  readonly isPerhaps?: true
  readonly warnings?: readonly string[]
}

const UNIT_PER_MONEY = ONE_UNIT / 10n ** BigInt(MONEY_DIGITS)
const asUnits = (money: Money): Amount => (money * UNIT_PER_MONEY) as Amount
/** Two hundredths of a currency unit: more than rounding can explain. */
const ROUNDING = 2n * 10n ** BigInt(MONEY_DIGITS - 2)

const coin = (row: CoinbaseRow, role: LegDraft['role']): Writable<LegDraft> => ({
  role,
  asset: { symbol: row.symbol },
  amount: size(row.quantity),
})

/** The same with what it was worth, as the subtotal says. */
function valuedCoin(row: CoinbaseRow, role: LegDraft['role']): LegDraft {
  const made = coin(row, role)
  const { subtotal, currency } = row
  if (subtotal !== null && subtotal !== 0n && currency !== '') made.value = { amount: subtotal, currency }
  return made
}

/** The event that a row makes, half of one, or why it makes none. */
export function readCoinbaseRow(row: CoinbaseRow): CoinbaseEvent | CoinbaseHalf | CellProblem {
  const meaning = coinbaseMeaning(row.type)
  if (meaning === undefined) return unknownType(row.type, 'Transaction Type')
  const isFiat = row.asset.kind === 'fiat'
  switch (meaning.as) {
    case 'buy':
    case 'sell':
      return trade(row, meaning.as)
    case 'convert':
      return conversion(row)
    case 'send':
      return sent(row)
    case 'receive':
      return received(row)
    case 'internal':
      return { kind: 'custody_move', legs: [coin(row, 'info')] }
    case 'pair': {
      const half = row.quantity < 0n ? 'out' : 'in'
      const leg = valuedCoin(row, half)
      const alone = { kind: meaning.kind, legs: [leg], warnings: ['its other half is not in this file'] }
      return { half, kind: meaning.kind, seconds: meaning.seconds, leg, alone }
    }
    default: {
      const stable = meaning.kind === 'staking_reward' && row.symbol === 'USDC'
      const kind = isFiat ? (meaning.money ?? meaning.kind) : stable ? 'lending_interest' : meaning.kind
      const role = kind === 'fee_rebate' ? 'rebate' : meaning.as
      const made: Writable<CoinbaseEvent> = { kind, legs: [isFiat ? coin(row, role) : valuedCoin(row, role)] }
      if (meaning.counterparty !== undefined) made.counterparty = meaning.counterparty
      return made
    }
  }
}

/** Money paid or received before fees, and the fees: from the columns, or from the note where it quotes another asset. */
function sides(
  row: CoinbaseRow,
  as: 'buy' | 'sell',
): { symbol: string; gross: Amount; fee: Amount; warnings: string[] } | null {
  const noted = row.currency === '' ? null : readTrade(row.note, row.currency)
  if (noted !== null) {
    const { symbol, amount } = noted.quote
    if (noted.rate === null) return { symbol, gross: amount, fee: 0n as Amount, warnings: [] }
    const gross = mulDiv(size(row.quantity), noted.rate, ONE_UNIT) as Amount
    const fee = size((gross - amount) as Amount)
    return { symbol, gross: (as === 'buy' ? amount - fee : amount + fee) as Amount, fee, warnings: [] }
  }
  const fees = row.fees ?? (0n as Money)
  const byTotal = row.total === null ? null : ((as === 'buy' ? row.total - fees : row.total + fees) as Money)
  const gross = byTotal ?? row.subtotal
  if (gross === null || row.currency === '') return null
  const apart = row.subtotal === null ? 0n : sizeOfMoney((gross - row.subtotal) as Money)
  const warnings = apart > ROUNDING ? ['total, subtotal and fees contradict each other; the total was taken'] : []
  return { symbol: row.currency, gross: asUnits(gross), fee: asUnits(fees), warnings }
}

function trade(row: CoinbaseRow, as: 'buy' | 'sell'): CoinbaseEvent | CellProblem {
  const found = sides(row, as)
  if (found === null) return { reason: 'neither a total nor a subtotal says what was paid', column: 'Total' }
  if (found.gross < 0n) return { reason: 'the fees are larger than the total', column: 'Fees' }
  const other = row.resolve(found.symbol).kind === 'fiat'
  const isFiat = row.asset.kind === 'fiat'
  const quote: LegDraft = { role: as === 'buy' ? 'out' : 'in', asset: { symbol: found.symbol }, amount: found.gross }
  const role = as === 'buy' ? 'in' : 'out'
  const base = other || isFiat ? coin(row, role) : valuedCoin(row, role)
  const legs = as === 'buy' ? [quote, base] : [base, quote]
  if (found.fee !== 0n) {
    legs.push({ role: 'fee', asset: { symbol: found.symbol }, amount: found.fee, for: as === 'buy' ? 'out' : 'in' })
  }
  const kind = as === 'buy' ? tradeKind(other, isFiat) : tradeKind(isFiat, other)
  const made: Writable<CoinbaseEvent> = { kind, legs }
  if (found.warnings.length > 0) made.warnings = found.warnings
  return made
}

function conversion(row: CoinbaseRow): CoinbaseEvent | CellProblem {
  const noted = readConversion(row.note)
  if (noted === null) return { reason: 'the note does not say what the conversion bought', column: 'Notes' }
  const bought = row.resolve(noted.to.symbol)
  const target: LegDraft = { role: 'in', asset: { symbol: noted.to.symbol }, amount: noted.to.amount }
  if (bought.asset === row.asset.asset) {
    return { kind: 'stake_lock', legs: [coin(row, 'info')], note: row.note.trim() }
  }
  return {
    kind: tradeKind(row.asset.kind === 'fiat', bought.kind === 'fiat'),
    legs: [row.asset.kind === 'fiat' ? coin(row, 'out') : valuedCoin(row, 'out'), target],
  }
}

function withSide(
  made: Writable<CoinbaseEvent>,
  { address, name }: OtherSide,
  as: 'toAddress' | 'fromAddress',
): CoinbaseEvent {
  if (address !== undefined) made[as] = address
  if (name !== undefined) made.counterparty = name
  return made
}

/** Half of `Send ETH2` with `Receive ETH` of the same second: staked ether that is called ether again. */
const unstaked = (row: CoinbaseRow, half: 'out' | 'in', alone: CoinbaseEvent): CoinbaseHalf => ({
  half,
  kind: 'custody_move',
  seconds: 0,
  leg: coin(row, half),
  alone,
  warnings: ['staked ether comes back under its own name: nothing was exchanged'],
  ...(half === 'in' ? { isPerhaps: true } : {}),
})

function sent(row: CoinbaseRow): CoinbaseEvent | CoinbaseHalf {
  const isFiat = row.asset.kind === 'fiat'
  if (row.symbol === 'ETH2') return unstaked(row, 'out', { kind: 'custody_move', legs: [coin(row, 'info')] })
  const leg = isFiat ? coin(row, 'out') : valuedCoin(row, 'out')
  return withSide({ kind: withdrawalKind(isFiat), legs: [leg] }, readSentTo(row.note), 'toAddress')
}

/** What comes from one of Coinbase's own programmes; null where somebody else sent it. */
const programme = remembered((sender): Kind | null => {
  const name = sender.toLowerCase()
  if (/coinbase earn|learn/.test(name)) return 'learn_reward'
  if (name.includes('coinbase referral')) return 'referral'
  return name.includes('coinbase rewards') ? 'staking_reward' : null
})

function received(row: CoinbaseRow): CoinbaseEvent | CoinbaseHalf {
  const isFiat = row.asset.kind === 'fiat'
  const from = readReceivedFrom(row.note)
  const leg = isFiat ? coin(row, 'in') : valuedCoin(row, 'in')
  if (from.name !== undefined) {
    const kind = programme(from.name)
    if (kind !== null) return { kind, legs: [leg], counterparty: from.name }
  }
  const event = withSide({ kind: depositKind(isFiat), legs: [leg] }, from, 'fromAddress')
  return row.symbol === 'ETH' ? unstaked(row, 'in', event) : event
}
