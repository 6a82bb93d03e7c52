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

  it('takes equal rows of statements that stand below each other in a file for the same rows, as far as each has them', () => {
    const identities = new RowIdentities((text) => createHash('sha256').update(text).digest('hex'))
    const ends = (...rows: string[]) =>
      rows.map((text) => {
        const { identity, repeated } = identities.byText([text])
        return `${text}${identity.slice(identity.lastIndexOf(':'))}${repeated ? ' again' : ''}`
      })
    expect(ends('a', 'a')).toEqual(['a:0', 'a:1'])
    identities.beginStatement()
    expect(ends('a', 'a', 'a', 'b')).toEqual(['a:0 again', 'a:1 again', 'a:2', 'b:0'])
    identities.beginStatement()
    expect(ends('c', 'b', 'b')).toEqual(['c:0', 'b:0 again', 'b:1'])
    identities.beginStatement()
    expect(ends('a', 'a', 'a', 'a', 'c')).toEqual(['a:0 again', 'a:1 again', 'a:2 again', 'a:3', 'c:0 again'])
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
  'accointing-template.csv': 'ecf2ca5b13a28aec',
  'accointing.csv': 'da577454f7941c12',
  'anycoin.csv': '4639a7cda8b4b238',
  'awaken.csv': '70a98436851cae49',
  'binance-auto-invest.csv': 'b19ce920ce43274d',
  'binance-beth.csv': '2afd5919bbb03437',
  'binance-convert.csv': '6935221e6615b1f4',
  'binance-deposit-history-2019.csv': '4ac55bb89a6b5d95',
  'binance-deposits.csv': 'd5b9c65b8d79d01b',
  'binance-fiat-deposits.csv': '5d22d62d5b9a1a53',
  'binance-fiat-withdraw.csv': 'ef625c97fe9adbeb',
  'binance-futures.csv': 'e40872a8e3297e47',
  'binance-orders-older.csv': '74361ddcaa54cf3a',
  'binance-orders.csv': '95e068ba687acb27',
  'binance-statement-2021.csv': '203e4376bf32b97b',
  'binance-statement.csv': '214d826140c6356f',
  'binance-trades-older.csv': '594b5448a8878b55',
  'binance-trades.csv': 'd4cd3ba025e446ad',
  'binance-us-2022.csv': '36136f96d2828990',
  'binance-us.csv': '623eb1c01fdba249',
  'binance-withdrawal-history-2021.csv': '633cca0a66ef34dc',
  'binance-withdrawals.csv': '58db0c5ba07d5c85',
  'bisq-older.csv': '7bda90d5b798c08b',
  'bisq.csv': '7152630dfb28f2f8',
  'bitcoin-core-doge.csv': '30731d86fa5fdfdd',
  'bitcoin-core-mbtc.csv': 'c627eb33ba5fa31e',
  'bitcoin-core.csv': '2786d6f6a14ea3a4',
  'bitcoin-tax-import.csv': '878db0a721ae2570',
  'bitcoin-tax-income.csv': '9469dfb7f9bf14c0',
  'bitcoin-tax-trades.csv': '7dadecf44f091eb8',
  'bitfinex-ledgers-older.csv': '753ec38f496c881e',
  'bitfinex-ledgers.csv': '6a23f13562a46e4e',
  'bitfinex-movements-older.csv': 'a6934e06540f5446',
  'bitfinex-movements.csv': '2614ecd20b66b9fc',
  'bitfinex-trades-older.csv': '848c7877329dc1d3',
  'bitfinex-trades.csv': 'e12b50606084c1ba',
  'bitmex.csv': 'd13af6f985824362',
  'bitpanda-older.csv': '5322da1af3148dcd',
  'bitpanda-pro.csv': '3bc8a869ec9e6829',
  'bitpanda.csv': '1d100f926ece24ba',
  'bitstamp-old.csv': 'df318e92fbb60548',
  'bitstamp.csv': 'a5aa9fae7450031e',
  'bittrex-deposits-old.csv': '336ad9f1b38164de',
  'bittrex-deposits-older.csv': '9717081d3b9180b1',
  'bittrex-deposits.csv': '8942b718b54c6dec',
  'bittrex-final.csv': '6029366ae23174f5',
  'bittrex-orders-2023.csv': '7ce30a34b86f5ae3',
  'bittrex-orders-old.csv': '182e956372c415a6',
  'bittrex-orders-oldest.csv': '8e425c33c09ca2e5',
  'bittrex-orders-v2.csv': '2c52f6b13c350948',
  'bittrex-orders-v3.csv': 'a8a7a82cf39ff9ea',
  'bittrex-transfers.csv': '199afa7307e57c4b',
  'bittrex-withdrawals-old.csv': '337aaa7b7a72da92',
  'bittrex-withdrawals-older.csv': 'a996a862c646d30d',
  'bittrex-withdrawals.csv': 'face32b777836e30',
  'bittytax-cointaxman.csv': 'de34fb08703e1163',
  'bittytax-raw.csv': '262cc6a7ca7f059f',
  'bittytax.csv': 'a31cee00f6f99391',
  'bitvavo-old.csv': 'f9bd60967d5c1a5e',
  'bitvavo.csv': 'fc1b5f0bb594c067',
  'blockchain-com-wallet.csv': '5bbd7dc0255b7c61',
  'blockchain-com.csv': '8eabdfea409ecfa4',
  'blockfi-rates.csv': 'd229b0283e6851a6',
  'blockfi-trades.csv': '034a12aeb42eebdc',
  'blockfi-types.csv': 'bc176ee99845e28e',
  'blockfi.csv': 'd2f591c13cb3a26c',
  'blockpit-balancing.csv': '5ac66ef1626bf653',
  'blockpit-template-sources.csv': '37bf66e993ee1860',
  'blockpit-template.csv': '8774ce56eb12af90',
  'blockpit.csv': 'cf939b938d36fa0f',
  'blockscout-token.csv': '599fd944618b23c3',
  'blockscout.csv': 'c3e490ce6a4618fe',
  'broker-forms-boxes.csv': 'e630da6d58fc4934',
  'broker-forms-words.csv': '94df7549fe006145',
  'bybit-funding-older.csv': 'f1629288908ee4e2',
  'bybit-funding.csv': '27ae31fa514dcba1',
  'bybit-old-derivatives.csv': '532478f904e26861',
  'bybit-old-movements.csv': '9a1130db8a103eb5',
  'bybit-unified.csv': '0751f6b51ff9d588',
  'cash-app-older.csv': 'a439d3cc76086975',
  'cash-app.csv': '16d4e0c6cdf7d497',
  'celsius-extended.csv': '9fd8cac98fda42c4',
  'celsius-old.csv': '533669a81c3d3beb',
  'celsius-types.csv': '8472e8ea21bb2de4',
  'celsius.csv': 'b1a5935aa91b9eb3',
  'cex-io.csv': '38889be4d062299e',
  'coinbase-2021-2023.csv': '71ca584ee942a8a1',
  'coinbase-old-transactions.csv': '916c66097ecb526c',
  'coinbase-old-transfers.csv': '71d869b55b7e5134',
  'coinbase-prime-orders.csv': 'd5d3dd92b42742d6',
  'coinbase-prime-transactions.csv': '4719004194b10e42',
  'coinbase-pro-account-capitals.csv': '4c08cf388c750605',
  'coinbase-pro-account-oldest.csv': '24f7c3c0d2e0142f',
  'coinbase-pro-account.csv': '8b44df36d7da7bdb',
  'coinbase-pro-fills.csv': 'e9f1fef813808c67',
  'coinbase-to-2021.csv': 'e9608b2f9fa771a7',
  'coinbase-with-id.csv': '906fc1244d8c5a7d',
  'coinledger-export-older.csv': 'c59f5d0a6f72b07a',
  'coinledger-export-onchain.csv': 'b3cc1b7987948ddc',
  'coinledger-export.csv': 'cd09e155b0c83bcd',
  'coinledger-template.csv': '9b64a5ed99a12159',
  'coinlist-pro.csv': '0565b86e71037933',
  'coinlist.csv': 'bbf2ec7097b8a5c8',
  'coinmate.csv': '47cdd6f99577aa91',
  'coinpanda-labels.csv': 'e11bd18277a41f30',
  'coinpanda.csv': '4b9179d1a0cddca1',
  'coinstats.csv': 'b36635b94a0d1261',
  'cointelli.csv': 'a825e432e8ae8ebc',
  'cointracker-history-older.csv': 'a1af33ce2f692f54',
  'cointracker-history.csv': '15d1510870a5dad3',
  'cointracker-template.csv': '2d6c54fa2b0d06ca',
  'cointracking-compact.csv': 'da78cad5f5d1b412',
  'cointracking-current.csv': '696602401357d0ec',
  'cointracking-full.csv': 'a4fe64d804ecd5e8',
  'cointracking-german.csv': '2f0307d36c8ebaa3',
  'cointracking-template.csv': '5e3ef47083e1b727',
  'cryptio.csv': 'a79719138a25da76',
  'crypto-com-app-2020.csv': '725d505a6b1ae44a',
  'crypto-com-app-fiat.csv': 'da6f317888297407',
  'crypto-com-app.csv': '732e0d211251c5b6',
  'crypto-com-exchange.csv': '22e279a6cd095a02',
  'cryptobooks.csv': 'bc1c1ece8cc30be9',
  'cryptocom-tax.csv': '572327f90e137f53',
  'cryptotaxcalculator-older.csv': 'd446436fd97f27e0',
  'cryptotaxcalculator-positions.csv': '9cd798aa2dfb5aa1',
  'cryptotaxcalculator-swaps.csv': '04468025d13d37da',
  'cryptotaxcalculator.csv': '486e3c4573957ae1',
  'delta.csv': 'f5a76bcc170cd867',
  'divly.csv': '9d4ea1dc3a88f7d0',
  'dydx-fills.csv': '9c202d196002bf4f',
  'dydx-funding.csv': '8ffa523549fa9dc7',
  'dydx-trades-v3.csv': '23dfdc700dd0440e',
  'dydx-transfers.csv': '43ca966c9f86de5c',
  'electrum-lightning.csv': '26aea8754d027399',
  'electrum-ltc.csv': '890846dd5d432ef6',
  'electrum-v2.csv': 'db5e52e75f0a61cf',
  'electrum-v3.csv': 'db5e52e75f0a61cf',
  'electrum.csv': '4893ac18827f6385',
  'etherscan-chain.csv': '8eec140ffbcc998d',
  'etherscan-internal.csv': 'f8175ce0e9f23b08',
  'etherscan-nft-older.csv': 'd7a33c67421989af',
  'etherscan-nft.csv': 'cb423a3cab9205b3',
  'etherscan-older.csv': '2dc72c8270da711c',
  'etherscan-token-older.csv': 'ba7ab6227b8204c9',
  'etherscan-token-single.csv': '4ade4d3428d0b0b6',
  'etherscan-token.csv': '329faedcb7076edd',
  'etherscan.csv': 'c96eb05a1a6490c3',
  'etoro-closed.csv': 'a1fedf47fa6f38b6',
  'etoro-older.csv': '41d9bddc6f3c34d4',
  'etoro.csv': '56700ca8af489048',
  'exodus-2020.csv': '500356109db0ca5e',
  'exodus-asset.csv': 'a5565dfbcd17dc3e',
  'exodus-staking.csv': '2e989ddd399dba17',
  'exodus.csv': 'c40fde13dfbe5f26',
  'export-btc-trezor.csv': '60de2545da91f59d',
  'ftx-deposits-api.csv': 'bdb014b6bd9d7d8c',
  'ftx-deposits.csv': '4d971775c346cae4',
  'ftx-dust.csv': 'd984e5beea2d23f1',
  'ftx-funding.csv': 'c11bb4bdec435ee9',
  'ftx-lending-api.csv': 'ae457189051f3227',
  'ftx-lending.csv': '841112247f87585c',
  'ftx-staking.csv': '3da3ca72881b5df8',
  'ftx-trades-api.csv': '5d0b7e541890da58',
  'ftx-trades.csv': '9b46e1fc074b3e7d',
  'ftx-withdrawals-api.csv': '5ac26ec9efba3a61',
  'ftx-withdrawals.csv': '02b60de4c0d1860d',
  'gate-trades.csv': '073de8ce3585ea20',
  'gate-types.csv': 'fad4c0af9df25b1a',
  'gate.csv': '71c7a98b0626b7c4',
  'gemini.csv': '214f5c817733d1b5',
  'hitbtc-payments.csv': '510fe5a8f282edf1',
  'hitbtc-trades-margin.csv': 'eee6a4b10e7f1955',
  'hitbtc-trades.csv': '9737c84986b49055',
  'htx-deposits.csv': '2505e799aaa21c45',
  'htx-orders-chinese.csv': '5ea0e3460aff7e2f',
  'htx-orders.csv': 'c966d4ad3e4acaab',
  'htx-trades.csv': '45ea905a9a7ba778',
  'htx-withdrawals.csv': '2729890e9a4f7b2a',
  'koinly-bulk-edit.csv': '0fca350efc9c8985',
  'koinly-export.csv': '4703adc779759690',
  'koinly-labels.csv': '42b7522baf0f40ee',
  'koinly-simple.csv': '5495f84cc55f983d',
  'koinly-trades.csv': '6fbb9cc50a8a6071',
  'koinly-universal.csv': '19aba8dad9024bc9',
  'kraken-futures-2021.csv': '1bd47d83d12c9487',
  'kraken-futures.csv': '6919a3a153f16295',
  'kraken-ledgers-oldest.csv': '3a75dc11467b2d5b',
  'kraken-ledgers-types.csv': 'bad4a1d0b99ad204',
  'kraken-ledgers.csv': '9fbe6e31b5c849ec',
  'kraken-trades-positions.csv': 'd2a2d20c6bb5940d',
  'kraken-trades.csv': '9c4c761849cddcdc',
  'kryptos.csv': '3b33a14cca09b734',
  'kucoin-convert.csv': '1efaf0cda2d336af',
  'kucoin-deposits-bundle.csv': 'af44e67695b9877c',
  'kucoin-deposits.csv': '60da20c9db6b191c',
  'kucoin-earn.csv': 'edf0a2642292f7fc',
  'kucoin-fiat-deposits.csv': 'd2c4257ea5d75c3b',
  'kucoin-fiat-orders.csv': 'e1dfcd28f5fdee5e',
  'kucoin-fills.csv': 'ceceb8ffa71c5e93',
  'kucoin-futures.csv': 'f22733207b6e5e3b',
  'kucoin-ledger-older.csv': 'e13b09f0671dfec4',
  'kucoin-ledger.csv': 'af4e3bb3e21bc34e',
  'kucoin-old-deals-bare.csv': 'ee30e970b18a3707',
  'kucoin-old-deals-user.csv': '8b354e587d7a78c2',
  'kucoin-old-deals.csv': '973e5ea35f632a04',
  'kucoin-old-deposits.csv': '6b097dbd40f7f5c7',
  'kucoin-old-movements.csv': '06afa723e314bc06',
  'kucoin-old-trades-short.csv': '4d44082278c0f3b5',
  'kucoin-old-trades.csv': '180e70387cd20adf',
  'kucoin-old-withdrawals.csv': '9fc006775410d2df',
  'kucoin-orders.csv': '6136b04e16d4ff63',
  'kucoin-trades-2019.csv': '2fd5889788e06cd0',
  'kucoin-withdrawals.csv': '0de9e66571980c13',
  'ledger-live-oldest.csv': '9aaa45bf31c97ce6',
  'ledger-live-types.csv': 'c4d9ae0c5f356a19',
  'ledger-live.csv': '18b1bac2233349cc',
  'localbitcoins-single.csv': 'e0d28523b492af92',
  'localbitcoins.csv': '306ebbacb0e03573',
  'mexc-deposits.csv': '64c7e3df6223e9d6',
  'mexc-futures-types.csv': 'dba135ec224ca5c5',
  'mexc-futures.csv': '593d5372c27f4d71',
  'mexc-orders-types.csv': '976a3c2e830262af',
  'mexc-orders.csv': '2594b48d96dd2138',
  'mexc-trades-older.csv': '7ad9bd11e2862d41',
  'mexc-trades.csv': '73c1bcb349ba2176',
  'mexc-withdrawals-older.csv': '9a20b7ca0b5400b2',
  'mexc-withdrawals.csv': '881697974d339d13',
  'nexo-2020.csv': '63143916221d8514',
  'nexo-2021.csv': 'b15b71558139ddb9',
  'nexo-2022.csv': '881c299d49a89959',
  'nexo-types.csv': '0f3081a44585db59',
  'nexo.csv': 'db7d15d4c9c86911',
  'okx-funding-2025.csv': '31c10a7de0830714',
  'okx-funding-types.csv': '389f6a1d74c9172f',
  'okx-funding.csv': 'b8fed8238d0e5d21',
  'okx-old-bills.csv': 'd490e08f9568fd6d',
  'okx-old-trades.csv': '2104c16f1db01a85',
  'okx-trading-2022.csv': '7f9fd7fde7cf5d13',
  'okx-trading-2023.csv': '97cc9d8a0d462cac',
  'okx-trading-types.csv': '62892bb1c74f9668',
  'okx-trading.csv': '088aca8f52972545',
  'opening-lots-report.csv': '6c2ae671ca55052e',
  'opening-lots.csv': 'db34e6e38eef351d',
  'paypal-activity.csv': '06b65a20afdecaf6',
  'paypal.csv': '8aa7b6eb01871773',
  'pocket-bitcoin.csv': '374264c88315b0bb',
  'poloniex-deposits-old.csv': '143a85bb06eb1763',
  'poloniex-deposits.csv': '7bda1f64528f151f',
  'poloniex-distributions.csv': '56475050c1a9d285',
  'poloniex-movements-oldest.csv': 'b21e6f7a245e9e34',
  'poloniex-old-trades-fee.csv': '8afa16e5d9396484',
  'poloniex-old-trades.csv': '162b89ad52e15215',
  'poloniex-trades.csv': '2cd041b31175cbd9',
  'poloniex-withdrawals-old.csv': '87dd42ea4767f065',
  'poloniex-withdrawals.csv': '27144d620572da99',
  'price-table.csv': 'e5d4d2e403026fc9',
  'recap.csv': 'f0951b4547e19226',
  'relai.csv': '788844b58b678531',
  'revolut-account.csv': '93b9075d34c6abbd',
  'revolut.csv': '19c235391a4b21b8',
  'river.csv': '19bb9942d3f3df95',
  'robinhood-activity.csv': 'e433e5424c2e4cac',
  'robinhood-orders-older.csv': 'f937b369b93ba54c',
  'robinhood-orders.csv': '17329a273c3bfd90',
  'robinhood-transfers.csv': 'f816bbf5368f7e05',
  'rotki-events.csv': '8ea0dce7403d7c31',
  'rotki-own.csv': 'ea9e0bdd00f50fed',
  'rotki-trades-older.csv': 'e6b7178a17e1719f',
  'rotki-trades.csv': '539c9b576a45176d',
  'shakepay.csv': '6f4aec7f034d6a08',
  'shapeshift.csv': '911d1581727a3bfc',
  'snowtrace-token.csv': '44311f97a9512d31',
  'solscan-older.csv': '5a241664830efe46',
  'solscan.csv': '74df07292d8ac0c5',
  'staketax.csv': '001395c6168706bd',
  'strike-2025.csv': '4d826f62b0fca0ac',
  'strike-annual.csv': 'bcdc685088dccfd3',
  'strike-monthly.csv': 'ffdc08fd39a0b856',
  'swissborg.csv': 'be64dc87a062dc35',
  'tallystick-events.json': '55212056a3f2a0b6',
  'tallystick-table.csv': 'f0062f1368d2c420',
  'taxbit.csv': '4cc948c2e47d8544',
  'tokentax.csv': '3bce339e63bc4c1a',
  'trezor-old-suite.csv': '56c4a3fba9f7d052',
  'trezor-semicolons.csv': '3e6adf4677123911',
  'trezor-web_btc.csv': '06323dde995bd5e6',
  'trezor.csv': '18f3fab1b2b6dcfd',
  'turbotax-gains-older.csv': 'bdd50ac16d6ec8f1',
  'turbotax-gains.csv': '786d8dd1530bc61a',
  'turbotax-universal.csv': 'd77e6575f8f0cc21',
  'uphold-old.csv': 'a9374be6f7e73ace',
  'uphold-types.csv': 'dd49139565dfbeb0',
  'uphold.csv': '8d53703c6af1715f',
  'voyager.csv': '9efe9324e359821d',
  'wallet-of-satoshi.csv': '6bf0a13283156ced',
  'wirex.csv': '1e6a169a9a225354',
  'zenledger.csv': 'deda3fe6091ffb0d',
  'zerion.csv': '0fa1bd432366bafd',
}
