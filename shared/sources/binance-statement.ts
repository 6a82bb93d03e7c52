/** Binance's statement (“Generate all statements”): each change of a balance on a row, without any order id. */
import type { Amount } from '../amount/amount.ts'
import { assetResolver } from '../assets/resolve.ts'
import type { SourceId, ZoneName } from '../events/identifiers.ts'
import { type BinanceRow, isFee, movesOneWay, readJoint, readPocket, readSingle } from './binance-kinds.ts'
import { binanceOperation } from './binance-operations.ts'
import { amountNeededIn, isProblem, symbolIn, timeIn, unknownType } from './cells.ts'
import { FileOrder } from './file-order.ts'
import { GroupWindow } from './group-window.ts'
import { bestLayout, Columns, cell, HEADER_AGAIN, isHeaderAgain } from './header.ts'
import { detached, groupKeyOfTexts, RowIdentities } from './identity.ts'
import type { EventDraft, ReadContext, ReadSink, SourceFormat, SourceRow, TableReader } from './source-format.ts'

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
  time.charCodeAt(2) === 45 && time.charCodeAt(5) === 45 ? `20${time}` : time

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

/** Halves that wait for the other one, in the order they came, found by account, family, second and way. */
class Halves {
  readonly #waiting = new Map<number, OneWay>()
  readonly #places = new Map<string, number[]>()
  #next = 0

  /** The first that came of those a second apart that this one wants. */
  takeOther(first: BinanceRow, way: Way): OneWay | undefined {
    const other = OTHER[way]
    const before = this.#places.get(placeOf(first, first.time.time - 1000, other))?.[0]
    const after = this.#places.get(placeOf(first, first.time.time + 1000, other))?.[0]
    if (before === undefined && after === undefined) return undefined
    return this.#take(Math.min(before ?? this.#next, after ?? this.#next))
  }

  /** Keeps a half; gives the oldest where too many wait. */
  add(first: BinanceRow, half: OneWay): OneWay | undefined {
    const place = placeOf(first, first.time.time, half.way)
    const numbers = this.#places.get(place)
    if (numbers === undefined) this.#places.set(place, [this.#next])
    else numbers.push(this.#next)
    this.#waiting.set(this.#next++, half)
    if (this.#waiting.size <= MOST_ONE_WAY) return undefined
    const [oldest] = this.#waiting.keys()
    return this.#take(oldest as number)
  }

  takeAll(): OneWay[] {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#places.clear()
    return all
  }

  #take(number: number): OneWay {
    const half = this.#waiting.get(number) as OneWay
    const first = half.rows[0] as BinanceRow
    const place = placeOf(first, first.time.time, half.way)
    const left = (this.#places.get(place) ?? []).filter((one) => one !== number)
    if (left.length === 0) this.#places.delete(place)
    else this.#places.set(place, left)
    this.#waiting.delete(number)
    return half
  }
}

/** Of a trade whose fee may stand in the next second, or of such a fee; null where nothing is missing. */
function feeWay(rows: readonly BinanceRow[]): Way | null {
  if (rows[0]?.family !== 'trade') return null
  const fees = rows.filter(isFee).length
  return fees === 0 ? 'bare' : fees === rows.length ? 'fee' : null
}

const placeOf = ({ account, family }: BinanceRow, time: number, way: Way): string =>
  `${time} ${way} ${family} ${account}`

function open(context: ReadContext, sink: ReadSink): TableReader {
  const columns = new Columns(context.header)
  const at = {
    time: columns.at('Time', 'UTC_Time'),
    account: columns.at('Account'),
    operation: columns.at('Operation'),
    coin: columns.at('Coin'),
    change: columns.at('Change'),
    remark: columns.at('Remark'),
  }
  const headerCell = cell(context.header.names, at.time)
  const identities = new RowIdentities(context.sha256)
  const resolve = assetResolver('binance-statement' as SourceId)
  const order = new FileOrder()
  const oneWay = new Halves()

  const emit = (
    group: string,
    rows: readonly BinanceRow[],
    event: Pick<EventDraft, 'kind' | 'legs' | 'warnings' | 'counterparty'>,
  ) => {
    const first = rows[0] as BinanceRow
    for (const { row, identity } of rows) sink.row({ row, outcome: 'event', identity, group })
    const place = order.order(first.place)
    sink.event({
      group,
      time: first.time.time,
      precision: first.time.precision,
      timeText: first.timeText,
      ...(place === undefined ? {} : { order: place }),
      ...event,
      sourceKind: [...new Set(rows.map((row) => row.operation))].join(' + '),
      rows: rows.map((row) => row.row).toSorted((a, b) => a - b),
    })
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
    const way = movesOneWay(rows) ?? feeWay(rows)
    if (way === null) emit(group, rows, readJoint(rows))
    else joinOneWay({ group, rows, way })
  })
  const pockets = new GroupWindow<BinanceRow>((group, rows) => emit(group, rows, readPocket(rows)))

  return {
    row({ row, cells }: SourceRow) {
      joint.nextRow()
      pockets.nextRow()
      const timeText = cell(cells, at.time)
      const fullTime = withCentury(timeText)
      const account = cell(cells, at.account)
      const word = cell(cells, at.operation)
      const coin = cell(cells, at.coin)
      const changeText = cell(cells, at.change)
      const { identity, repeated } = identities.byText([fullTime, account, word, coin, changeText])
      if (timeText === headerCell && isHeaderAgain(cells, context.header)) {
        identities.beginStatement()
        return sink.row({ row, outcome: 'skipped', identity, reason: HEADER_AGAIN })
      }
      if (repeated)
        return sink.row({ row, outcome: 'skipped', identity, reason: 'the same row stands in this file already' })
      const refuse = (problem: { reason: string; column?: string }) =>
        sink.row({ row, outcome: 'not-understood', identity, ...problem })
      const time = timeIn(fullTime, 'Time', context, sink, timeText)
      if (isProblem(time)) return refuse(time)
      const operation = binanceOperation(word, account)
      if (operation === undefined) return refuse(unknownType(word, 'Operation'))
      const symbol = symbolIn(coin, 'Coin')
      if (isProblem(symbol)) return refuse(symbol)
      const change = amountNeededIn(changeText, 'Change', context.mark)
      if (isProblem(change)) return refuse(change)
      const read: BinanceRow = {
        row,
        identity,
        account: detached(account),
        operation: detached(word),
        family: operation.as === 'joint' ? operation.family : '',
        meaning: operation,
        symbol: detached(symbol),
        asset: resolve({ symbol }, time.time),
        change: change as Amount,
        time,
        timeText: detached(timeText),
        place: order.place(fullTime, time.time),
        remark: detached(cell(cells, at.remark)),
      }
      if (operation.as === 'alone') return emit(identity, [read], readSingle(read))
      const key =
        operation.as === 'joint'
          ? groupKeyOfTexts([operation.family, fullTime, account], context.sha256)
          : groupKeyOfTexts(['pocket', fullTime, word], context.sha256)
      const problem = (operation.as === 'joint' ? joint : pockets).add(key, read)
      if (problem !== null) refuse({ reason: problem, column: 'Time' })
    },
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
