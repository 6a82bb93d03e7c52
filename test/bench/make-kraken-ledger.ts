/** A made-up Kraken ledger of any length: the same text for the same number of rows, on every machine. */
import { seeded } from '../../samples/make/market.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const HEADER = '"txid","refid","time","type","subtype","aclass","subclass","asset","wallet","amount","fee","balance"'
const COINS = [
  { code: 'XXBT', price: 42_000 },
  { code: 'XETH', price: 2_500 },
  { code: 'SOL', price: 110 },
  { code: 'DOT', price: 7 },
  { code: 'ADA', price: 0.45 },
  { code: 'XXRP', price: 0.6 },
  { code: 'ATOM', price: 9 },
  { code: 'LINK', price: 15 },
] as const

/**
 * Kraken's current layout with exactly `rows` rows below the header: mostly purchases and sales of eight coins against
 * dollars (two rows each), with rewards, deposits and withdrawals among them. Every balance stays above zero.
 */
export function makeKrakenLedger(rows: number): string {
  const random = seeded(20_240_101)
  const balances = new Map<string, number>([['ZUSD', 0]])
  const lines: string[] = [HEADER]
  let time = Date.UTC(2022, 0, 1, 8)
  let serial = 0

  const id = (prefix: string): string => {
    serial++
    let left = serial * 7919 + 104_729
    let text = ''
    for (let i = 0; i < 11; i++) {
      text += LETTERS[(left + i * 11) % 32]
      left = Math.floor(left / 2) + i * 13 + serial
    }
    return `${prefix}${serial.toString(36).toUpperCase().padStart(5, '0')}-${text.slice(0, 5)}-${text.slice(5)}`
  }
  const row = (refid: string, type: string, subtype: string, code: string, amount: number, fee: number): void => {
    const digits = code === 'ZUSD' ? 4 : 10
    const balance = (balances.get(code) ?? 0) + amount - fee
    balances.set(code, balance)
    const stamp = new Date(time).toISOString().slice(0, 19).replace('T', ' ')
    const kind = code === 'ZUSD' ? 'fiat' : 'crypto'
    lines.push(
      `"${id('L')}","${refid}","${stamp}","${type}","${subtype}","currency","${kind}","${code}","spot / main",${amount.toFixed(digits)},${fee.toFixed(digits)},${balance.toFixed(digits)}`,
    )
  }

  while (lines.length <= rows) {
    time += 60_000 + Math.floor(random() * 1_200_000)
    const coin = COINS[Math.floor(random() * COINS.length)] as (typeof COINS)[number]
    const cash = balances.get('ZUSD') ?? 0
    const held = balances.get(coin.code) ?? 0
    const price = coin.price * (0.7 + random() * 0.6)
    const what = random()
    const left = rows + 1 - lines.length
    if (cash < 5_000 || left === 1) {
      row(id('Q'), 'deposit', '', 'ZUSD', 20_000 + Math.floor(random() * 10_000), 0)
    } else if (what < 0.04 && held * price > 50) {
      row(id('S'), 'earn', 'reward', coin.code, held * 0.0004, 0)
    } else if (what < 0.06 && held * price > 500) {
      row(id('F'), 'withdrawal', '', coin.code, -held * 0.3, (0.5 / price) * 2)
    } else if (what < 0.5 && held * price > 200) {
      const share = held * (0.1 + random() * 0.5)
      const refid = id('T')
      row(refid, 'trade', 'tradespot', coin.code, -share, 0)
      row(refid, 'trade', 'tradespot', 'ZUSD', share * price, share * price * 0.0026)
    } else {
      const spent = 100 + random() * 2_000
      const refid = id('T')
      row(refid, 'trade', 'tradespot', 'ZUSD', -spent, spent * 0.0026)
      row(refid, 'trade', 'tradespot', coin.code, spent / price, 0)
    }
  }
  return `${lines.slice(0, rows + 1).join('\n')}\n`
}
