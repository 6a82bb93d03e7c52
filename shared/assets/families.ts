/**
 * Assets that a taxpayer may treat as one, by a recorded position. Data only: nothing here joins lots by itself, and no
 * rule pack looks at it unless a position says so.
 */
export interface AssetFamily {
  readonly id: string
  readonly members: readonly string[]
  readonly reason: string
}

export const ASSET_FAMILIES: readonly AssetFamily[] = [
  { id: 'BTC', members: ['BTC', 'WBTC', 'CBBTC', 'TBTC'], reason: 'wrapped and bridged forms of bitcoin' },
  { id: 'ETH', members: ['ETH', 'WETH'], reason: 'ether and its wrapper, always exchangeable one for one' },
  {
    id: 'staked ETH',
    members: ['STETH', 'WSTETH', 'RETH', 'CBETH', 'BETH', 'WBETH'],
    reason: 'receipts for staked ether; their rate to ether is not fixed',
  },
  { id: 'POL', members: ['MATIC', 'POL'], reason: 'MATIC migrated to POL one for one from September 2024' },
  { id: 'S', members: ['FTM', 'S'], reason: 'Fantom migrated to Sonic one for one from December 2024' },
  { id: 'AAVE', members: ['LEND', 'AAVE'], reason: 'LEND migrated to AAVE at 100 for 1 in October 2020' },
  { id: 'SKY', members: ['MKR', 'SKY'], reason: 'MKR may be upgraded to SKY at 1 for 24,000 since September 2024' },
  {
    id: 'RENDER',
    members: ['RNDR', 'RENDER'],
    reason: 'RNDR moved to Solana as RENDER one for one from November 2023',
  },
  { id: 'REP', members: ['REPV1', 'REP'], reason: 'Augur migrated to its second token one for one' },
  {
    id: 'FET',
    members: ['FET', 'AGIX', 'OCEAN'],
    reason: 'the alliance merged them into FET at fixed rates in July 2024',
  },
]

const byMember = new Map(
  ASSET_FAMILIES.flatMap((family) => family.members.map((member) => [member, family.id] as const)),
)

/** The family that an asset's symbol belongs to, if any. */
export const familyOf = (symbol: string): string | undefined => byMember.get(symbol)
