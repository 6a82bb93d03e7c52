/**
 * What a source means by a symbol, at a time. Contract is identity where there is one, never the ticker.
 */
import type { AssetKind } from '../events/account.ts'
import type { AssetId, Instant, SourceId } from '../events/identifiers.ts'
import { assetOfContract } from './contracts.ts'
import { isFiatCode } from './fiat.ts'
import { KRAKEN_BONDED, KRAKEN_POCKETS, kindOfSymbol, NOT_A_BINANCE_RECEIPT, SYMBOL_RULES } from './symbols.ts'

/** An asset as a source names it. */
export interface AssetName {
  readonly symbol: string
  readonly chain?: string
  readonly contract?: string
  readonly fiat?: boolean
}

/**
 * `known`: in the table, or named by chain and contract. `ambiguous`: `asset` is the likeliest of `choices`, the user is
 * asked. `unknown`: never heard of; `asset` is one of its own, under the symbol it came with.
 */
export type ResolvedAsset =
  | {
      readonly found: 'known'
      readonly asset: AssetId
      readonly kind: AssetKind
      readonly symbol: string
      readonly reason: string
    }
  | {
      readonly found: 'ambiguous'
      readonly asset: AssetId
      readonly kind: AssetKind
      readonly symbol: string
      readonly choices: readonly AssetId[]
      readonly reason: string
    }
  | {
      readonly found: 'unknown'
      readonly asset: AssetId
      readonly kind: AssetKind
      readonly symbol: string
      readonly reason: string
    }

const rulesOf = Map.groupBy(SYMBOL_RULES, (rule) => rule.symbol)
const bonded: ReadonlySet<string> = new Set(KRAKEN_BONDED)
const notReceipts: ReadonlySet<string> = new Set(NOT_A_BINANCE_RECEIPT)

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Kraken's `DOT28.S` is DOT, bonded: the coin's own code and the reason, or null where nothing is to be cut off. */
function outOfKrakenPocket(symbol: string): { readonly symbol: string; readonly reason: string } | null {
  const dot = symbol.lastIndexOf('.')
  const pocket = dot > 0 ? KRAKEN_POCKETS[symbol.slice(dot + 1)] : undefined
  const whole = pocket === undefined ? symbol : symbol.slice(0, dot)
  const cut = whole.length - 2
  const numbered =
    cut > 0 && isDigit(whole.charCodeAt(cut)) && isDigit(whole.charCodeAt(cut + 1)) && bonded.has(whole.slice(0, cut))
  if (pocket === undefined && !numbered) return null
  const base = numbered ? whole.slice(0, cut) : whole
  const how = pocket ?? 'bonded'
  return { symbol: base, reason: `${symbol} is ${base} at Kraken, ${how}` }
}

function bySymbol(symbol: string, source: string, time: number): ResolvedAsset {
  for (const rule of rulesOf.get(symbol) ?? []) {
    if (rule.sources !== undefined && !rule.sources.some((prefix) => source.startsWith(prefix))) continue
    if ((rule.from !== undefined && time < rule.from) || (rule.to !== undefined && time >= rule.to)) continue
    const kind = isFiatCode(rule.asset) ? 'fiat' : (kindOfSymbol(rule.asset) ?? 'crypto')
    const asset = rule.asset as AssetId
    const common = { asset, kind, symbol: rule.asset, reason: rule.reason }
    return rule.or === undefined
      ? { found: 'known', ...common }
      : { found: 'ambiguous', ...common, choices: [asset, ...(rule.or as readonly AssetId[])] }
  }
  if (isFiatCode(symbol))
    return { found: 'known', asset: symbol as AssetId, kind: 'fiat', symbol, reason: 'a national currency' }
  const kind = kindOfSymbol(symbol)
  if (kind !== null) return { found: 'known', asset: symbol as AssetId, kind, symbol, reason: 'its common symbol' }
  return {
    found: 'unknown',
    asset: symbol as AssetId,
    kind: 'crypto',
    symbol,
    reason: `${symbol} is not in the table of symbols; it is kept as an asset of its own`,
  }
}

/**
 * The asset that `name` stands for at `source` (an id that begins with the venue's name) and `time`. Symbols are taken in
 * capitals; a chain with a contract is an asset by itself, whatever its ticker.
 */
export function resolveAsset(name: AssetName, source: SourceId, time: Instant): ResolvedAsset {
  const symbol = name.symbol.toUpperCase()
  if (name.chain !== undefined && name.contract !== undefined) {
    const contract = name.contract.startsWith('0x') ? name.contract.toLowerCase() : name.contract
    const known = assetOfContract(name.chain, contract)
    if (known !== null)
      return {
        found: 'known',
        asset: known as AssetId,
        kind: 'token',
        symbol: known,
        reason: `the contract of ${known} on ${name.chain}`,
      }
    const asset = `${name.chain}:${contract}` as AssetId
    return { found: 'known', asset, kind: 'token', symbol, reason: 'its chain and contract' }
  }
  if (name.fiat === true)
    return { found: 'known', asset: symbol as AssetId, kind: 'fiat', symbol, reason: 'a currency, as the source says' }
  const direct = bySymbol(symbol, source, time)
  if (direct.found !== 'unknown') return direct
  if (source.startsWith('kraken')) {
    const base = outOfKrakenPocket(symbol)
    if (base !== null) {
      const resolved = bySymbol(base.symbol, source, time)
      return {
        ...resolved,
        reason: resolved.symbol === base.symbol ? base.reason : `${base.reason}; ${resolved.reason}`,
      }
    }
    if (symbol.length === 4 && symbol.startsWith('Z') && isFiatCode(symbol.slice(1))) {
      const asset = symbol.slice(1)
      return {
        found: 'known',
        asset: asset as AssetId,
        kind: 'fiat',
        symbol: asset,
        reason: 'Kraken’s code of a currency',
      }
    }
  }
  if (source.startsWith('binance') && symbol.startsWith('LD') && symbol.length > 4 && !notReceipts.has(symbol)) {
    const resolved = bySymbol(symbol.slice(2), source, time)
    if (resolved.found === 'known')
      return { ...resolved, reason: `${symbol} is Binance’s receipt for ${symbol.slice(2)} in Simple Earn` }
  }
  return direct
}

/** Instants at which some symbol changed its meaning, and one before all of them. */
const turningPoints = [
  Number.NEGATIVE_INFINITY,
  ...new Set(SYMBOL_RULES.flatMap((rule) => [rule.from, rule.to]).filter((at) => at !== undefined)),
]

/** The text without the block of a file that it may have been cut from. */
const ownText = (text: string): string => ` ${text}`.slice(1)

const MOST_REMEMBERED = 50_000

/** Looks assets up for one source; answers for contracts, and for symbols whose meaning never changed, are remembered. */
export function assetResolver(source: SourceId): (name: AssetName, time: Instant) => ResolvedAsset {
  /** Null of a symbol whose meaning depends on the time. */
  const known = new Map<string, ResolvedAsset | null>()
  /** By contract, with the chain and the symbol that it came with first. */
  const contracts = new Map<string, { readonly chain: string; readonly symbol: string; resolved: ResolvedAsset }>()
  return (name, time) => {
    const { contract, symbol } = name
    if (name.fiat === true) return resolveAsset(name, source, time)
    if (contract !== undefined) {
      if (name.chain === undefined) return resolveAsset(name, source, time)
      const met = contracts.get(contract)
      if (met !== undefined && met.chain === name.chain && met.symbol === symbol) return met.resolved
      const own = { chain: ownText(name.chain), symbol: ownText(symbol), contract: ownText(contract) }
      const resolved = resolveAsset(own, source, time)
      if (met === undefined && contracts.size < MOST_REMEMBERED) contracts.set(own.contract, { ...own, resolved })
      return resolved
    }
    const remembered = known.get(symbol)
    if (remembered !== undefined && remembered !== null) return remembered
    const resolved = resolveAsset(name, source, time)
    if (remembered === null) return resolved
    const timeless = turningPoints.every((at) => resolveAsset(name, source, at as Instant).asset === resolved.asset)
    if (known.size < MOST_REMEMBERED) known.set(symbol, timeless ? resolved : null)
    return resolved
  }
}
