import type { Bound, Connection } from './sqlite.ts'

const ROWS = 24
/** Shapes of rows a table has statements for; rarer ones share the full one. */
const MOST_SHAPES = 24

interface Shape {
  readonly width: number
  readonly many: ReturnType<Connection['prepare']>
  readonly one: ReturnType<Connection['prepare']>
  pending: Bound[]
}

/**
 * Inserts many rows with few statements: rows are bound in groups, the rest one by one. Binding costs more than storing,
 * so rows that lack the same columns go together, without those columns. `same` holds for every row.
 */
export class BulkInsert {
  readonly #connection: Connection
  readonly #table: string
  readonly #columns: readonly string[]
  readonly #same: Readonly<Record<string, number>>
  readonly #shapes = new Map<number, Shape>()

  constructor(
    connection: Connection,
    table: string,
    columns: readonly string[],
    same: Readonly<Record<string, number>> = {},
  ) {
    this.#connection = connection
    this.#table = table
    this.#columns = columns
    this.#same = same
  }

  /** Takes the values of one row, in the order of the columns. */
  add(...values: Bound[]): void {
    let present = 0
    for (let n = 0; n < values.length; n++) if (values[n] !== null) present |= 1 << n
    let shape = this.#shapes.get(present)
    if (!shape && this.#shapes.size >= MOST_SHAPES) present = -1
    shape ??= this.#shapes.get(present) ?? this.#newShape(present)
    for (let n = 0; n < values.length; n++) if ((present & (1 << n)) !== 0) shape.pending.push(values[n] as Bound)
    if (shape.pending.length === shape.width * ROWS) {
      shape.many.run(shape.pending)
      shape.pending = []
    }
  }

  /** Writes what is pending; to be called before the transaction ends. */
  flush(): void {
    for (const shape of this.#shapes.values()) {
      const { pending, width } = shape
      shape.pending = []
      for (let at = 0; at < pending.length; at += width) shape.one.run(pending.slice(at, at + width))
    }
  }

  /** Forgets what is pending, after a transaction that failed. */
  drop(): void {
    for (const shape of this.#shapes.values()) shape.pending = []
  }

  #newShape(present: number): Shape {
    const columns = this.#columns.filter((_, n) => (present & (1 << n)) !== 0)
    const head = `INSERT INTO ${this.#table} (${[...columns, ...Object.keys(this.#same)].join(', ')}) VALUES `
    const row = `(${[...columns.map(() => '?'), ...Object.values(this.#same).map((value) => Math.trunc(value))].join(', ')})`
    const shape: Shape = {
      width: columns.length,
      many: this.#connection.prepare(head + Array.from({ length: ROWS }, () => row).join(', ')),
      one: this.#connection.prepare(head + row),
      pending: [],
    }
    this.#shapes.set(present, shape)
    return shape
  }
}
