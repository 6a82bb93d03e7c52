/**
 * Running balances that a source writes beside its changes: where one does not follow from the one before, rows are missing
 * from the file (or stand in another order). Told, never corrected.
 */

import type { Amount } from '../amount/amount.ts'
import { formatAmount } from '../amount/decimal.ts'

interface Chain {
  readonly row: number
  readonly balance: bigint
  readonly change: bigint
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

  add(name: string, above: number, below: number, missing: bigint): void {
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
    const before = this.#last.get(name)
    if (before !== undefined) {
      if (this.#up.count <= this.#down.count + HOPELESS) {
        const up = balance - before.balance - change
        if (up > slack || up < -slack) this.#up.add(name, before.row, row, up)
      }
      if (this.#down.count <= this.#up.count + HOPELESS) {
        const down = before.balance - balance - before.change
        if (down > slack || down < -slack) this.#down.add(name, before.row, row, down)
      }
    }
    this.#last.set(name, { row, balance, change })
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
