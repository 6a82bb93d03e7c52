import { expect, it } from 'vitest'
import { LOOK_BACKS, lookBackOf } from '../../../shared/sources/look-back.ts'

it('what may hide records is found by source, the more telling entry first, and not by likeness of names', () => {
  expect(lookBackOf('binance-statement')?.source).toBe('binance')
  expect(lookBackOf('binance-us')?.source).toBe('binance-us')
  expect(lookBackOf('bscscan')?.text).toContain('5,000 rows')
  expect(lookBackOf('binancelike')).toBeNull()
  expect(lookBackOf('kraken-ledgers')).toBeNull()
  expect(new Set(LOOK_BACKS.map(({ source }) => source)).size).toBe(LOOK_BACKS.length)
})
