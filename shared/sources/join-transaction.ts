/** What the records of one transaction, told in several files, are together: one event, its legs summed, its fee once. */
import type { Amount } from '../amount/amount.ts'
import { familyOf } from '../assets/families.ts'
import type { Role } from '../events/event.ts'
import type { Kind } from '../events/kinds.ts'
import { TRANSACTION_TABLES, type TransactionTable, tableOf, wrapperOf } from './transactions.ts'

export interface PartLeg {
  readonly role: Role
  readonly asset: string
  readonly amount: Amount
}

/** One record of a transaction: a row of one of the files. */
export interface TransactionPart {
  readonly id: string
  readonly source: string
  readonly layout: string
  readonly table: TransactionTable
  readonly kind: Kind
  readonly legs: readonly PartLeg[]
  /** The method that was called, as the explorer names it. */
  readonly sourceKind: string | null
  readonly toAddress: string | null
  readonly fromAddress: string | null
  readonly warnings: readonly string[]
}

/** How a reader begins a warning that the other half of a record is elsewhere; a joined event that has both does not repeat it. */
export const OTHER_SIDE = 'the other side of this exchange'

/** What a leg's asset is called. */
export interface PartAsset {
  readonly symbol: string
  readonly chain: string | null
  readonly contract: string | null
}

export interface JoinedLeg extends PartLeg {
  readonly for?: 'out' | 'in'
}

export interface JoinedTransaction {
  readonly kind: Kind
  readonly legs: readonly JoinedLeg[]
  /** Why it is of this kind, in words. */
  readonly reason: string
  readonly sourceKind: string | null
  readonly toAddress: string | null
  readonly fromAddress: string | null
  readonly warnings: readonly string[]
}

/**
 * Whether a record can be part of a joined event: it moves something, and is no unasked gift. What arrives in a transaction and
 * looks like spam stays an event of its own, of which the rules decide what it is; so does a transfer of nothing.
 */
export const isJoinable = (
  { kind, legs }: Pick<TransactionPart, 'kind' | 'legs'>,
  looksLikeSpam: (asset: string) => boolean,
): boolean =>
  kind !== 'spam_in' && legs.length > 0 && !legs.every(({ role, asset }) => role === 'in' && looksLikeSpam(asset))

/**
 * Whether two of the records tell of the same side of the transaction in two layouts (two explorers of one chain): the
 * same movement would be counted twice.
 */
export function tellsTwice(parts: readonly Pick<TransactionPart, 'table' | 'layout'>[]): boolean {
  const layouts = new Map<TransactionTable, string>()
  for (const { table, layout } of parts) {
    if (layouts.has(table) && layouts.get(table) !== familyOfLayout(layout)) return true
    layouts.set(table, familyOfLayout(layout))
  }
  return layouts.has('whole') && layouts.size > 1
}

/** Whether two layouts of one source tell of the same side of a transaction, without knowing each other's rows. */
export function tellsSame(source: string, layout: string, other: string): boolean {
  const [table, second] = [tableOf(source, layout), tableOf(source, other)]
  if (table === null || second === null) return false
  return tellsTwice([
    { table, layout },
    { table: second, layout: other },
  ])
}

/** Ages of one table know each other's rows by their ids and tell nothing twice. */
const familyOfLayout = (layout: string): string =>
  layout.startsWith('Blockscout')
    ? 'Blockscout'
    : layout.replace(/^old(?:est)? /, '').replace(/ (?:by chain|with status)$/, '')

/** Records in one order, whichever file came first. */
export const inTableOrder = <Part extends Pick<TransactionPart, 'id' | 'table'>>(parts: readonly Part[]): Part[] =>
  parts.toSorted(
    (a, b) =>
      TRANSACTION_TABLES.indexOf(a.table) - TRANSACTION_TABLES.indexOf(b.table) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )

interface Sum {
  readonly asset: string
  readonly table: TransactionTable
  amount: bigint
  isMinted: boolean
  isBurned: boolean
}

const NOBODY = /^0x0{40}$/

/**
 * One event of several records of one transaction: what left and what arrived is summed by asset (a router's refund makes
 * what left smaller), the fee is taken once, and the kind follows from what the account gave and got. Neither the order of
 * the records nor of their files matters. `asset` says what an asset of a leg is called.
 */
export function joinTransaction(
  records: readonly TransactionPart[],
  asset: (id: string) => PartAsset,
): JoinedTransaction {
  const parts = inTableOrder(records)
  const { moved, fees, hasReturned } = sumsOf(parts)
  const given = moved.filter(({ amount }) => amount < 0n)
  const gotten = moved.filter(({ amount }) => amount > 0n)
  const side = (id: string): 'out' | 'in' | undefined =>
    given.some((sum) => sum.asset === id) ? 'out' : gotten.some((sum) => sum.asset === id) ? 'in' : undefined
  const legs: JoinedLeg[] = [
    ...given.map((sum): JoinedLeg => ({ role: 'out', asset: sum.asset, amount: -sum.amount as Amount })),
    ...gotten.map((sum): JoinedLeg => ({ role: 'in', asset: sum.asset, amount: sum.amount as Amount })),
    ...[...fees].map(([id, amount]): JoinedLeg => {
      const on = side(id)
      return { role: 'fee', asset: id, amount: amount as Amount, ...(on === undefined ? {} : { for: on }) }
    }),
  ]
  const method = parts.find(({ table, sourceKind }) => table === 'coin' && sourceKind !== null)?.sourceKind ?? null
  return {
    ...kindOf(parts, { given, gotten, hasReturned }, method ?? '', asset),
    legs,
    sourceKind: method ?? onlyOne(parts.map(({ sourceKind }) => sourceKind)),
    toAddress: onlyOne(parts.map(({ toAddress }) => toAddress)),
    fromAddress: onlyOne(parts.map(({ fromAddress }) => fromAddress)),
    warnings: [...new Set(parts.flatMap(({ warnings }) => warnings))].filter(
      (text) => given.length === 0 || gotten.length === 0 || !text.startsWith(OTHER_SIDE),
    ),
  }
}

/** The one text that is there; null where there is none, or more than one. */
function onlyOne(texts: readonly (string | null)[]): string | null {
  const found = new Set(
    texts.filter((text) => text !== null && text !== '').map((text) => (text as string).toLowerCase()),
  )
  return found.size === 1 ? (texts.find((text) => text !== null && text !== '') ?? null) : null
}

function sumsOf(parts: readonly TransactionPart[]): { moved: Sum[]; fees: Map<string, bigint>; hasReturned: boolean } {
  const sums = new Map<string, Sum>()
  const fees = new Map<string, bigint>()
  for (const { legs, table, fromAddress, toAddress } of parts) {
    for (const { role, asset, amount } of legs) {
      if (role === 'fee') fees.set(asset, (fees.get(asset) ?? 0n) + amount)
      if (role !== 'in' && role !== 'out') continue
      const sum = sums.get(asset) ?? { asset, table, amount: 0n, isMinted: false, isBurned: false }
      sums.set(asset, sum)
      sum.amount += role === 'in' ? amount : -amount
      sum.isMinted ||= role === 'in' && NOBODY.test(fromAddress ?? '')
      sum.isBurned ||= role === 'out' && NOBODY.test(toAddress ?? '')
    }
  }
  const moved = [...sums.values()].filter(({ amount }) => amount !== 0n)
  const rank = ({ table }: Sum): number => TRANSACTION_TABLES.indexOf(table)
  moved.sort((a, b) => rank(a) - rank(b) || (a.asset < b.asset ? -1 : 1))
  return {
    moved,
    fees: new Map([...fees].filter(([, amount]) => amount !== 0n).sort(([a], [b]) => (a < b ? -1 : 1))),
    hasReturned: moved.length < sums.size,
  }
}

interface Sides {
  /** Some asset left and came back in full. */
  readonly hasReturned: boolean
  readonly given: readonly Sum[]
  readonly gotten: readonly Sum[]
}
type Verdict = Pick<JoinedTransaction, 'kind' | 'reason'>

function kindOf(
  parts: readonly TransactionPart[],
  { given, gotten, hasReturned }: Sides,
  method: string,
  asset: (id: string) => PartAsset,
): Verdict {
  if (given.length > 0 && gotten.length > 0) return exchange(parts, { given, gotten }, method, asset)
  if (given.length > 0) return oneSided(parts, 'out', 'unmatched_out', 'it gave, and got nothing in this account')
  if (gotten.length > 0) return oneSided(parts, 'in', 'unmatched_in', 'it got, and gave nothing in this account')
  if (hasReturned || parts.some(({ kind }) => kind === 'self_send'))
    return { kind: 'self_send', reason: 'what left came back to the same account' }
  const paid = parts.find(({ legs }) => legs.some(({ role }) => role === 'fee'))
  return {
    kind: FEES.has(paid?.kind ?? '') ? (paid as TransactionPart).kind : 'network_fee',
    reason: 'only its fee is left',
  }
}

const FEES: ReadonlySet<string> = new Set<Kind>(['failed_fee', 'approval_fee', 'network_fee'])

/** A movement one way is what its records say, where they agree on more than that. */
function oneSided(parts: readonly TransactionPart[], role: Role, open: Kind, reason: string): Verdict {
  const kinds = new Set(parts.filter(({ legs }) => legs.some((leg) => leg.role === role)).map(({ kind }) => kind))
  const [kind] = kinds
  return { kind: kinds.size === 1 && kind !== undefined && kind !== 'self_send' ? kind : open, reason }
}

/** Names of shares in a pool of two or more assets. */
const POOL_SHARE =
  /^(?:UNI-V2|UNI-V3-POS|UNI-V4-POSM|SLP|SUSHI-?LP|CAKE-LP|PANCAKE-V3-POS|JLP|PGL|BPT)\b|(?:^|[ _-])LP$|-LP\b|3CRV$/i
const ADDS = /add ?liquidity|join ?pool|increase ?liquidity/i
const REMOVES = /remove ?liquidity|exit ?pool|decrease ?liquidity|burn/i
const ENTERS = /^(?:deposit|supply|enter|stake|mint)/i
const LEAVES = /^(?:withdraw|redeem|leave|exit|unstake|burn)/i
/** Receipts for staked ether, by the contracts that make them. */
const STAKED: ReadonlySet<string> = new Set([
  'ethereum:0xae7ab96520de3a18e5e111b5eaab095312d7fe84',
  'ethereum:0xae78736cd615f374d3085123a210448e74fc6393',
  'ethereum:0xbe9895146f7af43049ca1c1ae358b0541ea49704',
])

function exchange(
  parts: readonly TransactionPart[],
  { given, gotten }: Omit<Sides, 'hasReturned'>,
  method: string,
  asset: (id: string) => PartAsset,
): Verdict {
  const [out] = given as readonly [Sum, ...Sum[]]
  const [into] = gotten as readonly [Sum, ...Sum[]]
  const symbol = ({ asset: id }: Sum): string => asset(id).symbol
  const isShare = (sum: Sum): boolean => (sum.table === 'token' || sum.table === 'nft') && POOL_SHARE.test(symbol(sum))
  const isNft = ({ table }: Sum): boolean => table === 'nft'
  const one = given.length === 1 && gotten.length === 1
  const wrapped = one ? wrapping(parts[0] as TransactionPart, out, into) : null
  if (wrapped !== null) return { kind: wrapped, reason: 'equal amounts of the coin and of the contract that wraps it' }
  if (one && STAKED.has(into.asset) && into.isMinted && familyOf(out.asset) === 'ETH')
    return { kind: 'liquid_stake', reason: 'ether left, and its receipt was made for it' }
  const shares = { given: given.filter(isShare), gotten: gotten.filter(isShare) }
  if (
    shares.gotten.length > 0 &&
    shares.given.length === 0 &&
    (shares.gotten.some(({ isMinted }) => isMinted) || ADDS.test(method))
  )
    return { kind: 'lp_add', reason: 'a share of a pool was made for what left' }
  if (
    shares.given.length > 0 &&
    shares.gotten.length === 0 &&
    (gotten.length > 1 || shares.given.some(({ isBurned }) => isBurned) || REMOVES.test(method))
  )
    return { kind: 'lp_remove', reason: 'a share of a pool was given back for what arrived' }
  if (given.length > 1 && gotten.length === 1 && into.isMinted && !isNft(into))
    return { kind: 'lp_add', reason: 'several assets left, and one was made for them' }
  if (given.length === 1 && gotten.length > 1 && out.isBurned && !isNft(out))
    return { kind: 'lp_remove', reason: 'one asset was ended, and several arrived for it' }
  if (gotten.every(isNft) && !given.some(isNft))
    return gotten.every(({ isMinted }) => isMinted)
      ? { kind: 'nft_mint', reason: 'an NFT was made for what left' }
      : { kind: 'nft_buy', reason: 'an NFT arrived for what left' }
  if (given.every(isNft) && !gotten.some(isNft)) return { kind: 'nft_sell', reason: 'an NFT left for what arrived' }
  if (one && into.isMinted && ENTERS.test(method))
    return { kind: 'vault_deposit', reason: `“${method}”: one asset left, and a receipt was made for it` }
  if (one && out.isBurned && LEAVES.test(method))
    return { kind: 'vault_withdraw', reason: `“${method}”: a receipt was ended, and one asset arrived for it` }
  return one
    ? { kind: 'trade', reason: 'one asset left, and another arrived' }
    : { kind: 'trade', reason: `${given.length} given and ${gotten.length} received in one transaction` }
}

/** Whether one side is the chain's coin and the other the contract that wraps it, in equal amounts. */
function wrapping({ source }: TransactionPart, out: Sum, into: Sum): 'wrap' | 'unwrap' | null {
  const chain = wrapperOf(source)
  if (chain === null || -out.amount !== into.amount) return null
  const isCoin = ({ asset }: Sum): boolean => chain.coins.some((coin) => coin === asset)
  const isWrapper = ({ asset }: Sum): boolean =>
    asset === `${chain.chain}:${chain.wrapper}` || (chain.chain === 'ethereum' && asset === 'WETH')
  if (isCoin(out) && isWrapper(into)) return 'wrap'
  return isWrapper(out) && isCoin(into) ? 'unwrap' : null
}
