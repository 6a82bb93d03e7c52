import type { Bound, Connection } from './sqlite.ts'

const ROWS = 24

/** Inserts many rows with few statements: rows are bound in groups, the rest one by one. */
export class BulkInsert {
  readonly #width: number
  readonly #many: ReturnType<Connection['prepare']>
  readonly #one: ReturnType<Connection['prepare']>
  #pending: Bound[] = []

  constructor(connection: Connection, table: string, columns: readonly string[]) {
    this.#width = columns.length
    const head = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `
    const row = `(${columns.map(() => '?').join(', ')})`
    this.#many = connection.prepare(head + Array.from({ length: ROWS }, () => row).join(', '))
    this.#one = connection.prepare(head + row)
  }

  /** Takes the values of one row, in the order of the columns. */
  add(...values: Bound[]): void {
    for (const value of values) this.#pending.push(value)
    if (this.#pending.length === this.#width * ROWS) {
      this.#many.run(this.#pending)
      this.#pending = []
    }
  }

  /** Writes what is pending; to be called before the transaction ends. */
  flush(): void {
    const pending = this.#pending
    this.#pending = []
    for (let at = 0; at < pending.length; at += this.#width) this.#one.run(pending.slice(at, at + this.#width))
  }

  /** Forgets what is pending, after a transaction that failed. */
  drop(): void {
    this.#pending = []
  }
}
