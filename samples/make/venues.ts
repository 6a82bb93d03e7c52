/** The five places of the story, each writing its export as it really looks. */
import { Book, clock, HEX, invented, LETTERS, quote, round, short, show, steps } from './books.ts'
import { priceAt } from './market.ts'

interface Dated {
  readonly time: number
  readonly line: string
}
const inOrder = (rows: readonly Dated[]): Dated[] => rows.toSorted((a, b) => a.time - b.time)

/** Kraken's codes of the assets in the story. */
const KRAKEN_CODES: Readonly<Record<string, string>> = { USD: 'ZUSD', BTC: 'XXBT', ETH: 'XETH' }

export class Kraken {
  /** Ada's LINK was bought in 2021, before the period that the export covers. */
  readonly book = new Book('Kraken', { LINK: steps(40) })
  readonly #rows: Dated[] = []
  #serial = 0

  id(prefix: string): string {
    const text = invented(++this.#serial, 16, LETTERS)
    return `${prefix}${text.slice(0, 5)}-${text.slice(5, 10)}-${text.slice(10)}`
  }

  /** One row; `code` where it differs from the asset’s own (`DOT28.S`). `pending`: the attempt that Kraken also lists. */
  row(refid: string, time: number, type: string, subtype: string, asset: string, amount: number, fee = 0, code?: string): void {
    const balance = this.book.change(asset, amount - fee)
    const txid = this.id('L')
    this.#write(txid, refid, time, type, subtype, asset, code, amount, fee, balance)
  }

  pending(refid: string, time: number, type: string, asset: string, amount: number): void {
    this.#write('', refid, time, type, '', asset, undefined, amount, 0, null)
  }

  trade(time: number, asset: string, units: number, price: number): void {
    const refid = this.id('T')
    const cost = round(steps((units / 1e8) * price), 4)
    const fee = round(cost * 0.0026, 4)
    if (units > 0) {
      this.row(refid, time, 'trade', 'tradespot', 'USD', -cost, fee)
      this.row(refid, time, 'trade', 'tradespot', asset, units)
    } else {
      this.row(refid, time, 'trade', 'tradespot', asset, units)
      this.row(refid, time, 'trade', 'tradespot', 'USD', -cost, fee)
    }
  }

  #write(txid: string, refid: string, time: number, type: string, subtype: string, asset: string, code: string | undefined, amount: number, fee: number, balance: number | null): void {
    const digits = asset === 'USD' ? 4 : 10
    const shown = code ?? KRAKEN_CODES[asset] ?? asset
    const wallet = code?.includes('.') ? 'earn / bonded' : 'spot / main'
    const cells = [txid, refid, clock(time), type, subtype, 'currency', asset === 'USD' ? 'fiat' : 'crypto', shown, wallet]
    const numbers = [show(amount, digits), show(fee, digits), balance === null ? '""' : show(balance, digits)]
    this.#rows.push({ time, line: `${cells.map((text) => `"${text}"`).join(',')},${numbers.join(',')}` })
  }

  /** The export of a period. */
  file(from: number, to: number): string {
    const header = '"txid","refid","time","type","subtype","aclass","subclass","asset","wallet","amount","fee","balance"'
    const rows = inOrder(this.#rows).filter(({ time }) => time >= from && time < to)
    return `${[header, ...rows.map(({ line }) => line)].join('\n')}\n`
  }
}

export class Coinbase {
  readonly book = new Book('Coinbase')
  readonly #rows: Dated[] = []
  #serial = 500

  /** `quantity` signed; money in steps of dollars. The note is where Coinbase says the other side. */
  row(time: number, type: string, asset: string, quantity: number, subtotal: number, total: number, fees: number, note: string): void {
    this.book.change(asset, quantity)
    const price = asset === 'USD' ? 1 : priceAt(asset, time)
    const money = (amount: number) => `${amount < 0 ? '-' : ''}$${show(Math.abs(amount), 5)}`
    const id = invented(++this.#serial, 24, HEX)
    const cells = [id, `${clock(time)} UTC`, type, asset, short(quantity), 'USD', `$${price}`, money(subtotal), money(total), money(fees), note]
    this.#rows.push({ time, line: cells.map(quote).join(',') })
  }

  deposit(time: number, dollars: number): void {
    const amount = steps(dollars)
    this.row(time, 'Deposit', 'USD', amount, amount, amount, 0, 'Deposit from Ada’s Bank ****1234')
  }

  buy(time: number, asset: string, dollars: number, type: 'Buy' | 'Advanced Trade Buy' = 'Buy'): void {
    const price = priceAt(asset, time)
    const gross = steps(dollars)
    const units = Math.floor(gross / price)
    const fees = round(gross * (type === 'Buy' ? 0.0149 : 0.006), 5)
    const total = gross + fees
    this.book.change('USD', -total)
    const spent = show(total, 2)
    const note =
      type === 'Buy'
        ? `Bought ${short(units)} ${asset} for ${spent} USD`
        : `Bought ${short(units)} ${asset} for ${short(total)} USD on ${asset}-USD at ${price} USD/${asset}`
    this.row(time, type, asset, units, gross, total, fees, note)
  }

  sell(time: number, asset: string, units: number, type: 'Sell' | 'Advanced Trade Sell' = 'Advanced Trade Sell'): void {
    const price = priceAt(asset, time)
    const gross = round(units * price, 5)
    const fees = round(gross * (type === 'Sell' ? 0.0149 : 0.006), 5)
    const total = gross - fees
    this.book.change('USD', total)
    const at = type === 'Sell' ? '' : ` on ${asset}-USD at ${price} USD/${asset}`
    this.row(time, type, asset, -units, gross, total, fees, `Sold ${short(units)} ${asset} for ${short(total)} USD${at}`)
  }

  /** Income, or a send with its sign: worth what the market says. */
  plain(time: number, type: string, asset: string, units: number, note: string): void {
    const worth = round(units * priceAt(asset, time), 5)
    this.row(time, type, asset, units, worth, worth, 0, note)
  }

  convert(time: number, from: string, units: number, to: string): void {
    const worth = round(units * priceAt(from, time), 5)
    const fees = round(worth * 0.01, 5)
    const got = Math.floor((worth - fees) / priceAt(to, time))
    this.book.change(to, got)
    this.row(time, 'Convert', from, -units, worth, worth + fees, fees, `Converted ${short(units)} ${from} to ${short(got)} ${to}`)
  }

  /** Newest rows first, below the three lines that Coinbase puts on top. */
  file(): string {
    const header = 'ID,Timestamp,Transaction Type,Asset,Quantity Transacted,Price Currency,Price at Transaction,Subtotal,Total (inclusive of fees and/or spread),Fees and/or Spread,Notes'
    const top = ['', 'Transactions', 'User,Ada Example,00000000-0000-4000-8000-000000000000']
    return `${[...top, header, ...inOrder(this.#rows).toReversed().map(({ line }) => line)].join('\n')}\n`
  }
}

const LEDGER_ACCOUNTS: Readonly<Record<string, readonly [name: string, key: string]>> = {
  BTC: ['Bitcoin 1', 'xpub6InventedKeyOfAdaForBitcoin'],
  ETH: ['Ethereum 1, cold', '0x000000000000000000000000000000000000ada1'],
  USDC: ['Ethereum 1, cold', '0x000000000000000000000000000000000000ada1'],
  ATOM: ['Cosmos 1', 'cosmos1inventedaddressofada'],
  LTC: ['Litecoin 1', 'Ltub2InventedKeyOfAda'],
  DOGE: ['Dogecoin 1', 'dgub8InventedKeyOfAda'],
}

export class LedgerWallet {
  readonly book = new Book('Ledger')
  readonly #rows: Dated[] = []
  #serial = 9000

  hash(): string {
    return invented(++this.#serial, 64, HEX)
  }

  /** Amounts without sign; `OUT` includes its fee, as Ledger Live writes it. */
  row(time: number, type: string, ticker: string, amount: number, fee: number, hash: string, status = 'Confirmed'): void {
    const [name, key] = LEDGER_ACCOUNTS[ticker] as readonly [string, string]
    const worth = (at: number) => show(round(amount * priceAt(ticker, at), 2), 2)
    const date = `${new Date(time).toISOString().slice(0, 19)}.000Z`
    const cells = [date, status, ticker, type, short(amount), short(fee), hash, name, key, 'USD', worth(time), worth(Date.UTC(2025, 11, 31))]
    this.#rows.push({ time, line: cells.map(quote).join(',') })
  }

  arrives(time: number, ticker: string, amount: number, hash = this.hash()): void {
    this.book.change(ticker, amount)
    this.row(time, 'IN', ticker, amount, 0, hash)
  }

  leaves(time: number, ticker: string, amount: number, fee: number): void {
    this.book.change(ticker, -amount - fee)
    this.row(time, 'OUT', ticker, amount + fee, fee, this.hash())
  }

  /** Newest first. */
  file(): string {
    const header = 'Operation Date,Status,Currency Ticker,Operation Type,Operation Amount,Operation Fees,Operation Hash,Account Name,Account xpub,Countervalue Ticker,Countervalue at Operation Date,Countervalue at CSV Export'
    return `${[header, ...inOrder(this.#rows).toReversed().map(({ line }) => line)].join('\n')}\n`
  }
}

export class Binance {
  readonly book = new Book('Binance')
  readonly #rows: Dated[] = []

  row(time: number, account: string, operation: string, coin: string, change: number, remark = ''): void {
    if (account === 'Spot') this.book.change(coin, change)
    const cells = ['31415926', clock(time).slice(2), account, operation, coin, show(change, 8), remark]
    this.#rows.push({ time, line: cells.join(',') })
  }

  /** A market order in `parts` equal fills of one second; the fee in BNB where there is some, else in what is received. */
  trade(time: number, from: string, spent: number, to: string, parts = 1): void {
    const got = Math.floor((spent * priceAt(from, time)) / priceAt(to, time) / parts)
    const part = Math.floor(spent / parts)
    for (let i = 0; i < parts; i++) {
      this.row(time, 'Spot', 'Transaction Spend', from, -part)
      this.row(time, 'Spot', 'Transaction Buy', to, got)
      const inBnb = Math.floor((part * priceAt(from, time) * 0.00075) / priceAt('BNB', time))
      if (this.book.balance('BNB') > inBnb && to !== 'BNB') this.row(time, 'Spot', 'Transaction Fee', 'BNB', -inBnb)
      else this.row(time, 'Spot', 'Transaction Fee', to, -Math.floor(got * 0.001))
    }
  }

  file(): string {
    const rows = inOrder(this.#rows).map(({ line }) => line)
    return `\ufeff${['User ID,Time,Account,Operation,Coin,Change,Remark', ...rows].join('\n')}\n`
  }
}

/** A small exchange that closed in 2023 and left its customers a file after Koinly’s template. */
export class Riverbank {
  readonly book = new Book('Riverbank')
  readonly #rows: Dated[] = []

  row(time: number, sent: [number, string] | null, received: [number, string] | null, fee: [number, string] | null, more: { label?: string; note?: string; hash?: string; worth?: number } = {}): void {
    for (const [side, sign] of [[received, 1], [sent, -1], [fee, -1]] as const) {
      if (side !== null) this.book.change(side[1], sign * side[0])
    }
    const pair = (side: [number, string] | null) => (side === null ? ['', ''] : [short(side[0]), side[1]])
    const worth = more.worth === undefined ? ['', ''] : [show(more.worth, 2), 'USD']
    const cells = [`${clock(time)} UTC`, ...pair(sent), ...pair(received), ...pair(fee), ...worth, more.label ?? '', more.note ?? '', more.hash ?? '']
    this.#rows.push({ time, line: cells.map(quote).join(',') })
  }

  file(): string {
    const header = 'Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash'
    return `${[header, ...inOrder(this.#rows).map(({ line }) => line)].join('\n')}\n`
  }
}
