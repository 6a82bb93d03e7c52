/**
 * Wallets tell one transaction account by account or asset by asset, in as many files; block explorers tell one transaction of a chain in up to four files: the chain's own coin, what contracts sent on,
 * tokens, NFTs. What those files say of one transaction in one account is one event. Proof is the whole hash on that
 * chain, never likeness; a hash that is cut off proves nothing.
 */
import type { ChainName } from '../assets/chains.ts'
import type { EventId } from '../events/identifiers.ts'

/** Which side of a transaction a file tells; `whole`: all that it did to the account. */
export const TRANSACTION_TABLES = ['coin', 'internal', 'token', 'nft', 'whole'] as const
export type TransactionTable = (typeof TRANSACTION_TABLES)[number]

export interface ExplorerChain {
  /** The source: one for each chain, so that equal hashes of two chains are never taken for one. */
  readonly id: string
  readonly name: string
  readonly chain: ChainName
  readonly coins: readonly [string, ...string[]]
  /** The contract that wraps the coin one for one. */
  readonly wrapper: string
}

/** The chains of Etherscan and its family. */
export const EXPLORER_CHAINS: readonly ExplorerChain[] = [
  {
    id: 'etherscan',
    name: 'Etherscan',
    chain: 'ethereum',
    coins: ['ETH'],
    wrapper: '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2',
  },
  {
    id: 'arbiscan',
    name: 'Arbiscan',
    chain: 'arbitrum',
    coins: ['ETH'],
    wrapper: '0x82af49447d8a07e3bd95bd0d56f35241523fbab1',
  },
  {
    id: 'basescan',
    name: 'BaseScan',
    chain: 'base',
    coins: ['ETH'],
    wrapper: '0x4200000000000000000000000000000000000006',
  },
  {
    id: 'optimism',
    name: 'Optimism Etherscan',
    chain: 'optimism',
    coins: ['ETH'],
    wrapper: '0x4200000000000000000000000000000000000006',
  },
  {
    id: 'lineascan',
    name: 'LineaScan',
    chain: 'linea',
    coins: ['ETH'],
    wrapper: '0xe5d7c2a44ffddf6b295a15c148167daaaf5cf34f',
  },
  {
    id: 'polygonscan',
    name: 'PolygonScan',
    chain: 'polygon',
    coins: ['POL', 'MATIC'],
    wrapper: '0x0d500b1d8e8ef31e21c99d1db9a6444d3adf1270',
  },
  {
    id: 'bscscan',
    name: 'BscScan',
    chain: 'bsc',
    coins: ['BNB'],
    wrapper: '0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c',
  },
  {
    id: 'snowtrace',
    name: 'Snowtrace',
    chain: 'avalanche',
    coins: ['AVAX'],
    wrapper: '0xb31f66aa3c1e785363f0875a1b74e27b85fd66c7',
  },
  {
    id: 'ftmscan',
    name: 'FTMScan',
    chain: 'fantom',
    coins: ['FTM'],
    wrapper: '0x21be370d5312f44cb42ce377bc9b8a0cef1a4c83',
  },
  {
    id: 'gnosisscan',
    name: 'GnosisScan',
    chain: 'gnosis',
    coins: ['XDAI'],
    wrapper: '0xe91d153e0b41518a2ce8dd3d7944fa863463a97d',
  },
  {
    id: 'cronoscan',
    name: 'CronoScan',
    chain: 'cronos',
    coins: ['CRO'],
    wrapper: '0x5c7f8a570d578ed84e63fdfa7b1ee72deae1ae23',
  },
]

const EXPLORER_TABLES: Readonly<Record<string, TransactionTable>> = {
  transactions: 'coin',
  'internal transactions': 'internal',
  'token transfers': 'token',
  'old token transfers': 'token',
  'token transfers by chain': 'token',
  'NFT transfers': 'nft',
  'old NFT transfers': 'nft',
  'Blockscout transactions': 'coin',
  'Blockscout token transfers': 'token',
}

interface Teller {
  readonly tables: Readonly<Record<string, TransactionTable>>
  readonly hash: RegExp
}

/** Hashes as the chains write them: base 16, Solana's, Tezos', Algorand's. */
const OF_ANY_CHAIN = /^(?:(?:0x)?[0-9a-fA-F]{64}|[1-9A-HJ-NP-Za-km-z]{80,90}|o[1-9A-HJ-NP-Za-km-z]{50}|[A-Z2-7]{52})$/
const LEDGER_LIVE_TABLES: Readonly<Record<string, TransactionTable>> = {
  'operations with status': 'whole',
  operations: 'whole',
  'oldest operations': 'whole',
}

const TELLERS: ReadonlyMap<string, Teller> = new Map([
  ...EXPLORER_CHAINS.map(({ id }) => [id, { tables: EXPLORER_TABLES, hash: /^0x[0-9a-f]{64}$/i }] as const),
  ['solscan', { tables: { transfers: 'whole', 'old export': 'whole' }, hash: /^[1-9A-HJ-NP-Za-km-z]{80,90}$/ }],
  // What a transaction did to each account of the wallet, in whichever export.
  ['ledger-live', { tables: LEDGER_LIVE_TABLES, hash: OF_ANY_CHAIN }],
  // What it did to each asset; a swap by two transactions has nothing that ties its halves.
  ['exodus', { tables: { 'history of one asset': 'whole' }, hash: OF_ANY_CHAIN }],
])

/** Sources that tell one transaction on several rows or in several files. */
export const TRANSACTION_SOURCES: readonly string[] = [...TELLERS.keys()]

/** What a layout of a source tells of transactions; null where the source does not part them. */
export function tableOf(source: string, layout: string): TransactionTable | null {
  const tables = TELLERS.get(source)?.tables
  return tables !== undefined && Object.hasOwn(tables, layout) ? (tables[layout] as TransactionTable) : null
}

/** A hash as it is compared: letters of a number in base 16 have no case. */
export const foldHash = (hash: string): string => (/^0x[0-9a-f]+$/i.test(hash) ? hash.toLowerCase() : hash)

/**
 * The id of the one event that a record of a transaction is part of, from the record's own id (`source:account:group`)
 * and its hash; null where its source does not part transactions or the hash is not whole.
 */
export function transactionId(record: string, hash: string | null): EventId | null {
  const account = record.indexOf(':')
  const group = record.indexOf(':', account + 1)
  const teller = TELLERS.get(record.slice(0, account))
  if (hash === null || teller === undefined || group < 0 || !teller.hash.test(hash)) return null
  return `${record.slice(0, group)}:tx.${foldHash(hash)}` as EventId
}

/** The chain's own coin and the asset of its wrapper, by source. */
export const wrapperOf = (source: string): Pick<ExplorerChain, 'chain' | 'coins' | 'wrapper'> | null =>
  EXPLORER_CHAINS.find(({ id }) => id === source) ?? null
