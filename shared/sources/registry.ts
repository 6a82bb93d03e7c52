/** Every format that Tallystick reads. A new one is a file of its own and a line here. */

import { binanceFutures } from './binance-futures.ts'
import { binanceOrders } from './binance-orders.ts'
import { binanceStatement } from './binance-statement.ts'
import { binanceTrades } from './binance-trades.ts'
import { binanceTransfers } from './binance-transfers.ts'
import { binanceUs } from './binance-us.ts'
import { bitstamp } from './bitstamp.ts'
import { bybit } from './bybit.ts'
import { coinbase } from './coinbase.ts'
import { coinbasePrime } from './coinbase-prime.ts'
import { coinbaseProAccount } from './coinbase-pro-account.ts'
import { coinbaseProFills } from './coinbase-pro-fills.ts'
import { gemini } from './gemini.ts'
import { koinly } from './koinly.ts'
import { krakenLedgers } from './kraken-ledgers.ts'
import { krakenTrades } from './kraken-trades.ts'
import { ledgerLive } from './ledger-live.ts'
import { okx } from './okx.ts'
import { priceTable } from './price-table.ts'
import type { SourceFormat, TableHeader } from './source-format.ts'
import { tallystickEvents } from './tallystick-events.ts'

export const SOURCE_FORMATS: readonly SourceFormat[] = [
  coinbase,
  krakenLedgers,
  binanceStatement,
  krakenTrades,
  binanceTrades,
  binanceOrders,
  binanceTransfers,
  binanceFutures,
  binanceUs,
  coinbaseProAccount,
  coinbaseProFills,
  coinbasePrime,
  gemini,
  bitstamp,
  okx,
  bybit,
  ledgerLive,
  koinly,
  tallystickEvents,
  priceTable,
]

/** A format that recognises a header, with its score. */
export interface Candidate {
  readonly format: SourceFormat
  readonly score: number
  readonly layout: string
}

/** The formats that recognise the header, best first. Equal best scores are for the user to decide. */
export function recogniseTable(
  header: TableHeader,
  formats: readonly SourceFormat[] = SOURCE_FORMATS,
): readonly Candidate[] {
  return formats
    .flatMap((format) => {
      const found = format.recognise(header)
      return found === null ? [] : [{ format, score: found.score, layout: found.layout }]
    })
    .toSorted((a, b) => b.score - a.score)
}
