/** What the operations of one transaction mean together. */
import type { Amount, Money } from '../amount/amount.ts'
import type { ResolvedAsset } from '../assets/resolve.ts'
import type { Kind } from '../events/kinds.ts'
import { type CellProblem, unknownType } from './cells.ts'
import type { EventDraft, LegDraft, Writable } from './source-format.ts'
import type { SourceTime } from './times.ts'
import { wordTable } from './word-table.ts'

export interface LedgerRow {
  readonly row: number
  readonly identity: string
  readonly type: string
  readonly symbol: string
  readonly asset: ResolvedAsset
  /** Without sign; what goes out includes the fee. */
  readonly amount: Amount
  readonly fee: Amount
  readonly failed: boolean
  readonly value: { readonly amount: Money; readonly currency: string } | null
  readonly time: SourceTime
  readonly timeText: string
  readonly hash: string
  readonly account: string
}

type Meaning = Pick<EventDraft, 'kind' | 'legs' | 'sourceKind' | 'warnings'>
/** What a type does: moves units out or in, earns, costs only its fee, or locks units that stay in the account. */
type Doing = 'out' | 'in' | 'reward' | 'fee' | 'lock' | 'unlock'

const DOINGS: Readonly<Record<string, Doing>> = wordTable({
  OUT: 'out',
  IN: 'in',
  REWARD: 'reward',
  REWARD_PAYOUT: 'reward',
  FEES: 'fee',
  NONE: 'fee',
  REVEAL: 'fee',
  CREATE: 'fee',
  NOMINATE: 'fee',
  CHILL: 'fee',
  VOTE: 'fee',
  OPT_IN: 'fee',
  OPT_OUT: 'fee',
  APPROVE: 'fee',
  SET_CONTROLLER: 'fee',
  ACTIVATE: 'fee',
  REVOKE: 'fee',
  DELEGATE: 'lock',
  REDELEGATE: 'lock',
  BOND: 'lock',
  STAKE: 'lock',
  FREEZE: 'lock',
  LOCK: 'lock',
  SUPPLY: 'lock',
  UNDELEGATE: 'unlock',
  UNBOND: 'unlock',
  UNSTAKE: 'unlock',
  UNFREEZE: 'unlock',
  WITHDRAW_UNBONDED: 'unlock',
  WITHDRAW_EXPIRE_UNFREEZE: 'unlock',
  WITHDRAW: 'unlock',
})
/** Types whose amount is a fee for another row, or counts something else than coins. */
const COUNTS = new Set(['FEES', 'VOTE', 'NONE'])
/** Does what has this type come into the account? */
export const comesIn = (type: string): boolean => DOINGS[type] === 'in' || DOINGS[type] === 'reward'

const FEE_KINDS: Readonly<Record<string, Kind>> = wordTable({ APPROVE: 'approval_fee' })

/** Coins whose chains have no accounts. */
const UNSPENT_OUTPUTS = new Set([
  'BTC',
  'BCH',
  'BTG',
  'LTC',
  'DOGE',
  'DASH',
  'ZEC',
  'DGB',
  'QTUM',
  'RVN',
  'PPC',
  'VTC',
  'KMD',
  'ADA',
])

const NFT = new Set(['NFT_IN', 'NFT_OUT'])

/** What the rows say in one column, each text once; one that is empty says nothing. */
export function distinct(rows: readonly LedgerRow[], of: 'type' | 'account', between: string): string {
  if (rows.length === 1) return (rows[0] as LedgerRow)[of]
  let texts = ''
  const met: string[] = []
  for (const row of rows) {
    const text = row[of]
    if (text === '' || met.includes(text)) continue
    met.push(text)
    texts = texts === '' ? text : `${texts}${between}${text}`
  }
  return texts
}

/** The event that the rows of one transaction make, or why they make none. There is at least one row. */
export function classifyLedgerGroup(rows: readonly LedgerRow[]): Meaning | CellProblem {
  const sourceKind = distinct(rows, 'type', ' + ')
  let hasFailed = false
  let unknown: LedgerRow | null = null
  for (const row of rows) {
    if (NFT.has(row.type)) {
      return { reason: 'Ledger Live does not say which NFT moved; enter it by hand', column: 'Operation Type' }
    }
    if (DOINGS[row.type] === undefined) unknown ??= row
    if (row.failed) hasFailed = true
  }
  if (unknown !== null) return unknownType(unknown.type, 'Operation Type')
  if (hasFailed) {
    // What fails on a chain of unspent outputs never stood in a block, and cost nothing.
    const paid = payers(rows).filter((row) => !UNSPENT_OUTPUTS.has(row.asset.symbol))
    return { kind: paid.length === 0 ? 'informational' : 'failed_fee', legs: paid.map((row) => fee(row)), sourceKind }
  }
  const made = meaning(rows)
  made.sourceKind = sourceKind
  return made
}

function fee(row: LedgerRow, on?: 'out'): LegDraft {
  const made: Writable<LegDraft> = { role: 'fee', asset: { symbol: row.symbol }, amount: row.fee }
  if (on !== undefined) made.for = on
  return made
}

/** The list with one more: lists that are pushed to make room for many, and most have one. */
function added<T>(list: T[], one: T): T[] {
  if (list.length === 0) return [one]
  list.push(one)
  return list
}

/** Rows that pay a fee in their own coin: those of type FEES, or else those that send or act. */
function payers(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  let byFees: LedgerRow[] = []
  let byActing: LedgerRow[] = []
  let hasFees = false
  for (const row of rows) {
    if (row.type === 'FEES') {
      hasFees = true
      if (row.fee > 0n) byFees = added(byFees, row)
      else if (row.fee === 0n && row.amount > 0n) byFees = added(byFees, { ...row, fee: row.amount })
    } else if (row.fee > 0n && row.type !== 'IN' && !isReward(row) && row.asset.kind !== 'token') {
      byActing = added(byActing, row)
    }
  }
  return hasFees ? byFees : byActing
}

const isReward = (row: LedgerRow): boolean => DOINGS[row.type] === 'reward'

function moved(row: LedgerRow, role: LegDraft['role'], amount: bigint): LegDraft {
  const made: Writable<LegDraft> = { role, asset: { symbol: row.symbol }, amount: amount as Amount }
  if (row.value !== null && row.value.amount !== 0n && amount === row.amount) made.value = row.value
  return made
}

function meaning(rows: readonly LedgerRow[]): Writable<Meaning> {
  const paid = payers(rows)
  const warnings: string[] = []
  let legs: LegDraft[] = []
  let outs: LedgerRow[] = []
  let ins: LedgerRow[] = []
  let kinds: Kind[] = []
  for (const row of rows) {
    const doing = DOINGS[row.type] as Doing
    if (doing === 'out') {
      const paysItself = paid.some((payer) => payer.row === row.row)
      const sent = paysItself ? row.amount - row.fee : row.amount
      if (sent < 0n) warnings.push('the fee is larger than the amount that includes it')
      if (sent > 0n) {
        legs = added(legs, moved(row, 'out', sent))
        outs = added(outs, row)
      }
    } else if (doing === 'in' && row.amount > 0n) {
      legs = added(legs, moved(row, 'in', row.amount))
      ins = added(ins, row)
    } else if (doing === 'reward') {
      legs = added(legs, moved(row, 'in', row.amount))
      kinds = added(kinds, 'staking_reward')
    } else if (doing === 'lock' || doing === 'unlock') {
      if (row.amount > 0n) legs = added(legs, moved(row, 'info', row.amount))
      kinds = added(kinds, doing === 'lock' ? 'stake_lock' : 'stake_unlock')
    } else {
      const ofFee = FEE_KINDS[row.type]
      if (ofFee !== undefined) kinds = added(kinds, ofFee)
      if (row.amount > row.fee && !COUNTS.has(row.type))
        warnings.push(
          `${row.type} states more than its fee, and Ledger Live does not say what became of the rest: only the fee was read`,
        )
    }
  }
  const on = outs.length > 0 ? 'out' : undefined
  for (const row of paid) legs = added(legs, fee(row, on))
  if (legs.length > 1) legs.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role))
  const made: Writable<Meaning> = { kind: kindOf(outs, ins, kinds, paid.length > 0), legs }
  if (warnings.length > 0) made.warnings = warnings
  return made
}

const ORDER: readonly LegDraft['role'][] = ['out', 'in', 'info', 'fee']

function kindOf(outs: readonly LedgerRow[], ins: readonly LedgerRow[], others: readonly Kind[], paid: boolean): Kind {
  if (outs.length > 0 && ins.length > 0) {
    const given = new Set(outs.map((row) => row.asset.asset))
    return ins.every((row) => given.has(row.asset.asset)) ? 'self_send' : 'trade'
  }
  if (others.includes('staking_reward')) return 'staking_reward'
  if (outs.length > 0) return 'unmatched_out'
  if (ins.length > 0) return 'unmatched_in'
  const [other] = others
  return other ?? (paid ? 'network_fee' : 'informational')
}
