import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Amount } from '../../../shared/amount/amount.ts'
import { formatAmount } from '../../../shared/amount/decimal.ts'
import type { Kind } from '../../../shared/events/kinds.ts'
import {
  isJoinable,
  joinTransaction,
  type PartAsset,
  type TransactionPart,
  tellsSame,
  tellsTwice,
} from '../../../shared/sources/join-transaction.ts'
import { transactionId } from '../../../shared/sources/transactions.ts'

const ONE = 10n ** 24n
const NOBODY = '0x0000000000000000000000000000000000000000'
const LAYOUTS = {
  coin: 'transactions',
  internal: 'internal transactions',
  token: 'token transfers',
  nft: 'NFT transfers',
} as const
let count = 0
/** A record: `out 2 ETH`, `fee 1 ETH`, with the address on the other side and what was called. */
function part(
  table: keyof typeof LAYOUTS,
  text: string,
  {
    kind = 'unmatched_out',
    method = null,
    from = null,
    to = null,
    source = 'etherscan',
  }: {
    kind?: Kind
    method?: string | null
    from?: string | null
    to?: string | null
    source?: string
  } = {},
): TransactionPart {
  const legs = text.split(', ').map((leg) => {
    const [role, amount, asset] = leg.split(' ') as ['in' | 'out' | 'fee', string, string]
    return { role, asset, amount: (BigInt(amount) * ONE) as Amount }
  })
  return {
    id: `${source}:a:${String(count++).padStart(3, '0')}`,
    source,
    layout: LAYOUTS[table],
    table,
    kind,
    legs,
    sourceKind: method,
    toAddress: to,
    fromAddress: from,
    warnings: [],
  }
}
const token = (text: string, more: Parameters<typeof part>[2] = {}) => part('token', text, more)
const gas = (method = '') => part('coin', 'fee 1 GAS', { kind: 'network_fee', method: method === '' ? null : method })
const ASSETS: Readonly<Record<string, Partial<PartAsset>>> = {
  LP: { symbol: 'UNI-V2' },
  POS: { symbol: 'UNI-V3-POS #9' },
}
const asset = (id: string): PartAsset => ({ symbol: id, chain: 'ethereum', contract: `0x${id}`, ...ASSETS[id] })
const joined = (...parts: TransactionPart[]) => {
  const { kind, legs } = joinTransaction(parts, asset)
  return `${kind}: ${legs.map(({ role, amount, asset: id }) => `${role} ${formatAmount(amount)} ${id}`).join(', ')}`
}
const minted = { from: NOBODY, kind: 'unmatched_in' } as const
const arrived = { from: '0xpool', kind: 'unmatched_in' } as const

describe('what the records of one transaction are together', () => {
  const CASES: readonly (readonly [string, readonly TransactionPart[]])[] = [
    ['trade: out 2 ETH, in 5 TKN, fee 1 GAS', [part('coin', 'out 2 ETH, fee 1 GAS'), token('in 5 TKN', arrived)]],
    ['trade: out 3 A, in 4 B', [token('out 3 A'), token('in 4 B', arrived)]],
    [
      'trade: out 1 ETH, in 5 TKN',
      [part('coin', 'out 2 ETH'), part('internal', 'in 1 ETH', arrived), token('in 5 TKN', arrived)],
    ],
    ['wrap: out 2 ETH, in 2 WETH', [part('coin', 'out 2 ETH'), token('in 2 WETH', minted)]],
    ['unwrap: out 2 WETH, in 2 ETH', [token('out 2 WETH'), part('internal', 'in 2 ETH', arrived)]],
    ['trade: out 2 ETH, in 3 WETH', [part('coin', 'out 2 ETH'), token('in 3 WETH', arrived)]],
    [
      'liquid_stake: out 2 ETH, in 2 ethereum:0xae7ab96520de3a18e5e111b5eaab095312d7fe84',
      [part('coin', 'out 2 ETH'), token('in 2 ethereum:0xae7ab96520de3a18e5e111b5eaab095312d7fe84', minted)],
    ],
    [
      'trade: out 2 ETH, in 2 ethereum:0xae7ab96520de3a18e5e111b5eaab095312d7fe84',
      [part('coin', 'out 2 ETH'), token('in 2 ethereum:0xae7ab96520de3a18e5e111b5eaab095312d7fe84', arrived)],
    ],
    ['lp_add: out 1 A, in 7 LP', [token('out 1 A'), token('in 7 LP', minted)]],
    ['lp_add: out 1 A, out 2 B, in 7 SHARE', [token('out 1 A'), token('out 2 B'), token('in 7 SHARE', minted)]],
    ['lp_add: out 1 A, out 2 B, in 1 POS', [token('out 1 A'), token('out 2 B'), part('nft', 'in 1 POS', minted)]],
    ['lp_remove: out 7 LP, in 1 A, in 2 B', [token('out 7 LP'), token('in 1 A', arrived), token('in 2 B', arrived)]],
    [
      'lp_remove: out 7 LP, in 1 A, fee 1 GAS',
      [gas('Remove Liquidity One Coin'), token('out 7 LP'), token('in 1 A', arrived)],
    ],
    ['trade: out 7 LP, in 1 A', [token('out 7 LP'), token('in 1 A', arrived)]],
    ['nft_mint: out 1 ETH, in 1 APE:1', [part('coin', 'out 1 ETH'), part('nft', 'in 1 APE:1', minted)]],
    ['nft_buy: out 1 ETH, in 1 APE:1', [part('coin', 'out 1 ETH'), part('nft', 'in 1 APE:1', arrived)]],
    ['nft_sell: out 1 APE:1, in 1 WETH', [part('nft', 'out 1 APE:1'), token('in 1 WETH', arrived)]],
    ['vault_deposit: out 5 A, in 4 YV, fee 1 GAS', [gas('Deposit'), token('out 5 A'), token('in 4 YV', minted)]],
    ['trade: out 5 A, in 4 YV, fee 1 GAS', [gas('Swap'), token('out 5 A'), token('in 4 YV', minted)]],
    [
      'vault_withdraw: out 4 YV, in 5 A, fee 1 GAS',
      [gas('Redeem'), token('out 4 YV', { to: NOBODY }), token('in 5 A', arrived)],
    ],
    ['unmatched_out: out 5 A, fee 1 GAS', [gas('Transfer'), token('out 5 A')]],
    ['unmatched_in: in 5 A, fee 1 GAS', [gas('Claim'), token('in 5 A', arrived)]],
    ['nft_mint: in 1 APE:1, fee 1 GAS', [gas('Mint'), part('nft', 'in 1 APE:1', { ...minted, kind: 'nft_mint' })]],
    ['self_send: fee 1 GAS', [gas('Transfer'), token('out 5 A, in 5 A', { kind: 'self_send' })]],
    ['unmatched_out: out 5 A, fee 2 GAS', [gas(), gas(), token('out 5 A')]],
  ]
  it.each(CASES)('%s', (expected, parts) => {
    expect(joined(...parts)).toBe(expected)
  })

  it('is the same in whatever order they come, and moves what they move', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CASES),
        fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
        ([expected, parts], seeds) => {
          const shuffled = parts
            .map((one, n) => [seeds[n % 4] as number, one] as const)
            .toSorted((a, b) => a[0] - b[0])
            .map(([, one]) => one)
          expect(joined(...shuffled)).toBe(expected)
          const sums = (legs: readonly { role: string; asset: string; amount: bigint }[]) => {
            const found = new Map<string, bigint>()
            for (const { role, asset: id, amount } of legs)
              found.set(id, (found.get(id) ?? 0n) + (role === 'in' ? amount : -amount))
            return [...found].filter(([, sum]) => sum !== 0n).toSorted()
          }
          expect(sums(joinTransaction(parts, asset).legs)).toEqual(sums(parts.flatMap(({ legs }) => legs)))
        },
      ),
    )
  })
})

describe('records that are no part of it', () => {
  it('are spam and transfers of nothing', () => {
    const isSpam = (id: string): boolean => id === 'SPAM'
    expect(isJoinable({ kind: 'spam_in', legs: token('in 1 A').legs }, isSpam)).toBe(false)
    expect(isJoinable(token('in 1 SPAM', arrived), isSpam)).toBe(false)
    expect(isJoinable(token('out 1 SPAM'), isSpam)).toBe(true)
    expect(isJoinable({ kind: 'informational', legs: [] }, isSpam)).toBe(false)
    expect(isJoinable(token('in 1 A', arrived), isSpam)).toBe(true)
  })

  it('tell of the same side in the files of two explorers, but not in two ages of one file', () => {
    expect(tellsSame('etherscan', 'transactions', 'Blockscout transactions')).toBe(true)
    expect(tellsSame('etherscan', 'token transfers', 'old token transfers')).toBe(false)
    expect(tellsSame('etherscan', 'transactions', 'internal transactions')).toBe(false)
    expect(tellsSame('solscan', 'transfers', 'old export')).toBe(true)
    expect(tellsSame('kraken-ledgers', 'ledgers', 'other')).toBe(false)
    expect(tellsTwice([token('in 1 A'), { table: 'token', layout: 'Blockscout token transfers' }])).toBe(true)
  })

  it('have no whole hash of their chain', () => {
    const hash = `0x${'Ab'.repeat(32)}`
    expect(transactionId('etherscan:0xme:row:1', hash)).toBe(`etherscan:0xme:tx.${hash.toLowerCase()}`)
    for (const cut of [null, '0xabab', `${hash}00`, hash.slice(2), `${hash.slice(0, 20)}…`])
      expect(transactionId('etherscan:0xme:row:1', cut)).toBeNull()
    expect(transactionId('kraken-ledgers:kraken:1', hash)).toBeNull()
    expect(transactionId('solscan:me:row:1', '5'.repeat(88))).toBe(`solscan:me:tx.${'5'.repeat(88)}`)
  })
})
