/** How rows of block explorers of one family are read: the chain's own coin, internal transactions, tokens, NFTs. */
import type { Amount } from '../amount/amount.ts'
import type { ZoneName } from '../events/identifiers.ts'
import type { Kind } from '../events/kinds.ts'
import { addFact } from './facts.ts'
import { feeLegs, leg, type Meaning, present } from './legs.ts'
import { ownAddress } from './own-address.ts'
import type { Column, RowCursor } from './row-cursor.ts'
import type { AssetMention, LegDraft, TableHeader, Writable } from './source-format.ts'
import type { OpenTable, RowReader, Verdict } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { foldHash } from './transactions.ts'
import { remembered } from './word-table.ts'
import { readEpoch } from './written-times.ts'

const UTC = 'UTC' as ZoneName
const WEI = 10n ** 18n
const FROM_AND_TO = ['From', 'To', 'TxTo', 'FromAddress', 'ToAddress']

/** The address whose transactions the file lists; null where neither its name nor its rows tell. */
export const ownAddressOf = (header: TableHeader): string | null => ownAddress(header, FROM_AND_TO, 'evm')

/** Seconds since 1970, or the date beside them. */
const explorerTime = (text: string): SourceTime | null => readEpoch(text) ?? readTime(text, UTC)

/** The coin in `Value_IN(ETH)`, `TxnFee(BNB)`. */
export function nativeIn(names: readonly string[]): string | null {
  for (const name of names) {
    const found = /^(?:Value_IN|Value_OUT|TxnFee)\s*\(([A-Za-z0-9]+)\)$/.exec(name.trim())?.[1]
    if (found !== undefined && found.toUpperCase() !== 'USD') return found.toUpperCase()
  }
  return null
}

const isGood = remembered((status) => /^(?:0|ok|success|1)$/i.test(status))
const isError = remembered((error) => /revert|out of gas|bad |error/i.test(error))
const isFailed = (status: string, error: string): boolean =>
  (status !== '' && !isGood(status)) || (error !== '' && isError(error))

const FAILED = { skip: 'it failed, and its fee was paid by another address: nothing was moved' }

const isApproval = remembered((method) => /^(?:approve|set approval)/i.test(method))

/** Kinds of transactions that move nothing but their fee. */
function feeKind(method: string, isOfFailed: boolean): Kind {
  if (isOfFailed) return 'failed_fee'
  return isApproval(method) ? 'approval_fee' : 'network_fee'
}

interface Native {
  readonly coin: string
  readonly comes: bigint
  readonly leaves: bigint
  readonly fee: bigint
  readonly from: string
  readonly to: string
  readonly isOwnFee: boolean
  readonly hasFailed: boolean
  readonly method: string
  readonly hash: string
}

function nativeMeaning({ coin, comes, leaves, fee, from, to, isOwnFee, hasFailed, method, hash }: Native): Verdict {
  const made = (kind: Kind, legs: readonly LegDraft[], side: 'fromAddress' | 'toAddress', address: string): Meaning => {
    const meaning: Writable<Meaning> = { kind, legs }
    addFact(meaning, 'hash', hash)
    addFact(meaning, 'sourceKind', method)
    addFact(meaning, side, address)
    return meaning
  }
  const paid = isOwnFee ? fee : 0n
  if (hasFailed || (comes === 0n && leaves === 0n) || from === to) {
    if (!isOwnFee && from !== to)
      return hasFailed ? FAILED : { skip: 'another address called this one: nothing was moved' }
    return made(feeKind(method, hasFailed), feeLegs(coin, paid), 'toAddress', to)
  }
  if (leaves > 0n) {
    const moved = leg('out', coin, leaves)
    const legs = paid === 0n ? [moved] : [moved, ...feeLegs(coin, paid, 'out')]
    return made('unmatched_out', legs, 'toAddress', to)
  }
  return made('unmatched_in', [leg('in', coin, comes)], 'fromAddress', from)
}

const timeText =
  (unix: Column, written: Column) =>
  (row: RowCursor): string =>
    row.text(unix) || row.text(written)

/** Transactions of the chain's own coin. */
export function openNormal({ context, column }: OpenTable): RowReader {
  const coin = nativeIn(context.header.names) ?? ''
  const own = ownAddressOf(context.header)
  const at = {
    hash: column('Transaction Hash'),
    from: column('From'),
    to: column('To'),
    contract: column('ContractAddress'),
    comes: column('Value_IN'),
    leaves: column('Value_OUT'),
    fee: column('TxnFee'),
    status: column('Status'),
    error: column('ErrCode'),
    method: column('Method'),
  }
  return {
    timeText: timeText(column('UnixTimestamp'), column('DateTime (UTC)')),
    time: explorerTime,
    read(row) {
      const from = row.text(at.from).toLowerCase()
      const comes = row.size(at.comes)
      return nativeMeaning({
        coin,
        comes,
        leaves: row.size(at.leaves),
        fee: row.size(at.fee),
        from,
        to: (row.text(at.to) || row.text(at.contract)).toLowerCase(),
        isOwnFee: own === null ? comes === 0n : from === own,
        hasFailed: isFailed(row.text(at.status), row.text(at.error)),
        method: row.word(at.method),
        hash: foldHash(row.text(at.hash)),
      })
    },
  }
}

/** What contracts sent on inside transactions; no fee of its own. */
export function openInternal({ context, column }: OpenTable): RowReader {
  const coin = nativeIn(context.header.names) ?? ''
  const at = {
    hash: column('Transaction Hash'),
    from: column('From'),
    to: column('TxTo'),
    comes: column('Value_IN'),
    leaves: column('Value_OUT'),
    status: column('Status'),
    error: column('ErrCode'),
    type: column('Type'),
  }
  return {
    timeText: timeText(column('UnixTimestamp'), column('DateTime (UTC)')),
    time: explorerTime,
    read(row): Verdict {
      const status = row.text(at.status)
      if (status !== '0' && isFailed(status === '1' ? 'error' : status, row.text(at.error)))
        return { skip: 'it was reverted: nothing was moved' }
      const comes = row.size(at.comes)
      const leaves = row.size(at.leaves)
      const facts = present({ hash: foldHash(row.text(at.hash)), sourceKind: `internal ${row.text(at.type)}`.trim() })
      if (leaves > 0n) {
        const to = present({ toAddress: row.text(at.to).toLowerCase() })
        return { kind: 'unmatched_out', legs: [leg('out', coin, leaves)], ...facts, ...to }
      }
      const from = present({ fromAddress: row.text(at.from).toLowerCase() })
      return { kind: 'unmatched_in', legs: comes === 0n ? [] : [leg('in', coin, comes)], ...facts, ...from }
    },
  }
}

/** Blockscout's transactions: values in the smallest unit, the direction in `Type`, the coin that of the chain. */
export const openScout =
  (coin: string) =>
  ({ column }: OpenTable): RowReader => {
    const at = {
      hash: column('TxHash'),
      from: column('FromAddress'),
      to: column('ToAddress'),
      type: column('Type'),
      value: column('Value'),
      fee: column('Fee'),
      status: column('Status'),
      error: column('ErrCode'),
    }
    return {
      time: explorerTime,
      read(row): Verdict {
        const type = row.word(at.type).toUpperCase()
        if (type !== 'IN' && type !== 'OUT') return { reason: 'it is neither IN nor OUT', column: 'Type' }
        const isOut = type === 'OUT'
        const value = row.size(at.value) / WEI
        return nativeMeaning({
          coin,
          comes: isOut ? 0n : value,
          leaves: isOut ? value : 0n,
          fee: row.size(at.fee) / WEI,
          from: row.text(at.from).toLowerCase(),
          to: row.text(at.to).toLowerCase(),
          isOwnFee: isOut,
          hasFailed: isFailed(row.text(at.status), row.text(at.error)),
          method: '',
          hash: foldHash(row.text(at.hash)),
        })
      },
    }
  }

const NO_ADDRESS = {
  reason: 'the file does not say which address it is of; give it back the name that the explorer gave it (with 0x…)',
  column: 'file name',
} as const

interface TokenColumns {
  readonly hash: Column
  readonly from: Column
  readonly to: Column
  readonly contract: Column
  readonly symbol: Column
  readonly name: Column
  /** Absent: one NFT. */
  readonly amount: Column | null
  /** Which of the contract's NFTs. */
  readonly token: Column | null
  /** Which way, where a column says so. */
  readonly way: Column | null
}

const NOTHING = /^0x0{40}$/

/**
 * Rows of tokens and NFTs, each an event of its own by contract, whatever the token calls itself: a transaction may go on
 * in another file, and the ledger joins what has one hash.
 */
export function tokenReader(
  { context }: OpenTable,
  chain: string,
  at: TokenColumns,
  identity: readonly Column[],
  time: (row: RowCursor) => string,
): RowReader {
  const own = ownAddressOf(context.header)
  const wayOf = (row: RowCursor): 'in' | 'out' | null => {
    if (at.way !== null) {
      const word = row.text(at.way).toUpperCase()
      return word === 'IN' ? 'in' : word === 'OUT' ? 'out' : null
    }
    if (own === null) return null
    if (row.text(at.to).toLowerCase() === own) return 'in'
    return row.text(at.from).toLowerCase() === own ? 'out' : null
  }
  const mentionOf = (row: RowCursor, contract: string): AssetMention => {
    const token = at.token === null ? '' : row.text(at.token)
    const key = token === '' ? contract : `${contract}:${token}`
    const name = row.text(at.name)
    const symbol = row.text(at.symbol) || name || contract
    const shown = (token === '' ? symbol : `${symbol} #${token}`).slice(0, 60)
    return {
      symbol: shown,
      chain,
      contract: key,
      ...(name === '' || name === symbol ? {} : { name: name.slice(0, 200) }),
    }
  }
  return {
    timeText: time,
    time: explorerTime,
    identity: (row) => [...identity.map((column) => row.text(column)), wayOf(row) ?? ''],
    read(row): Verdict {
      const way = wayOf(row)
      if (way === null)
        return own === null && at.way === null
          ? NO_ADDRESS
          : { reason: 'the own address is on neither side', column: 'From' }
      const contract = row.symbol(at.contract).toLowerCase()
      const amount = at.amount === null ? ((10n ** 24n) as Amount) : row.neededSize(at.amount)
      const [fromAddress, toAddress] = way === 'in' ? [row.text(at.from), ''] : ['', row.text(at.to)]
      const facts = present({ hash: foldHash(row.text(at.hash)), fromAddress, toAddress })
      const word = at.token === null ? {} : { sourceKind: 'NFT' }
      const isSelf = own !== null && row.text(at.from).toLowerCase() === own && row.text(at.to).toLowerCase() === own
      return { ...word, ...facts, ...tokenMeaning(mentionOf(row, contract), isSelf ? 'self' : way, amount, row, at) }
    },
  }
}

const IS_NOTHING = 'a transfer of nothing, of the kind that is sent to have its address copied by mistake'

function tokenMeaning(
  asset: AssetMention,
  way: 'in' | 'out' | 'self',
  amount: bigint,
  row: RowCursor,
  at: TokenColumns,
): Meaning {
  const one = (role: 'in' | 'out'): LegDraft => ({ ...leg(role, asset.symbol, amount), asset })
  if (amount === 0n) return { kind: 'informational', legs: [], warnings: [IS_NOTHING] }
  if (way === 'self') return { kind: 'self_send', legs: [one('out'), one('in')] }
  if (way === 'out') return { kind: 'unmatched_out', legs: [one('out')] }
  const isMinted = at.token !== null && NOTHING.test(row.text(at.from))
  return { kind: isMinted ? 'nft_mint' : 'unmatched_in', legs: [one('in')] }
}
