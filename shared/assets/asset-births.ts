import type { Asset } from '../events/account.ts'
import type { CivilDate } from '../events/identifiers.ts'

const born = (date: string): CivilDate => date as CivilDate

/**
 * The first day on which a native coin could be held: its first block, or the day of the split it came from. Only coins
 * whose day is beyond doubt; nothing may be said of a coin that is not here.
 */
const BIRTHS: ReadonlyMap<string, CivilDate> = new Map([
  ['BTC', born('2009-01-03')],
  ['LTC', born('2011-10-07')],
  ['XRP', born('2012-06-02')],
  ['DOGE', born('2013-12-06')],
  ['DASH', born('2014-01-18')],
  ['XMR', born('2014-04-18')],
  ['ETH', born('2015-07-30')],
  ['ETC', born('2016-07-20')],
  ['ZEC', born('2016-10-28')],
  ['BCH', born('2017-08-01')],
  ['ADA', born('2017-09-23')],
  ['BSV', born('2018-11-15')],
  ['ATOM', born('2019-03-13')],
  ['SOL', born('2020-03-16')],
  ['DOT', born('2020-05-26')],
  ['AVAX', born('2020-09-21')],
])

/** When an asset came into being; null where that is not known, and for tokens, whose symbol says nothing. */
export function birthOf({ kind, symbol, id, contract }: Asset): CivilDate | null {
  if (kind !== 'crypto' || contract !== undefined) return null
  return BIRTHS.get(symbol ?? id) ?? null
}
