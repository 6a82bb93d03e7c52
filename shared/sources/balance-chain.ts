/**
 * Running balances that a source writes beside its changes: where one does not follow from the one before, rows are missing
 * from the file (or stand in another order). Told, never corrected.
 */

import type { Amount } from '../amount/amount.ts'
import { formatAmount } from '../amount/decimal.ts'

/** The last row of a name, moved on from row to row. */
interface Chain {
  row: number
  balance: bigint
  change: bigint
}

interface Break {
  readonly name: string
  readonly above: number
  readonly below: number
  /** What the rows that are missing must come to. */
  readonly missing: bigint
}

const SHOWN = 3
/** A direction of time that has so many breaks more than the other is not looked at any further. */
const HOPELESS = 100

/** Breaks found when the file is read from the top down as ascending (or descending) in time. */
class Breaks {
  count = 0
  readonly first: Break[] = []

  see(name: string, above: number, below: number, missing: bigint, slack: bigint): void {
    if (missing <= slack && missing >= -slack) return
    this.count++
    if (this.first.length < SHOWN) this.first.push({ name, above, below, missing })
  }
}

export class BalanceChain {
  readonly #last = new Map<string, Chain>()
  readonly #up = new Breaks()
  readonly #down = new Breaks()

  /**
   * The balance of `name` (an asset, or an asset in a wallet) that a row states, and by how much the row changed it. A jump of
   * up to `slack` is rounding.
   */
  add(name: string, row: number, balance: bigint, change: bigint, slack = 0n): void {
    const last = this.#last.get(name)
    if (last === undefined) {
      this.#last.set(name, { row, balance, change })
      return
    }
    if (this.#up.count <= this.#down.count + HOPELESS) {
      const up = last.balance + change
      if (up !== balance) this.#up.see(name, last.row, row, balance - up, slack)
    }
    if (this.#down.count <= this.#up.count + HOPELESS) {
      const down = last.balance - last.change
      if (down !== balance) this.#down.see(name, last.row, row, down - balance, slack)
    }
    last.row = row
    last.balance = balance
    last.change = change
  }

  /** What to tell about the file: nothing where every balance follows from the one before, in either direction of time. */
  warnings(): readonly string[] {
    const found = this.#up.count <= this.#down.count ? this.#up : this.#down
    const texts = found.first.map(
      ({ name, above, below, missing }) =>
        `the balance of ${name} jumps by ${formatAmount(missing as Amount)} between rows ${above} and ${below}: rows seem to be missing from this file`,
    )
    return found.count > SHOWN ? [...texts, `balances jump at ${found.count - SHOWN} more places of this file`] : texts
  }
}
