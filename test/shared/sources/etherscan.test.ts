import { describe, expect, it } from 'vitest'
import type { AccountId, SourceId } from '../../../shared/events/identifiers.ts'
import { collect, fixture } from '../../electron/intake/collect.ts'
import { linesOf, linesOfFixture } from './read-lines.ts'

const FILES: Readonly<Record<string, readonly string[]>> = {
  'blockscout-token.csv': [
    'etherscan / Blockscout token transfers, UTC',
    '2 2024-01-11T19:06:40.000Z unmatched_in: in 12.5 ethereum:0x1212121212121212121212121212121212121212 | hash 0xiaa1 | from 0x2222222222222222222222222222222222222222',
    '3 not-understood [TokensTransferred]: the amount is in the smallest unit of the token, and the file does not say how many decimals it has',
  ],
  'blockscout.csv': [
    'etherscan / Blockscout transactions, UTC',
    '2 2024-01-11T19:06:40.000Z unmatched_in: in 1.5 ETH | hash 0xhaa1 | from 0x2222222222222222222222222222222222222222',
    '3 2024-01-11T19:23:20.000Z unmatched_out: out 0.25 ETH, fee 0.000021 ETH on out | hash 0xhaa2 | to 0x3333333333333333333333333333333333333333',
    '4 2024-01-11T19:40:00.000Z failed_fee: fee 0.000021 ETH | hash 0xhaa3 | to 0x3333333333333333333333333333333333333333',
    '5 not-understood [Type]: it is neither IN nor OUT',
  ],
  'etherscan-chain.csv': [
    'basescan / transactions, UTC',
    '2 2024-12-24T00:26:40.000Z unmatched_out: out 0.5 ETH, fee 0.00001 ETH on out | hash 0xcaa1 | to 0x2222222222222222222222222222222222222222',
    '3 2024-12-24T00:43:20.000Z unmatched_out: out 0.1 ETH, fee 0.00001 ETH on out | hash 0xcaa2 | to 0x5555555555555555555555555555555555555555',
  ],
  'etherscan-internal.csv': [
    'etherscan / internal transactions, UTC',
    '2 2024-01-11T19:06:40.000Z unmatched_in: in 0.3 ETH | hash 0xdaa1 | from 0x2222222222222222222222222222222222222222',
    '3 2024-01-11T19:06:40.000Z unmatched_in: in 0.3 ETH | hash 0xdaa1 | from 0x2222222222222222222222222222222222222222',
    '4 skipped: it was reverted: nothing was moved',
    '5 2024-01-11T19:40:00.000Z unmatched_out: out 0.2 ETH | hash 0xdaa3 | to 0x6666666666666666666666666666666666666666',
  ],
  'etherscan-nft-older.csv': [
    'etherscan / old NFT transfers, UTC',
    '2 2021-03-06T03:06:40.000Z unmatched_in: in 1 ethereum:0xabababababababababababababababababababab:12 | hash 0xfba1 | from 0x3333333333333333333333333333333333333333',
    '3 2021-03-06T03:23:20.000Z unmatched_out: out 1 ethereum:0xabababababababababababababababababababab:12 | hash 0xfba2 | to 0x4444444444444444444444444444444444444444',
  ],
  'etherscan-nft.csv': [
    'etherscan / NFT transfers, UTC',
    '2 2024-01-11T19:06:40.000Z nft_mint: in 1 ethereum:0xabababababababababababababababababababab:77 | hash 0xfaa1 | from 0x0000000000000000000000000000000000000000',
    '3 2024-01-11T19:23:20.000Z unmatched_out: out 1 ethereum:0xabababababababababababababababababababab:77 | hash 0xfaa2 | to 0x3333333333333333333333333333333333333333',
    '4 2024-01-11T19:40:00.000Z unmatched_in: in 20 ethereum:0xcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd:5 | hash 0xfaa3 | from 0x3333333333333333333333333333333333333333',
  ],
  'etherscan-older.csv': [
    'bscscan / transactions, UTC',
    '2 2021-05-03T00:00:00.000Z unmatched_out: out 0.5 BNB, fee 0.0012 BNB on out | hash 0xbaa1 | to 0x2222222222222222222222222222222222222222',
    '3 2021-05-03T00:20:00.000Z unmatched_in: in 2 BNB | hash 0xbaa2 | from 0x4444444444444444444444444444444444444444',
  ],
  'etherscan-token-older.csv': [
    'etherscan / old token transfers, UTC',
    '2 2020-09-13T12:26:40.000Z unmatched_in: in 12.5 DAI | hash 0xeaa1 | from 0x2222222222222222222222222222222222222222',
    '3 2020-09-13T12:43:20.000Z unmatched_out: out 2.5 DAI | hash 0xeaa2 | to 0x3333333333333333333333333333333333333333',
  ],
  'etherscan-token-single.csv': [
    'etherscan / old token transfers, UTC',
    '2 not-understood [file name]: the file does not say which address it is of; give it back the name that the explorer gave it (with 0x…)',
  ],
  'etherscan-token.csv': [
    'etherscan / token transfers, UTC',
    '2 2024-01-11T19:06:40.000Z unmatched_in: in 1299.55 USDC | hash 0xaaa1 | from 0x2222222222222222222222222222222222222222',
    '3 2024-01-11T20:46:40.000Z unmatched_in: in 1000000 ethereum:0x5555555555555555555555555555555555555555 | hash 0xbbb1 | from 0x4444444444444444444444444444444444444444',
    '4 2024-01-11T21:03:20.000Z unmatched_out: out 100 USDC | hash 0xbbb2 | to 0x2222222222222222222222222222222222222222',
    '5 2024-01-11T21:03:20.000Z unmatched_in: in 99.5 DAI | hash 0xbbb2 | from 0x2222222222222222222222222222222222222222',
    '6 2024-01-11T21:20:00.000Z informational:  | hash 0xbbb3 | to 0x2222000000000000000000000000000000002222 | ! a transfer of nothing, of the kind that is sent to have its address copied by mistake',
    '7 2024-01-11T21:36:40.000Z unmatched_in: in 5 ethereum:0x8888888888888888888888888888888888888888 | hash 0xbbb4 | from 0x7777777777777777777777777777777777777777',
    '8 2024-01-11T21:53:20.000Z unmatched_out: out 25 USDT | hash 0xbbb5 | to 0x7777777777777777777777777777777777777777',
    '9 not-understood [TokenValue]: the amount “heaps” is not a number',
  ],
  'etherscan.csv': [
    'etherscan / transactions, UTC',
    '2 2024-01-11T19:06:40.000Z unmatched_out: out 0.5 ETH, fee 0.0012 ETH on out | hash 0xaaa1 | to 0x2222222222222222222222222222222222222222',
    '3 2024-01-11T19:26:40.000Z failed_fee: fee 0.0009 ETH | hash 0xaaa2 | to 0x3333333333333333333333333333333333333333',
    '4 2024-01-11T19:46:40.000Z approval_fee: fee 0.0009 ETH | hash 0xaaa3 | to 0x3333333333333333333333333333333333333333',
    '5 2024-01-11T20:06:40.000Z unmatched_in: in 1.25 ETH | hash 0xaaa4 | from 0x4444444444444444444444444444444444444444',
    '6 skipped: it failed, and its fee was paid by another address: nothing was moved',
    '7 2024-01-11T20:46:40.000Z network_fee: fee 0.0005 ETH | hash 0xaaa6 | to 0x1111111111111111111111111111111111111111',
    '8 2024-01-11T21:06:40.000Z network_fee: fee 0.02 ETH | hash 0xaaa7 | to 0x9999999999999999999999999999999999999999',
    '9 2024-01-11T21:26:40.000Z unmatched_out: out 0.25 ETH, fee 0.0012 ETH on out | hash 0xaaa8 | to 0x2222222222222222222222222222222222222222',
    '10 not-understood [UnixTimestamp]: “soon” is no time of the calendar that this source writes',
    '11 not-understood [Value_OUT]: the amount “wei” is not a number',
  ],
  'snowtrace-token.csv': [
    'snowtrace / token transfers by chain, UTC',
    '2 2024-01-11T19:06:40.000Z unmatched_in: in 12.5 avalanche:0x1212121212121212121212121212121212121212 | hash 0xgaa1 | from 0x2222222222222222222222222222222222222222',
    '3 2024-01-11T19:23:20.000Z unmatched_out: out 2.5 avalanche:0x1212121212121212121212121212121212121212 | hash 0xgaa2 | to 0x4444444444444444444444444444444444444444',
  ],
}

describe('Etherscan and its family', () => {
  it.each(Object.keys(FILES))('%s: every row becomes what it was, or says why not', async (name) => {
    expect(await linesOfFixture(name)).toEqual(FILES[name])
  })
})

describe('the address of an explorer’s file', () => {
  const own = '0x1111111111111111111111111111111111111111'
  const single = fixture('etherscan-token-single.csv')

  it('is the account, from the name of the file or from what every row has', async () => {
    const named = await collect(single, { fileName: `export-token-${own}.csv` })
    expect(named.tables[0]?.account).toMatchObject({ id: own, name: own, kind: 'address' })
    const unnamed = await collect(fixture('etherscan-token.csv'))
    expect(unnamed.tables[0]?.account).toMatchObject({ id: own, kind: 'address' })
  })

  it('gives the direction of the only row, which is not understood without it', async () => {
    const mine = await collect(single, { fileName: `export-token-${own}.csv` })
    expect(linesOf(mine)[1]).toMatch(/unmatched_in: in 12.5 DAI/)
    const others = await collect(single, { fileName: `export-token-${own.replaceAll('1', '2')}.csv` })
    expect(linesOf(others)[1]).toMatch(/unmatched_out: out 12.5 DAI/)
    expect(others.rows[0]?.identity).not.toBe(mine.rows[0]?.identity)
  })

  it('is only a hint: an account that the user chose goes before it', async () => {
    const account = { id: 'metamask' as AccountId, name: 'MetaMask', kind: 'wallet' } as const
    const read = await collect(single, { fileName: `export-token-${own}.csv`, account })
    expect(read.tables[0]?.account.id).toBe('metamask')
  })
})

describe('the chain of an explorer’s file', () => {
  const sources = async (name: string) => {
    const table = (await collect(fixture(name))).tables[0]
    const best = table?.candidates[0]?.score
    return table?.candidates.filter(({ score }) => score === best).map(({ source }) => source)
  }

  it('is known from the coin in the header, or from a column', async () => {
    expect(await sources('etherscan-older.csv')).toEqual(['bscscan'])
    expect(await sources('etherscan-chain.csv')).toEqual(['basescan'])
    expect(await sources('snowtrace-token.csv')).toEqual(['snowtrace'])
  })

  it('is the user’s to say where several are possible', async () => {
    expect(await sources('etherscan.csv')).toEqual(['etherscan', 'arbiscan', 'basescan', 'optimism', 'lineascan'])
    const read = await collect(fixture('etherscan-token.csv'), { source: 'polygonscan' as SourceId })
    expect(read.tables[0]).toMatchObject({ source: 'polygonscan', tied: false })
    expect(linesOf(read)[1]).toContain('polygon:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48')
  })
})
