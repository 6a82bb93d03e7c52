/** Every format that Tallystick reads. A new one is a file of its own and a line here. */

import { accointing } from './accointing.ts'
import { anycoin } from './anycoin.ts'
import { awaken } from './awaken.ts'
import { binanceFutures } from './binance-futures.ts'
import { binanceOrders } from './binance-orders.ts'
import { binanceStatement } from './binance-statement.ts'
import { binanceTrades } from './binance-trades.ts'
import { binanceTransfers } from './binance-transfers.ts'
import { binanceUs } from './binance-us.ts'
import { bisq } from './bisq.ts'
import { bitcoinCore } from './bitcoin-core.ts'
import { bitcoinTax } from './bitcoin-tax.ts'
import { bitfinex } from './bitfinex.ts'
import { bitfinexLedgers } from './bitfinex-ledgers.ts'
import { bitmex } from './bitmex.ts'
import { bitpanda } from './bitpanda.ts'
import { bitpandaPro } from './bitpanda-pro.ts'
import { bitstamp } from './bitstamp.ts'
import { bittrex } from './bittrex.ts'
import { bittyTax } from './bittytax.ts'
import { bitvavo } from './bitvavo.ts'
import { blockchainCom } from './blockchain-com.ts'
import { blockfi } from './blockfi.ts'
import { blockfiTrades } from './blockfi-trades.ts'
import { blockpit } from './blockpit.ts'
import { brokerForms } from './broker-forms.ts'
import { bybit } from './bybit.ts'
import { cashApp } from './cash-app.ts'
import { celsius } from './celsius.ts'
import { cexIo } from './cex-io.ts'
import { coinbase } from './coinbase.ts'
import { coinbasePrime } from './coinbase-prime.ts'
import { coinbaseProAccount } from './coinbase-pro-account.ts'
import { coinbaseProFills } from './coinbase-pro-fills.ts'
import { coinLedger } from './coinledger.ts'
import { coinlist } from './coinlist.ts'
import { coinmate } from './coinmate.ts'
import { coinpanda } from './coinpanda.ts'
import { coinStats } from './coinstats.ts'
import { cointelli } from './cointelli.ts'
import { coinTracker } from './cointracker.ts'
import { coinTracking } from './cointracking.ts'
import { cryptio } from './cryptio.ts'
import { cryptoComApp } from './crypto-com-app.ts'
import { cryptoComExchange } from './crypto-com-exchange.ts'
import { cryptoComTax } from './crypto-com-tax.ts'
import { cryptoBooks } from './cryptobooks.ts'
import { cryptoTaxCalculator } from './cryptotaxcalculator.ts'
import { delta } from './delta.ts'
import { divly } from './divly.ts'
import { dydx } from './dydx.ts'
import { electrum } from './electrum.ts'
import { EXPLORERS } from './etherscan.ts'
import { etoro } from './etoro.ts'
import { etoroClosed } from './etoro-closed.ts'
import { exodus } from './exodus.ts'
import { ftx } from './ftx.ts'
import { gate } from './gate.ts'
import { gateTrades } from './gate-trades.ts'
import { gemini } from './gemini.ts'
import { hitbtc } from './hitbtc.ts'
import { htx } from './htx.ts'
import { koinly } from './koinly.ts'
import { koinlyTrades } from './koinly-trades.ts'
import { krakenFutures } from './kraken-futures.ts'
import { krakenLedgers } from './kraken-ledgers.ts'
import { krakenTrades } from './kraken-trades.ts'
import { kryptos } from './kryptos.ts'
import { kucoin } from './kucoin.ts'
import { kucoinLedger } from './kucoin-ledger.ts'
import { kucoinOrders } from './kucoin-orders.ts'
import { ledgerLive } from './ledger-live.ts'
import { localbitcoins } from './localbitcoins.ts'
import { mexc } from './mexc.ts'
import { mexcOrders } from './mexc-orders.ts'
import { nexo } from './nexo.ts'
import { okx } from './okx.ts'
import { openingLots } from './opening-lots.ts'
import { paypal } from './paypal.ts'
import { pocketBitcoin } from './pocket-bitcoin.ts'
import { poloniex } from './poloniex.ts'
import { priceTable } from './price-table.ts'
import { recap } from './recap.ts'
import { relai } from './relai.ts'
import { revolut } from './revolut.ts'
import { river } from './river.ts'
import { robinhood } from './robinhood.ts'
import { rotki } from './rotki.ts'
import { shakepay } from './shakepay.ts'
import { shapeshift } from './shapeshift.ts'
import { solscan } from './solscan.ts'
import type { SourceFormat, TableHeader } from './source-format.ts'
import { stakeTax } from './staketax.ts'
import { strike } from './strike.ts'
import { swissborg } from './swissborg.ts'
import { tallystickEvents } from './tallystick-events.ts'
import { tallystickTable } from './tallystick-table.ts'
import { taxBit } from './taxbit.ts'
import { tokenTax } from './tokentax.ts'
import { trezor } from './trezor.ts'
import { turboTax } from './turbotax.ts'
import { uphold } from './uphold.ts'
import { voyager } from './voyager.ts'
import { walletOfSatoshi } from './wallet-of-satoshi.ts'
import { wirex } from './wirex.ts'
import { zenLedger } from './zenledger.ts'
import { zerion } from './zerion.ts'

export const SOURCE_FORMATS: readonly SourceFormat[] = [
  coinbase,
  krakenFutures,
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
  kucoin,
  kucoinOrders,
  kucoinLedger,
  bitfinex,
  bitfinexLedgers,
  cryptoComApp,
  cryptoComExchange,
  mexc,
  mexcOrders,
  gate,
  gateTrades,
  htx,
  bitvavo,
  bitpanda,
  bitpandaPro,
  poloniex,
  bittrex,
  ftx,
  robinhood,
  revolut,
  cashApp,
  strike,
  river,
  paypal,
  uphold,
  nexo,
  blockfi,
  blockfiTrades,
  celsius,
  voyager,
  etoro,
  etoroClosed,
  trezor,
  electrum,
  exodus,
  ...EXPLORERS,
  koinlyTrades,
  coinTracking,
  coinTracker,
  coinLedger,
  cryptoTaxCalculator,
  zenLedger,
  tokenTax,
  coinpanda,
  accointing,
  blockpit,
  bittyTax,
  rotki,
  stakeTax,
  turboTax,
  taxBit,
  bitcoinTax,
  recap,
  cointelli,
  divly,
  cryptoBooks,
  kryptos,
  cryptio,
  cryptoComTax,
  awaken,
  delta,
  coinStats,
  zerion,
  openingLots,
  solscan,
  bisq,
  dydx,
  bitcoinCore,
  blockchainCom,
  bitmex,
  hitbtc,
  cexIo,
  swissborg,
  relai,
  pocketBitcoin,
  walletOfSatoshi,
  coinmate,
  anycoin,
  shakepay,
  localbitcoins,
  coinlist,
  shapeshift,
  wirex,
  tallystickTable,
  ledgerLive,
  koinly,
  tallystickEvents,
  brokerForms,
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
