/** Amounts in whole steps of 10⁻⁸, so that balances are exact, and a book that refuses to go below zero. */

export const STEP = 100_000_000

/** A number of units as steps. */
export const steps = (units: number): number => Math.round(units * STEP)

/** Steps as a decimal with exactly so many digits. */
export function show(amount: number, digits: number): string {
  const whole = Math.abs(amount).toString().padStart(9, '0')
  const text = `${whole.slice(0, -8)}.${whole.slice(-8).padEnd(Math.max(8, digits), '0').slice(0, digits)}`
  const cut = digits === 0 ? whole.slice(0, -8) : text
  return amount < 0 ? `-${cut}` : cut
}

/** Steps as a decimal without zeros at its end. */
export function short(amount: number): string {
  const text = show(amount, 8).replace(/0+$/, '')
  return text.endsWith('.') ? text.slice(0, -1) : text
}

/** Rounds steps to so many digits. */
export const round = (amount: number, digits: number): number => {
  const unit = 10 ** (8 - digits)
  return Math.round(amount / unit) * unit
}

/** What one place holds. */
export class Book {
  readonly #name: string
  readonly #balances = new Map<string, number>()

  constructor(name: string, opening: Readonly<Record<string, number>> = {}) {
    this.#name = name
    for (const [asset, amount] of Object.entries(opening)) this.#balances.set(asset, amount)
  }

  balance(asset: string): number {
    return this.#balances.get(asset) ?? 0
  }

  /** Changes a balance and gives the new one. */
  change(asset: string, amount: number): number {
    const balance = this.balance(asset) + amount
    if (balance < 0) throw new Error(`${this.#name} would hold ${short(balance)} ${asset}`)
    this.#balances.set(asset, balance)
    return balance
  }
}

/** `2024-03-05 10:11:12` of a time in UTC. */
export const clock = (time: number): string => new Date(time).toISOString().slice(0, 19).replace('T', ' ')

/** A cell of a CSV, quoted where it has to be. */
export const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Characters of an invented id or hash, the same for the same serial number. */
export function invented(serial: number, length: number, alphabet: string): string {
  let state = (serial * 2_654_435_761 + 12_345) >>> 0
  let text = ''
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state ^ (state >>> 13), 1_540_483_477) + i * 97) >>> 0
    text += alphabet[(state >>> 8) % alphabet.length]
  }
  return text
}

export const HEX = '0123456789abcdef'
export const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
