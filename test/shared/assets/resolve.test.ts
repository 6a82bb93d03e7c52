import { describe, expect, it } from 'vitest'
import { ASSET_FAMILIES, familyOf } from '../../../shared/assets/families.ts'
import { type AssetName, assetResolver, resolveAsset } from '../../../shared/assets/resolve.ts'
import { COINS, SYMBOL_RULES, TOKENS } from '../../../shared/assets/symbols.ts'
import type { Instant, SourceId } from '../../../shared/events/identifiers.ts'

const at = (date: string): Instant => Date.parse(`${date}T12:00:00Z`) as Instant
const resolve = (symbol: string, source: string, date = '2024-01-01') =>
  resolveAsset({ symbol }, source as SourceId, at(date))

describe('what a source means by a symbol', () => {
  it.each([
    ['XXBT', 'kraken-ledgers', '2024-01-01', 'BTC'],
    ['XBT', 'kraken-ledgers', '2024-01-01', 'BTC'],
    ['XBT', 'coinbase', '2024-01-01', 'BTC'],
    ['ZEUR', 'kraken-ledgers', '2024-01-01', 'EUR'],
    ['ZCHF', 'kraken-ledgers', '2024-01-01', 'CHF'],
    ['XDG', 'kraken-ledgers', '2024-01-01', 'DOGE'],
    ['XXDG', 'kraken-ledgers', '2024-01-01', 'DOGE'],
    ['ETH2', 'kraken-ledgers', '2021-06-01', 'ETH'],
    ['ETH2.S', 'kraken-ledgers', '2021-06-01', 'ETH'],
    ['ETH2', 'coinbase', '2021-06-01', 'ETH'],
    ['DOT28.S', 'kraken-ledgers', '2024-01-01', 'DOT'],
    ['ATOM21.S', 'kraken-ledgers', '2024-01-01', 'ATOM'],
    ['MATIC04.S', 'kraken-ledgers', '2024-01-01', 'MATIC'],
    ['SOL.F', 'kraken-ledgers', '2024-01-01', 'SOL'],
    ['USDT.M', 'kraken-ledgers', '2024-01-01', 'USDT'],
    ['XBT.B', 'kraken-ledgers', '2024-01-01', 'BTC'],
    ['KSM.P', 'kraken-ledgers', '2024-01-01', 'KSM'],
    ['ZUSD.HOLD', 'kraken-ledgers', '2024-01-01', 'USD'],
    ['LUNA', 'kraken-ledgers', '2024-01-01', 'LUNC'],
    ['LUNA.S', 'kraken-ledgers', '2022-01-01', 'LUNC'],
    ['LUNA2', 'kraken-ledgers', '2024-01-01', 'LUNA'],
    ['LUNA', 'binance-statement', '2022-05-01', 'LUNC'],
    ['LUNA', 'binance-statement', '2022-06-01', 'LUNA'],
    ['UST', 'coinbase', '2022-04-01', 'USTC'],
    ['UST', 'bitfinex', '2022-04-01', 'USDT'],
    ['REP', 'kraken-ledgers', '2020-01-01', 'REPV1'],
    ['REPV2', 'kraken-ledgers', '2021-01-01', 'REP'],
    ['BCC', 'binance-statement', '2018-02-01', 'BCH'],
    ['MIOTA', 'koinly', '2018-02-01', 'IOTA'],
    ['STR', 'poloniex', '2015-02-01', 'XLM'],
    ['LDUSDT', 'binance-statement', '2024-01-01', 'USDT'],
    ['LDO', 'binance-statement', '2024-01-01', 'LDO'],
    ['MATIC', 'coinbase', '2024-01-01', 'MATIC'],
    ['POL', 'coinbase', '2024-11-01', 'POL'],
  ])('%s at %s on %s is %s', (symbol, source, date, asset) => {
    const found = resolve(symbol, source, date)
    expect(found).toMatchObject({ found: 'known', asset })
    expect(found.reason).not.toBe('')
  })

  it('leaves tickers alone that only look like a pocket or a currency of Kraken', () => {
    expect(resolve('ZRX', 'kraken-ledgers').asset).toBe('ZRX')
    expect(resolve('DOT28.S', 'coinbase')).toMatchObject({ found: 'unknown', asset: 'DOT28.S' })
    expect(resolve('ZEUR', 'coinbase').found).toBe('unknown')
    expect(resolve('LDUSDT', 'coinbase').found).toBe('unknown')
  })

  it('says where a symbol may mean two things', () => {
    expect(resolve('BCC', 'koinly', '2017-12-01')).toMatchObject({ found: 'ambiguous', choices: ['BCC', 'BCH'] })
  })

  it('keeps an asset never heard of under its own name', () => {
    expect(resolve('freshcoin', 'coinbase')).toMatchObject({ found: 'unknown', asset: 'FRESHCOIN', kind: 'crypto' })
  })

  it('takes chain and contract for the identity of a token, whatever its ticker', () => {
    const spam: AssetName = { symbol: 'BTC', chain: 'ethereum', contract: '0xABCDEF' }
    expect(resolveAsset(spam, 'etherscan' as SourceId, at('2024-01-01'))).toMatchObject({
      asset: 'ethereum:0xabcdef',
      kind: 'token',
    })
  })

  it('remembers only what never changed its meaning', () => {
    const resolver = assetResolver('binance-statement' as SourceId)
    expect(resolver({ symbol: 'LUNA' }, at('2022-05-01')).asset).toBe('LUNC')
    expect(resolver({ symbol: 'LUNA' }, at('2022-06-01')).asset).toBe('LUNA')
    expect(resolver({ symbol: 'BTC' }, at('2022-06-01'))).toBe(resolver({ symbol: 'BTC' }, at('2012-06-01')))
  })
})

describe('the table', () => {
  it('tells one contract apart by its chain, and under each name that it comes with', () => {
    const resolver = assetResolver('rotki' as SourceId)
    const usdt = '0xdac17f958d2ee523a2206206994597c13d831ec7'
    const of = (symbol: string, chain: string, contract: string) => {
      const { asset, symbol: named } = resolver({ symbol, chain, contract }, at('2024-01-01'))
      return [asset, named]
    }
    for (let i = 0; i < 2; i++) {
      expect(of('AAA', 'ethereum', usdt)).toEqual(['USDT', 'USDT'])
      expect(of('AAA', 'base', usdt)).toEqual([`base:${usdt}`, 'AAA'])
      expect(of('BBB', 'base', usdt)).toEqual([`base:${usdt}`, 'BBB'])
    }
  })

  it('names no symbol twice', () => {
    const all = [...COINS, ...TOKENS]
    expect(all.filter((symbol, i) => all.indexOf(symbol) !== i)).toEqual([])
  })

  it('gives a reason for every exception and an asset that it knows, currencies and coins alike', () => {
    for (const rule of SYMBOL_RULES) expect(rule.reason.length).toBeGreaterThan(8)
    const unknown = SYMBOL_RULES.filter((rule) => rule.or === undefined).filter(
      (rule) => resolve(rule.asset, 'none').found === 'unknown',
    )
    expect(unknown.map((rule) => rule.symbol)).toEqual([])
  })

  it('puts no asset into two families', () => {
    const members = ASSET_FAMILIES.flatMap((family) => family.members)
    expect(new Set(members).size).toBe(members.length)
    expect(familyOf('WETH')).toBe('ETH')
    expect(familyOf('DOGE')).toBeUndefined()
  })
})
