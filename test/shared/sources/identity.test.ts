import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ZoneName } from '../../../shared/events/identifiers.ts'
import { RowIdentities } from '../../../shared/sources/identity.ts'
import { SOURCE_FORMATS } from '../../../shared/sources/registry.ts'
import { type Collected, collect, fixture } from '../../electron/intake/collect.ts'

const names = readdirSync(new URL('../../fixtures/sources/', import.meta.url)).toSorted()
const samples = readdirSync(new URL('../../../samples/', import.meta.url)).filter((name) => name.endsWith('.csv'))
const sample = (name: string) => readFileSync(new URL(`../../../samples/${name}`, import.meta.url))
const files = [
  ...names.map((name) => [name, fixture(name)] as const),
  ...samples.map((name) => [name, sample(name)] as const),
]

const ids = (read: Collected) => [
  ...read.rows.map((row) => `${row.row} ${row.identity} ${row.event ?? ''}`),
  ...read.events.map((event) => `${event.id} ${event.rows.join('+')}`),
]

describe('identity', () => {
  it.each(files)('%s: a newer reader and another zone change no id', async (_name, bytes) => {
    const now = await collect(bytes)
    const bumped = SOURCE_FORMATS.map((format) => ({ ...format, version: format.version + 1 }))
    const shifted = await collect(bytes, { zone: 'Asia/Kathmandu' as ZoneName }, { formats: bumped })
    expect(shifted.tables[0]?.version).toBe((now.tables[0]?.version ?? 0) + 1)
    expect(ids(shifted)).toEqual(ids(now))
  })

  it('moves times with the zone where the file names none', async () => {
    const shifted = await collect(fixture('kraken-ledgers.csv'), { zone: 'Asia/Kathmandu' as ZoneName })
    const now = await collect(fixture('kraken-ledgers.csv'))
    expect((now.events[0]?.time ?? 0) - (shifted.events[0]?.time ?? 0)).toBe(5.75 * 3_600_000)
  })

  it('is what it was when it was frozen: ids of all fixtures hash to the committed values', async () => {
    const hashes: Record<string, string> = {}
    for (const name of names) {
      const text = ids(await collect(fixture(name))).join('\n')
      hashes[name] = createHash('sha256').update(text).digest('hex').slice(0, 16)
    }
    expect(hashes).toEqual(FROZEN)
  })

  it('is never taken from a balance, a status, a value or a label', () => {
    const UNIT_OF_AMOUNT = 'amount/balance unit'
    const unfit = /balance|status|countervalue|net value|gain|label|tag|description|wallet id|amountusd|price at/i
    for (const format of SOURCE_FORMATS) {
      expect(Object.keys(format.identityColumns).length).toBeGreaterThan(0)
      for (const columns of Object.values(format.identityColumns))
        expect(columns.filter((name) => unfit.test(name) && name !== UNIT_OF_AMOUNT)).toEqual([])
    }
  })

  it('tells equal rows of a file apart by their ordinal, and knows a provider’s id again', () => {
    const identities = new RowIdentities((text) => createHash('sha256').update(text).digest('hex'))
    const first = identities.byText(['2024-01-01', 'BTC', '1'])
    const second = identities.byText(['2024-01-01', 'BTC', '1'])
    const other = identities.byText(['2024-01-01', 'BTC1', ''])
    expect(first.identity).toMatch(/^row:[0-9a-f]{32}:0$/)
    expect(second.identity).toBe(first.identity.replace(/0$/, '1'))
    expect(other.identity).toMatch(/:0$/)
    expect(identities.byProvider('T1', ['T1', '5'])).toEqual({ identity: 'id:T1', repeated: false })
    expect(identities.byProvider('T1', ['T1', '5'])).toEqual({ identity: 'id:T1', repeated: true })
  })

  it('does not let a hostile provider id into our ids as it is', () => {
    const identities = new RowIdentities((text) => createHash('sha256').update(text).digest('hex'))
    expect(identities.byProvider('a:b\n<script>', []).identity).toMatch(/^id:h\.[0-9a-f]{32}$/)
    expect(identities.byProvider('x'.repeat(10_000), []).identity.length).toBeLessThan(50)
  })
})

/** Ids are for ever: a change here orphans decisions in every ledger. */
const FROZEN: Record<string, string> = {
  'accointing-oldest.csv': 'df8ea3c291d56acd',
  'accointing-template.csv': '3ee68eaf79e1d2c2',
  'accointing.csv': '5b04e390da771f57',
  'anycoin.csv': 'c8a89ce2139720a4',
  'awaken.csv': 'c7914237a3f36ded',
  'binance-auto-invest.csv': 'f7429602d85d6e28',
  'binance-beth.csv': '39dbf86cb283966b',
  'binance-convert.csv': '8832232f753144c4',
  'binance-deposit-history-2019.csv': 'da1677d552a3d136',
  'binance-deposits.csv': '7b9f9fac8fc5e5b7',
  'binance-fiat-deposits.csv': '5d22d62d5b9a1a53',
  'binance-fiat-withdraw.csv': 'ef625c97fe9adbeb',
  'binance-futures.csv': 'dc964d5da1ab13fa',
  'binance-orders-older.csv': '44113efb16017268',
  'binance-orders.csv': '95e068ba687acb27',
  'binance-statement-2021.csv': '0427843811985537',
  'binance-statement.csv': '793228aeaa0ca066',
  'binance-trades-older.csv': '6a2d1ef4d796f881',
  'binance-trades.csv': '873f14cbc03a6037',
  'binance-us-2022.csv': '36136f96d2828990',
  'binance-us.csv': '623eb1c01fdba249',
  'binance-withdrawal-history-2021.csv': '81c1445865ca0ac6',
  'binance-withdrawals.csv': '15449852f5a02008',
  'bisq-older.csv': '7bda90d5b798c08b',
  'bisq.csv': '7152630dfb28f2f8',
  'bitcoin-core-doge.csv': 'cfb9da4bdf5c93e4',
  'bitcoin-core-mbtc.csv': '1adbd04e804d43ab',
  'bitcoin-core.csv': 'fb43bb83afde8b78',
  'bitcoin-tax-import.csv': '4addac02175b1ac5',
  'bitcoin-tax-income.csv': '5461ce748a9a8d21',
  'bitcoin-tax-trades.csv': 'e787ce2e695b90a6',
  'bitfinex-ledgers-older.csv': 'baeb03c89d60218d',
  'bitfinex-ledgers.csv': '6a23f13562a46e4e',
  'bitfinex-movements-older.csv': 'a6934e06540f5446',
  'bitfinex-movements.csv': '2614ecd20b66b9fc',
  'bitfinex-trades-older.csv': '848c7877329dc1d3',
  'bitfinex-trades.csv': '9e7b24c251ab4b73',
  'bitmex.csv': '75978615c66d0945',
  'bitpanda-older.csv': '5322da1af3148dcd',
  'bitpanda-pro.csv': '3bc8a869ec9e6829',
  'bitpanda.csv': '1d100f926ece24ba',
  'bitstamp-old.csv': 'fe63cccf63f5ed16',
  'bitstamp.csv': 'a5aa9fae7450031e',
  'bittrex-deposits-old.csv': '336ad9f1b38164de',
  'bittrex-deposits-older.csv': '9717081d3b9180b1',
  'bittrex-deposits.csv': '8942b718b54c6dec',
  'bittrex-final.csv': '6029366ae23174f5',
  'bittrex-orders-2023.csv': '4b16be427518bc49',
  'bittrex-orders-old.csv': '182e956372c415a6',
  'bittrex-orders-oldest.csv': '8e425c33c09ca2e5',
  'bittrex-orders-v2.csv': '2c52f6b13c350948',
  'bittrex-orders-v3.csv': 'a8a7a82cf39ff9ea',
  'bittrex-transfers.csv': '3da2e91d59b53953',
  'bittrex-withdrawals-old.csv': '337aaa7b7a72da92',
  'bittrex-withdrawals-older.csv': 'a996a862c646d30d',
  'bittrex-withdrawals.csv': 'face32b777836e30',
  'bittytax-cointaxman.csv': 'd2ef1a7a2d326070',
  'bittytax-raw.csv': '9841dcf7155d8376',
  'bittytax.csv': '3a167cbc033d7305',
  'bitvavo-old.csv': '06df6e90b326d97e',
  'bitvavo.csv': 'fc1b5f0bb594c067',
  'blockchain-com-wallet.csv': '268fe1346e985796',
  'blockchain-com.csv': '8eabdfea409ecfa4',
  'blockfi-rates.csv': '6c0e0cc3f58745c3',
  'blockfi-trades.csv': '034a12aeb42eebdc',
  'blockfi.csv': '253bb57c900419e8',
  'blockpit-balancing.csv': '7f55e9a0b5001efa',
  'blockpit-template-sources.csv': '84e585663849a592',
  'blockpit-template.csv': 'ae1293d2f556b265',
  'blockpit.csv': '3d9b0d228fb9f153',
  'blockscout-token.csv': '985ba5d7f80fd046',
  'blockscout.csv': '10516125a21f7bf4',
  'broker-forms-boxes.csv': '59a8c85c587dbd74',
  'broker-forms-words.csv': '85c288cd1eec290e',
  'bybit-funding-older.csv': 'e5a6c17c58d6e3cf',
  'bybit-funding.csv': '30e43ddf215745b2',
  'bybit-old-derivatives.csv': 'cb7e53e810ac093c',
  'bybit-old-movements.csv': '8deda1fac0bc51ae',
  'bybit-unified.csv': '79c78e436015d96c',
  'cash-app-older.csv': 'a439d3cc76086975',
  'cash-app.csv': 'fba177fa98fab233',
  'celsius-extended.csv': '9fd8cac98fda42c4',
  'celsius-old.csv': '533669a81c3d3beb',
  'celsius.csv': 'b1a5935aa91b9eb3',
  'cex-io.csv': '6d4be350b8c9de57',
  'coinbase-2021-2023.csv': 'b2973354a8005b6a',
  'coinbase-old-transactions.csv': 'd499b85ce7dff7e4',
  'coinbase-old-transfers.csv': '71d869b55b7e5134',
  'coinbase-prime-orders.csv': 'd5d3dd92b42742d6',
  'coinbase-prime-transactions.csv': '4719004194b10e42',
  'coinbase-pro-account-capitals.csv': '1fc8f1b783db0f93',
  'coinbase-pro-account-oldest.csv': '2836001a62929f9e',
  'coinbase-pro-account.csv': '27802e500089d8b5',
  'coinbase-pro-fills.csv': 'e9f1fef813808c67',
  'coinbase-to-2021.csv': '7a2ebb0b38d238e4',
  'coinbase-with-id.csv': '906fc1244d8c5a7d',
  'coinledger-export-older.csv': 'd3c98bc3fea26611',
  'coinledger-export-onchain.csv': 'bfa4ac05c200a5b8',
  'coinledger-export.csv': '10f1cb5c92458523',
  'coinledger-template.csv': '27d87ade512e8ee3',
  'coinlist-pro.csv': '0565b86e71037933',
  'coinlist.csv': 'ca4d623a89039ac3',
  'coinmate.csv': '47cdd6f99577aa91',
  'coinpanda.csv': '2401fc2f27606f5c',
  'coinstats.csv': '13170437472ce0ea',
  'cointelli.csv': '1d861c4af549ad2e',
  'cointracker-history-older.csv': 'e02e6ce3beda00b4',
  'cointracker-history.csv': '168003b6e640e4a8',
  'cointracker-template.csv': '53fb3265cc778fc4',
  'cointracking-compact.csv': 'fddb54168fd90881',
  'cointracking-current.csv': '5a680d358a941726',
  'cointracking-full.csv': 'bfe49e8b3254219f',
  'cointracking-german.csv': '56a86ec9d36226e5',
  'cointracking-template.csv': '94a038d04d1eb1ed',
  'cryptio.csv': 'd34d3f1def287e11',
  'crypto-com-app-2020.csv': 'ebf68ff403c8ab6a',
  'crypto-com-app-fiat.csv': '269810cf66e7b2ec',
  'crypto-com-app.csv': 'd0a004142f9ec720',
  'crypto-com-exchange.csv': '4e2f86856fbcdcbc',
  'cryptobooks.csv': 'bc1c1ece8cc30be9',
  'cryptocom-tax.csv': '5d6c10c3e1e59a6c',
  'cryptotaxcalculator-older.csv': '88bdd6ca92edcac3',
  'cryptotaxcalculator-swaps.csv': '8cfaef9d104c79ff',
  'cryptotaxcalculator.csv': '079bb0a859dcfd0e',
  'delta.csv': '2587f3348e08d00b',
  'divly.csv': '71c84eded4a385b2',
  'dydx-fills.csv': '9c202d196002bf4f',
  'dydx-funding.csv': 'a38c382ac4c4c185',
  'dydx-trades-v3.csv': '5a09d2d850fe81f4',
  'dydx-transfers.csv': '43ca966c9f86de5c',
  'electrum-lightning.csv': '6a35d1e44d7f8ad4',
  'electrum-ltc.csv': '5b300327a0449a1e',
  'electrum-v2.csv': 'c6cae519230b8da3',
  'electrum-v3.csv': 'c6cae519230b8da3',
  'electrum.csv': 'c5444bd6529e3e23',
  'etherscan-chain.csv': '6d0a5c70bcfe6c07',
  'etherscan-internal.csv': '971f8ed9e540d160',
  'etherscan-nft-older.csv': 'f719de06810721b9',
  'etherscan-nft.csv': '2609f03ddd6d93f6',
  'etherscan-older.csv': '06bfc2af7dfe236f',
  'etherscan-token-older.csv': '6e4d834d732ceeaf',
  'etherscan-token-single.csv': '33315ee49a0f4643',
  'etherscan-token.csv': '2609099209cce2a3',
  'etherscan.csv': '18ba66d6e935037f',
  'etoro-closed.csv': 'a1fedf47fa6f38b6',
  'etoro-older.csv': '771ac96923386fca',
  'etoro.csv': '84fe12e30951715f',
  'exodus-2020.csv': '0c55563957f1b107',
  'exodus-asset.csv': '21bb7e69eaefcfbc',
  'exodus-staking.csv': '1b90f9c4d81a65d9',
  'exodus.csv': '3c3abb44327f1e21',
  'export-btc-trezor.csv': '5b1e6105b88f1515',
  'ftx-deposits-api.csv': 'bdb014b6bd9d7d8c',
  'ftx-deposits.csv': '2fb12a5c0bda701a',
  'ftx-dust.csv': '4fa7101e5939070d',
  'ftx-funding.csv': 'c11bb4bdec435ee9',
  'ftx-lending-api.csv': 'b1c5256b39c233e1',
  'ftx-lending.csv': '09a8c55657bc9110',
  'ftx-staking.csv': '6253a6d9d5f99616',
  'ftx-trades-api.csv': '5d0b7e541890da58',
  'ftx-trades.csv': '9b46e1fc074b3e7d',
  'ftx-withdrawals-api.csv': '5ac26ec9efba3a61',
  'ftx-withdrawals.csv': 'c54d324966438d0f',
  'gate-trades.csv': '39b0a9086ccf7f81',
  'gate.csv': 'f098b796c550eb9d',
  'gemini.csv': 'c22f06a595abd9f2',
  'hitbtc-payments.csv': '510fe5a8f282edf1',
  'hitbtc-trades-margin.csv': 'eee6a4b10e7f1955',
  'hitbtc-trades.csv': '9737c84986b49055',
  'htx-deposits.csv': '3cd8125cc4304eaa',
  'htx-orders-chinese.csv': '2ec1140d824285b3',
  'htx-orders.csv': '3b2b7220aa804f5a',
  'htx-trades.csv': '586f27f50cd1d4ad',
  'htx-withdrawals.csv': 'db943fc5ead93233',
  'koinly-bulk-edit.csv': '0fca350efc9c8985',
  'koinly-export.csv': '4298ca90407db650',
  'koinly-simple.csv': 'b6c11b4e8eee2fb8',
  'koinly-trades.csv': '7d968d582ca3f6d8',
  'koinly-universal.csv': 'e75d485ed9a79bb3',
  'kraken-futures-2021.csv': '1bd47d83d12c9487',
  'kraken-futures.csv': '6919a3a153f16295',
  'kraken-ledgers-oldest.csv': '3a75dc11467b2d5b',
  'kraken-ledgers.csv': '5d824fc7beb63d99',
  'kraken-trades-positions.csv': 'd2a2d20c6bb5940d',
  'kraken-trades.csv': '9c4c761849cddcdc',
  'kryptos.csv': '8889a010d5cfe9fb',
  'kucoin-convert.csv': 'd8f77d7a9ba356ce',
  'kucoin-deposits-bundle.csv': '11f5c1b80016c088',
  'kucoin-deposits.csv': '69290b6fe09f7584',
  'kucoin-earn.csv': 'ecc0ff9f7d640d38',
  'kucoin-fiat-deposits.csv': 'd2c4257ea5d75c3b',
  'kucoin-fiat-orders.csv': 'e1dfcd28f5fdee5e',
  'kucoin-fills.csv': 'f4c3f7b87ea4afe4',
  'kucoin-futures.csv': '995bb6e997e35a8a',
  'kucoin-ledger-older.csv': 'dfb89c7ccdb452ea',
  'kucoin-ledger.csv': '3b850d631bed2a9c',
  'kucoin-old-deals-bare.csv': 'be9321d057b61307',
  'kucoin-old-deals-user.csv': '29f64cb30d847325',
  'kucoin-old-deals.csv': '973e5ea35f632a04',
  'kucoin-old-deposits.csv': 'abb8d523ffc6cf63',
  'kucoin-old-movements.csv': '87e931eb70329cc2',
  'kucoin-old-trades-short.csv': '30949aff385b567b',
  'kucoin-old-trades.csv': '9acc24ab75044c78',
  'kucoin-old-withdrawals.csv': 'dc830f4adca99a44',
  'kucoin-orders.csv': '6136b04e16d4ff63',
  'kucoin-trades-2019.csv': 'be9adc9899e134d9',
  'kucoin-withdrawals.csv': 'efda3f55761baab7',
  'ledger-live-oldest.csv': '286d701480a19df2',
  'ledger-live.csv': '444450ee20c09a67',
  'localbitcoins-single.csv': 'e0d28523b492af92',
  'localbitcoins.csv': '306ebbacb0e03573',
  'mexc-deposits.csv': '6f7225932225c6f9',
  'mexc-futures.csv': '86637850704159f0',
  'mexc-orders.csv': 'b03557ad23502444',
  'mexc-trades-older.csv': 'fddb67657b90a56c',
  'mexc-trades.csv': 'eef934955bdab815',
  'mexc-withdrawals-older.csv': '32b7556801134fb9',
  'mexc-withdrawals.csv': '35472b30d91e1b0d',
  'nexo-2020.csv': '63143916221d8514',
  'nexo-2021.csv': 'b15b71558139ddb9',
  'nexo-2022.csv': '881c299d49a89959',
  'nexo.csv': 'db7d15d4c9c86911',
  'okx-funding-2025.csv': '31c10a7de0830714',
  'okx-funding.csv': 'b8fed8238d0e5d21',
  'okx-old-bills.csv': '0df2cd16b4ffdfc4',
  'okx-old-trades.csv': '2104c16f1db01a85',
  'okx-trading-2022.csv': '0ac276ce1df00b23',
  'okx-trading-2023.csv': 'af30e25ce282b0cd',
  'okx-trading.csv': 'a19d21a624aafa96',
  'opening-lots-report.csv': 'fcd0e7d0f7e836b9',
  'opening-lots.csv': 'c5708ce9d2f535ac',
  'paypal-activity.csv': '06b65a20afdecaf6',
  'paypal.csv': 'fe93ae90b5af380f',
  'pocket-bitcoin.csv': '04cf4f6faa2f60f1',
  'poloniex-deposits-old.csv': 'd56f7efedcaa935a',
  'poloniex-deposits.csv': 'b4f13c23813b98b6',
  'poloniex-distributions.csv': '29651666d7c46203',
  'poloniex-old-trades-fee.csv': '87835c19b217b7f0',
  'poloniex-old-trades.csv': '740fb4613e5f6bf9',
  'poloniex-trades.csv': '2cd041b31175cbd9',
  'poloniex-withdrawals-old.csv': '718373f59eeddf9b',
  'poloniex-withdrawals.csv': '43fd2dc7f647ba4f',
  'price-table.csv': 'fe5e7414be3d266e',
  'recap.csv': 'af6cf8a4834a3f74',
  'relai.csv': '788844b58b678531',
  'revolut-account.csv': '5987d2e219533574',
  'revolut.csv': 'f677ced9af20b853',
  'river.csv': '83b042e5e3f6b9ec',
  'robinhood-activity.csv': 'fb4b3ad7ad779f35',
  'robinhood-orders-older.csv': 'f937b369b93ba54c',
  'robinhood-orders.csv': '17329a273c3bfd90',
  'robinhood-transfers.csv': 'f816bbf5368f7e05',
  'rotki-events.csv': 'ec5b62e5822f6ed1',
  'rotki-own.csv': 'e90e88e70d9656bf',
  'rotki-trades-older.csv': 'f3e435ee2fd8fed4',
  'rotki-trades.csv': 'cceb69b5989fbfb8',
  'shakepay.csv': '3f43a23b4951b1dd',
  'shapeshift.csv': '911d1581727a3bfc',
  'snowtrace-token.csv': 'd1bd595d336beaea',
  'solscan-older.csv': 'dbb6a5f7a35edc2f',
  'solscan.csv': '4c9b273b6cc9d864',
  'staketax.csv': 'a0a31daa738f8e2b',
  'strike-2025.csv': '4d826f62b0fca0ac',
  'strike-annual.csv': 'bcdc685088dccfd3',
  'strike-monthly.csv': 'ffdc08fd39a0b856',
  'swissborg.csv': '5cf3807abbdf483e',
  'tallystick-events.json': '587735125472a98d',
  'tallystick-table.csv': '024f18e92ee83116',
  'taxbit.csv': '1a00fde6ab4cfa63',
  'tokentax.csv': 'dd0747abd4b6b407',
  'trezor-old-suite.csv': 'd020d0b297e08be3',
  'trezor-semicolons.csv': 'f80685757dddc48b',
  'trezor-web_btc.csv': '4e373cc2a3a4e19d',
  'trezor.csv': 'f14c68e4747b4119',
  'turbotax-gains-older.csv': '8adad0240053f2d7',
  'turbotax-gains.csv': '3c3b9dcde015ed61',
  'turbotax-universal.csv': '179a504029c632e3',
  'uphold-old.csv': 'a9374be6f7e73ace',
  'uphold.csv': '8d53703c6af1715f',
  'voyager.csv': '9efe9324e359821d',
  'wallet-of-satoshi.csv': '923b7cfcfea0c05f',
  'wirex.csv': '6e64c3acf700b977',
  'zenledger.csv': 'bfe76800f484afef',
  'zerion.csv': '18a2faaee53c585f',
}
