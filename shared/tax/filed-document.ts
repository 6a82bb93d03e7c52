/** Reads a filed result document back as a result, for filings made before the rows were kept beside it. */
import type { Amount, Money } from '../amount/amount.ts'
import { ONE_UNIT, ZERO_MONEY } from '../amount/amount.ts'
import { parseAmount, parseMoney } from '../amount/decimal.ts'
import { dayOfDate, parseCivilDate } from '../events/civil-date.ts'
import type { LedgerEvent } from '../events/event.ts'
import type { AccountId, AssetId, CivilDate, EventId, Instant } from '../events/identifiers.ts'
import type { InterchangeDocument } from '../events/interchange-types.ts'
import type { DisposalRow, HeldLot, LotOrigin, OpenPoint, TaxResult, YearTotals } from './result.ts'

type Written = Readonly<Record<string, unknown>>

/** What a filing's document does not say, from its own record and inputs. */
export interface FiledRecord {
  readonly jurisdiction: string
  readonly year: number
  /** As the country writes the year. */
  readonly label: string
  readonly method: string
  readonly inputs: InterchangeDocument
}

/**
 * The result of a filed document. Every figure is the document's; what it leaves out is filled in from the frozen inputs
 * (times) or is empty (lines of the return, moves of a lot between its purchase and its sale).
 */
export function readFiledDocument(document: Written, record: FiledRecord): TaxResult {
  const events = new Map(record.inputs.events.map((event) => [event.id as string, event]))
  const list = (name: string): readonly Written[] => (document[name] as readonly Written[] | undefined) ?? []
  const parts = new Map<string, number>()
  const disposals = list('disposals').map((row): DisposalRow => {
    const key = `${text(row.event)}~${text(row.asset)}`
    const part = parts.get(key) ?? 0
    parts.set(key, part + 1)
    return disposalRow(row, part, events)
  })
  const income = list('income').map((row) => ({
    event: text(row.event) as EventId,
    time: timeOf(events, row.event),
    date: text(row.date) as CivilDate,
    account: text(row.account) as AccountId,
    asset: text(row.asset) as AssetId,
    amount: amount(row.amount),
    value: money(row.value),
    head: text(row.head),
    taxYear: Number(row.taxYear),
  }))
  const totals = new Map<number, YearTotals>()
  for (const [year, sums] of Object.entries((document.totals as Readonly<Record<string, Written>>) ?? {}))
    totals.set(Number(year), yearTotals(Number(year), sums, record, income))
  return {
    engine: text(document.engine),
    inputHash: text(document.inputHash),
    jurisdiction: record.jurisdiction,
    currency: record.inputs.profile.currency,
    zone: record.inputs.profile.zone,
    method: record.method,
    disposals,
    income,
    transfersOut: list('transfersOut').map((row) => ({
      event: text(row.event) as EventId,
      time: timeOf(events, row.event),
      kind: text(row.kind),
      account: orNull(row.account) as AccountId | null,
      asset: text(row.asset) as AssetId,
      amount: amount(row.amount),
      acquired: orNull(row.acquired) as CivilDate | null,
      date: text(row.date) as CivilDate,
      value: row.value === null || row.value === undefined ? null : money(row.value),
      cost: money(row.cost),
      term: orNull(row.term) as DisposalRow['term'],
      lot: orNull(row.lot) as EventId | null,
      taxYear: Number(row.taxYear),
      origin: null,
    })),
    lots: list('lots').map((lot): HeldLot => {
      const acquired = orNull(lot.acquired) as CivilDate | null
      const origin = text(lot.origin) as EventId
      const chain = originOf(origin, lot, acquired, events)
      return {
        account: orNull(lot.account) as AccountId | null,
        asset: text(lot.asset) as AssetId,
        amount: amount(lot.amount),
        acquired,
        cost: money(lot.cost),
        origin,
        longFrom: null,
        chain,
      }
    }),
    pools: list('pools').map((pool) => ({
      asset: text(pool.asset) as AssetId,
      account: orNull(pool.account) as AccountId | null,
      amount: amount(pool.amount),
      cost: money(pool.cost),
    })),
    totals,
    open: list('open').map(openPoint),
    blocked: [],
    brokerForms: [],
    residence: [],
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const orNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function money(value: unknown): Money {
  const parsed = parseMoney(typeof value === 'string' ? value : '0')
  return typeof parsed === 'bigint' ? parsed : ZERO_MONEY
}

function amount(value: unknown): Amount {
  const parsed = parseAmount(typeof value === 'string' ? value : '0')
  return typeof parsed === 'bigint' ? parsed : (0n as Amount)
}

const bound = (value: unknown): Money | null => (typeof value === 'string' ? money(value) : null)

const timeOf = (events: ReadonlyMap<string, LedgerEvent>, event: unknown): Instant =>
  events.get(text(event))?.time ?? (0 as Instant)

const FIRST_INSTANT = 0 as Instant

/** A lot as far as a document knows it: where and when it was acquired, without the moves since. */
function originOf(
  event: EventId,
  row: Written,
  acquired: CivilDate | null,
  events: ReadonlyMap<string, LedgerEvent>,
): LotOrigin {
  const day = acquired === null || parseCivilDate(acquired) === null ? 0 : dayOfDate(acquired)
  return {
    event,
    leg: 0,
    asset: text(row.asset) as AssetId,
    account: text(row.account) as AccountId,
    time: events.get(event)?.time ?? FIRST_INSTANT,
    day,
    longFrom: day,
    sequence: 0,
    unitCost: ZERO_MONEY,
    perUnits: ONE_UNIT,
    parent: null,
    via: null,
    note: null,
  }
}

function disposalRow(row: Written, part: number, events: ReadonlyMap<string, LedgerEvent>): DisposalRow {
  const acquired = orNull(row.acquired) as CivilDate | null
  const lot = orNull(row.lot) as EventId | null
  const form = row.form as { readonly box?: string } | undefined
  return {
    event: text(row.event) as EventId,
    events: Array.isArray(row.events) ? (row.events as EventId[]) : null,
    part,
    time: timeOf(events, row.event),
    account: orNull(row.account) as AccountId | null,
    asset: text(row.asset) as AssetId,
    amount: amount(row.amount),
    acquired,
    disposed: text(row.disposed) as CivilDate,
    proceeds: money(row.proceeds),
    fees: money(row.fees),
    cost: money(row.cost),
    rawGain: money(row.rawGain),
    gain: money(row.gain),
    term: orNull(row.term) as DisposalRow['term'],
    taxable: row.taxable !== false,
    rule: text(row.rule),
    lot,
    taxYear: Number(row.taxYear),
    box: form?.box ?? null,
    head: null,
    kind: events.get(text(row.event))?.kind ?? 'sell',
    origin: lot === null ? null : originOf(lot, row, acquired, events),
  }
}

function yearTotals(
  year: number,
  sums: Written,
  { label }: FiledRecord,
  income: readonly { readonly taxYear: number; readonly head: string; readonly value: Money }[],
): YearTotals {
  const heads: Record<string, Money> = {}
  for (const row of income)
    if (row.taxYear === year) heads[row.head] = ((heads[row.head] ?? ZERO_MONEY) + row.value) as Money
  const carried = Object.entries((sums.carryOut as Written | undefined) ?? {})
  return {
    year,
    label,
    proceeds: money(sums.proceeds),
    fees: money(sums.fees),
    cost: money(sums.cost),
    gain: money(sums.gain),
    gains: money(sums.gains),
    losses: money(sums.losses),
    disposals: Number(sums.disposals),
    shortTerm: money(sums.shortTerm),
    longTerm: money(sums.longTerm),
    exempt: money(sums.exempt),
    denied: money(sums.denied),
    discount: money(sums.discount),
    income: money(sums.income),
    incomeByHead: heads,
    incomeTaxable: money(sums.incomeTaxable),
    deduction: money(sums.deduction),
    allowance: money(sums.allowance),
    taxable: money(sums.taxable),
    tax: bound(sums.tax),
    carryOut: Object.fromEntries(carried.map(([name, value]) => [name, money(value)])),
    low: bound(sums.low),
    high: bound(sums.high),
    incomeLow: null,
    incomeHigh: null,
    withoutOpen: { gain: money(sums.gain), income: money(sums.income) },
    lines: [],
  }
}

function openPoint(point: Written): OpenPoint {
  const effect = (point.effect ?? {}) as Written
  return {
    code: text(point.code),
    event: orNull(point.event) as EventId | null,
    account: orNull(point.account) as AccountId | null,
    asset: orNull(point.asset) as AssetId | null,
    amount: typeof point.amount === 'string' ? amount(point.amount) : null,
    taxYear: typeof point.taxYear === 'number' ? point.taxYear : null,
    effect: { low: bound(effect.low), high: bound(effect.high) },
    counted: ZERO_MONEY,
    of: 'gain',
    detail: orNull(point.detail),
  }
}
