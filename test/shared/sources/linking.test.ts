import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LinkableEvent } from '../../../shared/sources/linking.ts'
import { linkCandidates } from '../../../shared/sources/linking.ts'

const event = (
  id: string,
  more: Partial<LinkableEvent> & { amount?: bigint; account?: string } = {},
): LinkableEvent => {
  const { amount = 5n, account = 'ledger', ...rest } = more
  return {
    id: id as never,
    source: 'ledger-live' as never,
    time: 1_700_000_000_000 as never,
    precision: 'second',
    hasProviderId: true,
    legs: [{ role: 'in', account: account as never, asset: 'BTC' as never, amount: amount as never }],
    ...rest,
  }
}
const koinly = { source: 'koinly' as never }

describe('the same movement from two sources', () => {
  it('is proved by its hash, account and amounts, however the hash is spelt', () => {
    const links = linkCandidates(
      [event('k', { ...koinly, hash: '0xAB', time: 1 as never })],
      [event('l', { hash: '0xab' })],
    )
    expect(links).toMatchObject([{ incoming: 'k', existing: 'l', grade: 'proved' }])
  })

  it('is only likely by a hash where amounts differ, and not at all where the account does', () => {
    const existing = [event('l', { hash: 'ab' })]
    expect(linkCandidates([event('k', { ...koinly, hash: 'ab', amount: 6n })], existing)).toMatchObject([
      { grade: 'likely', reason: 'the same transaction hash, with other amounts or fees' },
    ])
    expect(linkCandidates([event('k', { ...koinly, hash: 'ab', account: 'kraken' })], existing)).toEqual([])
  })

  it('is only likely at an equal time without a hash, and unlikely where hashes differ', () => {
    expect(linkCandidates([event('k', koinly)], [event('l')])).toMatchObject([{ grade: 'likely' }])
    expect(linkCandidates([event('k', { ...koinly, hash: 'aa' })], [event('l', { hash: 'bb' })])).toEqual([])
    expect(linkCandidates([event('k', { ...koinly, time: 1 as never })], [event('l')])).toEqual([])
  })

  it('is proved by a hash within one source where two explorers tell of the same side of a transaction', () => {
    const coin = { source: 'etherscan' as never, hasProviderId: false, hash: '0xab' }
    const told = (layout: string) =>
      linkCandidates([event('b', { ...coin, layout })], [event('e', { ...coin, layout: 'transactions' })])
    expect(told('Blockscout transactions')).toMatchObject([{ grade: 'proved' }])
    expect(told('internal transactions')).toEqual([])
  })

  it('is likely within one source where only one of the layouts has ids, and never where both have', () => {
    expect(linkCandidates([event('new')], [event('old', { hasProviderId: false })])).toMatchObject([
      { grade: 'likely' },
    ])
    expect(linkCandidates([event('new')], [event('old')])).toEqual([])
  })

  it('keeps twins two: each is linked at most once, proof first, in any order', () => {
    const twins = [event('k1', { ...koinly, hash: 'h' }), event('k2', { ...koinly, hash: 'h' })]
    fc.assert(
      fc.property(fc.shuffledSubarray(twins, { minLength: 2 }), (incoming) => {
        expect(linkCandidates(incoming, [event('l1', { hash: 'h' })])).toHaveLength(1)
        const both = linkCandidates(incoming, [event('l2', { hash: 'h' }), event('l1', { hash: 'h' })])
        expect(both.map((link) => `${link.incoming} ${link.existing}`)).toEqual(['k1 l1', 'k2 l2'])
      }),
    )
  })

  it('never links what moves nothing', () => {
    const still = {
      legs: [{ role: 'info' as const, account: 'a' as never, asset: 'BTC' as never, amount: 1n as never }],
    }
    expect(linkCandidates([event('k', { ...koinly, ...still })], [event('l', still)])).toEqual([])
  })
})
