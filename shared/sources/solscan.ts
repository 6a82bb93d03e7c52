/**
 * Solscan's exports of an account: transfers (today), and the old file of all its changes. Little of them is known for sure. Facts:
 * - Today amounts are whole numbers of the smallest unit, to be divided by 10^`Decimals`; `Flow` says in or out. The coin itself has
 *   a mint of ones, wrapped it ends with a 2: both are SOL. Other tokens are their mint.
 * - Rows of one signature are one event: the ledger joins those of today's file (`transactions.ts`), so that a file may end between
 *   them. Fees are paid for a signature, not for a row; today's file does not have them, the old one repeats them in each row, and
 *   its rows are joined by the reader. A deposit for rent is a small transfer.
 * - The account stands in the name of the file, or is the one that is in every row.
 */
import { AMOUNT_DIGITS, type Amount } from '../amount/amount.ts'
import { parseDecimal } from '../amount/decimal.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { size, unknownType } from './cells.ts'
import { addFact } from './facts.ts'
import { leg, type Meaning, type Part, present } from './legs.ts'
import { ownAddress } from './own-address.ts'
import type { RowCursor } from './row-cursor.ts'
import type { LegDraft, TableHeader, Writable } from './source-format.ts'
import { type JoinedRow, type OpenTable, type RowReader, tableSource, type Verdict } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { movementOf } from './wallet-rows.ts'
import { remembered } from './word-table.ts'
import { readEpoch } from './written-times.ts'

const NATIVE = /^So1{38,40}[12]$/
const CHAIN = 'solana'
const ADDRESSES = ['From', 'To', 'SolTransfer Source', 'SolTransfer Destination']
const ownOf = (header: TableHeader): string | null => ownAddress(header, ADDRESSES, 'solana')
const solanaTime = (text: string): SourceTime | null => readEpoch(text) ?? readTime(text, 'UTC' as ZoneName)

const symbolOf = (mint: string): string => (mint === '' || (mint.startsWith('So1') && NATIVE.test(mint)) ? 'SOL' : mint)

/** A part of SOL, or of the token of a mint. */
function part(mint: string, amount: bigint, more: Partial<Part> = {}): Part {
  const symbol = symbolOf(mint)
  return { symbol, asset: symbol, isFiat: false, amount, ...more }
}

/** What one `Decimals` says, and what it divides by; null where it is no number of decimals. */
const unitOf = remembered((decimals) =>
  /^\d{1,2}$/.test(decimals) ? { places: Number(decimals), unit: 10n ** BigInt(decimals) } : null,
)
const isMove = remembered((action) => MOVES.has(action.toLowerCase().replace(/^(?:activity_)?(?:spl_)?/, '')))
const foldFlow = remembered((flow) => flow.toLowerCase())

/** Legs with the mint as the contract of their token. */
function byMint(made: Meaning): Meaning {
  const named = (one: LegDraft): LegDraft => {
    const { symbol } = one.asset
    return symbol === 'SOL' ? one : { ...one, asset: { symbol, chain: CHAIN, contract: symbol } }
  }
  return { ...made, legs: made.legs.map(named) }
}

/** A transfer of SOL, or of the token of a mint, by itself. */
function oneWay(mint: string, way: 'in' | 'out', amount: bigint): Meaning {
  if (amount === 0n) return { kind: 'informational', legs: [] }
  const symbol = symbolOf(mint)
  const moved = leg(way, symbol, amount)
  const named = symbol === 'SOL' ? moved : { ...moved, asset: { symbol, chain: CHAIN, contract: symbol } }
  return { kind: way === 'in' ? 'unmatched_in' : 'unmatched_out', legs: [named] }
}

const MOVES = new Set(['transfer', 'create_account', 'close_account', 'mint', 'burn', 'transfer_checked'])

function open({ column }: OpenTable): RowReader {
  const at = {
    signature: column('Signature'),
    block: column('Block Time'),
    human: column('Human Time'),
    action: column('Action'),
    from: column('From'),
    to: column('To'),
    amount: column('Amount'),
    flow: column('Flow'),
    decimals: column('Decimals'),
    mint: column('Token Address'),
  }
  const amountOf = (row: RowCursor): bigint => {
    const by = unitOf(row.text(at.decimals))
    if (by === null) row.fail('the number of decimals is missing', at.decimals)
    else if (row.mark === '.' && by.places <= AMOUNT_DIGITS) {
      // The same as the quotient below, without a division.
      const shifted = parseDecimal(row.text(at.amount), AMOUNT_DIGITS - by.places)
      if (typeof shifted === 'bigint') return size(shifted as Amount)
    }
    const raw = row.neededSize(at.amount)
    return by === null ? raw : raw / by.unit
  }
  return {
    timeText: (row) => row.text(at.block) || row.text(at.human),
    time: solanaTime,
    read(row): Verdict {
      const action = row.word(at.action)
      if (!isMove(action)) return unknownType(action, 'Action')
      const flow = foldFlow(row.text(at.flow))
      if (flow !== 'in' && flow !== 'out') return { reason: 'it is neither in nor out', column: 'Flow' }
      const made: Writable<Meaning> = oneWay(row.word(at.mint), flow, amountOf(row))
      made.sourceKind = action
      addFact(made, 'hash', row.text(at.signature))
      if (flow === 'out') addFact(made, 'toAddress', row.text(at.to))
      else addFact(made, 'fromAddress', row.text(at.from))
      return made
    },
  }
}

const NO_ACCOUNT = {
  reason: 'the file does not say which account it is of; give it back the name that Solscan gave it',
  column: 'file name',
}

function openOld({ column, context }: OpenTable): RowReader {
  const own = ownOf(context.header)
  const at = {
    type: column('Type'),
    hash: column('Txhash'),
    unix: column('BlockTime Unix'),
    written: column('BlockTime'),
    fee: column('Fee (SOL)'),
    change: column('ChangeType'),
    changed: column('ChangeAmount'),
    mint: column('TokenAddress'),
    source: column('SolTransfer Source'),
    destination: column('SolTransfer Destination'),
    amount: column('Amount (SOL)'),
  }
  const moved = (row: RowCursor, type: string): Part | { reason: string; column: string } => {
    if (type === 'SPLTRANSFER') {
      const change = row.word(at.change).toLowerCase()
      if (change !== 'inc' && change !== 'dec') return unknownType(row.text(at.change), 'ChangeType')
      const amount = row.neededSize(at.changed)
      return part(row.text(at.mint), change === 'inc' ? amount : -amount)
    }
    if (type !== 'SOLTRANSFER') return unknownType(row.text(at.type), 'Type')
    if (own === null) return NO_ACCOUNT
    const amount = row.neededSize(at.amount)
    return part('', row.text(at.destination) === own ? amount : -amount)
  }
  return {
    timeText: (row) => row.text(at.unix) || row.text(at.written),
    time: solanaTime,
    read(row): Verdict {
      const found = moved(row, row.word(at.type).toUpperCase())
      if ('reason' in found) return found
      const hash = row.text(at.hash)
      const fee = row.size(at.fee)
      const parts = found.amount < 0n && fee !== 0n ? [found, part('', fee, { isFee: true })] : [found]
      return { join: hash, word: row.word(at.type), parts, facts: present({ hash }) }
    },
    together(rows) {
      let hasFee = false
      const once = (one: Part): boolean => {
        if (one.isFee !== true) return true
        const isFirst = !hasFee
        hasFee = true
        return isFirst
      }
      const counted = rows.map((row): JoinedRow => ({ ...row, parts: row.parts.filter(once) }))
      return byMint(movementOf(counted))
    },
  }
}

export const solscan = tableSource({
  id: 'solscan' as SourceId,
  name: 'Solscan exports',
  venue: 'Solscan',
  version: 1,
  account: { name: 'Solana account', kind: 'address' },
  accountOf(header) {
    const own = ownOf(header)
    return own === null ? null : { name: own, kind: 'address' }
  },
  zone: 'UTC' as ZoneName,
  howToGet: 'Solscan: the page of the account → Transfers → Export CSV; keep the name of the file.',
  layouts: [
    {
      layout: 'transfers',
      required: ['Signature', 'Block Time', 'Action', 'From', 'To', 'Amount', 'Flow', 'Decimals', 'Token Address'],
      optional: ['Human Time', 'Value'],
      identity: ['Signature', 'Action', 'From', 'To', 'Amount', 'Flow', 'Token Address'],
      time: ['Block Time', 'Human Time'],
      open,
    },
    {
      layout: 'old export',
      required: ['Type', 'Txhash', 'BlockTime Unix', 'Fee (SOL)', 'ChangeType', 'ChangeAmount', 'TokenAddress'],
      optional: [
        'BlockTime',
        'TokenAccount',
        'PreBalancer',
        'PostBalancer',
        'TokenName(off-chain)',
        'Symbol(off-chain)',
        'SolTransfer Source',
        'SolTransfer Destination',
        'Amount (SOL)',
      ],
      tag: 'old',
      identity: [
        'Type',
        'Txhash',
        'ChangeType',
        'ChangeAmount',
        'TokenAddress',
        'SolTransfer Destination',
        'Amount (SOL)',
      ],
      time: ['BlockTime Unix', 'BlockTime'],
      open: openOld,
    },
  ],
})
