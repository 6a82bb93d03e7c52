/**
 * Kraken's trades.csv: one row for each fill, with the fill's own id (`txid`), which is the `refid` of its rows in the
 * ledgers export. Facts:
 * - `pair` is `XXBTZEUR`, `XBTUSDT` or, newer, `XBT/EUR`. In the old form of eight letters both codes have four, with X or Z
 *   in front; otherwise a leading X or Z belongs to the base (`XTZEUR`, `ICXETH`, `ZRXXBT`).
 * - The fee's currency is not stated: the quote, unless an order asked for the base. The ledgers state it.
 * - Rows with `margin` are leveraged: they move no coins; `net` is the result of what they closed, in the quote.
 * - Times are UTC, some with four decimals. Younger files have further columns from `postxid` on.
 */
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { unknownType } from './cells.ts'
import { leg, type Meaning, trade } from './legs.ts'
import { COMMON_QUOTES, type MarketPair, pairSplitter } from './market-pairs.ts'
import type { RowCursor } from './row-cursor.ts'
import { type OpenTable, type RowReader, tableSource } from './table-source.ts'

const REQUIRED = ['txid', 'ordertxid', 'pair', 'time', 'type', 'ordertype', 'price', 'cost', 'fee', 'vol']
const OPTIONAL = ['margin', 'misc', 'ledgers', 'aclass', 'subclass', 'costusd']
const POSITION = [
  'postxid',
  'posstatus',
  'posstatuscode',
  'cprice',
  'ccost',
  'cfee',
  'cvol',
  'cmargin',
  'net',
  'trades',
]

const OLD_QUOTES = new Set(['ZEUR', 'ZUSD', 'ZGBP', 'ZCAD', 'ZJPY', 'ZAUD', 'ZKRW', 'XXBT', 'XETH', 'XXDG'])
const modern = pairSplitter(COMMON_QUOTES)

/** The two codes of a market of Kraken, or null. */
export function krakenPair(market: string): MarketPair | null {
  const quote = market.slice(4)
  const first = market.charCodeAt(0)
  const isOld = market.length === 8 && OLD_QUOTES.has(quote)
  if (isOld && (first === 88 || first === 90 || market.startsWith('USDT'))) return { base: market.slice(0, 4), quote }
  return modern(market)
}

function open({ column, sink }: OpenTable): RowReader {
  sink.warn(
    'Kraken’s ledgers hold the same trades with their exact fees; where both are imported, one of each pair counts',
  )
  const at = {
    pair: column('pair'),
    type: column('type'),
    cost: column('cost'),
    fee: column('fee'),
    volume: column('vol'),
    margin: column('margin'),
    net: column('net'),
  }
  return {
    read(row: RowCursor) {
      const market = row.word(at.pair)
      const pair = krakenPair(market)
      if (pair === null) return { reason: `“${market.slice(0, 40)}” is no market of two assets`, column: 'pair' }
      const type = row.word(at.type).toLowerCase()
      if (type !== 'buy' && type !== 'sell') return unknownType(type, 'type')
      const fee = row.amount(at.fee)
      if (row.amount(at.margin) !== 0n) return leveraged(pair, fee, row.amount(at.net))
      const cost = row.neededSize(at.cost)
      const volume = row.neededSize(at.volume)
      const { base, quote } = pair
      const sides = { isBuy: type === 'buy', base, baseAmount: volume, quote, quoteAmount: cost, fee }
      return { ...trade(sides, (symbol) => row.isFiat(symbol)), sourceKind: type }
    },
  }
}

/** A leveraged fill moves no coins: its fee, and the result of what it closed. */
function leveraged({ quote }: MarketPair, fee: bigint, net: bigint): Meaning {
  const fees = fee === 0n ? [] : [leg('fee', quote, fee)]
  const sourceKind = 'leveraged trade'
  if (net === 0n) return { kind: fee === 0n ? 'informational' : 'derivative_fee', legs: fees, sourceKind }
  const role = net < 0n ? 'out' : 'in'
  return { kind: net < 0n ? 'realised_loss' : 'realised_profit', legs: [leg(role, quote, net), ...fees], sourceKind }
}

const LAYOUT = { id: ['txid'], identity: ['txid'], time: ['time'], record: 'trade', open }

export const krakenTrades = tableSource({
  id: 'kraken-trades' as SourceId,
  name: 'Kraken trades',
  venue: 'Kraken',
  version: 1,
  account: { name: 'Kraken', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  howToGet:
    'Kraken: Documents → New export → Trades, CSV. Better: Ledgers, which hold everything and need no trades beside them.',
  layouts: [
    { ...LAYOUT, layout: 'trades', required: REQUIRED, optional: OPTIONAL },
    {
      ...LAYOUT,
      layout: 'trades with positions',
      required: [...REQUIRED, 'postxid', 'net'],
      optional: [...OPTIONAL, ...POSITION],
    },
  ],
})
