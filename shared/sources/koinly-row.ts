/** One row of any of Koinly's layouts to the legs of its event. */
import type { Amount } from '../amount/amount.ts'
import type { DecimalMark } from '../amount/source-number.ts'
import { assetResolver } from '../assets/resolve.ts'
import type { Instant, SourceId } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { amountIn, type CellProblem, isProblem, moneyIn, size, sizeOfMoney, symbolIn } from './cells.ts'
import { shared } from './identity.ts'
import { isIgnoredLabel, kindOfLabel, remarkOfLabel } from './koinly-labels.ts'
import type { EventDraft, LegDraft, Writable } from './source-format.ts'
import { depositKind, tradeKind, withdrawalKind } from './trade-kind.ts'
import { bothWords, remembered } from './word-table.ts'

/** The cells of a row by their meaning; empty where a layout has none. */
export interface KoinlyCells {
  readonly sent: string
  readonly sentSymbol: string
  readonly sentWallet: string
  readonly received: string
  readonly receivedSymbol: string
  readonly receivedWallet: string
  readonly fee: string
  readonly feeSymbol: string
  readonly worth: string
  readonly worthCurrency: string
  /** Of an export: `buy`, `transfer` …; folded. */
  readonly type: string
  readonly label: string
}

type KoinlyEvent = Writable<Pick<EventDraft, 'kind' | 'legs' | 'sourceKind' | 'warnings'>>

interface Side {
  readonly amount: Amount
  readonly symbol: string
  readonly isFiat: boolean
  readonly asset: string
  readonly wallet: LegDraft['account']
}

const TYPES = new Set([
  '',
  'buy',
  'sell',
  'exchange',
  'trade',
  'transfer',
  'deposit',
  'withdrawal',
  'fiat deposit',
  'fiat withdrawal',
  'crypto deposit',
  'crypto withdrawal',
])

/** Reads rows of a file with this decimal mark. */
export function koinlyRowReader(mark: DecimalMark): (cells: KoinlyCells, time: Instant) => KoinlyEvent | CellProblem {
  const resolve = assetResolver('koinly' as SourceId)

  /** Koinly names unlisted assets by its own numbers: `ID:81473`, `NULL1`. They stay apart from every ticker. */
  const side = (
    text: string,
    symbolText: string,
    wallet: string,
    column: string,
    time: Instant,
  ): Side | null | CellProblem => {
    const amount = amountIn(text, `${column} Amount`, mark)
    if (isProblem(amount)) return amount
    if (amount === null || amount === 0n) return null
    const symbol = symbolIn(symbolText, `${column} Currency`)
    if (isProblem(symbol)) return symbol
    const { kind, asset } = resolve({ symbol }, time)
    return {
      amount: size(amount),
      symbol: shared(symbol),
      isFiat: kind === 'fiat',
      asset,
      wallet: wallet === '' ? undefined : { name: shared(wallet), kind: 'manual' },
    }
  }

  return (cells, time) => {
    const sent = side(cells.sent, cells.sentSymbol, cells.sentWallet, 'Sent', time)
    if (isProblem(sent)) return sent
    const received = side(cells.received, cells.receivedSymbol, cells.receivedWallet, 'Received', time)
    if (isProblem(received)) return received
    if (isNegative(cells.received)) {
      return { reason: 'what was received is negative', column: 'Received Amount' }
    }
    const fee = side(cells.fee, cells.feeSymbol, cells.sentWallet || cells.receivedWallet, 'Fee', time)
    if (isProblem(fee)) return fee
    const worth = moneyIn(cells.worth, 'Net Worth Amount', mark)
    if (isProblem(worth)) return worth
    if (!isKnownType(cells.type)) {
      return { reason: `the type “${cells.type.slice(0, 40)}” is not known to this reader`, column: 'Type' }
    }
    const value =
      worth === null || worth === 0n || cells.worthCurrency === ''
        ? undefined
        : { amount: sizeOfMoney(worth), currency: shared(cells.worthCurrency) }
    const event = eventOf(sent, received, fee, value, cells)
    if ('reason' in event) return event
    const { type, label } = cells
    if (type !== '' || label !== '') {
      event.sourceKind = type === '' ? shared(label) : label === '' ? shared(type) : bothWords(type, label)
    }
    return event
  }
}

const isKnownType = remembered((type) => TYPES.has(type.replaceAll('_', ' ')))

/** Does the amount begin with a minus, or a parenthesis? */
function isNegative(text: string): boolean {
  const first = text.charCodeAt(0)
  return first === 0x2d || first === 0x28 || first === 0x2212
}

/** `on`: what a fee was charged on. */
function leg(role: LegDraft['role'], side: Side, value?: LegDraft['value'], on?: LegDraft['for']): Writable<LegDraft> {
  const made: Writable<LegDraft> = { role, asset: { symbol: side.symbol }, amount: side.amount }
  if (side.wallet !== undefined) made.account = side.wallet
  if (value !== undefined) made.value = value
  if (on !== undefined) made.for = on
  return made
}

function eventOf(
  sent: Side | null,
  received: Side | null,
  fee: Side | null,
  value: LegDraft['value'],
  cells: KoinlyCells,
): KoinlyEvent | CellProblem {
  const ignored = isIgnoredLabel(cells.label)
  if (sent === null && received === null) {
    if (fee === null) return { reason: 'neither side has an amount', column: 'Sent Amount' }
    return { kind: ignored ? 'ignored' : 'network_fee', legs: [leg(ignored ? 'info' : 'fee', fee)] }
  }
  if (sent !== null && received !== null) {
    if (!ignored && isTransfer(sent, received, cells)) return transfer(sent, received, fee)
    const named = kindOfLabel(cells.label, 'trade')
    const kind: Kind = ignored ? 'ignored' : (named ?? tradeKind(sent.isFiat, received.isFiat))
    const worth = sent.isFiat || received.isFiat ? undefined : value
    const [out, into] = [leg('out', sent, worth), leg('in', received, worth)]
    const legs = fee === null ? [out, into] : [out, into, leg('fee', fee, undefined, 'out')]
    return withLabel(kind, legs, named, cells.label, ignored)
  }
  const side = (sent ?? received) as Side
  const role = sent === null ? 'in' : 'out'
  const named = kindOfLabel(cells.label, role)
  const plain = role === 'in' ? depositKind(side.isFiat) : withdrawalKind(side.isFiat)
  const kind: Kind = ignored ? 'ignored' : (named ?? plain)
  const moved = leg(roleOf(kind, role), side, side.isFiat ? undefined : value)
  const legs = fee === null ? [moved] : [moved, leg('fee', fee, undefined, role)]
  return withLabel(kind, legs, named, cells.label, ignored)
}

/** The part that a single side plays in an event of this kind. */
function roleOf(kind: Kind, side: 'in' | 'out'): LegDraft['role'] {
  // Units that Koinly put into a pool of its own never left the person: they stay in the books where they are.
  if (kind === 'stake_lock' || kind === 'stake_unlock') return 'info'
  if (kind === 'derivative_fee') return 'fee'
  return kind === 'fee_rebate' ? 'rebate' : side
}

/** A label that is not known stays visible instead of being guessed at. */
function withLabel(
  kind: Kind,
  legs: LegDraft[],
  named: Kind | null | undefined,
  label: string,
  ignored: boolean,
): KoinlyEvent {
  if (ignored) return { kind, legs: legs.map(({ role: _, for: __, ...rest }) => ({ role: 'info', ...rest })) }
  if (named === null) return { kind, legs }
  const remark = remarkOfLabel(label)
  if (named !== undefined) return remark === undefined ? { kind, legs } : { kind, legs, warnings: [remark] }
  return {
    kind,
    legs,
    warnings: [`the label “${label.slice(0, 40)}” is not known to this reader; it was read without it`],
  }
}

/** The source states both sides of a move of one asset between two wallets. */
const isTransfer = (sent: Side, received: Side, cells: KoinlyCells): boolean =>
  sent.asset === received.asset &&
  (cells.type === 'transfer' || (sent.wallet !== undefined && sent.wallet.name !== received.wallet?.name))

function transfer(sent: Side, received: Side, fee: Side | null): KoinlyEvent {
  const lost = sent.amount - received.amount
  const legs = [leg('out', sent), leg('in', received)]
  if (lost < 0n) {
    const warnings = ['more arrived than was sent: both sides are kept as they are stated']
    return { kind: 'transfer', legs: [...legs, ...(fee === null ? [] : [leg('fee', fee, undefined, 'out')])], warnings }
  }
  const explains = fee !== null && fee.asset === sent.asset && fee.amount === lost
  if (lost > 0n) legs.push({ ...leg('fee', { ...sent, amount: lost as Amount }, undefined, 'out'), included: true })
  if (fee !== null && !explains) legs.push(leg('fee', fee, undefined, 'out'))
  return { kind: 'transfer', legs }
}
