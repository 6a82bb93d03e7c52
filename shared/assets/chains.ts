/** Chains of the Ethereum kind, as assets name them, with the number that files and tools know each by (EIP-155). */
export const CHAIN_NUMBERS = {
  ethereum: 1,
  arbitrum: 42161,
  avalanche: 43114,
  base: 8453,
  bsc: 56,
  cronos: 25,
  fantom: 250,
  gnosis: 100,
  linea: 59144,
  optimism: 10,
  polygon: 137,
} as const
export type ChainName = keyof typeof CHAIN_NUMBERS

const numbers = new Map<string, number>(Object.entries(CHAIN_NUMBERS))
const names = new Map<string, string>(Object.entries(CHAIN_NUMBERS).map(([name, number]) => [String(number), name]))

/** The number of a chain of an asset; null for a chain of another kind. */
export const chainNumber = (chain: string): number | null => numbers.get(chain) ?? null

/** The chain that goes by this number in a file (`137`), or null. */
export const chainNumbered = (number: string): string | null => names.get(number) ?? null
