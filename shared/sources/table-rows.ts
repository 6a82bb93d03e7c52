/** The rows of one plain table: identity, times, grouping and outcomes, which are the same for all layouts. */
import { BalanceChain } from './balance-chain.ts'
import { type CellProblem, timeProblem, warnDoubtful } from './cells.ts'
import { type CutRow, TextColumns } from './cut-row.ts'
import { FileOrder } from './file-order.ts'
import { GroupWindow } from './group-window.ts'
import { Columns, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { detached, groupKey, groupKeyOfJoined, outcomeOfRepeated, RowIdentities, type RowIdentity } from './identity.ts'
import { type Meaning, together } from './legs.ts'
import { OpenRow } from './open-row.ts'
import { type Column, RowCursor } from './row-cursor.ts'
import type {
  EventDraft,
  ReadContext,
  ReadSink,
  SourceRow,
  TableHeader,
  TableReader,
  Writable,
} from './source-format.ts'
import type { FurtherEvent, JoinedRow, RowReader, TableLayout, TableSource } from './table-source.ts'
import { readTime, type SourceTime } from './times.ts'
import { partsOf } from './wallet-rows.ts'

/** A verdict by the members that tell what it is: asking for them costs less than asking whether they are there. */
type AnyVerdict = Partial<Meaning & CellProblem & Omit<JoinedRow, 'row'>> & {
  readonly join?: string | readonly string[]
  readonly skip?: string
  readonly further?: readonly FurtherEvent[]
}

function renamed(header: TableHeader, plainName: ((name: string) => string) | undefined): TableHeader {
  return plainName === undefined ? header : { ...header, names: header.names.map(plainName) }
}

/** Rows that wait for one that proves the order of their dates, at most. */
const MOST_WAITING = 50_000
/** A date as spreadsheets write it. */
const REWRITTEN = /^\d{1,2}[./]\d{1,2}[./]\d{2,4}\b/

/** An id that a spreadsheet took for a number and shortened: many ids look the same then. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+\d+$/

/** What the rows of an event know about it, the later above the earlier; an address only where they have no other. */
function factsOf(rows: readonly JoinedRow[]): Partial<Meaning> {
  const facts = Object.assign({}, ...rows.map((row) => row.facts)) as { -readonly [K in keyof Meaning]?: Meaning[K] }
  if (rows.length === 1) return facts
  const isOther = (member: 'toAddress' | 'fromAddress') => (row: JoinedRow) =>
    row.facts[member] !== undefined && row.facts[member] !== facts[member]
  if (rows.some(isOther('toAddress'))) delete facts.toAddress
  if (rows.some(isOther('fromAddress'))) delete facts.fromAddress
  return facts
}

const NO_FACTS: Partial<Meaning> = Object.freeze({})
/**
 * Texts of a row that waits for others keep the block of the file alive that they were cut from: of lines as short as this,
 * all rows that may wait keep less alive than they hold themselves.
 */
const SHORT_LINE = 160

/** The facts as texts of their own. */
function outlasting(facts: Partial<Meaning>): Partial<Meaning> {
  const { hash, note, fromAddress, toAddress, counterparty, sourceKind } = facts
  const kept: Writable<Partial<Meaning>> = { ...facts }
  if (hash !== undefined) kept.hash = detached(hash)
  if (note !== undefined) kept.note = detached(note)
  if (fromAddress !== undefined) kept.fromAddress = detached(fromAddress)
  if (toAddress !== undefined) kept.toAddress = detached(toAddress)
  if (counterparty !== undefined) kept.counterparty = detached(counterparty)
  if (sourceKind !== undefined) kept.sourceKind = detached(sourceKind)
  return kept
}

/** Before the texts that rows are joined by, where it is not a provider's key. */
const OF_TEXTS = '\u001f'
const OF_TEXTS_CODE = OF_TEXTS.charCodeAt(0)

/** The texts, each behind `OF_TEXTS`, as one flat text: it is looked up at once, and lasts longer than the row. */
const textsAsKey = (texts: readonly string[]): string =>
  texts.length === 2 ? ['', texts[0], texts[1]].join(OF_TEXTS) : ['', ...texts].join(OF_TEXTS)

export class TableRows implements TableReader {
  readonly #layout: TableLayout
  readonly #context: ReadContext
  readonly #sink: ReadSink
  readonly #cursor: RowCursor
  readonly #identities: RowIdentities
  readonly #idAt: readonly Column[]
  #shortened: string | null = null
  #id = ''
  /** The group key of `#id`. */
  #key = ''
  readonly #identityColumns: TextColumns
  readonly #timeAt: Column
  readonly #reader: RowReader
  #waiting: SourceRow[] = []
  #goodTimes = 0
  #strangeTimes = 0
  /** Of the row read last. */
  #timeText = ''
  #time: SourceTime | null = null
  /** The text is no part of a block of the file. */
  #hasOwnTime = false
  /** The first of them. */
  #strangeTime = ''
  readonly #order: FileOrder
  readonly #balances = new BalanceChain()
  readonly #groups: GroupWindow<OpenRow>
  readonly #headerAt: number
  readonly #headerCell: string

  constructor(source: TableSource, layout: TableLayout, context: ReadContext, sink: ReadSink) {
    const { header } = context
    const columns = new Columns(renamed(header, source.plainName))
    const column = (...names: readonly string[]): Column => {
      const name = names.find((one) => columns.at(one) >= 0) ?? names[0] ?? ''
      return { at: columns.at(name), name }
    }
    this.#layout = layout
    this.#context = context
    this.#sink = sink
    this.#cursor = new RowCursor(source.id, context.mark)
    this.#identities = new RowIdentities(context.sha256)
    this.#idAt = (layout.id ?? []).map((name) => column(name))
    this.#identityColumns = new TextColumns(
      layout.identity.map((name) => column(name).at),
      layout.tag,
    )
    this.#timeAt = column(...layout.time)
    // Not the first: that one may begin with the mark of a file that was put below another.
    this.#headerAt = header.names.findLastIndex((name) => name !== '')
    this.#headerCell = header.names[this.#headerAt] ?? ''
    const nameInFile = ({ at, name }: Column): string => header.names[at] ?? name
    this.#reader = layout.open({ context, sink, column, nameInFile })
    this.#order = new FileOrder(this.#reader.zoneOf !== undefined)
    this.#groups = new GroupWindow((group, rows) => this.#close(group, rows))
  }

  row(source: SourceRow): void {
    const proof = this.#reader.proof
    if (proof?.isOpen !== true) {
      this.#read(source)
      return
    }
    this.#waiting.push({ row: source.row, cells: source.cells })
    proof.see(source.cells[this.#timeAt.at]?.trim() ?? '')
    if (proof.isOpen && this.#waiting.length >= MOST_WAITING) proof.settle()
    if (!proof.isOpen) this.#readWaiting()
  }

  #readWaiting(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const source of waiting) this.#read(source)
  }

  #read(source: SourceRow): void {
    const cursor = this.#cursor
    cursor.moveTo(source)
    this.#groups.nextRow()
    const found = this.#identify(cursor)
    const id = this.#id
    const { row } = source
    if (this.#isHeader(cursor.source)) {
      this.#identities.beginStatement()
      this.#skip(found, HEADER_AGAIN)
      return
    }
    if (found.repeated) {
      const repeated = outcomeOfRepeated(row, found, this.#layout.record ?? 'record')
      if (repeated !== null) this.#sink.row(repeated)
      return
    }
    const time = this.#timeOf(cursor)
    const timeText = this.#timeText
    // A row without a time can still be one that means nothing (totals, notes): its reader may say so.
    cursor.time = time?.time ?? (0 as SourceTime['time'])
    if (time === null) cursor.problem ??= timeProblem(timeText, this.#timeAt.name)
    const verdict = this.#reader.read(cursor) as AnyVerdict
    const isEvent = verdict.kind !== undefined
    if (!isEvent && verdict.skip !== undefined) {
      this.#skip(found, verdict.skip)
      return
    }
    this.#noteTime(time, timeText)
    const problem = cursor.problem ?? (isEvent || verdict.join !== undefined ? null : (verdict as CellProblem))
    if (problem !== null || time === null) {
      this.#sink.row({ row, outcome: 'not-understood', identity: found.identity, ...(problem as CellProblem) })
      return
    }
    const stated = this.#reader.balance === undefined ? null : this.#reader.balance(cursor)
    if (stated !== null && cursor.problem === null) {
      this.#balances.add(stated.of, row, stated.balance, stated.change)
    }
    if (time.doubtful === true) warnDoubtful(timeText, this.#reader.zoneOf?.(cursor) ?? this.#context.zone, this.#sink)
    const place = this.#order.place(timeText, time.time)
    if (verdict.join !== undefined) {
      const { join, facts = NO_FACTS } = verdict
      const isLong = cursor.source.line.length > SHORT_LINE || cursor.source.line === ''
      if (isLong && !this.#hasOwnTime) {
        this.#timeText = detached(timeText)
        this.#hasOwnTime = true
      }
      const kept = isLong && facts !== NO_FACTS ? outlasting(facts) : facts
      const open = new OpenRow(row, verdict, kept, found, time, this.#timeText, place)
      const refused =
        typeof join === 'string' ? this.#groups.add(join, open) : this.#groups.add(textsAsKey(join), open, true)
      if (refused === null) this.#sink.wait?.(open)
      else this.#sink.row({ row, outcome: 'not-understood', identity: found.identity, reason: refused })
      return
    }
    const { identity } = found
    const group = id === '' ? identity : this.#key
    this.#sink.row({ row, outcome: 'event', identity, group })
    this.#emit(group, time, timeText, place, verdict as Meaning, [row])
    if (verdict.further === undefined) return
    for (const [i, { key, at, meaning }] of verdict.further.entries()) {
      const own = key === undefined ? `${group}~${i + 2}` : groupKey(key, this.#context.sha256)
      this.#emit(own, at?.time ?? time, at?.timeText ?? timeText, place, meaning, [row])
    }
  }

  /** The time of the row; its text is `#timeText` afterwards. Rows of one event stand together and have one time. */
  #timeOf(cursor: RowCursor): SourceTime | null {
    const reader = this.#reader
    const text = reader.timeText === undefined ? cursor.text(this.#timeAt) : reader.timeText(cursor)
    if (text === this.#timeText && reader.zoneOf === undefined) return this.#time
    this.#timeText = text
    this.#hasOwnTime = false
    this.#time = reader.time === undefined ? readTime(text, this.#context.zone) : reader.time(text, cursor)
    return this.#time
  }

  /** Counts times that are read and such as spreadsheets write. */
  #noteTime(time: SourceTime | null, text: string): void {
    if (time !== null) this.#goodTimes++
    else if (REWRITTEN.test(text)) {
      this.#strangeTimes++
      this.#strangeTime ||= text.slice(0, 40)
    }
  }

  endSome(): boolean {
    this.#reader.proof?.settle()
    this.#readWaiting()
    return this.#groups.endSome()
  }

  end(): void {
    while (this.endSome());
    if (this.#strangeTimes > this.#goodTimes) {
      this.#sink.warn(
        `most times of this file are not written as this source writes them (${this.#strangeTime}): a spreadsheet has perhaps rewritten them; export the file again and import it as it is`,
      )
    }
    for (const warning of this.#balances.warnings()) this.#sink.warn(warning)
    if (this.#shortened !== null) {
      this.#sink.warn(
        `a spreadsheet has shortened the ids of this file (${this.#shortened}): its rows are told apart by their text, and other exports cannot be linked by these ids; export the file again and import it as it is`,
      )
    }
  }

  /** The row's identity; its provider's id, where it has one, is `#id` afterwards. */
  #identify(cursor: RowCursor): RowIdentity {
    const { tag } = this.#layout
    let id = ''
    this.#id = ''
    for (const column of this.#idAt) {
      const text = cursor.text(column)
      const isShortened = text.includes('E+') && SHORTENED.test(text)
      if (isShortened) {
        this.#shortened ??= text
        return this.#identities.byText(cursor.cells)
      }
      if (text === '') {
        id = ''
        break
      }
      id = id === '' ? text : `${id}.${text}`
    }
    if (id !== '') {
      if (tag !== undefined) id = `${tag}.${id}`
      this.#id = id
      this.#key = groupKey(id, this.#context.sha256)
      return this.#identities.byProvider(id, cursor.source, this.#key)
    }
    const own = this.#reader.identity === undefined ? null : this.#reader.identity(cursor)
    if (own === null) return this.#identities.byColumns(cursor.source, this.#identityColumns)
    return this.#identities.byText(tag === undefined ? own : [tag, ...own])
  }

  /** The group key of what rows were joined by. */
  #keyOf(join: string): string {
    const { tag } = this.#layout
    const { sha256 } = this.#context
    if (join.charCodeAt(0) !== OF_TEXTS_CODE) return groupKey(tag === undefined ? join : `${tag}.${join}`, sha256)
    return groupKeyOfJoined(tag === undefined ? join.slice(OF_TEXTS.length) : `${tag}${join}`, sha256)
  }

  #isHeader(row: CutRow): boolean {
    if (this.#headerCell === '' || row.cell(this.#headerAt) !== this.#headerCell) return false
    return isHeaderAgain(row.cells, this.#context.header)
  }

  #skip({ identity }: RowIdentity, reason: string): void {
    this.#sink.row({ row: this.#cursor.row, outcome: 'skipped', identity, reason })
  }

  #close(join: string, rows: readonly OpenRow[]): void {
    const meaning = this.#reader.together === undefined ? together(partsOf(rows)) : this.#reader.together(rows)
    if ('reason' in meaning) {
      for (const one of rows) {
        const { row, of } = one
        const { identity } = of
        this.#sink.row({ row, outcome: 'not-understood', identity, ...meaning, waiting: this.#told(one) })
      }
      return
    }
    const group = this.#keyOf(join)
    let first = rows[0] as OpenRow
    let hasFacts = false
    const numbers: number[] = new Array(rows.length)
    for (let i = 0; i < rows.length; i++) {
      const one = rows[i] as OpenRow
      this.#sink.row({ row: one.row, outcome: 'event', identity: one.of.identity, group, waiting: this.#told(one) })
      numbers[i] = one.row
      if (one.time.time < first.time.time) first = one
      hasFacts ||= one.facts !== NO_FACTS
    }
    const words = wordsOf(rows)
    const facts = hasFacts ? factsOf(rows) : NO_FACTS
    const named = words === '' ? NO_FACTS : { sourceKind: words }
    this.#emit(group, first.time, first.timeText, first.place, { ...named, ...facts, ...meaning }, numbers)
  }

  /** With a row's outcome, where the sink has let it wait. */
  #told(row: OpenRow): OpenRow | undefined {
    return this.#sink.wait === undefined ? undefined : row
  }

  #emit(
    group: string,
    time: SourceTime,
    timeText: string,
    place: number,
    meaning: Meaning,
    rows: readonly number[],
  ): void {
    const { kind, legs, sourceKind, warnings, counterparty, note, hash, toAddress, fromAddress, protocol } = meaning
    const order = meaning.order ?? this.#order.order(place)
    const draft: Writable<EventDraft> = {
      group,
      time: time.time,
      precision: meaning.precision ?? time.precision,
      timeText,
      kind,
      legs,
      rows,
    }
    if (order !== undefined) draft.order = order
    if (sourceKind !== undefined) draft.sourceKind = sourceKind
    if (warnings !== undefined) draft.warnings = warnings
    if (counterparty !== undefined) draft.counterparty = counterparty
    if (note !== undefined) draft.note = note
    if (hash !== undefined) draft.hash = hash
    if (toAddress !== undefined) draft.toAddress = toAddress
    if (fromAddress !== undefined) draft.fromAddress = fromAddress
    if (protocol !== undefined) draft.protocol = protocol
    if (meaning.special !== undefined) draft.special = meaning.special
    this.#sink.event(draft)
  }
}

/** The different words of rows, as they come. */
function wordsOf(rows: readonly JoinedRow[]): string {
  const first = rows[0]?.word ?? ''
  if (rows.every(({ word }) => word === first)) return first
  const different: string[] = []
  for (let i = 0; i < rows.length; i++) {
    const { word } = rows[i] as JoinedRow
    if (word !== '' && !different.includes(word)) different.push(word)
  }
  return different.length === 1 ? (different[0] as string) : different.join(' + ')
}
