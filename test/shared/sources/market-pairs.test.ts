import { describe, expect, it } from 'vitest'
import type { Amount } from '../../../shared/amount/amount.ts'
import { formatAmount } from '../../../shared/amount/decimal.ts'
import { binancePair } from '../../../shared/sources/binance-trades.ts'
import { bittrexPair } from '../../../shared/sources/bittrex-rows.ts'
import { gluedAmount } from '../../../shared/sources/glued-amounts.ts'
import { krakenPair } from '../../../shared/sources/kraken-trades.ts'
import { type MarketPair, pairByUnits, pairSplitter, separatedPair } from '../../../shared/sources/market-pairs.ts'

const shown = (pair: MarketPair | null) => (pair === null ? null : `${pair.base} ${pair.quote}`)

describe('markets', () => {
  it.each([
    ['XXBTZEUR', 'XXBT ZEUR'],
    ['XETHXXBT', 'XETH XXBT'],
    ['USDTZUSD', 'USDT ZUSD'],
    ['ZEURZUSD', 'ZEUR ZUSD'],
    ['XBTUSDT', 'XBT USDT'],
    ['XBT/EUR', 'XBT EUR'],
    ['XTZEUR', 'XTZ EUR'],
    ['ICXETH', 'ICX ETH'],
    ['ZRXXBT', 'ZRX XBT'],
    ['SNXXBT', 'SNX XBT'],
    ['TRXETH', 'TRX ETH'],
    ['USD:BTNL', 'USD BTNL'],
    ['NONSENSE', null],
  ])('of Kraken: %s', (market, pair) => {
    expect(shown(krakenPair(market))).toBe(pair)
  })

  it.each([
    ['USDTUSD', 'USDT USD'],
    ['PAXGUSD', 'PAXG USD'],
    ['BNBIDR', 'BNB IDR'],
    ['LUNAEUR', 'LUNA EUR'],
    ['BTCFDUSD', 'BTC FDUSD'],
    ['1INCHBTC', '1INCH BTC'],
  ])('of Binance, by the longest quote: %s', (market, pair) => {
    expect(shown(binancePair(market))).toBe(pair)
  })

  it('of Bittrex: the quote stands first, except with a slash', () => {
    expect(shown(bittrexPair('USDT-BTC'))).toBe('BTC USDT')
    expect(shown(bittrexPair('SWT/BTC'))).toBe('SWT BTC')
    expect(bittrexPair('BTC')).toBeNull()
  })

  it('are split by the units beside their amounts', () => {
    expect(shown(pairByUnits('1INCHUSDT', '10.00000000001INCH', '25.00USDT'))).toBe('1INCH USDT')
    expect(shown(pairByUnits('PAXGUSD', '1PAXG', '2000USD'))).toBe('PAXG USD')
    expect(pairByUnits('BTCEUR', '1ETH', '2000EUR')).toBeNull()
  })

  it('with a separator have exactly two sides', () => {
    expect(shown(separatedPair('ltc_usdt'))).toBe('ltc usdt')
    for (const market of ['BTC', '/EUR', 'BTC-', 'BTC-USDT-SWAP']) expect(separatedPair(market)).toBeNull()
  })

  it('are never split so that no base remains', () => {
    const split = pairSplitter(['USDT', 'USD'])
    expect(split('USDT')).toBeNull()
    expect(shown(split('ABUSDT'))).toBe('AB USDT')
  })
})

describe('amounts with a unit in the cell', () => {
  const read = (text: string, units: readonly string[] = []) => {
    const found = gluedAmount(text, '.', units)
    return typeof found === 'string' ? found : `${formatAmount(found.amount as Amount)} ${found.symbol}`
  }

  it.each([
    ['0.0100000000BTC', '0.01 BTC'],
    ['1,234.50EUR', '1234.5 EUR'],
    ['20 USDT', '20 USDT'],
    ['-104.97 USDT', '-104.97 USDT'],
    ['0.5C98', '0.5 C98'],
    ['12.34000000001INCH', '12.34 1INCH'],
    ['0.00178800LTC', '0.001788 LTC'],
    ['5btc', '5 btc'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  it('trusts the units that the row lets expect', () => {
    expect(read('12.340G', ['0G'])).toBe('12.34 0G')
    expect(read('12.340G')).toBe('12.34 G')
  })

  it.each(['12.34', 'BTC', '', 'half an ETH'])('%s has none, or no number', (text) => {
    expect(read(text)).toMatch(/^the amount/)
  })
})
