/** The row at hand with its cells as values. One for each table, moved from row to row. */
import { AMOUNT_DIGITS, type Amount, MONEY_DIGITS, type Money } from '../amount/amount.ts'
import type { DecimalMark } from '../amount/source-number.ts'
import { assetResolver, type ResolvedAsset } from '../assets/resolve.ts'
import type { TimePrecision } from '../events/event.ts'
import type { Instant, SourceId } from '../events/identifiers.ts'
import { amountIn, type CellProblem, isProblem, moneyIn, size, symbolIn } from './cells.ts'
import { CutRow, cutRow } from './cut-row.ts'
import { type GluedAmount, gluedAmount } from './glued-amounts.ts'
import { shared } from './identity.ts'
import type { LegDraft, SourceRow } from './source-format.ts'

/** A column as it was found in the header: `at` is −1 where the layout has none. */
export interface Column {
  readonly at: number
  /** As it is called in messages. */
  readonly name: string
}

const NOTHING = 0n as Amount
const MOST_SYMBOLS = 10_000
const UNITS_PER_MONEY = 10n ** BigInt(AMOUNT_DIGITS - MONEY_DIGITS)

/**
 * Reads cells by column. What cannot be read leaves the first `problem` behind and gives a value that stands for nothing;
 * a row with a problem is never turned into an event.
 */
export class RowCursor {
  problem: CellProblem | null = null
  /** The row with all its cells; `text` cuts out the one that is asked for. */
  source = new CutRow()
  row = 0
  time = 0 as Instant
  precision: TimePrecision = 'second'
  readonly mark: DecimalMark
  readonly #resolve: ReturnType<typeof assetResolver>
  /** Texts that are symbols, each as one copy. */
  readonly #symbols = new Map<string, string>()
  /** Of rows that come as cells. */
  readonly #own = new CutRow()

  constructor(source: SourceId, mark: DecimalMark) {
    this.mark = mark
    this.#resolve = assetResolver(source)
  }

  moveTo(row: SourceRow): void {
    this.source = cutRow(row, this.#own)
    this.row = row.row
    this.problem = null
  }

  /** All cells, as the file has them. */
  get cells(): readonly string[] {
    return this.source.cells
  }

  fail(reason: string, column: Column): void {
    this.problem ??= { reason, column: column.name }
  }

  /** The cell's text, trimmed; empty where there is none. It may keep a block of the file alive: see `kept`. */
  text({ at }: Column): string {
    return this.source.cell(at)
  }

  /** The cell's text as one copy for all rows: for words that repeat (types, symbols). */
  word(column: Column): string {
    return shared(this.text(column))
  }

  /** Units, signed; null for a blank cell. */
  amountOrNull(column: Column): Amount | null {
    const text = this.text(column)
    if (text === '') return null
    const amount = amountIn(text, column.name, this.mark)
    return isProblem(amount) ? this.#failed(amount) : amount
  }

  /** Units, signed; nothing for a blank cell. */
  amount(column: Column): Amount {
    return this.amountOrNull(column) ?? NOTHING
  }

  /** |units|; nothing for a blank cell. */
  size(column: Column): Amount {
    return size(this.amount(column))
  }

  /** Units that came in; nothing for a blank cell. A negative amount is a problem: it did not come in. */
  receipt(column: Column): Amount {
    return this.cameIn(this.amount(column), column)
  }

  /** |units| of the column, which came in: a negative amount is a problem. */
  cameIn(amount: Amount, column: Column): Amount {
    if (amount < 0n) this.fail('what was received is negative', column)
    return size(amount)
  }

  /** Units, signed; a blank cell is a problem. */
  needed(column: Column): Amount {
    const amount = this.amountOrNull(column)
    if (amount === null) this.fail('the amount is missing', column)
    return amount ?? NOTHING
  }

  /** |units|; a blank cell is a problem. */
  neededSize(column: Column): Amount {
    return size(this.needed(column))
  }

  /** Money, signed; null for a blank cell. */
  money(column: Column): Money | null {
    const money = moneyIn(this.text(column), column.name, this.mark)
    return isProblem(money) ? this.#failed(money) : money
  }

  /** |money| as units of its currency, for sums with more decimals than any amount has; a blank cell is a problem. */
  moneyUnits(column: Column): Amount {
    const money = this.money(column)
    if (money === null) this.fail('the amount is missing', column)
    return (size((money ?? 0n) as Amount) * UNITS_PER_MONEY) as Amount
  }

  /** An amount with its unit in the cell; `units` are the symbols to be expected. A blank cell gives null. */
  glued(column: Column, units: readonly string[] = []): GluedAmount | null {
    const text = this.text(column)
    if (text === '' || text === '-' || text === '--') return null
    const found = gluedAmount(text, this.mark, units)
    if (typeof found !== 'string') return found
    this.fail(`${found} (“${text.slice(0, 40)}”)`, column)
    return null
  }

  /** An amount with its unit; a blank cell is a problem. */
  neededGlued(column: Column, units: readonly string[] = []): GluedAmount {
    const found = this.glued(column, units)
    if (found === null) this.fail('the amount is missing', column)
    return found ?? { amount: NOTHING, symbol: '' }
  }

  /** A symbol, as one copy for all rows; a blank cell is a problem. */
  symbol(column: Column): string {
    const text = this.text(column)
    const known = this.#symbols.get(text)
    if (known !== undefined) return known
    const symbol = symbolIn(text, column.name)
    if (isProblem(symbol)) {
      this.#failed(symbol)
      return ''
    }
    const copy = shared(symbol)
    if (this.#symbols.size < MOST_SYMBOLS) this.#symbols.set(copy, copy)
    return copy
  }

  /** What the symbol stands for at the row's time. */
  asset(symbol: string): ResolvedAsset {
    return this.#resolve({ symbol }, this.time)
  }

  isFiat(symbol: string): boolean {
    return this.asset(symbol).kind === 'fiat'
  }

  /** A value that the source states for a leg; none where the cell is blank or nothing. */
  worth(column: Column, currency: string): Pick<LegDraft, 'value'> {
    const money = this.money(column)
    if (money === null || money === 0n || currency === '') return {}
    return { value: { amount: (money < 0n ? -money : money) as Money, currency } }
  }

  #failed(problem: CellProblem): null {
    this.problem ??= problem
    return null
  }
}
