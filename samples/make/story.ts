/** What Ada did from 2022 to 2025, told as dated acts; they are played in the order of their times. */
import { round, steps } from './books.ts'
import { DAY, priceAt, seeded } from './market.ts'
import { Binance, Coinbase, Kraken, LedgerWallet, Riverbank } from './venues.ts'

const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}Z`)
const MINUTE = 60_000

export interface Story {
  readonly kraken: Kraken
  readonly coinbase: Coinbase
  readonly ledger: LedgerWallet
  readonly binance: Binance
  readonly riverbank: Riverbank
}

export function tellStory(): Story {
  const kraken = new Kraken()
  const coinbase = new Coinbase()
  const ledger = new LedgerWallet()
  const binance = new Binance()
  const riverbank = new Riverbank()
  const random = seeded(1834)
  const acts: { time: number; act: (time: number) => void }[] = []
  const on = (text: string, act: (time: number) => void) => acts.push({ time: at(text), act })
  /** Every so many days from one date to another, in the afternoon (UTC), so that the day is the same in New York. */
  const every = (days: number, from: string, to: string, act: (time: number) => void) => {
    for (let time = at(`${from} 15:00:00`); time < at(`${to} 00:00:00`); time += days * DAY) {
      acts.push({ time: time + Math.floor(random() * 300) * MINUTE + Math.floor(random() * 60) * 1000, act })
    }
  }

  /** Kraken’s withdrawal fee comes on top; the coins arrive some minutes later. */
  const krakenToLedger = (text: string, asset: string, units: number, fee: number, minutes: number) =>
    on(text, (time) => {
      kraken.row(kraken.id('F'), time, 'withdrawal', '', asset, -steps(units), steps(fee))
      ledger.arrives(time + minutes * MINUTE, asset, steps(units))
    })
  /** Coinbase lists only what left; the network fee is missing from what arrives. */
  const coinbaseToLedger = (text: string, asset: string, units: number, fee: number, minutes: number, to: string) =>
    on(text, (time) => {
      coinbase.plain(time, 'Send', asset, -steps(units), `Sent ${units} ${asset} to ${to}`)
      ledger.arrives(time + minutes * MINUTE, asset, steps(units) - steps(fee))
    })
  const ledgerToKraken = (text: string, asset: string, units: number, fee: number, minutes: number) =>
    on(text, (time) => {
      ledger.leaves(time, asset, steps(units), steps(fee))
      acts.push({
        time: time + minutes * MINUTE,
        act: (later) => {
          const refid = kraken.id('Q')
          kraken.pending(refid, later - 9 * MINUTE, 'deposit', asset, steps(units))
          kraken.row(refid, later, 'deposit', '', asset, steps(units))
        },
      })
    })

  // Kraken: a salary saver
  every(28, '2022-01-04', '2025-12-20', (time) => {
    const refid = kraken.id('Q')
    kraken.pending(refid, time - 40 * MINUTE, 'deposit', 'USD', steps(750))
    kraken.row(refid, time, 'deposit', '', 'USD', steps(750))
  })
  every(21, '2022-01-06', '2025-10-01', (time) => {
    const price = priceAt('BTC', time)
    kraken.trade(time, 'BTC', round(steps(220 / price), 6), price)
  })
  every(42, '2022-01-12', '2025-06-01', (time) => {
    const price = priceAt('ETH', time)
    kraken.trade(time, 'ETH', round(steps(150 / price), 6), price)
  })
  every(120, '2022-02-15', '2025-04-01', (time) => {
    const price = priceAt('SOL', time)
    kraken.trade(time, 'SOL', round(steps(160 / price), 4), price)
  })
  on('2022-03-03 16:20:00', (time) => kraken.trade(time, 'DOT', steps(20), priceAt('DOT', time)))
  on('2022-03-04 15:00:00', (time) => {
    kraken.row(kraken.id('B'), time, 'transfer', 'spottostaking', 'DOT', -steps(20))
    kraken.row(kraken.id('R'), time + 5000, 'transfer', 'stakingfromspot', 'DOT', steps(20), 0, 'DOT28.S')
  })
  every(30, '2022-04-02', '2025-12-15', (time) => {
    const reward = round(steps(kraken.book.balance('DOT') / 1e8) * 0.0095, 6)
    const commission = round(reward * 0.15, 6)
    kraken.row(kraken.id('S'), time, 'earn', 'reward', 'DOT', reward, commission, 'DOT28.S')
  })
  // Two fills of one order in one second that are equal to the last digit
  on('2023-04-11 17:42:09', (time) => {
    for (let fill = 0; fill < 2; fill++) kraken.trade(time, 'ETH', steps(0.05), 1880)
  })
  on('2023-09-19 18:30:00', (time) => {
    const refid = kraken.id('T')
    const units = steps(0.1)
    kraken.row(refid, time, 'spend', '', 'ETH', -units, steps(0.001))
    kraken.row(refid, time, 'receive', '', 'SOL', round((units * priceAt('ETH', time)) / priceAt('SOL', time), 4))
  })
  krakenToLedger('2022-09-08 16:05:31', 'BTC', 0.05, 0.0002, 24)
  krakenToLedger('2023-03-16 19:48:02', 'ETH', 0.4, 0.0035, 7)
  krakenToLedger('2023-08-24 15:33:45', 'BTC', 0.06, 0.0002, 38)
  krakenToLedger('2024-10-02 20:10:12', 'BTC', 0.04, 0.0001, 19)
  krakenToLedger('2025-07-09 18:02:55', 'ETH', 0.3, 0.0008, 5)
  // Sales: old lots, young lots, and LINK that was bought before the export begins
  on('2024-03-12 19:00:00', (time) => kraken.trade(time, 'SOL', -steps(5), priceAt('SOL', time)))
  on('2025-02-18 16:44:10', (time) => kraken.trade(time, 'LINK', -steps(40), priceAt('LINK', time)))
  on('2025-05-22 17:31:00', (time) => kraken.trade(time, 'BTC', -steps(0.02), priceAt('BTC', time)))
  on('2025-08-14 18:15:30', (time) => kraken.trade(time, 'SOL', -steps(8), priceAt('SOL', time)))
  on('2025-11-06 20:20:20', (time) => kraken.trade(time, 'BTC', -steps(0.045), priceAt('BTC', time)))
  ledgerToKraken('2025-10-14 15:12:40', 'BTC', 0.05, 0.00003, 55)

  // Coinbase: purchases by card, rewards, a gift card life
  every(56, '2022-01-20', '2025-11-01', (time) => {
    coinbase.deposit(time, 400)
    coinbase.buy(time + 20 * MINUTE, 'ETH', 180)
  })
  every(84, '2022-02-01', '2025-09-01', (time) => {
    coinbase.deposit(time, 450)
    coinbase.buy(time + 30 * MINUTE, 'USDC', 400)
  })
  every(30, '2022-05-02', '2025-12-20', (time) => {
    const reward = round(coinbase.book.balance('USDC') * 0.0035, 6)
    if (reward > 0) coinbase.plain(time, 'Rewards Income', 'USDC', reward, '')
  })
  on('2022-06-10 18:00:00', (time) => coinbase.plain(time, 'Learning Reward', 'ADA', steps(9.5), 'Received 9.5 ADA from Coinbase Earn'))
  on('2023-11-02 17:25:00', (time) => {
    coinbase.deposit(time - 60 * MINUTE, 700)
    coinbase.buy(time, 'BTC', 600, 'Advanced Trade Buy')
  })
  on('2024-01-25 16:05:00', (time) => coinbase.convert(time, 'USDC', steps(250), 'SOL'))
  every(91, '2024-03-01', '2025-12-01', (time) => {
    coinbase.plain(time, 'Staking Income', 'SOL', round(coinbase.book.balance('SOL') * 0.014, 8), '')
  })
  coinbaseToLedger('2022-12-01 17:11:09', 'ETH', 0.45, 0.00042, 4, '0x000000000000000000000000000000000000Ada1')
  coinbaseToLedger('2024-05-07 18:40:00', 'BTC', 0.012, 0.000021, 31, 'bc1qinventedaddressofada00000000000000')
  coinbaseToLedger('2024-11-12 16:18:27', 'ETH', 0.2, 0.00031, 3, '0x000000000000000000000000000000000000Ada1')
  on('2025-02-11 19:09:00', (time) => {
    coinbase.deposit(time - 30 * MINUTE, 1600)
    coinbase.buy(time, 'SOL', 1500, 'Advanced Trade Buy')
  })
  on('2025-06-17 16:00:00', (time) => coinbase.sell(time, 'SOL', steps(4)))
  on('2025-09-23 17:45:12', (time) => coinbase.sell(time, 'ETH', steps(0.35)))
  on('2025-12-02 18:02:00', (time) => coinbase.sell(time, 'ADA', steps(9.5), 'Sell'))
  on('2025-12-09 15:30:00', (time) => coinbase.row(time, 'Withdrawal', 'USD', -steps(1000), -steps(1000), -steps(1000), 0, 'Withdrawal to Ada’s Bank ****1234'))

  // Binance: two years of trying things
  on('2022-08-16 16:30:00', (time) => {
    coinbase.plain(time, 'Send', 'USDC', -steps(600), 'Sent 600 USDC to 0x00000000000000000000000000000000b1na5ce1')
    binance.row(time + 12 * MINUTE, 'Spot', 'Deposit', 'USDC', steps(599))
  })
  on('2022-08-17 15:00:00', (time) => {
    binance.row(time, 'Spot', 'Binance Convert', 'USDC', -steps(599))
    binance.row(time, 'Spot', 'Binance Convert', 'USDT', steps(598.7))
    binance.trade(time + 600_000, 'USDT', steps(40), 'BNB')
  })
  every(19, '2022-08-22', '2023-01-15', (time) => binance.trade(time, 'USDT', steps(30), 'ETH', 1))
  // Twins: two equal fills in one second, three rows each, and no order id to tell them apart
  on('2022-10-13 18:22:41', (time) => binance.trade(time, 'USDT', steps(60), 'ADA', 2))
  on('2022-11-30 16:00:00', (time) => {
    binance.row(time, 'Spot', 'Simple Earn Flexible Subscription', 'USDT', -steps(100), 'Binance Earn')
    binance.row(time, 'Earn', 'Simple Earn Flexible Subscription', 'LDUSDT', steps(100), 'Binance Earn')
  })
  every(14, '2022-12-12', '2023-09-30', (time) => {
    binance.row(time, 'Earn', 'Simple Earn Flexible Interest', 'USDT', steps(0.0731 + Math.floor(random() * 90) / 10_000), 'Binance Earn')
  })
  on('2023-10-04 16:12:00', (time) => {
    binance.row(time, 'Earn', 'Simple Earn Flexible Redemption', 'LDUSDT', -steps(100), 'Binance Earn')
    binance.row(time, 'Spot', 'Simple Earn Flexible Redemption', 'USDT', steps(100), 'Binance Earn')
  })
  on('2023-06-07 17:30:00', (time) => binance.row(time, 'Spot', 'HODLer Airdrops Distribution', 'ATOM', steps(6)))
  on('2023-12-05 17:01:02', (time) => {
    binance.trade(time, 'ADA', steps(100), 'USDT')
    binance.row(time + 600_000, 'Spot', 'Small Assets Exchange BNB', 'ADA', -steps(3.5))
    binance.row(time + 600_000, 'Spot', 'Small Assets Exchange BNB', 'BNB', Math.floor((steps(3.5) * priceAt('ADA', time) * 0.98) / priceAt('BNB', time)))
  })
  on('2024-02-20 16:40:00', (time) => {
    const sent = round(binance.book.balance('ETH'), 5) - steps(0.0001)
    binance.row(time, 'Spot', 'Withdraw', 'ETH', -sent, 'Withdraw fee is included')
    ledger.arrives(time + 6 * MINUTE, 'ETH', sent - steps(0.0016))
  })
  on('2024-02-20 17:05:00', (time) => {
    binance.row(time, 'Spot', 'Withdraw', 'ATOM', -steps(6), 'Withdraw fee is included')
    ledger.arrives(time + 3 * MINUTE, 'ATOM', steps(5.99))
  })
  // The partner of this one is missing: nobody remembers where it went
  on('2024-02-21 18:00:00', (time) => binance.row(time, 'Spot', 'Withdraw', 'USDT', -steps(60), 'Withdraw fee is included'))

  // Riverbank: small, old, and closed in 2023; its file and the wallet both know the hashes
  every(49, '2022-01-10', '2023-02-01', (time) => {
    const dollars = steps(120)
    riverbank.row(time - 90 * MINUTE, null, [dollars, 'USD'], null, { note: 'bank transfer' })
    const asset = ['LTC', 'DOGE', 'XLM'][Math.floor(time / DAY) % 3] as string
    riverbank.row(time, [steps(115), 'USD'], [round(steps(115 / priceAt(asset, time)), 6), asset], [steps(1.5), 'USD'], { note: 'market order' })
  })
  every(60, '2022-03-15', '2023-03-01', (time) => {
    const reward = steps(0.02)
    riverbank.row(time, null, [reward, 'LTC'], null, { label: 'reward', worth: Math.round(0.02 * priceAt('LTC', time) * 100) * 1_000_000 })
  })
  on('2023-03-20 16:00:00', (time) => {
    for (const [i, asset] of ['LTC', 'DOGE'].entries()) {
      const fee = steps(asset === 'LTC' ? 0.001 : 2)
      const units = round(riverbank.book.balance(asset) - fee, 4) - steps(0.01)
      const hash = ledger.hash()
      const sent = time + i * 20 * MINUTE
      riverbank.row(sent, [units, asset], null, [fee, asset], { note: 'to my own wallet', hash })
      ledger.arrives(sent + 15 * MINUTE, asset, units, hash)
    }
  })
  on('2023-03-22 17:00:00', (time) => {
    const units = riverbank.book.balance('XLM')
    riverbank.row(time, [units, 'XLM'], [round(units * priceAt('XLM', time), 2), 'USD'], [steps(1), 'USD'], { note: 'market order' })
    riverbank.row(time + 60 * MINUTE, [riverbank.book.balance('USD'), 'USD'], null, null, { note: 'bank transfer' })
  })

  // The wallet’s own life: a token, a stake, a failed call
  on('2024-04-18 16:00:00', (time) => {
    coinbase.plain(time - 20 * MINUTE, 'Send', 'USDC', -steps(300), 'Sent 300 USDC to 0x000000000000000000000000000000000000Ada1')
    ledger.arrives(time, 'USDC', steps(300))
  })
  on('2024-06-12 18:00:00', (time) => {
    ledger.book.change('USDC', -steps(120))
    ledger.book.change('ETH', -steps(0.0012))
    const hash = ledger.hash()
    ledger.row(time, 'OUT', 'USDC', steps(120), steps(0.0012), hash)
    ledger.row(time, 'FEES', 'ETH', steps(0.0012), steps(0.0012), hash)
  })
  on('2024-07-01 16:30:00', (time) => {
    ledger.book.change('ETH', -steps(0.0009))
    ledger.row(time, 'OUT', 'ETH', steps(0.0009), steps(0.0009), ledger.hash(), 'Failed')
  })
  on('2024-03-01 17:00:00', (time) => {
    ledger.book.change('ATOM', -steps(0.005))
    ledger.row(time, 'DELEGATE', 'ATOM', steps(5), steps(0.005), ledger.hash())
  })
  every(45, '2024-04-05', '2025-12-20', (time) => {
    const reward = steps(0.08 + Math.floor(random() * 20) / 1000)
    ledger.book.change('ATOM', reward)
    ledger.row(time, 'REWARD', 'ATOM', reward, 0, ledger.hash())
  })
  on('2025-03-27 16:00:00', (time) => ledger.leaves(time, 'ETH', steps(0.05), steps(0.0004)))

  while (acts.length > 0) {
    acts.sort((a, b) => a.time - b.time)
    const next = acts.shift() as (typeof acts)[number]
    next.act(next.time)
  }
  return { kraken, coinbase, ledger, binance, riverbank }
}
