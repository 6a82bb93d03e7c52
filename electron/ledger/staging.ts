import { BalanceSums, direction, storedAmount } from './balance-sums.ts'
import { takeOutKnownForms } from './broker-forms.ts'
import { BulkInsert } from './bulk-insert.ts'
import { classifyRun, type RunEntry } from './classify.ts'
import { Coverage } from './coverage.ts'
import { Directory } from './directory.ts'
import { nextEventRow, takeEventRows } from './event-rows.ts'
import { stageWrite } from './files.ts'
import { gateOf, type LedgerWrite, type WritableLedger } from './handles.ts'
import { LegPlaces } from './leg-places.ts'
import { linkById } from './link-ids.ts'
import { linkByProof } from './link-proof.ts'
import { settleFile } from './settle-file.ts'
import { DISK_FULL, type DiskFull } from './sqlite.ts'
import type { FileRow, Sealed, StagedChunk, StagedEvent, StagedRecord, StageOptions } from './staged.ts'

/** Identities are classified in sorted runs of this many events: memory stays bounded and index pages are written once. */
const RUN = 100_000
const SHEET_SPAN = 2 ** 21
const OUTCOMES = { event: 0, skipped: 1, 'not-understood': 2 } as const
export const PRECISIONS = ['day', 'minute', 'second', 'millisecond'] as const

const EVENT_COLUMNS = [
  'id', 'stable_id', 'time', 'precision', 'ord', 'kind', 'size', 'time_text', 'hash', 'note',
  'source_kind', 'to_address', 'from_address', 'counterparty', 'protocol', 'warnings', 'extra', 'rows',
] // biome-ignore format: one table, one glance
const LEG_COLUMNS = ['event_id', 'n', 'role', 'account_id', 'asset_id', 'amount', 'included', 'value', 'extra']
const RECORD_COLUMNS = [
  'id',
  'event_id',
  'row',
  'sheet',
  'start',
  'length',
  'identity',
  'hash',
  'outcome',
  'reason',
  'field',
]
const PRICE_COLUMNS = ['asset_id', 'currency', 'day', 'time', 'price', 'source', 'record_id']
const FORM_COLUMNS = ['record_id', 'identity', 'account_id', 'asset_id', 'body']

/**
 * Starts staging the rows of an uploaded file under one source, account and zone. The engine thread alone calls this;
 * workers send it chunks.
 */
export function openStage(ledger: WritableLedger, file: FileRow, options: StageOptions): FileStage | DiskFull {
  const opened = stageWrite(ledger, (write) => {
    const row = write.rows<{ batch_id: number; size: number; state: string }>(
      'SELECT batch_id, size, state FROM source_file WHERE id = ?',
      file,
    )[0]
    if (!row || row.state === 'staging' || row.state === 'sealed') throw new Error('this file cannot be staged now')
    const directory = new Directory()
    const account = directory.account(write, options.account)
    const base = Number(write.value<string>(`SELECT value FROM meta WHERE key = 'next-record'`) ?? '1')
    const span = options.sheets ? Math.max(SHEET_SPAN, row.size + 2) : row.size + 2
    const end = base + span * (options.sheets?.length ?? 1)
    write.exec(
      `INSERT INTO meta (key, value) VALUES ('next-record', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      String(end),
    )
    write.exec(
      `UPDATE source_file SET source = ?, layout = ?, reader_version = ?, encoding = ?, account_id = ?, zone = ?,
       record_first = ?, record_last = ?, state = 'staging' WHERE id = ?`,
      options.source,
      options.layout,
      options.readerVersion,
      options.encoding,
      account,
      options.zone,
      base,
      end - 1,
      file,
    )
    const left = leftRows(write, options.source, account)
    return { status: 'open', batch: row.batch_id, base, span, directory, left } as const
  })
  return opened.status === 'open' ? new FileStage(ledger, file, options, opened) : opened
}

interface Opened {
  readonly batch: number
  readonly base: number
  readonly span: number
  readonly directory: Directory
  /** Rows of earlier files that no reader understood, by identity. */
  readonly left: ReadonlyMap<string, readonly number[]>
}

function leftRows(write: LedgerWrite, source: string, account: number): Map<string, number[]> {
  const left = new Map<string, number[]>()
  const rows = write.tuples<[number, Buffer]>(
    `SELECT r.id, r.identity FROM raw_record r JOIN source_file f ON f.id = r.file_id JOIN batch b ON b.id = f.batch_id
     WHERE r.outcome = 2 AND b.state = 'live' AND f.source = ? AND f.account_id = ?`,
    source,
    account,
  )
  for (const [id, identity] of rows) {
    const key = identity.toString('hex')
    left.set(key, [...(left.get(key) ?? []), id])
  }
  return left
}

/** One file being staged: `add` chunks, then drain `seal`, which classifies what was added and writes the file's plan. */
export class FileStage {
  readonly status = 'open'
  readonly #ledger: WritableLedger
  readonly #file: FileRow
  readonly #options: StageOptions
  readonly #opened: Opened
  readonly #records: BulkInsert
  readonly #events: BulkInsert
  readonly #legs: BulkInsert
  readonly #prices: BulkInsert
  readonly #forms: BulkInsert
  readonly #sums = new BalanceSums()
  readonly #coverage = new Coverage()
  readonly #places = new LegPlaces()
  #run: RunEntry[] = []
  #counts = { rows: 0, event: 0, skipped: 0, 'not-understood': 0, prices: 0, forms: 0, linkedRows: 0, shared: 0 }

  constructor(ledger: WritableLedger, file: FileRow, options: StageOptions, opened: Opened) {
    const { connection } = gateOf(ledger)
    this.#ledger = ledger
    this.#file = file
    this.#options = options
    this.#opened = opened
    this.#records = new BulkInsert(connection, 'raw_record', RECORD_COLUMNS, { file_id: file })
    this.#events = new BulkInsert(connection, 'event', EVENT_COLUMNS, {
      version: 1,
      batch_id: opened.batch,
      file_id: file,
    })
    this.#legs = new BulkInsert(connection, 'leg', LEG_COLUMNS)
    this.#prices = new BulkInsert(connection, 'price', PRICE_COLUMNS, { batch_id: opened.batch })
    this.#forms = new BulkInsert(connection, 'broker_form', FORM_COLUMNS, { batch_id: opened.batch, file_id: file })
  }

  /**
   * Writes one chunk into rows that no query sees: some 10 µs a source row, so 1,500 rows keep within 20 ms. A full
   * disk leaves this chunk unwritten and the ledger as it was; the batch should then be discarded.
   */
  add(chunk: StagedChunk): { readonly status: 'staged' } | DiskFull {
    const { directory } = this.#opened
    const run: RunEntry[] = []
    const done = stageWrite(this.#ledger, (write) => {
      for (const account of chunk.accounts ?? []) directory.account(write, account)
      for (const asset of chunk.assets ?? []) directory.asset(write, asset)
      let id = nextEventRow(write)
      const rowEvents = this.#eventsOfRows(write, chunk, id)
      for (const record of chunk.records) this.#addRecord(record, rowEvents)
      this.#noteUnderstood(write, chunk)
      this.#records.flush()
      if (chunk.events.length > 0) {
        const range = 'UPDATE source_file SET event_first = coalesce(event_first, ?), event_last = ? WHERE id = ?'
        write.exec(range, id, id + chunk.events.length - 1, this.#file)
      }
      for (const event of chunk.events) {
        this.#addEvent(write, event, id)
        run.push({ id, stable: event.id, hash: event.hash ?? null })
        id++
      }
      this.#events.flush()
      this.#legs.flush()
      for (const price of chunk.prices ?? []) {
        const day = typeof price.time === 'string' ? price.time : null
        const time = typeof price.time === 'number' ? price.time : null
        const asset = directory.assetOf(write, price.asset)
        const record = this.#recordId(price.row, price.sheet)
        const source = price.source ?? this.#options.source
        this.#prices.add(asset, price.currency, day, time, price.price, source, record)
      }
      this.#prices.flush()
      for (const form of chunk.brokerForms ?? []) {
        const record = this.#recordId(form.row, form.sheet)
        const [account, asset] = [directory.accountOf(write, form.account), directory.assetOf(write, form.asset)]
        this.#forms.add(record, asBuffer(form.identity), account, asset, form.body)
      }
      this.#forms.flush()
      takeEventRows(write, id)
      return { status: 'staged' } as const
    })
    if (done.status !== 'staged') {
      for (const insert of [this.#records, this.#events, this.#legs, this.#prices, this.#forms]) insert.drop()
      directory.clear()
      return done
    }
    for (const record of chunk.records) this.#counts[record.outcome]++
    this.#counts.rows += chunk.records.length
    this.#counts.prices += chunk.prices?.length ?? 0
    this.#counts.forms += chunk.brokerForms?.length ?? 0
    for (const entry of run) this.#run.push(entry)
    return done
  }

  /** True when enough is staged that a step of `flush` keeps memory bounded; `seal` does the rest. */
  get full(): boolean {
    return this.#run.length >= RUN
  }

  /** Classifies what was added so far, in steps of at most 20 ms. To be drained whenever `full`. */
  *flush(): Generator<void, { readonly status: 'staged' } | DiskFull> {
    const run = this.#run
    this.#run = []
    if (run.length === 0) return { status: 'staged' }
    const classified = yield* classifyRun(this.#ledger, this.#file, this.#opened.batch, run, this.#sums)
    if (classified.status !== 'staged') return classified
    const placed = yield* this.#places.write(this.#ledger, classified.known)
    if (placed.status !== 'staged') return placed
    if (this.#options.countsByItself !== true && run.some((entry) => entry.hash !== null)) {
      const linked = yield* linkByProof(this.#ledger, this.#file, this.#opened.batch, run, this.#sums)
      if (linked.status !== 'staged') return linked
    }
    return yield* linkById(this.#ledger, this.#file, this.#opened.batch, run, this.#sums)
  }

  /** Ends the file: every event is added, changed, linked or known, and the plan's counts stand in the file's row. */
  *seal(): Generator<void, Sealed | DiskFull> {
    const flushed = yield* this.flush()
    if (flushed.status === DISK_FULL.status) return flushed
    if (this.#counts.forms > 0) {
      const settled = yield* takeOutKnownForms(this.#ledger, this.#file, this.#opened.batch)
      if (settled.status !== 'staged') return settled
      this.#counts.forms -= settled.known
    }
    return yield* settleFile(this.#ledger, this.#file, this.#opened.batch, this.#counts, this.#sums, this.#coverage)
  }

  #recordId(row: number, sheet: number | undefined): number {
    return this.#opened.base + (sheet ?? 0) * this.#opened.span + row
  }

  /**
   * Which event each record of the chunk went into. Rows of earlier chunks are told of theirs here; the few rows that go
   * into more than one event are noted beside.
   */
  #eventsOfRows(write: LedgerWrite, chunk: StagedChunk, firstEvent: number): Map<number, number> {
    const here = new Set(chunk.records.map((record) => this.#recordId(record.row, record.sheet)))
    const events = new Map<number, number>()
    for (const [n, event] of chunk.events.entries()) {
      const id = firstEvent + n
      for (const row of event.rows) {
        const record = this.#recordId(row, event.sheet)
        const taken = events.has(record)
        if (!taken && here.has(record)) events.set(record, id)
        else if (
          taken ||
          write.exec('UPDATE raw_record SET event_id = ? WHERE id = ? AND event_id IS NULL', id, record) === 0
        ) {
          write.exec('INSERT INTO shared_row (record_id, event_id) VALUES (?, ?)', record, id)
          this.#counts.shared++
        }
        this.#counts.linkedRows++
      }
    }
    return events
  }

  /** A newer reader may make something of a row that an older one could not: then the older file's row is done with. */
  #noteUnderstood(write: LedgerWrite, chunk: StagedChunk): void {
    if (this.#opened.left.size === 0) return
    for (const record of chunk.records) {
      if (record.outcome === 'not-understood') continue
      for (const old of this.#opened.left.get(asBuffer(record.identity).toString('hex')) ?? []) {
        const by = this.#recordId(record.row, record.sheet)
        write.exec('INSERT OR IGNORE INTO understood (record_id, by_record) VALUES (?, ?)', old, by)
      }
    }
  }

  #addRecord(record: StagedRecord, events: ReadonlyMap<number, number>): void {
    const id = this.#recordId(record.row, record.sheet)
    this.#records.add(
      id,
      events.get(id) ?? null,
      record.row,
      record.sheet === undefined ? null : (this.#options.sheets?.[record.sheet] ?? null),
      record.start ?? null,
      record.length ?? null,
      asBuffer(record.identity),
      asBuffer(record.hash),
      OUTCOMES[record.outcome],
      record.reason ?? null,
      record.column ?? null,
    )
  }

  #addEvent(write: LedgerWrite, event: StagedEvent, id: number): void {
    const { directory } = this.#opened
    const main = event.legs.find((leg) => leg.role === 'out' || leg.role === 'in') ?? event.legs[0]
    this.#events.add(
      id,
      event.id,
      event.time,
      PRECISIONS.indexOf(event.precision),
      event.order ?? null,
      event.kind,
      main?.amount ?? '0',
      event.timeText ?? null,
      event.hash ?? null,
      event.note ?? null,
      event.sourceKind ?? null,
      event.toAddress ?? null,
      event.fromAddress ?? null,
      event.counterparty ?? null,
      event.protocol ?? null,
      event.warnings && event.warnings.length > 0 ? JSON.stringify(event.warnings) : null,
      event.extra ? JSON.stringify(event.extra) : null,
      JSON.stringify(event.rows.map((row) => this.#recordId(row, event.sheet) - this.#opened.base)),
    )
    const accounts: number[] = []
    const assets: number[] = []
    let n = 0
    for (const leg of event.legs) {
      const account = directory.accountOf(write, leg.account)
      const asset = directory.assetOf(write, leg.asset)
      accounts.push(account)
      assets.push(asset)
      this.#places.add(account, asset, id)
      const way = direction(leg.role, leg.included === true)
      const amount = storedAmount(leg.amount)
      if (way !== 0) this.#sums.add(account, asset, way === 1 ? amount : -amount)
      this.#legs.add(
        id,
        n++,
        leg.role,
        account,
        asset,
        leg.amount,
        leg.included ? 1 : 0,
        leg.value ?? null,
        leg.extra ? JSON.stringify(leg.extra) : null,
      )
    }
    this.#coverage.addEvent(event.time, accounts, assets)
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
