/** Binance's statement (“Generate all statements”): each change of a balance on a row, without any order id. */
import type { Amount } from '../amount/amount.ts'
import { assetResolver } from '../assets/resolve.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import {
  type BinanceRow,
  isFee,
  type Meaning,
  movesOneWay,
  readJoint,
  readPocket,
  readSingle,
  sumByAsset,
} from './binance-kinds.ts'
import { binanceOperation } from './binance-operations.ts'
import { amountNeededIn, isProblem, symbolIn, timeProblem, unknownType, warnDoubtful } from './cells.ts'
import { CutRow, cutRow, TextColumns } from './cut-row.ts'
import { FileOrder } from './file-order.ts'
import { GroupWindow } from './group-window.ts'
import { bestLayout, Columns, cell, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { detached, groupKeyOfTexts, RowIdentities, type RowIdentity, shared } from './identity.ts'
import type {
  EventDraft,
  ReadContext,
  ReadSink,
  SourceFormat,
  SourceRow,
  TableReader,
  Writable,
} from './source-format.ts'
import { readTime } from './times.ts'
import { remembered, rememberedPair } from './word-table.ts'

const COMMON = ['Account', 'Operation', 'Coin', 'Change', 'Remark']
const LAYOUTS = [
  { layout: 'statement', required: ['User ID', 'Time', ...COMMON] },
  { layout: 'statement 2021', required: ['User_ID', 'UTC_Time', ...COMMON] },
  { layout: 'oldest statement', required: ['UTC_Time', ...COMMON] },
]
/** `Time` is the text with four digits of the year, so that old and new exports of one row agree. Remarks are re-worded. */
const IDENTITY = ['Time', 'Account', 'Operation', 'Coin', 'Change']

/** Statements since 2023 write two digits of the year. */
const withCentury = (time: string): string =>
  time.charCodeAt(2) === 45 && time.charCodeAt(5) === 45 ? CENTURY + time : time
const CENTURY = '20'

/** A half of a trade whose other half may stand in the next second. */
interface OneWay {
  readonly group: string
  readonly rows: readonly BinanceRow[]
  readonly way: Way
}
/** Units that go one way only, a whole trade without a fee, a fee without a trade. */
type Way = 'out' | 'in' | 'bare' | 'fee'
const OTHER = { out: 'in', in: 'out', bare: 'fee', fee: 'bare' } as const satisfies Readonly<Record<Way, Way>>
const MOST_ONE_WAY = 5_000

interface Waiting {
  readonly number: number
  readonly half: OneWay
  readonly first: BinanceRow
  isTaken: boolean
}

/** Halves that wait for the other one, in the order they came, found by their second. */
class Halves {
  /** Also some that were taken: all before `#head`. */
  #waiting: Waiting[] = []
  #head = 0
  #next = 0
  #size = 0
  readonly #bySecond = new Map<number, Waiting[]>()

  /** The first that came of those a second apart that this one wants. */
  takeOther(first: BinanceRow, way: Way): OneWay | undefined {
    const other = OTHER[way]
    const before = this.#find(first, first.time.time - 1000, other)
    const after = this.#find(first, first.time.time + 1000, other)
    if (before === undefined || after === undefined) return this.#take(before ?? after)
    return this.#take(before.number < after.number ? before : after)
  }

  /** Keeps a half; gives the oldest where too many wait. */
  add(first: BinanceRow, half: OneWay): OneWay | undefined {
    const waiting: Waiting = { number: this.#next++, half, first, isTaken: false }
    const second = this.#bySecond.get(first.time.time)
    if (second === undefined) this.#bySecond.set(first.time.time, [waiting])
    else second.push(waiting)
    this.#waiting.push(waiting)
    this.#size++
    if (this.#waiting.length > 3 * MOST_ONE_WAY) {
      this.#waiting = this.#waiting.filter((one) => !one.isTaken)
      this.#head = 0
    }
    if (this.#size <= MOST_ONE_WAY) return undefined
    while (this.#waiting[this.#head]?.isTaken === true) this.#head++
    return this.#take(this.#waiting[this.#head])
  }

  takeAll(): OneWay[] {
    const all = this.#waiting.filter((one) => !one.isTaken)
    this.#waiting = []
    this.#bySecond.clear()
    return all.map(({ half }) => half)
  }

  #find({ account, family }: BinanceRow, time: number, way: Way): Waiting | undefined {
    return this.#bySecond
      .get(time)
      ?.find(({ half, first }) => half.way === way && first.family === family && first.account === account)
  }

  #take(found: Waiting | undefined): OneWay | undefined {
    if (found === undefined) return undefined
    const { time } = found.first.time
    const left = (this.#bySecond.get(time) ?? []).filter((one) => one !== found)
    if (left.length === 0) this.#bySecond.delete(time)
    else this.#bySecond.set(time, left)
    found.isTaken = true
    this.#size--
    return found.half
  }
}

/** Of a trade whose fee may stand in the next second, or of such a fee; null where nothing is missing. */
function feeWay(rows: readonly BinanceRow[]): Way | null {
  if (rows[0]?.family !== 'trade') return null
  let fees = 0
  for (const row of rows) if (isFee(row)) fees++
  return fees === 0 ? 'bare' : fees === rows.length ? 'fee' : null
}

/** The operations of the rows, each once. */
function operationsOf(rows: readonly BinanceRow[]): string {
  const { operation } = rows[0] as BinanceRow
  if (rows.every((row) => row.operation === operation)) return operation
  return [...new Set(rows.map((row) => row.operation))].join(' + ')
}

/** What an operation of an account is, with both words as one copy for all rows. */
const saidBy = rememberedPair((account, word) => ({
  account: shared(account),
  word: shared(word),
  operation: binanceOperation(word, account),
}))

/** The symbol, as one copy for all rows, or why it is none. */
const symbolOf = remembered((coin) => {
  const symbol = symbolIn(coin, 'Coin')
  return isProblem(symbol) ? symbol : shared(symbol)
})

/** Group keys of texts: rows of one event mostly follow each other, so that the last key is often the next one. */
function keysOf(sha256: ReadContext['sha256']): (one: string, two: string, three: string) => string {
  let last: readonly [string, string, string] = ['', '', '']
  let key = ''
  return (one, two, three) => {
    if (key !== '' && one === last[0] && two === last[1] && three === last[2]) return key
    last = [one, two, three]
    key = groupKeyOfTexts(last, sha256)
    return key
  }
}

function open(context: ReadContext, sink: ReadSink): TableReader {
  const columns = new Columns(context.header)
  const at = {
    time: columns.at('Time', 'UTC_Time'),
    account: columns.at('Account'),
    operation: columns.at('Operation'),
    coin: columns.at('Coin'),
    change: columns.at('Change'),
  }
  const identityAt = [at.time, at.account, at.operation, at.coin, at.change]
  const identityColumns = new TextColumns(identityAt)
  const headerCell = cell(context.header.names, at.time)
  const identities = new RowIdentities(context.sha256)
  const resolve = assetResolver('binance-statement' as SourceId)
  const order = new FileOrder()
  const own = new CutRow()
  const oneWay = new Halves()
  const jointKey = keysOf(context.sha256)
  const pocketKey = keysOf(context.sha256)
  /** A time as it is written, with four digits of its year, and what it is. Nothing of it keeps the row alive. */
  const timeOf = (written: string) => {
    const fullText = detached(withCentury(written))
    const time = readTime(fullText, context.zone) ?? timeProblem(fullText, 'Time', written)
    return { timeText: detached(written), fullText, time }
  }
  /** Rows of one event share their time. */
  let lastTime = timeOf('')
  /** By the identity columns, the time with four digits of its year: cut out of a line that has nothing to be quoted. */
  const identify = (cells: CutRow): RowIdentity => {
    const { timeText, fullText } = lastTime
    if (fullText === timeText) return identities.byColumns(cells, identityColumns)
    if (cells.isPlain) return identities.byLine(CENTURY + identityColumns.textOf(cells))
    return identities.byText([fullText, ...identityAt.slice(1).map((column) => cells.cell(column))])
  }
  const refuse = (
    row: number,
    { identity }: RowIdentity,
    problem: { readonly reason: string; readonly column?: string },
  ): void => sink.row({ row, outcome: 'not-understood', identity, ...problem })

  const emit = (group: string, rows: readonly BinanceRow[], event: Meaning, haveWaited = true) => {
    const isTold = haveWaited && sink.wait !== undefined
    const first = rows[0] as BinanceRow
    const numbers: number[] = new Array(rows.length)
    let isSorted = true
    for (let i = 0; i < rows.length; i++) {
      const one = rows[i] as BinanceRow
      const { row, of } = one
      sink.row({ row, outcome: 'event', identity: of.identity, group, waiting: isTold ? one : undefined })
      numbers[i] = row
      if (i > 0 && row < (numbers[i - 1] as number)) isSorted = false
    }
    // Rows of the next second can stand above.
    if (!isSorted) numbers.sort((a, b) => a - b)
    const draft: Writable<EventDraft> = {
      group,
      time: first.time.time,
      precision: first.time.precision,
      timeText: first.timeText,
      kind: event.kind,
      legs: event.legs,
      sourceKind: operationsOf(rows),
      rows: numbers,
    }
    const place = order.order(first.place)
    if (place !== undefined) draft.order = place
    if (event.warnings !== undefined) draft.warnings = event.warnings
    if (event.counterparty !== undefined) draft.counterparty = event.counterparty
    sink.event(draft)
  }

  /** Some trades are cut by the turn of a second: two halves a second apart in one account are one, and so are a trade and its fee. */
  const joinOneWay = (half: OneWay): void => {
    const first = half.rows[0] as BinanceRow
    const other = oneWay.takeOther(first, half.way)
    if (other === undefined) {
      const oldest = oneWay.add(first, half)
      if (oldest !== undefined) settleOneWay(oldest)
      return
    }
    const isOtherFirst = half.way === 'fee' || (other.rows[0] as BinanceRow).time.time < first.time.time
    const [main, rest] = isOtherFirst && half.way !== 'bare' ? [other, half] : [half, other]
    const rows = [...main.rows, ...rest.rows]
    emit(main.group, rows, readJoint(rows))
  }
  const settleOneWay = ({ group, rows }: OneWay): void => emit(group, rows, readJoint(rows))

  const joint = new GroupWindow<BinanceRow>((group, rows) => {
    const moved = sumByAsset(rows, false)
    const way = movesOneWay(moved) ?? feeWay(rows)
    if (way === null) emit(group, rows, readJoint(rows, moved))
    else joinOneWay({ group, rows, way })
  })
  const pockets = new GroupWindow<BinanceRow>((group, rows) => emit(group, rows, readPocket(rows)))

  return {
    row(source: SourceRow) {
      joint.nextRow()
      pockets.nextRow()
      const { row } = source
      const cells = cutRow(source, own)
      const timeText = cells.cell(at.time)
      if (timeText !== lastTime.timeText) lastTime = timeOf(timeText)
      const { time, fullText } = lastTime
      const coin = cells.cell(at.coin)
      const changeText = cells.cell(at.change)
      const found = identify(cells)
      if (timeText === headerCell && isHeaderAgain(cells.cells, context.header)) {
        identities.beginStatement()
        return sink.row({ row, outcome: 'skipped', identity: found.identity, reason: HEADER_AGAIN })
      }
      if (found.repeated) {
        const reason = 'the same row stands in this file already'
        return sink.row({ row, outcome: 'skipped', identity: found.identity, reason })
      }
      if (isProblem(time)) return refuse(row, found, time)
      if (time.doubtful === true) warnDoubtful(timeText, context.zone, sink)
      const { account, word, operation } = saidBy(cells.cell(at.account), cells.cell(at.operation))
      if (operation === undefined) return refuse(row, found, unknownType(word, 'Operation'))
      const symbol = symbolOf(coin)
      if (isProblem(symbol)) return refuse(row, found, symbol)
      const change = amountNeededIn(changeText, 'Change', context.mark)
      if (isProblem(change)) return refuse(row, found, change)
      const read: BinanceRow = {
        row,
        start: null,
        length: 0,
        hash: '',
        text: null,
        of: found,
        account,
        operation: word,
        family: operation.as === 'joint' ? operation.family : '',
        meaning: operation,
        symbol,
        asset: resolve({ symbol }, time.time),
        change: change as Amount,
        time,
        timeText: lastTime.timeText,
        place: order.place(fullText, time.time),
      }
      if (operation.as === 'alone') return emit(found.identity, [read], readSingle(read), false)
      const problem =
        operation.as === 'joint'
          ? joint.add(jointKey(operation.family, fullText, account), read)
          : pockets.add(pocketKey('pocket', fullText, word), read)
      if (problem === null) sink.wait?.(read)
      else refuse(row, found, { reason: problem, column: 'Time' })
    },
    endSome: () => joint.endSome() || pockets.endSome(),
    end() {
      joint.end()
      pockets.end()
      for (const half of oneWay.takeAll()) settleOneWay(half)
    },
  }
}

export const binanceStatement: SourceFormat = {
  id: 'binance-statement' as SourceId,
  name: 'Binance statement',
  venue: 'Binance',
  version: 2,
  account: { name: 'Binance', kind: 'exchange' },
  zone: 'UTC' as ZoneName,
  decimals: 'file',
  identityColumns: {
    statement: IDENTITY,
    'statement 2021': ['UTC_Time', ...IDENTITY.slice(1)],
    'oldest statement': ['UTC_Time', ...IDENTITY.slice(1)],
  },
  howToGet: 'Binance: Orders → Transaction History → Export → Generate all statements, all accounts, all coins.',
  recognise: (header) => bestLayout(header, LAYOUTS),
  open,
}
