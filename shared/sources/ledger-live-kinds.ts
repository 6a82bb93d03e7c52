/** What the operations of one transaction mean together. */
import type { Amount, Money } from '../amount/amount.ts'
import type { ResolvedAsset } from '../assets/resolve.ts'
import type { Kind } from '../events/kinds.ts'
import { type CellProblem, unknownType } from './cells.ts'
import type { EventDraft, LegDraft } from './source-format.ts'
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

/** The event that the rows of one transaction make, or why they make none. There is at least one row. */
export function classifyLedgerGroup(rows: readonly LedgerRow[]): Meaning | CellProblem {
  const sourceKind = [...new Set(rows.map((row) => row.type))].join(' + ')
  if (rows.some((row) => NFT.has(row.type))) {
    return { reason: 'Ledger Live does not say which NFT moved; enter it by hand', column: 'Operation Type' }
  }
  for (const row of rows) if (DOINGS[row.type] === undefined) return unknownType(row.type, 'Operation Type')
  if (rows.some((row) => row.failed)) {
    // What fails on a chain of unspent outputs never stood in a block, and cost nothing.
    const paid = payers(rows).filter((row) => !UNSPENT_OUTPUTS.has(row.asset.symbol))
    return { kind: paid.length === 0 ? 'informational' : 'failed_fee', legs: paid.map((row) => fee(row)), sourceKind }
  }
  return { ...meaning(rows), sourceKind }
}

const fee = (row: LedgerRow, on?: 'out'): LegDraft => ({
  role: 'fee',
  asset: { symbol: row.symbol },
  amount: row.fee,
  ...(on === undefined ? {} : { for: on }),
})

/** Rows that pay a fee in their own coin: those of type FEES, or else those that send or act. */
function payers(rows: readonly LedgerRow[]): readonly LedgerRow[] {
  const feeRows = rows.filter((row) => row.type === 'FEES')
  const chosen =
    feeRows.length > 0
      ? feeRows
      : rows.filter((row) => row.type !== 'IN' && !isReward(row) && row.asset.kind !== 'token')
  return chosen
    .map((row) => (row.fee === 0n && row.type === 'FEES' ? { ...row, fee: row.amount } : row))
    .filter((row) => row.fee > 0n)
}

const isReward = (row: LedgerRow): boolean => DOINGS[row.type] === 'reward'

const moved = (row: LedgerRow, role: LegDraft['role'], amount: bigint): LegDraft => ({
  role,
  asset: { symbol: row.symbol },
  amount: amount as Amount,
  ...(row.value === null || row.value.amount === 0n || amount !== row.amount ? {} : { value: row.value }),
})

function meaning(rows: readonly LedgerRow[]): Meaning {
  const paid = payers(rows)
  const warnings: string[] = []
  const legs: LegDraft[] = []
  const outs: LedgerRow[] = []
  const ins: LedgerRow[] = []
  const kinds = new Set<Kind>()
  for (const row of rows) {
    const doing = DOINGS[row.type] as Doing
    if (doing === 'out') {
      const paysItself = paid.some((payer) => payer.row === row.row)
      const sent = paysItself ? row.amount - row.fee : row.amount
      if (sent < 0n) warnings.push('the fee is larger than the amount that includes it')
      if (sent > 0n) {
        legs.push(moved(row, 'out', sent))
        outs.push(row)
      }
    } else if (doing === 'in' && row.amount > 0n) {
      legs.push(moved(row, 'in', row.amount))
      ins.push(row)
    } else if (doing === 'reward') {
      legs.push(moved(row, 'in', row.amount))
      kinds.add('staking_reward')
    } else if (doing === 'lock' || doing === 'unlock') {
      if (row.amount > 0n) legs.push(moved(row, 'info', row.amount))
      kinds.add(doing === 'lock' ? 'stake_lock' : 'stake_unlock')
    } else {
      if (FEE_KINDS[row.type] !== undefined) kinds.add(FEE_KINDS[row.type] as Kind)
      if (row.amount > row.fee && !COUNTS.has(row.type))
        warnings.push(
          `${row.type} states more than its fee, and Ledger Live does not say what became of the rest: only the fee was read`,
        )
    }
  }
  const isSent = outs.length > 0
  legs.push(...paid.map((row) => fee(row, isSent ? 'out' : undefined)))
  return {
    kind: kindOf(outs, ins, kinds, paid.length > 0),
    legs: legs.toSorted((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role)),
    ...(warnings.length === 0 ? {} : { warnings }),
  }
}

const ORDER: readonly LegDraft['role'][] = ['out', 'in', 'info', 'fee']

function kindOf(outs: readonly LedgerRow[], ins: readonly LedgerRow[], others: ReadonlySet<Kind>, paid: boolean): Kind {
  if (outs.length > 0 && ins.length > 0) {
    const given = new Set(outs.map((row) => row.asset.asset))
    return ins.every((row) => given.has(row.asset.asset)) ? 'self_send' : 'trade'
  }
  if (others.has('staking_reward')) return 'staking_reward'
  if (outs.length > 0) return 'unmatched_out'
  if (ins.length > 0) return 'unmatched_in'
  const [other] = others
  return other ?? (paid ? 'network_fee' : 'informational')
}
