import { describe, expect, it } from 'vitest'
import { type AssetAnswer, resolveWithAnswers } from '../../../shared/assets/answers.ts'
import { KNOWN_CONTRACTS } from '../../../shared/assets/contracts.ts'
import { resolveAsset } from '../../../shared/assets/resolve.ts'

const answer = (more: Partial<AssetAnswer>): AssetAnswer => ({
  source: null,
  symbol: 'BCC',
  from: null,
  to: null,
  asset: 'BCH' as never,
  ...more,
})
const asset = (answers: readonly AssetAnswer[], source = 'koinly', time = 50, name = 'bcc') =>
  resolveWithAnswers({ symbol: name }, source as never, time as never, answers).asset

describe('answers on symbols', () => {
  it('hold for their source and time, one for the source before one for all, the newest first', () => {
    expect(asset([])).toBe('BCC')
    expect(asset([answer({})])).toBe('BCH')
    expect(asset([answer({ source: 'binance' })])).toBe('BCC')
    expect(asset([answer({ from: 60 })])).toBe('BCC')
    expect(asset([answer({ from: 50, to: 51 })])).toBe('BCH')
    expect(asset([answer({ source: 'koinly', asset: 'X' as never }), answer({})])).toBe('X')
    expect(asset([answer({ asset: 'X' as never }), answer({ asset: 'Y' as never })])).toBe('Y')
  })

  it('say nothing of a token that names its contract', () => {
    const named = { symbol: 'BCC', chain: 'ethereum', contract: '0xAB' }
    expect(resolveWithAnswers(named, 'koinly' as never, 0 as never, [answer({})]).asset).toBe('ethereum:0xab')
  })
})

it('the own contract of a coin is that coin, any other contract an asset of its own, whatever it calls itself', () => {
  for (const { chain, contract, asset: known } of KNOWN_CONTRACTS) {
    const real = resolveAsset(
      { symbol: 'anything', chain, contract: contract.toUpperCase().replace('0X', '0x') },
      'x' as never,
      0 as never,
    )
    expect(real).toMatchObject({ found: 'known', asset: known, kind: 'token' })
    const other = resolveAsset(
      { symbol: known, chain, contract: `${contract.slice(0, -1)}f0` },
      'x' as never,
      0 as never,
    )
    expect(other.asset).not.toBe(known)
  }
})
