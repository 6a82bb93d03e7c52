import type Database from 'better-sqlite3'
import type { Compilable } from 'kysely'
import type { Bound, Connection } from './sqlite.ts'

declare const writable: unique symbol

/** A ledger one can read. Every function that only reads takes this, so that a read cannot write. */
export interface ReadableLedger {
  /** Every row of a typed query (`query` of `sqlite.ts`). */
  all<Row>(compilable: Compilable<Row>): Row[]
  first<Row>(compilable: Compilable<Row>): Row | undefined
  /** Hot lists: SQL as it stands, rows as objects. */
  rows<Row>(sql: string, ...bound: Bound[]): Row[]
  /** SQL as it stands, one object a row, streamed. No other statement may run on this handle in between. */
  each<Row>(sql: string, ...bound: Bound[]): IterableIterator<Row>
  /** SQL as it stands, rows as arrays. */
  tuples<Row extends readonly unknown[]>(sql: string, ...bound: Bound[]): Row[]
  /** SQL as it stands, the first column of every row. */
  column<Value>(sql: string, ...bound: Bound[]): Value[]
  /** SQL as it stands, the first column of the first row. */
  value<Value>(sql: string, ...bound: Bound[]): Value | undefined
  /** Counts committed acts; every read answers with the revision it saw. */
  revision(): number
  /** Runs `read` on one snapshot, however many statements it makes. */
  snapshot<Result>(read: () => Result): Result
  /** The query plan of SQL as it stands, one line a step. */
  plan(sql: string): string[]
}

/** The one handle that `commit` and staging accept. It has no writing member of its own. */
export interface WritableLedger extends ReadableLedger {
  readonly [writable]: true
}

/** What the function inside `commit` gets: the only thing that writes. */
export interface LedgerWrite extends ReadableLedger {
  /** Runs a typed insert, update or delete; gives the row id of an insert. */
  run(compilable: Compilable<unknown>): number
  /** Runs SQL as it stands; gives how many rows changed. */
  exec(sql: string, ...bound: Bound[]): number
}

class Handle implements LedgerWrite, WritableLedger {
  /** Of the type only: what tells a writable ledger from any other. */
  declare readonly [writable]: true
  readonly #connection: Connection
  readonly #statements = new Map<string, Database.Statement<Bound[]>>()

  constructor(connection: Connection) {
    this.#connection = connection
  }

  #prepare(sql: string, reads: boolean) {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#connection.prepare<Bound[]>(sql)
      if (this.#statements.size > 500) this.#statements.clear()
      this.#statements.set(sql, statement)
    }
    if (reads && !statement.readonly) throw new Error(`a read tried to write: ${sql}`)
    return statement
  }

  #mode(sql: string, mode: 'object' | 'raw' | 'pluck') {
    const statement = this.#prepare(sql, true)
    if (mode === 'raw') return statement.raw(true)
    if (mode === 'pluck') return statement.pluck(true)
    return statement.raw(false).pluck(false)
  }

  all<Row>(compilable: Compilable<Row>): Row[] {
    const { sql, parameters } = compilable.compile()
    return this.#mode(sql, 'object').all(...(parameters as Bound[])) as Row[]
  }

  first<Row>(compilable: Compilable<Row>): Row | undefined {
    const { sql, parameters } = compilable.compile()
    return this.#mode(sql, 'object').get(...(parameters as Bound[])) as Row | undefined
  }

  rows<Row>(sql: string, ...bound: Bound[]): Row[] {
    return this.#mode(sql, 'object').all(...bound) as Row[]
  }

  each<Row>(sql: string, ...bound: Bound[]): IterableIterator<Row> {
    return this.#mode(sql, 'object').iterate(...bound) as IterableIterator<Row>
  }

  tuples<Row extends readonly unknown[]>(sql: string, ...bound: Bound[]): Row[] {
    return this.#mode(sql, 'raw').all(...bound) as Row[]
  }

  column<Value>(sql: string, ...bound: Bound[]): Value[] {
    return this.#mode(sql, 'pluck').all(...bound) as Value[]
  }

  value<Value>(sql: string, ...bound: Bound[]): Value | undefined {
    return this.#mode(sql, 'pluck').get(...bound) as Value | undefined
  }

  revision(): number {
    return Number(this.value<string>(`SELECT value FROM meta WHERE key = 'revision'`) ?? '0')
  }

  snapshot<Result>(read: () => Result): Result {
    return this.#connection.inTransaction ? read() : this.#connection.transaction(read).deferred()
  }

  plan(sql: string): string[] {
    const places = sql.split('?').length - 1
    return this.#connection
      .prepare<Bound[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...Array.from({ length: places }, () => null))
      .map((step) => step.detail)
  }

  run(compilable: Compilable<unknown>): number {
    const { sql, parameters } = compilable.compile()
    return Number(this.#prepare(sql, false).run(...(parameters as Bound[])).lastInsertRowid)
  }

  exec(sql: string, ...bound: Bound[]): number {
    return this.#prepare(sql, false).run(...bound).changes
  }
}

interface Gate {
  readonly connection: Connection
  readonly write: LedgerWrite
  /** Whether a commit waits for the disk; `FULL` for acts, `NORMAL` for staging. */
  setSync(mode: 'FULL' | 'NORMAL'): void
}
const gates = new WeakMap<ReadableLedger, Gate>()

/** A handle for reading. On a read-only connection SQLite refuses writes as well. */
export const readable = (connection: Connection): ReadableLedger => new Handle(connection)

/** The handle of the one engine that writes. */
export function writableLedger(connection: Connection): WritableLedger {
  const handle = new Handle(connection)
  let sync = ''
  const setSync = (mode: 'FULL' | 'NORMAL'): void => {
    if (mode !== sync) connection.pragma(`synchronous = ${mode}`)
    sync = mode
  }
  gates.set(handle, { connection, write: handle, setSync })
  return handle
}

/** Opens the gate; for `commit.ts`, `staging*.ts` and what writes in bulk within them only. */
export function gateOf(ledger: WritableLedger | LedgerWrite): Gate {
  const gate = gates.get(ledger)
  if (!gate) throw new Error('this ledger was not opened for writing')
  return gate
}
