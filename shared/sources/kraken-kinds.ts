/** What the rows that share a `refid` mean together. */
import type { Amount } from '../amount/amount.ts'
import type { Kind } from '../events/kinds.ts'
import { unknownType } from './cells.ts'
import type { KrakenRow } from './kraken-ledgers.ts'
import type { EventDraft, LegDraft, Writable } from './source-format.ts'
import { depositKind, tradeKind, withdrawalKind } from './trade-kind.ts'
import { bothWords, wordTable } from './word-table.ts'

type Meaning = Pick<EventDraft, 'kind' | 'legs' | 'sourceKind'> & Pick<EventDraft, 'warnings' | 'counterparty'>
type Refusal = { readonly reason: string; readonly column?: string }

const INTERNAL = new Set([
  'spottostaking',
  'stakingfromspot',
  'stakingtospot',
  'spotfromstaking',
  'migration',
  'allocation',
  'autoallocation',
  'autoallocate',
  'deallocation',
])
const SWAP_TYPES = new Set(['trade', 'spend', 'receive', 'sale', 'settled', 'conversion'])
const INCOME: Readonly<Record<string, Kind>> = wordTable({
  dividend: 'other_income',
  'invite bonus': 'referral',
  reward: 'other_income',
  nft_rebate: 'fee_rebate',
})
/** Fee credits: 1 KFEE pays 0.01 USD of a fee at Kraken, and nothing anywhere else. */
const FEE_CREDIT = 'KFEE'

interface Sum {
  readonly asset: string
  readonly symbol: string
  readonly isFiat: boolean
  amount: bigint
  fee: bigint
}

/** Searched from the front: an event is of few assets. */
function sumByAsset(rows: readonly KrakenRow[]): readonly Sum[] {
  const sums: Sum[] = []
  for (const { asset, symbol, isFiat, amount, fee } of rows) {
    const sum = sums.find((one) => one.asset === asset)
    if (sum === undefined) sums.push({ asset, symbol, isFiat, amount, fee })
    else {
      sum.amount += amount
      sum.fee += fee
    }
  }
  return sums
}

const positive = (value: bigint): Amount => (value < 0n ? -value : value) as Amount

/** `on`: what a fee was charged on. */
function legOf(row: KrakenRow, role: LegDraft['role'], amount: bigint, on?: 'out' | 'in'): LegDraft {
  const isCredit = row.asset === FEE_CREDIT
  const leg: Writable<LegDraft> = {
    role: isCredit ? 'info' : role,
    asset: { symbol: row.symbol },
    amount: positive(amount),
  }
  if (on !== undefined && !isCredit) leg.for = on
  return leg
}

const movement = (row: KrakenRow): LegDraft => legOf(row, row.amount < 0n ? 'out' : 'in', row.amount)
const feeOf = (row: KrakenRow, on?: 'out' | 'in'): LegDraft[] =>
  row.fee === 0n ? [] : [legOf(row, 'fee', row.fee, on)]

/** The event that these rows make, or why they make none. All rows share one `refid`; there is at least one. */
export function classifyKrakenGroup(rows: readonly KrakenRow[]): Meaning | Refusal {
  const first = rows[0] as KrakenRow
  const meaning = rows.some((row) => SWAP_TYPES.has(row.type))
    ? swap(rows)
    : rows.length === 1
      ? single(first)
      : several(rows)
  if ('reason' in meaning) return meaning
  return { ...meaning, sourceKind: first.subtype === '' ? first.type : bothWords(first.type, first.subtype) }
}

function swap(rows: readonly KrakenRow[], kind?: Kind): Meaning {
  const legs: LegDraft[] = []
  const fees: LegDraft[] = []
  let outIsFiat = true
  let inIsFiat = true
  let outs = 0
  let ins = 0
  for (const sum of sumByAsset(rows)) {
    const asset = { symbol: sum.symbol }
    const credit = sum.asset === FEE_CREDIT
    if (sum.amount !== 0n && credit) legs.push({ role: 'info', asset, amount: positive(sum.amount) })
    else if (sum.amount < 0n) {
      legs.unshift({ role: 'out', asset, amount: positive(sum.amount) })
      outIsFiat &&= sum.isFiat
      outs++
    } else if (sum.amount > 0n) {
      legs.push({ role: 'in', asset, amount: positive(sum.amount) })
      inIsFiat &&= sum.isFiat
      ins++
    }
    if (sum.fee !== 0n) {
      const on = sum.amount < 0n ? 'out' : sum.amount > 0n ? 'in' : undefined
      const charged: Writable<LegDraft> = { role: credit ? 'info' : 'fee', asset, amount: sum.fee as Amount }
      if (on !== undefined && !credit) charged.for = on
      fees.push(charged)
    }
  }
  const all = fees.length === 0 ? legs : [...legs, ...fees]
  if (outs === 0 && ins === 0) return { kind: 'network_fee', legs: all }
  if (outs === 0 || ins === 0) {
    const missing = outs === 0 ? 'what was given for it' : 'what was received for it'
    return { kind: kind ?? 'trade', legs: all, warnings: [`${missing} is not in this file`] }
  }
  return { kind: kind ?? tradeKind(outIsFiat, inIsFiat), legs: all }
}

/** A move between pockets of the one account: both halves as legs, a half alone as information, so that nothing is counted twice. */
function internalMove(rows: readonly KrakenRow[]): Meaning {
  const sums = sumByAsset(rows)
  const whole = rows.length > 1 && sums.every((sum) => sum.amount === 0n)
  const legs = rows
    .toSorted((a, b) => (a.amount < b.amount ? -1 : a.amount > b.amount ? 1 : 0))
    .flatMap((row) => [whole ? movement(row) : legOf(row, 'info', row.amount), ...feeOf(row)])
  return { kind: 'custody_move', legs: legs.filter((leg) => leg.amount !== 0n) }
}

const incoming = (row: KrakenRow, kind: Kind): Meaning => ({
  kind,
  legs: [movement(row), ...feeOf(row, row.amount < 0n ? 'out' : 'in')],
})

/** A reward is written gross; its fee is Kraken's commission, kept back out of the reward itself where it fits into it. */
const reward = (row: KrakenRow): Meaning =>
  row.amount < 0n
    ? incoming(row, 'balance_correction')
    : {
        kind: 'staking_reward',
        legs: [
          movement(row),
          ...feeOf(row, 'in').map((fee) =>
            fee.role !== 'fee' || fee.amount > row.amount ? fee : { ...fee, included: true, withheld: true },
          ),
        ],
      }

const feeOnly = (row: KrakenRow, kind: Kind): Meaning => ({ kind, legs: feeOf(row) })

function single(row: KrakenRow): Meaning | Refusal {
  const { type, subtype, amount, fee, isFiat } = row
  if (row.asset === FEE_CREDIT) return { kind: 'informational', legs: [legOf(row, 'info', amount)] }
  if (amount === 0n && fee === 0n) return { kind: 'informational', legs: [] }
  if (type === 'deposit') return amount < 0n ? reversal(row, 'unmatched_out') : incoming(row, depositKind(isFiat))
  if (type === 'withdrawal') return amount > 0n ? reversal(row, 'refund_in') : incoming(row, withdrawalKind(isFiat))
  if (INTERNAL.has(subtype)) return internalMove([row])
  if (type === 'transfer') return transferRow(row)
  if (type === 'staking') return reward(row)
  if (type === 'earn') return earnRow(row)
  if (type === 'margin' || type === 'margin trade') {
    if (amount === 0n) return feeOnly(row, 'derivative_fee')
    return incoming(row, amount < 0n ? 'realised_loss' : 'realised_profit')
  }
  if (type === 'rollover') return amount === 0n ? feeOnly(row, 'margin_interest') : incoming(row, 'margin_interest')
  if (type === 'adjustment') return incoming(row, 'balance_correction')
  if (type === 'credit') return incoming(row, amount < 0n ? withdrawalKind(isFiat) : depositKind(isFiat))
  const income = INCOME[type]
  if (income !== undefined) return incoming(row, amount < 0n ? 'balance_correction' : income)
  return unknownType(type, 'type')
}

/** A failed deposit taken back, or a failed withdrawal returned together with its fee. */
function reversal(row: KrakenRow, kind: Kind): Meaning {
  const returned: LegDraft[] = row.fee === 0n ? [] : [legOf(row, row.amount > 0n ? 'rebate' : 'fee', row.fee)]
  const warnings = [`a ${row.type} with the sign turned round: Kraken undoes an earlier one`]
  return { kind, legs: [movement(row), ...returned], warnings }
}

function transferRow(row: KrakenRow): Meaning | Refusal {
  if (row.subtype === 'spottofutures') return { ...incoming(row, 'unmatched_out'), counterparty: 'Kraken Futures' }
  if (row.subtype === 'spotfromfutures') return { ...incoming(row, 'unmatched_in'), counterparty: 'Kraken Futures' }
  if (row.subtype === 'delistingconversion') return incoming(row, 'forced_convert')
  if (row.subtype === '' || row.subtype === 'airdrop')
    return incoming(row, row.amount < 0n ? 'forced_convert' : 'airdrop')
  return unknownType(`${row.type} / ${row.subtype}`, 'subtype')
}

function earnRow(row: KrakenRow): Meaning | Refusal {
  if (row.subtype === 'reward') return reward(row)
  if (row.subtype === 'airdrop') return incoming(row, 'airdrop')
  if (row.subtype === 'delistingconversion') return incoming(row, 'forced_convert')
  if (row.subtype === '') return row.fee === 0n ? internalMove([row]) : reward(row)
  return unknownType(`${row.type} / ${row.subtype}`, 'subtype')
}

function several(rows: readonly KrakenRow[]): Meaning | Refusal {
  const first = rows[0] as KrakenRow
  const types = new Set(rows.map((row) => row.type))
  const sums = sumByAsset(rows)
  const undone = sums.every((sum) => sum.amount === 0n)
  if (rows.every((row) => INTERNAL.has(row.subtype) || (row.type === 'earn' && row.subtype === '')))
    return internalMove(rows)
  if (types.size === 1 && (first.type === 'deposit' || first.type === 'withdrawal')) {
    if (!undone) return severalMovements(rows, first.type)
    const legs = rows.map((row) => legOf(row, 'info', row.amount))
    return { kind: 'informational', legs, warnings: [`the ${first.type} was undone: nothing moved`] }
  }
  if (types.size === 1 && first.type === 'transfer') {
    if (undone) return internalMove(rows)
    const both = sums.some((sum) => sum.amount < 0n) && sums.some((sum) => sum.amount > 0n)
    if (both) return swap(rows, 'forced_convert')
  }
  const meanings = rows.map(single)
  const refused = meanings.find((meaning) => 'reason' in meaning)
  if (refused !== undefined) return refused
  const understood = meanings.filter((meaning): meaning is Meaning => !('reason' in meaning))
  const kinds = new Set(understood.map((meaning) => meaning.kind))
  if (kinds.size > 1) return swap(rows)
  return { ...(understood[0] as Meaning), legs: understood.flatMap((meaning) => meaning.legs) }
}

/** A withdrawal on several rows (amount and fee apart, or in parts): one movement per asset. */
function severalMovements(rows: readonly KrakenRow[], type: string): Meaning {
  const legs: LegDraft[] = []
  for (const sum of sumByAsset(rows)) {
    const asset = { symbol: sum.symbol }
    const role = sum.amount < 0n ? 'out' : 'in'
    if (sum.amount !== 0n) legs.push({ role, asset, amount: positive(sum.amount) })
    if (sum.fee !== 0n) legs.push({ role: 'fee', asset, amount: sum.fee as Amount, for: role })
  }
  const isFiat = rows.every((row) => row.isFiat)
  return { kind: type === 'deposit' ? depositKind(isFiat) : withdrawalKind(isFiat), legs }
}
