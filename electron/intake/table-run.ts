/** One table being read: its reader, what became of each row, and the batches that are ready to be handed on. */
import { hash } from 'node:crypto'
import type { DecimalMark } from '../../shared/amount/source-number.ts'
import type { ZoneName } from '../../shared/events/identifiers.ts'
import { OccurrenceTable } from '../../shared/sources/hash-table.ts'
import { detached } from '../../shared/sources/identity.ts'
import type { Candidate } from '../../shared/sources/registry.ts'
import type {
  ReadContext,
  ReadSink,
  RowOutcome,
  SourceDocument,
  SourceFormat,
  SourceRow,
  TableHeader,
  TableReader,
  WaitingRow,
  Writable,
} from '../../shared/sources/source-format.ts'
import type {
  AccountRef,
  DeclaredBooks,
  Encoding,
  ImportMessage,
  ImportOptions,
  ImportTable,
  StagedBrokerForm,
  StagedEvent,
  StagedPrice,
  StagedRow,
  TableCounts,
} from './messages.ts'
import { accountKey, DraftResolver } from './resolve-draft.ts'

/** Rows of a batch, at most; events come with their rows or later. */
const BATCH_ROWS = 1_000
const SHOWN_TEXT = 2_000
const MOST_WARNINGS = 100

/** Where a row stands and what its bytes hash to; `text` where the file's bytes do not show it. */
export interface RowPlace {
  readonly start: number | null
  readonly length: number
  readonly hash: string
  /** The row's text, made only when it is needed, and only while the row is being read; null afterwards. */
  readonly text: (() => string) | null
}

/** A row's text, where it is still at hand. */
const textOf = (place: RowPlace | WaitingRow): string | undefined =>
  (typeof place.text === 'function' ? place.text() : place.text) ?? undefined

export interface FoundTable {
  readonly table: number
  readonly member: string | null
  readonly sheet: string | null
  readonly rowsAre: 'bytes' | 'text'
  readonly encoding: Encoding
  readonly delimiter: string | null
  readonly header: TableHeader
  readonly candidates: readonly Candidate[]
  readonly mark: DecimalMark
}

function accountOf(
  format: SourceFormat,
  header: TableHeader,
  options: ImportOptions,
): AccountRef & { readonly isNew: boolean } {
  const chosen = options.account ?? options.accountFor?.[format.id]
  const account = format.accountOf?.(header) ?? format.account
  const proposed = { id: accountKey(account.name), ...account }
  const ref = chosen ?? options.accounts.find(({ id }) => id === proposed.id) ?? proposed
  return { id: ref.id, name: ref.name, kind: ref.kind, isNew: !options.accounts.some(({ id }) => id === ref.id) }
}

export class TableRun {
  readonly info: ImportTable
  readonly #format: SourceFormat
  readonly #context: ReadContext
  readonly #sink: ReadSink
  readonly #reader: TableReader | null
  readonly #resolver: DraftResolver
  readonly #keepText: boolean
  readonly #open = new Map<number, RowPlace>()
  /** Rows that wait with their places. */
  #waiting = 0
  #rows: StagedRow[] = []
  readonly #events = new Settled<StagedEvent>()
  readonly #prices = new Settled<StagedPrice>()
  readonly #brokerForms = new Settled<StagedBrokerForm>()
  #books: DeclaredBooks | null = null
  #settled = 0
  #present = 0
  #presentPlace: RowPlace | null = null
  #delivered = 0
  readonly #warnings = new Set<string>()
  readonly #uncut = new OccurrenceTable()
  #announced = false
  #counts = { rows: 0, understood: 0, skipped: 0, notUnderstood: 0, events: 0, prices: 0 }

  constructor(found: FoundTable, options: ImportOptions) {
    const [best, second] = found.candidates as readonly [Candidate, ...Candidate[]]
    const { format, layout } = best
    const documented = format.zoneOf?.(layout, found.header) ?? format.zone
    const account = accountOf(format, found.header, options)
    const answered = options.zone ?? options.zones?.[`${format.id} ${account.id}`]
    const zone = answered ?? (documented === 'ask' ? ('UTC' as ZoneName) : documented)
    const { candidates, mark, header, ...place } = found
    this.info = {
      ...place,
      header: header.names,
      headerRow: header.row,
      source: format.id,
      sourceName: format.name,
      layout,
      version: format.version,
      candidates: candidates.map((one) => ({ source: one.format.id, name: one.format.name, score: one.score })),
      tied: second !== undefined && second.score === best.score,
      account,
      zone,
      zoneAsked: documented === 'ask' && answered === undefined,
    }
    this.#keepText = found.rowsAre === 'text'
    this.#resolver = new DraftResolver(format, this.info.account, options)
    const sink: ReadSink = {
      event: (draft) => {
        this.#events.push(this.#resolver.event(draft), this.#settled)
        this.#counts.events++
      },
      row: (outcome) => this.#settle(outcome),
      wait: (waiting) => this.#wait(waiting),
      price: (draft) => {
        this.#prices.push(this.#resolver.price(draft), this.#settled)
        this.#counts.prices++
      },
      brokerForm: (draft) => {
        this.#brokerForms.push(this.#resolver.brokerForm(draft), this.#settled)
      },
      declare: (accounts, assets) => this.#resolver.declare(accounts, assets),
      profile: (profile, decided) => {
        this.#books = this.#resolver.books(profile, decided)
      },
      warn: (text) => this.warn(text),
    }
    this.#format = format
    this.#sink = sink
    this.#context = { layout, header, zone, mark, fileName: header.fileName, sha256: (text) => hash('sha256', text) }
    this.#reader = format.document === undefined ? format.open(this.#context, sink) : null
  }

  /** Hands a row to the reader. Neither the row nor its place need last any longer. */
  row(source: SourceRow, place: RowPlace): void {
    const { row } = source
    this.#counts.rows++
    this.#present = row
    this.#presentPlace = place
    this.#reader?.row(source)
    if (this.#presentPlace === null) return
    this.#presentPlace = null
    this.#open.set(row, this.#outlasting(place))
  }

  /** Takes the place of a row that gets its outcome now; the row being read has never been put among the waiting ones. */
  #takePlace(row: number): RowPlace | undefined {
    if (this.#presentPlace !== null && row === this.#present) {
      const place = this.#presentPlace
      this.#presentPlace = null
      return place
    }
    const place = this.#open.get(row)
    if (place !== undefined) this.#open.delete(row)
    return place
  }

  #wait(waiting: WaitingRow): void {
    const place = this.#takePlace(waiting.row)
    if (place === undefined) throw this.#twice(waiting.row)
    waiting.start = place.start
    waiting.length = place.length
    waiting.hash = place.hash
    if (this.#keepText) waiting.text = detached(place.text?.().slice(0, SHOWN_TEXT) ?? '')
    this.#waiting++
  }

  #twice(row: number): Error {
    return new Error(`${this.info.source} gave row ${row} a second outcome, or one that it never got`)
  }

  /** A place that keeps no block of the file alive while its row waits for the others of its event. */
  #outlasting(place: RowPlace): RowPlace {
    const { start, length, hash: digest } = place
    if (!this.#keepText) return { start, length, hash: digest, text: null }
    const beginning = detached(place.text?.().slice(0, SHOWN_TEXT) ?? '')
    return { start, length, hash: digest, text: () => beginning }
  }

  /** Announces a row whose outcome a document's reader will give. */
  expect(row: number, place: RowPlace): void {
    this.#counts.rows++
    this.#open.set(row, place)
  }

  /** Reads a document as a whole; gives what is wrong with it. */
  document(document: SourceDocument): readonly string[] | null {
    const problems = this.#format.document?.read(document, this.#context, this.#sink) ?? null
    if (problems === null) this.#checkSettled()
    return problems
  }

  /** A row that cannot even be cut into cells. */
  refuse(row: number, place: RowPlace, reason: string): void {
    this.#counts.rows++
    this.#open.set(row, place)
    const digest = place.hash.slice(0, 32)
    this.#settle({
      row,
      outcome: 'not-understood',
      identity: `row:${digest}:${this.#uncut.nextOfDigest(digest)}`,
      reason,
    })
  }

  /** A row of nothing but separators: counted, so that the rows of the file add up. */
  leaveEmpty(row: number, place: RowPlace): void {
    this.#counts.rows++
    this.#open.set(row, place)
    const digest = place.hash.slice(0, 32)
    const identity = `row:${digest}:${this.#uncut.nextOfDigest(digest)}`
    this.#settle({ row, outcome: 'skipped', identity, reason: 'an empty row' })
  }

  /** Keeps a warning about the file; of very many only the first. */
  warn(text: string): void {
    if (this.#warnings.size < MOST_WARNINGS) this.#warnings.add(text)
  }

  #settle(outcome: RowOutcome): void {
    const { waiting } = outcome
    const place = waiting ?? this.#takePlace(outcome.row)
    if (waiting !== undefined) this.#waiting--
    if (place === undefined || this.#waiting < 0) throw this.#twice(outcome.row)
    this.#settled++
    if (outcome.outcome === 'skipped') this.#counts.skipped++
    else if (outcome.outcome === 'not-understood') this.#counts.notUnderstood++
    else this.#counts.understood++
    if (outcome.outcome === 'event' && !this.#keepText) {
      const { row, identity, group } = outcome
      const { start, length, hash: digest } = place
      const event = group === identity ? this.#resolver.newEventId(group) : this.#resolver.eventId(group)
      this.#rows.push({ row, start, length, hash: digest, identity, outcome: 'event', event })
      return
    }
    const isShown = this.#keepText || outcome.outcome === 'not-understood' || outcome.outcome === 'skipped'
    const text = isShown ? textOf(place)?.slice(0, SHOWN_TEXT) : undefined
    const staged: Writable<StagedRow> = {
      row: outcome.row,
      start: place.start,
      length: place.length,
      hash: place.hash,
      identity: outcome.identity,
      outcome: outcome.outcome,
    }
    if (outcome.outcome === 'event') staged.event = this.#resolver.eventId(outcome.group)
    else if (outcome.outcome !== 'price' && outcome.outcome !== 'broker-form') {
      staged.reason = outcome.reason
      if (outcome.outcome === 'not-understood' && outcome.column !== undefined) staged.column = outcome.column
    }
    if (text !== undefined) staged.text = text
    this.#rows.push(staged)
  }

  /** As `end`, with a step wherever a batch is ready: what waited need not stand in memory together with what it became. */
  *ending(): Generator<'step'> {
    while (this.#reader?.endSome?.() === true) if (this.isFull) yield 'step'
    this.end()
  }

  /** Closes what is open. Every row has its outcome then. */
  end(): void {
    this.#reader?.end()
    if (this.#counts.rows === 0) this.warn('there is a header and no row below it')
    this.#checkSettled()
  }

  #checkSettled(): void {
    const left = this.#open.size + this.#waiting
    if (left === 0) return
    const [row = 'waiting'] = this.#open.keys()
    throw new Error(`${this.info.source} left ${left} rows without an outcome, the first is row ${row}`)
  }

  get counts(): TableCounts {
    return { ...this.#counts }
  }

  /** Whether a full batch is ready. */
  get isFull(): boolean {
    return this.#rows.length >= BATCH_ROWS
  }

  /** The next messages: the table itself first, then batches; with `all` also what does not fill one. */
  *take(all: boolean): Generator<ImportMessage> {
    if (!this.#announced) {
      this.#announced = true
      yield { type: 'table', table: this.info }
    }
    let from = 0
    while (this.#rows.length - from >= BATCH_ROWS || (all && from < this.#rows.length)) {
      const rows = this.#rows.slice(from, from + BATCH_ROWS)
      from += rows.length
      this.#delivered += rows.length
      const events = this.#events.take(this.#delivered)
      const prices = this.#prices.take(this.#delivered)
      const brokerForms = this.#brokerForms.take(this.#delivered)
      yield { type: 'batch', table: this.info.table, ...this.#resolver.takeNew(), rows, events, prices, brokerForms }
    }
    this.#rows = this.#rows.slice(from)
  }

  /** The last message of the table. */
  ended(): ImportMessage {
    return {
      type: 'table-end',
      table: this.info.table,
      counts: this.counts,
      warnings: [...this.#warnings],
      mentions: this.#resolver.mentions(),
      books: this.#books,
    }
  }
}

/** What was made of rows, each with the number of rows that were settled before it: its own are among them. */
class Settled<T> {
  #values: T[] = []
  #after: number[] = []
  /** How many of them were taken out. */
  #taken = 0

  push(value: T, after: number): void {
    this.#values.push(value)
    this.#after.push(after)
  }

  /** Takes out what had at most so many rows before it. */
  take(rows: number): T[] {
    const from = this.#taken
    let to = from
    while (to < this.#after.length && (this.#after[to] as number) <= rows) to++
    const found = this.#values.slice(from, to)
    this.#taken = to
    // Moving the rest up each time would take the square of what is taken out at the end of a file.
    if (to * 2 > this.#values.length) {
      this.#values = this.#values.slice(to)
      this.#after = this.#after.slice(to)
      this.#taken = 0
    }
    return found
  }
}
