/**
 * Contracts that are what their ticker says. On a chain the contract is the asset, whatever name it gives itself; these
 * few are the very coins that venues trade under the symbol, so that lots go on when they leave a venue. Addresses in
 * small letters.
 */
export interface KnownContract {
  readonly chain: string
  readonly contract: string
  readonly asset: string
}

export const KNOWN_CONTRACTS: readonly KnownContract[] = [
  { chain: 'ethereum', contract: '0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2', asset: 'WETH' },
  { chain: 'ethereum', contract: '0x2260fac5e5542a773aa44fbcfedf7c193bc2c599', asset: 'WBTC' },
  { chain: 'ethereum', contract: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48', asset: 'USDC' },
  { chain: 'ethereum', contract: '0xdac17f958d2ee523a2206206994597c13d831ec7', asset: 'USDT' },
  { chain: 'ethereum', contract: '0x6b175474e89094c44da98b954eedeac495271d0f', asset: 'DAI' },
]

const byPlace = new Map(KNOWN_CONTRACTS.map(({ chain, contract, asset }) => [`${chain}:${contract}`, asset]))

/** The asset whose own contract this is, or null. `contract` in the form in which it is an id (0x… in small letters). */
export const assetOfContract = (chain: string, contract: string): string | null =>
  byPlace.get(`${chain.toLowerCase()}:${contract}`) ?? null

/** Symbols that have a contract of their own on that chain. */
export const hasOwnContract = (chain: string, symbol: string): boolean =>
  KNOWN_CONTRACTS.some((known) => known.chain === chain.toLowerCase() && known.asset === symbol)
